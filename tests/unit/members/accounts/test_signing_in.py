"""Signing up and in, as somebody with a browser and a mailbox does it."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail

from members.models import Person
from tests.factories import make_person

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
LOGIN = "/en/account/login/"
CODE = "/en/account/login/code/"
SIGNUP = "/en/account/signup/"
NAMES = {"first_name": "Noé", "last_name": "Roy"}


def sign_in(client, email="pat@example.org", password=PASSWORD, address=LOGIN):
    return client.post(address, {"login": email, "username": email, "password": password})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def link(pattern):
    return re.search(rf"http://testserver({pattern}\S*)", mail.outbox[-1].body)[1]


def code():
    return re.search(r"\n\n([A-Z0-9-]{6,12})\n\n", mail.outbox[-1].body)[1]


def add_totp(person):
    return TOTP.activate(person, "JBSWY3DPEHPK3PXP")


def totp_code(ago=0):
    """What the app shows now, or so many half minutes ago."""
    return format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", int(time.time()) // 30 - ago))


@pytest.mark.parametrize("email", ["pat@example.org", "PAT@Example.org"])
def test_address_and_password(client, index, email):
    make_person()
    assert sign_in(client, email).status_code == 302
    assert is_signed_in(client)


def test_any_confirmed_address_of_a_person_signs_in_and_an_unconfirmed_does_not(client, index):
    person = make_person()
    EmailAddress.objects.create(user=person, email="pat@home.example", verified=True)
    EmailAddress.objects.create(user=person, email="pat@later.example", verified=False)
    sign_in(client, "pat@later.example")
    assert not is_signed_in(client)
    sign_in(client, "pat@home.example")
    assert is_signed_in(client)


def test_a_wrong_password_says_what_to_do_and_keeps_the_address(client, index):
    make_person()
    page = sign_in(client, password="wrong").content.decode()
    assert "ask for a code" in page
    assert 'value="pat@example.org"' in page
    assert not is_signed_in(client)


def test_a_code_by_mail_signs_in_once(client, index):
    make_person()
    client.post(CODE, {"email": "pat@example.org"})
    sent = code()
    assert f"#{sent}" in mail.outbox[-1].body
    assert f"?{sent}" not in mail.outbox[-1].body
    client.post(f"{CODE}confirm/", {"code": sent})
    assert is_signed_in(client)
    client.post("/en/account/logout/")
    client.post(f"{CODE}confirm/", {"code": sent})
    assert not is_signed_in(client)


def test_a_code_works_in_the_browser_that_asked_for_it_only(client, index):
    make_person()
    client.post(CODE, {"email": "pat@example.org"})
    other = type(client)()
    other.post(f"{CODE}confirm/", {"code": code()})
    assert not is_signed_in(other)


def test_sign_up_without_password_confirm_and_be_signed_in(client, index):
    response = client.post(SIGNUP, {"email": "New@Town.example", **NAMES})
    assert response["Location"] == "/en/account/confirm-email/"
    assert not is_signed_in(client)
    address = link("/en/account/confirm-email/")
    # A scanner that opens the link confirms nothing.
    client.get(address)
    assert not EmailAddress.objects.get(email="new@town.example").verified
    client.post(address)
    assert is_signed_in(client)
    person = Person.objects.get(email="new@town.example")
    assert (person.first_name, person.municipality, person.has_usable_password()) == ("Noé", None, False)


def test_a_confirmation_link_works_once(client, index):
    client.post(SIGNUP, {"email": "new@town.example", **NAMES})
    address = link("/en/account/confirm-email/")
    client.post(address)
    other = type(client)()
    assert "has been used" in other.get(address).content.decode()
    assert other.post(address).status_code == 404
    assert not is_signed_in(other)


def test_sign_up_refuses_a_weak_password_and_keeps_what_was_typed(client, index):
    page = client.post(
        SIGNUP, {"email": "new@town.example", "password1": "password123", **NAMES}
    ).content.decode()
    assert "There is a problem" in page
    assert 'value="Noé"' in page
    assert not Person.objects.filter(email="new@town.example").exists()


def test_mail_comes_in_the_language_that_the_person_chose(client, index):
    make_person(language="fr")
    client.post(CODE, {"email": "pat@example.org"})
    assert mail.outbox[-1].subject.startswith("Votre code")


def test_a_new_password_ends_every_session_and_the_link_works_once(client, index):
    make_person()
    elsewhere = type(client)()
    sign_in(elsewhere)
    client.post("/en/account/password/reset/", {"email": "pat@example.org"})
    address = link("/en/account/password/reset/key/")
    form = client.get(address)["Location"]
    client.post(form, {"password1": "a brand new horse", "password2": "a brand new horse"})
    assert elsewhere.get("/en/account/profile/").status_code == 302
    assert not is_signed_in(client)
    sign_in(client, password="a brand new horse")
    assert is_signed_in(client)
    again = type(client)()
    assert "has been used" in again.get(address, follow=True).content.decode()


def test_signing_in_gives_a_new_session(client, index):
    make_person()
    client.get("/en/account/2fa/webauthn/login/")
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before


# Whatever door: where there is a second factor, a password or a code alone opens none.
DOORS = [LOGIN, "/admin/login/", "/fr/_util/login/", "/en/_util/login/", "/admin/password_reset/"]


@pytest.mark.parametrize("door", DOORS)
def test_a_password_alone_opens_no_door_where_there_is_a_second_factor(client, index, door):
    add_totp(make_person(is_superuser=True))
    sign_in(client, address=door)
    assert not is_signed_in(client)
    assert client.get("/admin/").status_code == 302


def test_the_editor_changes_neither_address_nor_password(client, index):
    """Its own account page would do so without asking who one is, or telling the other address."""
    person = make_person(is_superuser=True)
    client.force_login(person)
    page = client.get("/admin/account/").content.decode()
    assert 'name="name_email-email"' not in page
    assert "old_password" not in page
    client.post("/admin/account/", {"name_email-email": "thief@example.org", "name_email-first_name": "P",
                                    "password-new_password1": "a brand new horse"})  # fmt: skip
    person.refresh_from_db()
    assert person.email == "pat@example.org"
    assert person.check_password(PASSWORD)


def test_neither_a_code_by_mail_nor_a_new_password_goes_round_the_second_factor(client, index):
    add_totp(make_person())
    client.post(CODE, {"email": "pat@example.org"})
    client.post(f"{CODE}confirm/", {"code": code()})
    assert not is_signed_in(client)
    other = type(client)()
    other.post("/en/account/password/reset/", {"email": "pat@example.org"})
    form = other.get(link("/en/account/password/reset/key/"))["Location"]
    other.post(form, {"password1": "a brand new horse", "password2": "a brand new horse"})
    sign_in(other, password="a brand new horse")
    assert not is_signed_in(other)


def test_password_and_code_of_the_app_sign_in_and_the_code_works_once(client, index):
    add_totp(make_person())
    assert sign_in(client)["Location"] == "/en/account/2fa/authenticate/"
    sent = totp_code()
    client.post("/en/account/2fa/authenticate/", {"code": sent})
    assert is_signed_in(client)
    other = type(client)()
    sign_in(other)
    other.post("/en/account/2fa/authenticate/", {"code": sent})
    assert not is_signed_in(other)


@pytest.mark.parametrize(("ago", "is_taken"), [(1, True), (3, False)])
def test_a_code_that_was_typed_as_its_half_minute_ended_is_taken(client, index, ago, is_taken, time_machine):
    add_totp(make_person())
    time_machine.move_to("2026-11-26 12:00:05", tick=False)
    sign_in(client)
    client.post("/en/account/2fa/authenticate/", {"code": totp_code(ago)})
    assert is_signed_in(client) is is_taken


def test_a_suspended_person_does_not_get_in(client, index):
    make_person(is_active=False)
    sign_in(client)
    client.post(CODE, {"email": "pat@example.org"})
    assert not is_signed_in(client)


@pytest.fixture
def required(settings):
    settings.MFA_REQUIRED = True


def test_those_on_whom_others_depend_set_up_a_second_factor_first(client, index, required):
    person = make_person(is_superuser=True)
    client.force_login(person)
    for address in ("/en/", "/admin/", "/en/groups/", "/en/account/profile/"):
        assert client.get(address)["Location"] == "/en/account/2fa/", address
    assert "Others depend on your account" in client.get("/en/account/2fa/").content.decode()
    add_totp(person)
    assert client.get("/en/account/profile/").status_code == 200
    Authenticator.objects.all().delete()
    assert client.get("/en/account/profile/").status_code == 302


def test_everybody_else_may_but_need_not(client, index, required):
    client.force_login(make_person())
    assert client.get("/en/account/profile/").status_code == 200


def test_somebody_sees_and_ends_their_own_sessions_only(client, index):
    make_person()
    make_person("other@example.org")
    laptop, other = type(client)(), type(client)()
    sign_in(client)
    sign_in(laptop)
    sign_in(other, "other@example.org")
    page = client.get("/en/account/sessions/")
    mine = next(s for s in page.context["sessions"] if s.session_key == laptop.session.session_key)
    theirs = other.get("/en/account/sessions/").context["sessions"][0]
    assert client.post("/en/account/sessions/end/", {"session": theirs.pk}).status_code == 404
    client.post("/en/account/sessions/end/", {"session": mine.pk})
    assert laptop.get("/en/account/profile/").status_code == 302
    assert other.get("/en/account/profile/").status_code == 200
    assert client.get("/en/account/profile/").status_code == 200


def test_what_guards_the_account_asks_who_one_is(client, index):
    client.force_login(make_person())
    for address in (
        "/en/account/2fa/totp/activate/",
        "/en/account/data/download/",
        "/en/account/data/close/",
    ):
        assert client.get(address)["Location"].startswith("/en/account/reauthenticate/"), address


def test_signing_in_and_failing_are_logged_without_secrets(client, index, capfd, caplog):
    caplog.set_level("INFO")
    person = make_person()
    sign_in(client, password="wrong guess")
    sign_in(client)
    said = (caplog.text + capfd.readouterr().err).replace("'", '"')
    assert "sign_in_failed" in said
    assert f'"person": {person.pk}' in said
    for secret in ("wrong guess", PASSWORD, "pat@example.org"):
        assert secret not in said


def test_a_mail_server_that_is_down_is_told_and_nobody_learns_more(client, index, settings):
    settings.EMAIL_BACKEND = "tests.unit.members.accounts.broken.Backend"
    make_person()
    answers = [
        type(client)().post("/en/account/password/reset/", {"email": email}, follow=True).content
        for email in ("pat@example.org", "new@example.org")
    ]
    assert b"could not send mail" in answers[0]
    assert answers[0] == answers[1]
