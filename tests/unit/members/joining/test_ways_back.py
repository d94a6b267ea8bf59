"""Who went stays gone until a person says otherwise; and nobody lets themselves in, or up."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from members.joining import actions, invitations, verification
from members.joining.models import Departure, Invitation, JoinRequest
from members.models import Person, Region
from members.refusal import Refused
from members.roles import actions as roles
from members.roles.models import RoleGrant
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db):
    return make_person("admin@example.org", is_superuser=True)


@pytest.fixture
def region(municipality):
    region = Region.objects.create(name="Simcoe", slug="simcoe")
    municipality.region = region
    municipality.save()
    return region


@pytest.fixture
def publisher(admin, municipality):
    person = make_person("publisher@town.ca", municipality=municipality)
    roles.name_role(by=admin, person=person, municipality=municipality, role="publisher")
    return person


@pytest.fixture
def coordinator(admin, region):
    person = make_person("coordinator@region.ca")
    roles.name_coordinator(by=admin, person=person, region=region)
    return person


@pytest.fixture
def domain(publisher, admin, municipality):
    found = verification.add(by=publisher, municipality=municipality, name="town.ca")
    verification.vouch(by=admin, domain=found)
    return found


@pytest.fixture
def clerk(domain):
    """Let in by the domain of their address."""
    person = make_person("clerk@town.ca")
    actions.join_by_domain(person)
    return Person.objects.get(pk=person.pk)


def where(person):
    return Person.objects.get(pk=person.pk).municipality


def comes_back(client, person):
    """Tries every door that needs nobody else."""
    client.force_login(Person.objects.get(pk=person.pk))
    client.get("/en/welcome/")
    EmailAddress.objects.create(user=person, email="clerk+2@town.ca", verified=True)
    actions.join_by_domain(person)
    return where(person) is not None


def test_who_was_put_out_is_not_let_in_again_by_the_domain(client, clerk, publisher, municipality):
    assert where(clerk) == municipality
    roles.remove_person(by=publisher, person=clerk, municipality=municipality)
    assert not comes_back(client, clerk)


def test_neither_is_who_left(client, clerk):
    roles.leave(by=clerk)
    assert not comes_back(client, clerk)


def test_nor_who_moved_on_and_left_there_too(client, clerk, admin, other_municipality):
    actions.accept(by=admin, request=actions.ask(by=clerk, municipality=other_municipality))
    roles.leave(by=clerk)
    assert not comes_back(client, clerk)


def test_an_older_invitation_does_not_either(clerk, publisher, municipality):
    older = invitations.invite(by=publisher, municipality=municipality, address="clerk@else.ca")
    EmailAddress.objects.create(user=clerk, email="clerk@else.ca", verified=True)
    roles.remove_person(by=publisher, person=clerk, municipality=municipality)
    with pytest.raises(Refused, match="does not count any more"):
        invitations.accept(by=clerk, invitation=older)


def test_a_person_lets_them_in_again_and_then_all_is_as_before(clerk, publisher, municipality):
    roles.remove_person(by=publisher, person=clerk, municipality=municipality)
    actions.accept(by=publisher, request=actions.ask(by=clerk, municipality=municipality))
    assert where(clerk) == municipality
    assert not Departure.objects.exists()


def test_a_newer_invitation_lets_them_in_again(clerk, publisher, municipality):
    roles.remove_person(by=publisher, person=clerk, municipality=municipality)
    newer = invitations.invite(by=publisher, municipality=municipality, address="clerk@town.ca")
    invitations.accept(by=clerk, invitation=newer)
    assert where(clerk) == municipality


def test_an_address_that_was_lost_and_confirmed_again_lets_in(clerk, municipality):
    EmailAddress.objects.get(user=clerk).delete()
    assert where(clerk) is None
    EmailAddress.objects.create(user=clerk, email="clerk@town.ca", verified=True)
    actions.join_by_domain(clerk)
    assert where(clerk) == municipality


def test_a_coordinator_does_not_invite_themselves(coordinator, municipality):
    own = invitations.invite(
        by=coordinator, municipality=municipality, address=coordinator.email, role="publisher"
    )
    with pytest.raises(Refused, match="Somebody else has to invite you"):
        invitations.accept(by=coordinator, invitation=own)
    assert where(coordinator) is None


def test_a_coordinator_who_works_in_the_region_gives_themselves_no_role(admin, region, municipality):
    person = make_person("both@town.ca", municipality=municipality)
    roles.name_coordinator(by=admin, person=person, region=region)
    with pytest.raises(Refused, match="Somebody else has to give you a role"):
        roles.name_role(by=person, person=person, municipality=municipality, role="publisher")
    assert not RoleGrant.objects.filter(person=person, municipality=municipality).exists()


def test_a_coordinator_vouches_for_no_domain_of_their_own_municipality(
    admin, publisher, region, municipality
):
    roles.name_coordinator(by=admin, person=publisher, region=region)
    own = verification.add(by=publisher, municipality=municipality, name="mine.ca")
    with pytest.raises(Refused, match="not of this municipality"):
        verification.vouch(by=publisher, domain=own)
    own.refresh_from_db()
    assert own.verified is None


def test_accepting_an_older_invitation_takes_no_role_away(admin, domain, publisher, municipality, clerk):
    older = invitations.invite(
        by=publisher, municipality=municipality, address="clerk@else.ca", role="contributor"
    )
    EmailAddress.objects.create(user=clerk, email="clerk@else.ca", verified=True)
    roles.name_role(by=admin, person=clerk, municipality=municipality, role="publisher")
    invitations.accept(by=clerk, invitation=older)
    assert RoleGrant.objects.get(person=clerk).role == "publisher"
    assert Invitation.objects.get(pk=older.pk).accepted_by == clerk


def test_asking_again_and_again_ends_for_the_day(municipality):
    person = make_person("eager@home.ca")
    for _ in range(actions.A_DAY):
        actions.ask(by=person, municipality=municipality)
        actions.take_back(by=person)
    with pytest.raises(Refused, match="several times today"):
        actions.ask(by=person, municipality=municipality)
    JoinRequest.objects.update(asked=timezone.now() - timedelta(days=2))
    actions.ask(by=person, municipality=municipality)


def test_links_to_role_mailboxes_end_for_the_day(publisher, municipality):
    own = verification.add(by=publisher, municipality=municipality, name="other.ca")
    for _ in range(verification.LINKS_A_DAY):
        verification.send_link(by=publisher, domain=own, mailbox="postmaster")
    with pytest.raises(Refused, match="many links today"):
        verification.send_link(by=publisher, domain=own, mailbox="postmaster")


def test_what_another_municipality_decided_and_why_is_not_told(
    client, admin, publisher, municipality, other_municipality
):
    person = make_person("again@home.ca", first_name="Gil", last_name="Again")
    actions.decline(
        by=admin, request=actions.ask(by=person, municipality=other_municipality), reason="zqdismissed"
    )
    actions.decline(by=admin, request=actions.ask(by=person, municipality=municipality), reason="zqours")
    actions.ask(by=person, municipality=municipality)
    client.force_login(publisher)
    page = client.get("/en/joining/").content.decode()
    assert "Gil Again" in page
    assert "zqours" in page
    assert "zqdismissed" not in page
