"""Who comes to belong where, on what ground, and what takes it back."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.core import mail
from django.db import transaction

from members.joining import actions, invitations, verification
from members.joining.models import Affiliation, Domain, Invitation, JoinRequest
from members.models import Person, Region
from members.refusal import Refused
from members.roles import actions as roles
from members.roles.rules import holds_responsibility
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _commits(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        yield


@pytest.fixture
def admin(db):
    return make_person("admin@example.org", is_superuser=True)


@pytest.fixture
def publisher(admin, municipality):
    person = make_person("publisher@else.ca", municipality=municipality)
    roles.name_role(by=admin, person=person, municipality=municipality, role="publisher")
    return person


@pytest.fixture
def domain(publisher, admin, municipality):
    found = verification.add(by=publisher, municipality=municipality, name="@Town.ca.")
    verification.vouch(by=admin, domain=found)
    return found


def stranger(email, *, verified=True, **fields):
    """Somebody who signed up, and confirmed the address or not."""
    person = Person.objects.create(email=email, **fields)
    address = EmailAddress.objects.create(user=person, email=email, primary=True, verified=verified)
    if verified:
        email_confirmed.send(sender=EmailAddress, request=None, email_address=address)
    return Person.objects.get(pk=person.pk)


def where(person):
    return Person.objects.get(pk=person.pk).municipality


@pytest.mark.parametrize("email", ["new@town.ca", "New@TOWN.ca", "new+tag@town.ca"])
def test_a_confirmed_address_at_the_domain_joins_at_once(domain, municipality, email):
    assert stranger(email).municipality == municipality
    assert Affiliation.objects.get().ground == "domain"


@pytest.mark.parametrize(
    "email",
    ["new@sub.town.ca", "new@town.ca.evil.org", "new@eviltown.ca", "new@tоwn.ca", "new@xn--twn-8cd.ca"],
)
def test_what_is_not_exactly_the_domain_does_not(domain, email):
    assert stranger(email).municipality is None


def test_an_unconfirmed_address_does_not(domain):
    person = stranger("new@town.ca", verified=False)
    actions.join_by_domain(person)
    assert where(person) is None


def test_neither_does_an_unverified_domain(publisher, municipality):
    verification.add(by=publisher, municipality=municipality, name="town.ca")
    assert stranger("new@town.ca").municipality is None


def test_one_mailbox_makes_one_member(domain, municipality):
    assert stranger("new@town.ca").municipality == municipality
    assert stranger("new+second@town.ca").municipality is None


def test_verifying_lets_in_those_who_wait(publisher, admin, municipality, other_municipality):
    waiting = stranger("new@town.ca")
    actions.ask(by=waiting, municipality=municipality)
    other = stranger("other@town.ca")
    actions.ask(by=other, municipality=other_municipality)
    verification.vouch(
        by=admin, domain=verification.add(by=publisher, municipality=municipality, name="town.ca")
    )
    assert where(waiting) == municipality
    assert JoinRequest.objects.get(person=waiting).state == "accepted"
    assert where(other) is None


@pytest.mark.parametrize("how", ["delete", "change", "unverify"])
def test_losing_the_address_is_losing_the_municipality_and_its_roles(domain, publisher, municipality, how):
    person = stranger("new@town.ca")
    roles.name_role(by=publisher, person=person, municipality=municipality, role="publisher")
    address = EmailAddress.objects.get(user=person)
    if how == "delete":
        address.delete()
    else:
        address.email = "new@home.ca" if how == "change" else address.email
        address.verified = how == "change"
        address.save()
    assert where(person) is None
    assert not holds_responsibility(Person.objects.get(pk=person.pk))


def test_another_address_at_the_domain_is_enough(domain, municipality):
    person = stranger("new@town.ca")
    EmailAddress.objects.create(user=person, email="renamed@town.ca", verified=True)
    EmailAddress.objects.get(email="new@town.ca").delete()
    assert where(person) == municipality
    EmailAddress.objects.get(email="renamed@town.ca").delete()
    assert where(person) is None


def test_who_was_accepted_by_a_person_keeps_the_municipality_whatever_the_address(publisher, municipality):
    person = stranger("new@home.ca")
    actions.accept(by=publisher, request=actions.ask(by=person, municipality=municipality))
    EmailAddress.objects.filter(user=person).first().delete()
    assert where(person) == municipality


def test_removing_a_domain_lets_nobody_in_and_puts_nobody_out(domain, publisher, municipality):
    person = stranger("new@town.ca")
    verification.remove(by=publisher, domain=domain)
    EmailAddress.objects.get(user=person).delete()
    assert where(person) == municipality
    assert stranger("late@town.ca").municipality is None


@pytest.mark.parametrize(
    "name", ["gmail.com", "Outlook.com", "on.ca", "town", "tоwn.ca", "1.2.3.4", "", "a@b@c"]
)
def test_a_domain_that_cannot_stand_for_a_municipality_is_refused(publisher, municipality, name):
    with pytest.raises(Refused):
        verification.add(by=publisher, municipality=municipality, name=name)


def test_a_domain_belongs_to_one_municipality(domain, admin, other_municipality):
    with pytest.raises(Refused, match="another municipality"):
        verification.add(by=admin, municipality=other_municipality, name="town.ca")


def test_two_claims_and_one_verification(publisher, admin, municipality, other_municipality):
    ours = verification.add(by=publisher, municipality=municipality, name="town.ca")
    theirs = verification.add(by=admin, municipality=other_municipality, name="town.ca")
    verification.vouch(by=admin, domain=theirs)
    with pytest.raises(Refused, match="another municipality"):
        verification.vouch(by=admin, domain=ours)


def test_a_publisher_cannot_vouch_for_their_own_domain(publisher, municipality):
    domain = verification.add(by=publisher, municipality=municipality, name="town.ca")
    with pytest.raises(Refused):
        verification.vouch(by=publisher, domain=domain)
    with pytest.raises(Refused, match="mailboxes"):
        verification.send_link(by=publisher, domain=domain, mailbox="publisher")


def test_whoever_runs_the_domain_verifies_it_by_a_link(client, publisher, municipality):
    domain = verification.add(by=publisher, municipality=municipality, name="town.ca")
    verification.send_link(by=publisher, domain=domain, mailbox="postmaster")
    run_mail()
    (sent,) = mail.outbox
    assert sent.to == ["postmaster@town.ca"]
    link = link_in(sent)
    # A mail scanner opens it: nothing happens yet.
    assert client.get(link).status_code == 200
    assert not Domain.objects.verified().exists()
    assert "Confirmed" in client.post(link).content.decode()
    assert Domain.objects.verified().get().verified_through == "postmaster@town.ca"
    assert client.post(link).status_code == 200
    assert client.get(link[:-3] + "abc/").status_code == 410
    domain.delete()
    assert client.get(link).status_code == 410


def run_mail():
    """What was queued at commits so far."""
    from django.db import connection

    callbacks, connection.run_on_commit = connection.run_on_commit, []
    for _sids, callback, _robust in callbacks:
        callback()


def link_in(sent):
    import re

    return re.search(r"https?://[^/]+(/\S+)", sent.body).group(1)


def test_ask_and_be_accepted(client, publisher, municipality):
    type(municipality).objects.filter(pk=municipality.pk).update(website="https://innisfil.ca")
    person = stranger("new@home.ca", first_name="Nia", last_name="New")
    client.force_login(person)
    client.post("/fr/welcome/", {"municipality": municipality.pk, "message": "I run the arena."})
    run_mail()
    assert mail.outbox.pop().to == ["publisher@else.ca"]
    client.force_login(publisher)
    page = client.get("/en/joining/").content.decode()
    assert all(
        text in page for text in ("Nia New", "new@home.ca", "I run the arena.", "not that of the address")
    )
    request = JoinRequest.objects.get()
    client.post(f"/en/joining/{request.pk}/decide/", {"action": "accept"})
    run_mail()
    assert where(person) == municipality
    told = mail.outbox.pop()
    assert told.to == ["new@home.ca"]
    assert "acceptée" in told.body


def test_declined_with_a_reason_and_asked_again(client, publisher, municipality):
    person = stranger("new@home.ca")
    request = actions.ask(by=person, municipality=municipality)
    with pytest.raises(Refused, match="Say why"):
        actions.decline(by=publisher, request=request, reason=" ")
    actions.decline(by=publisher, request=request, reason="We do not know you.")
    with pytest.raises(Refused, match="somebody else"):
        actions.accept(by=publisher, request=request)
    client.force_login(person)
    assert "We do not know you." in client.get("/en/welcome/").content.decode()
    assert actions.ask(by=person, municipality=municipality).pk != request.pk


def test_asked_twice_one_request_waits(municipality, other_municipality):
    person = stranger("new@home.ca")
    assert actions.ask(by=person, municipality=municipality) == actions.ask(
        by=person, municipality=municipality
    )
    with pytest.raises(Refused, match="Another request"):
        actions.ask(by=person, municipality=other_municipality)
    actions.take_back(by=person)
    actions.ask(by=person, municipality=other_municipality)
    assert JoinRequest.objects.waiting().count() == 1


def test_who_has_confirmed_nothing_cannot_ask(municipality):
    with pytest.raises(Refused, match="Confirm"):
        actions.ask(by=stranger("new@home.ca", verified=False), municipality=municipality)


@pytest.mark.parametrize("who", ["member", "elsewhere", "nobody", "contributor", "asker"])
def test_the_queue_is_for_those_who_decide(client, publisher, admin, municipality, other_municipality, who):
    asker = stranger("new@home.ca", last_name="Canary")
    request = actions.ask(by=asker, municipality=municipality)
    people = {
        "member": make_person("m@x.ca", municipality=municipality),
        "nobody": make_person("n@x.ca"),
        "elsewhere": make_person("e@x.ca", municipality=other_municipality),
        "contributor": make_person("c@x.ca", municipality=municipality),
        "asker": asker,
    }
    roles.name_role(by=admin, person=people["elsewhere"], municipality=other_municipality, role="publisher")
    roles.name_role(by=admin, person=people["contributor"], municipality=municipality, role="contributor")
    client.force_login(people[who])
    response = client.get("/en/joining/")
    assert response.status_code == (200 if who == "elsewhere" else 404)
    assert b"Canary" not in response.content
    assert client.post(f"/en/joining/{request.pk}/decide/", {"action": "accept"}).status_code == 404
    with pytest.raises(Refused):
        actions.accept(by=people[who], request=request)
    assert where(asker) is None


def test_the_regions_coordinator_decides_and_sees_no_other_region(
    client, admin, municipality, other_municipality
):
    region = Region.objects.create(name="Simcoe", slug="simcoe")
    type(municipality).objects.filter(pk=municipality.pk).update(region=region)
    coordinator = make_person("co@x.ca", municipality=other_municipality)
    roles.name_coordinator(by=admin, person=coordinator, region=region)
    here, there = stranger("here@home.ca"), stranger("there@home.ca")
    actions.ask(by=here, municipality=municipality)
    actions.ask(by=there, municipality=other_municipality)
    client.force_login(coordinator)
    page = client.get("/en/joining/").content.decode()
    assert "here@home.ca" in page
    assert "there@home.ca" not in page


def test_moving_by_request_leaves_the_old_one_at_once(publisher, admin, municipality, other_municipality):
    person = make_person("mover@x.ca", municipality=other_municipality)
    roles.name_role(by=admin, person=person, municipality=other_municipality, role="publisher")
    actions.accept(by=publisher, request=actions.ask(by=person, municipality=municipality))
    assert where(person) == municipality
    assert not holds_responsibility(Person.objects.get(pk=person.pk))


def test_the_last_publisher_does_not_move_away_from_colleagues(
    publisher, admin, municipality, other_municipality
):
    person = make_person("mover@x.ca", municipality=other_municipality)
    make_person("colleague@x.ca", municipality=other_municipality)
    roles.name_role(by=admin, person=person, municipality=other_municipality, role="publisher")
    request = actions.ask(by=person, municipality=municipality)
    with pytest.raises(Refused, match="last publisher"):
        actions.accept(by=publisher, request=request)
    assert JoinRequest.objects.get().state == "waiting"
    assert where(person) == other_municipality


def invited(publisher, municipality, address="guest@home.ca", **more):
    invitations.invite(by=publisher, municipality=municipality, address=address, **more)
    run_mail()
    return link_in(mail.outbox.pop())


def test_invite_a_stranger_who_signs_up(client, publisher, municipality):
    link = invited(publisher, municipality, " Guest@Home.ca ", role="contributor")
    page = client.get(link).content.decode()
    assert "Create an account" in page
    person = stranger("guest@home.ca")
    client.force_login(person)
    assert "invites you" in client.get("/en/welcome/").content.decode()
    client.post(link)
    assert where(person) == municipality
    assert person.role_grants.get().role == "contributor"


def test_invite_somebody_who_moves_on_their_consent(client, publisher, municipality, other_municipality):
    person = make_person("guest@home.ca", municipality=other_municipality)
    link = invited(publisher, municipality)
    client.force_login(person)
    assert "You would leave" in client.get(link).content.decode()
    assert where(person) == other_municipality
    client.post(link)
    assert where(person) == municipality


def test_the_link_is_kept_as_a_hash_and_is_long(publisher, municipality):
    token = invited(publisher, municipality).rstrip("/").rpartition("/")[2]
    assert len(token) >= 43
    assert token not in str(list(Invitation.objects.values()))


def test_two_people_accept_one_invitation_and_one_gets_in(client, publisher, municipality):
    link = invited(publisher, municipality)
    guest, other = stranger("guest@home.ca"), stranger("other@home.ca")
    client.force_login(other)
    assert "another address" in client.post(link).content.decode()
    client.force_login(guest)
    client.post(link)
    EmailAddress.objects.filter(user=guest).delete()
    EmailAddress.objects.create(user=other, email="guest@home.ca", verified=True)
    client.force_login(other)
    response = client.post(link)
    assert response.status_code == 410
    assert "has been used" in response.content.decode()
    assert (where(guest), where(other)) == (municipality, None)


@pytest.mark.parametrize("why", ["expired", "withdrawn", "reinvited", "inviter demoted", "nonsense"])
def test_a_link_that_does_not_count_says_what_to_do(client, publisher, admin, municipality, why):
    link = invited(publisher, municipality)
    person = stranger("guest@home.ca")
    invitation = Invitation.objects.get()
    client.force_login(person)
    if why == "withdrawn":
        invitations.withdraw(by=publisher, invitation=invitation)
    if why == "reinvited":
        Invitation.objects.update(sent=invitation.sent - timedelta(minutes=2))
        invited(publisher, municipality)
    if why == "inviter demoted":
        second = make_person("second@x.ca", municipality=municipality)
        roles.name_role(by=admin, person=second, municipality=municipality, role="publisher")
        roles.name_role(by=second, person=publisher, municipality=municipality, role="")
    link = "/en/invitations/nonsense/" if why == "nonsense" else link
    with time_machine.travel("2036-01-01" if why == "expired" else invitation.sent, tick=False):
        client.force_login(person)
        response = client.post(link)
    assert response.status_code == 410
    assert "Ask whoever invited you" in response.content.decode()
    assert where(person) is None


def test_an_unconfirmed_address_accepts_nothing(publisher, municipality):
    invited(publisher, municipality)
    person = stranger("guest@home.ca", verified=False)
    with pytest.raises(Refused, match="another address"):
        invitations.accept(by=person, invitation=Invitation.objects.get())


@pytest.mark.parametrize(
    "address", ["", "guest", "guest@home.ca@evil.org", "guest@home", "a b@home.ca", "guest@hоme.ca"]
)
def test_what_is_no_address_is_not_invited(publisher, municipality, address):
    with pytest.raises(Refused, match="not an e-mail address"):
        invitations.invite(by=publisher, municipality=municipality, address=address)


def test_only_so_many_invitations_a_day(publisher, municipality, monkeypatch):
    monkeypatch.setattr(invitations, "A_DAY", 2)
    for number in range(2):
        invitations.invite(by=publisher, municipality=municipality, address=f"g{number}@home.ca")
    with pytest.raises(Refused, match="tomorrow"):
        invitations.invite(by=publisher, municipality=municipality, address="g3@home.ca")


@pytest.mark.parametrize("role", ["coordinator", "moderator", "king"])
def test_nobody_is_invited_into_a_role_that_is_not_the_municipalitys(publisher, municipality, role):
    with pytest.raises(Refused):
        invitations.invite(by=publisher, municipality=municipality, address="g@home.ca", role=role)


def test_a_member_invites_nobody(municipality):
    member = make_person("m@x.ca", municipality=municipality)
    with pytest.raises(Refused):
        invitations.invite(by=member, municipality=municipality, address="g@home.ca")


def test_what_is_rolled_back_sends_nothing(publisher, municipality):
    with pytest.raises(RuntimeError), transaction.atomic():
        invitations.invite(by=publisher, municipality=municipality, address="g@home.ca")
        raise RuntimeError
    run_mail()
    assert mail.outbox == []


def test_a_newcomer_without_colleagues_has_something_to_do(client, index, area, domain, municipality):
    person = stranger("new@town.ca", first_name="Nia")
    client.force_login(person)
    page = client.get("/en/welcome/")
    text = page.content.decode()
    assert all(
        words in text
        for words in (
            "Welcome, Nia",
            "Say who you are",
            "See what peers have tried",
            "Ask, or share",
            "Winter maintenance",
        )
    )
    assert "no-store" in page["Cache-Control"]


def test_the_likely_municipality_is_chosen_already(client, municipality):
    type(municipality).objects.filter(pk=municipality.pk).update(website="https://www.innisfil.ca")
    client.force_login(stranger("new@innisfil.ca"))
    assert f'<option value="{municipality.pk}" selected>' in client.get("/en/welcome/").content.decode()


def test_what_was_typed_is_kept_when_something_is_missing(client):
    client.force_login(stranger("new@home.ca"))
    response = client.post("/en/welcome/", {"message": "I run the arena."})
    assert response.status_code == 422
    assert "I run the arena." in response.content.decode()
    assert "There is a problem" in response.content.decode()


def test_the_page_of_a_link_lets_browsers_send_its_form(client, publisher, municipality):
    """Under `no-referrer` a browser sends `Origin: null`, which is refused as somebody else's form."""
    link = invited(publisher, municipality)
    assert client.get(link)["Referrer-Policy"] == "same-origin"


def test_the_same_invitation_twice_within_a_minute_is_one_and_one_mail(publisher, municipality):
    link = invited(publisher, municipality)
    again = invitations.invite(by=publisher, municipality=municipality, address="Guest@home.ca")
    run_mail()
    assert not mail.outbox
    assert invitations.of_link(link.rstrip("/").rsplit("/", 1)[1]) == again
    other = invitations.invite(
        by=publisher, municipality=municipality, address="guest@home.ca", role="contributor"
    )
    assert other != again, "another role is another invitation"
