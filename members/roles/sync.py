"""Keeps Wagtail's groups, page and collection permissions in step with the roles. Twice changes nothing."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from members.models import MunicipalityPage
from members.roles import files
from members.roles.models import Role, RoleGrant, Workplace

PAGES = {Role.CONTRIBUTOR: ("add_page",), Role.PUBLISHER: ("add_page", "change_page", "publish_page")}
FILES = ("add_image", "choose_image", "add_document", "choose_document")
FILES_OF_ALL = ("change_image", "change_document")
SITE_GROUPS = {Role.COORDINATOR: "Coordinators", Role.MODERATOR: "Moderators"}

# What coordinators edit, registered by the apps that have it: names of permissions, `app.codename`.
_edited_by_coordinators: set[str] = set()


def let_coordinators(*permissions: str) -> None:
    """Have coordinators hold these permissions (`app.codename`), for apps above to call when they load."""
    _edited_by_coordinators.update(permissions)


@transaction.atomic
def sync_municipality(municipality: MunicipalityPage) -> Workplace | None:
    """Bring one municipality's groups in step; None where nobody ever had a role."""
    grants = RoleGrant.objects.filter(municipality=municipality)
    place = Workplace.objects.filter(municipality=municipality).first()
    if place is None:
        if not grants.exists():
            return None
        place = _make(municipality)
    rename(place, municipality)
    for role, group in ((Role.CONTRIBUTOR, place.contributors), (Role.PUBLISHER, place.publishers)):
        _allow_pages(group, municipality, PAGES[role])
        allowed = FILES + (FILES_OF_ALL if role == Role.PUBLISHER else ())
        _allow_files(group, place.collection, allowed)
        _open_editor(group)
        group.user_set.set(
            grants.filter(role=role, person__municipality=municipality).values_list("person", flat=True)
        )
    return place


def _make(municipality: MunicipalityPage) -> Workplace:
    names = _names(municipality)
    root = Collection.get_first_root_node()
    place = Workplace.objects.create(
        municipality=municipality,
        contributors=Group.objects.create(name=names["contributors"]),
        publishers=Group.objects.create(name=names["publishers"]),
        collection=root.add_child(instance=Collection(name=names["collection"])),
    )
    files.gather(place)
    return place


def _names(municipality: MunicipalityPage) -> dict[str, str]:
    """Names that no other municipality has, however long its own."""
    name = municipality.official_name[:120]
    return {
        "contributors": f"Contributors: {name} [{municipality.pk}]",
        "publishers": f"Publishers: {name} [{municipality.pk}]",
        "collection": f"{name} [{municipality.pk}]",
    }


def rename(place: Workplace, municipality: MunicipalityPage) -> None:
    """Have what Wagtail keeps for a municipality carry its name."""
    names = _names(municipality)
    for part, name in names.items():
        thing = getattr(place, part)
        if thing.name != name:
            thing.name = name
            thing.save(update_fields=["name"])
    for thing in (place.workflow, place.task):
        if thing is not None and thing.name != names["publishers"]:
            thing.name = names["publishers"]
            thing.save(update_fields=["name"])


def _permissions(*names: str) -> Any:
    return Permission.objects.filter(
        codename__in=names, content_type__app_label__in=("wagtailcore", "wagtailadmin")
    )


def _open_editor(group: Group) -> None:
    group.permissions.set(_permissions("access_admin"))


def _allow_pages(group: Group, page: Any, names: tuple[str, ...]) -> None:
    wanted = set(_permissions(*names).values_list("pk", flat=True))
    held = GroupPagePermission.objects.filter(group=group)
    held.exclude(page_id=page.pk, permission__in=wanted).delete()
    have = set(held.values_list("permission", flat=True))
    for pk in wanted - have:
        GroupPagePermission.objects.create(group=group, page_id=page.pk, permission_id=pk)


def _allow_files(group: Group, collection: Collection, names: tuple[str, ...]) -> None:
    wanted = set(_file_permissions(names))
    held = GroupCollectionPermission.objects.filter(group=group)
    held.exclude(collection=collection, permission__in=wanted).delete()
    have = set(held.values_list("permission", flat=True))
    for pk in wanted - have:
        GroupCollectionPermission.objects.create(group=group, collection=collection, permission_id=pk)


def _file_permissions(names: tuple[str, ...]) -> list[int]:
    """Those of Wagtail's own models, which it asks for whatever model a site has of its own."""
    found = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=names
    )
    return list(found.values_list("pk", flat=True))


@transaction.atomic
def sync_site_roles() -> None:
    """Bring the groups of coordinators and moderators in step."""
    for role, name in SITE_GROUPS.items():
        group, _made = Group.objects.get_or_create(name=name)
        GroupPagePermission.objects.filter(group=group).delete()
        GroupCollectionPermission.objects.filter(group=group).delete()
        group.permissions.set(_of_coordinators() if role == Role.COORDINATOR else ())
        group.user_set.set(RoleGrant.objects.filter(role=role).values_list("person", flat=True))


def _of_coordinators() -> list[Permission]:
    names = {"wagtailadmin.access_admin", *_edited_by_coordinators}
    pairs = [name.split(".") for name in sorted(names)]
    return [
        found
        for app, code in pairs
        if (found := Permission.objects.filter(content_type__app_label=app, codename=code).first())
    ]


def sync_all() -> int:
    """Everything; returns how many municipalities have roles."""
    RoleGrant.objects.out_of_place().delete()
    sync_site_roles()
    towns = MunicipalityPage.objects.filter(role_grants__isnull=False) | MunicipalityPage.objects.filter(
        workplace__isnull=False
    )
    return sum(sync_municipality(town) is not None for town in towns.distinct())
