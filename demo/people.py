"""People for the demo, all of a fictional township, so that no real municipality says what it never said."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from wagtail.models import Page

from members.joining import actions as joining
from members.joining import verification
from members.loading import prepare_site
from members.models import MunicipalityPage, Person, Region
from members.municipalities import Status, Tier
from members.roles import actions as roles
from members.roles.models import Role

TOWNSHIP = "Township of Demoville (fictional)"
NEIGHBOUR = "Town of Samplebury (fictional)"


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
        # A region of its own, so that the coordinator looks after nobody real.
        region=_demo_region(),
        about="A made-up township whose people you can sign in as in this demo.",
    )
    page = prepare_site_index().add_child(instance=page)
    page.save_revision().publish()
    return page


def neighbour_town() -> MunicipalityPage:
    """A second fictional town, so that somebody can answer what the first one asks."""
    known = MunicipalityPage.objects.named(NEIGHBOUR).first()
    if known:
        return known
    page = MunicipalityPage(
        title="Samplebury (fictional)",
        slug="town-of-samplebury-fictional",
        official_name=NEIGHBOUR,
        status=Status.TOWN,
        tier=Tier.LOWER,
        population=18_000,
        is_member=True,
        region=_demo_region(),
        about="A made-up town, the neighbour of another one: its people answer what the township asks.",
    )
    page = prepare_site_index().add_child(instance=page)
    page.save_revision().publish()
    return page


def _demo_region() -> Region:
    region, _made = Region.objects.get_or_create(
        slug="demo-region-fictional", defaults={"name": "Demo Region (fictional)"}
    )
    return region


def prepare_site_index() -> Page:
    """The list of municipalities, without touching the site's name and port."""
    from members.models import MunicipalityIndexPage

    return MunicipalityIndexPage.objects.first() or prepare_site()


PEER = "robin@samplebury.example"
# Role, first name, last name; the address is made of the role.
_PEOPLE = (
    ("administrator", "admin", "Ada", "Administrator"),
    ("publisher", "publisher", "Pat", "Publisher"),
    ("contributor", "contributor", "Cam", "Contributor"),
    ("member", "member", "Mel", "Member"),
    ("coordinator", "coordinator", "Cory", "Coordinator"),
    ("moderator", "moderator", "Mo", "Moderator"),
    # Publishes for the neighbour town, and offers help there.
    ("peer", PEER, "Robin", "Roads"),
    # Belongs nowhere yet, at an address that no municipality calls its own.
    ("newcomer", "newcomer@home.example", "Nia", "Newcomer"),
)
# Others who ask to join, so that the queue has something to decide: address, names, what they do.
_WAITING = (
    ("rosa@consulting.example", "Rosa", "Outside", "I advise the township on its website."),
    (
        "pat.publisher@demoville-township.example",
        "Pat",
        "Publisher",
        "New address, same Pat: I lost the old one.",
    ),
)


def _address(name: str) -> str:
    return name if "@" in name else f"{name}@demoville.example"


@transaction.atomic
def make_people(logins_file: Path) -> list[Login]:
    """Make somebody of each role; passwords are random, made once, and kept in a file."""
    known = _known(logins_file)
    township = demo_township()
    logins = [
        known.get(role) or Login(role, _address(name), secrets.token_urlsafe(9))
        for role, name, *_names in _PEOPLE
    ]
    for login, (role, _name, first, last) in zip(logins, _PEOPLE, strict=True):
        if role not in known:
            town = {"newcomer": None, "peer": neighbour_town()}.get(role, township)
            superuser = role == "administrator"
            _make_person(login, town, first_name=first, last_name=last, superuser=superuser)
    if set(known) != {login.role for login in logins}:
        _give_roles(township)
        _let_join(township)
        logins_file.write_text("".join(f"{each.role}\t{each.email}\t{each.password}\n" for each in logins))
        logins_file.chmod(0o600)
    return logins


def _known(logins_file: Path) -> dict[str, Login]:
    """Who was made before, by role."""
    lines = logins_file.read_text().splitlines() if logins_file.exists() else []
    return {login.role: login for login in (Login(*line.split("\t")) for line in lines)}


def _give_roles(township: MunicipalityPage) -> None:
    people = {name: Person.objects.get(email=_address(name)) for _role, name, *_names in _PEOPLE}
    admin = people["admin"]
    for role in (Role.PUBLISHER, Role.CONTRIBUTOR):
        roles.name_role(by=admin, person=people[role], municipality=township, role=role)
    roles.name_role(by=admin, person=people[PEER], municipality=neighbour_town(), role=Role.PUBLISHER)
    roles.name_moderator(by=admin, person=people["moderator"])
    if township.region:
        roles.name_coordinator(by=admin, person=people["coordinator"], region=township.region)


def _let_join(township: MunicipalityPage) -> None:
    """The township's own domain lets people in at once; others wait for a decision."""
    admin = Person.objects.get(email=_address("admin"))
    domain = verification.add(by=admin, municipality=township, name="demoville.example")
    verification.vouch(by=admin, domain=domain)
    for address, first, last, message in _WAITING:
        if not Person.objects.filter(email=address).exists():
            person = Person.objects.create_user(address, first_name=first, last_name=last)
            joining.ask(by=person, municipality=township, message=message)


def _make_person(login: Login, township: MunicipalityPage | None, *, superuser: bool, **names: str) -> Person:
    Person.objects.filter(email=login.email).delete()
    make = Person.objects.create_superuser if superuser else Person.objects.create_user
    return make(login.email, login.password, municipality=township, **names)
