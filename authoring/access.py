"""Who writes what on the site. The rule is the editor's own; a coordinator's draft after a call comes on top."""

from typing import Any

from django.http import Http404
from wagtail.models import Page

from authoring.models import Draft
from library.models import LibraryPage
from members.models import MunicipalityPage, RoleGrant
from members.roles import rules
from members.roles.models import OF_A_MUNICIPALITY, Role


def item_or_404(user: Any, pk: int) -> LibraryPage:
    """An item that this person may write on. To everybody else it does not exist."""
    page = _item(pk)
    if page is None or not may_edit(user, page):
        raise Http404
    return page


def _item(pk: int) -> LibraryPage | None:
    page = Page.objects.filter(pk=pk).specific().first()
    return page if isinstance(page, LibraryPage) else None


def may_edit(user: Any, page: LibraryPage) -> bool:
    """Whether somebody may change the draft of an item."""
    return page.permissions_for_user(user).can_edit() or _drafts_for_others(user, page)


def may_publish(user: Any, page: LibraryPage) -> bool:
    """Whether somebody may publish an item by themselves."""
    return bool(page.permissions_for_user(user).can_publish())


def may_confirm(user: Any, page: LibraryPage) -> bool:
    """Whether somebody may say for the municipality that a coordinator's draft is right."""
    return page.owner_id == user.pk or rules.may_manage(user, page.municipality)


def is_locked_for(user: Any, page: LibraryPage) -> bool:
    """Whether the draft is with its reviewers, or locked by somebody in the editor."""
    return bool(page.permissions_for_user(user).page_locked())


def _drafts_for_others(user: Any, page: LibraryPage) -> bool:
    """A coordinator keeps a draft that they wrote down until its author has confirmed it."""
    if not user.is_active or page.live or not rules.coordinates(user, page.municipality.region_id):
        return False
    return Draft.objects.filter(page_id=page.pk, drafted_by=user, confirmed=None).exists()


def towns_of(user: Any) -> Any:
    """The municipalities somebody may begin a draft for, as a queryset."""
    towns = MunicipalityPage.objects.live().order_by("title")
    if not user.is_authenticated or not user.is_active:
        return towns.none()
    if user.is_superuser:
        return towns
    grants = rules.roles_of(user)
    own = [grant.municipality_id for grant in grants if grant.role in OF_A_MUNICIPALITY]
    regions = [grant.region_id for grant in grants if grant.role == Role.COORDINATOR]
    return towns.filter(pk__in=own) | towns.filter(region__in=regions)


def writes_for_another(user: Any, town: MunicipalityPage) -> bool:
    """Whether somebody drafts for a municipality only because they coordinate its region."""
    grants = rules.roles_of(user)
    own = any(grant.municipality_id == town.pk and grant.role in OF_A_MUNICIPALITY for grant in grants)
    return not user.is_superuser and not own


def publishers_of(town: Any) -> list[int]:
    """The people who answer for a municipality, as numbers."""
    return list(RoleGrant.objects.publishers(town).order_by("pk").values_list("person", flat=True))
