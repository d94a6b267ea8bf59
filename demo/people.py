"""People for the demo, all of a fictional township, so that no real municipality says what it never said."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Page

from members.loading import prepare_site
from members.models import MunicipalityPage, Person
from members.municipalities import Status, Tier

TOWNSHIP = "Township of Demoville (fictional)"


@dataclass(frozen=True)
class Login:
    """How somebody signs in to the demo."""

    role: str
    email: str
    password: str


def demo_township() -> MunicipalityPage:
    """The fictional township, made where it is missing."""
    known = MunicipalityPage.objects.named(TOWNSHIP).first()
    if known:
        return known
    page = MunicipalityPage(
        title="Demoville (fictional)",
        slug="township-of-demoville-fictional",
        official_name=TOWNSHIP,
        status=Status.TOWNSHIP,
        # So that the demo has peers to show: “municipalities like mine”.
        tier=Tier.LOWER,
        population=12_000,
        is_member=True,
        about="A made-up township whose people you can sign in as in this demo.",
    )
    page = prepare_site_index().add_child(instance=page)
    page.save_revision().publish()
    return page


def prepare_site_index() -> Page:
    """The list of municipalities, without touching the site's name and port."""
    from members.models import MunicipalityIndexPage

    return MunicipalityIndexPage.objects.first() or prepare_site()


@transaction.atomic
def make_people(logins_file: Path) -> list[Login]:
    """Make an administrator and a publisher; passwords are random, made once, and kept in a file."""
    if logins_file.exists():
        return [Login(*line.split("\t")) for line in logins_file.read_text().splitlines()]
    township = demo_township()
    logins = [
        Login("administrator", "admin@demoville.example", secrets.token_urlsafe(9)),
        Login("publisher", "publisher@demoville.example", secrets.token_urlsafe(9)),
    ]
    _make_person(logins[0], township, first_name="Ada", last_name="Administrator", superuser=True)
    publisher = _make_person(logins[1], township, first_name="Pat", last_name="Publisher", superuser=False)
    publisher.groups.add(publishers_of(township))
    logins_file.write_text("".join(f"{login.role}\t{login.email}\t{login.password}\n" for login in logins))
    logins_file.chmod(0o600)
    return logins


def _make_person(login: Login, township: MunicipalityPage, *, superuser: bool, **names: str) -> Person:
    Person.objects.filter(email=login.email).delete()
    make = Person.objects.create_superuser if superuser else Person.objects.create_user
    return make(login.email, login.password, municipality=township, **names)


def publishers_of(municipality: MunicipalityPage) -> Group:
    """The group whose people add, edit and publish below this municipality in the tree."""
    group, _ = Group.objects.get_or_create(name=f"Publishers: {municipality.official_name}"[:150])
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=municipality, permission=permission)
    return group
