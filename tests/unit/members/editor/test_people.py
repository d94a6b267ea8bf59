"""An address that an administrator enters lets in, alone, and at once."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from members.joining import verification
from members.models import Person
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _commits(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        yield


@pytest.fixture
def admin(client):
    person = make_person("admin@example.org", is_superuser=True)
    client.force_login(person)
    return person


def edit(client, person, **changed):
    fields = {"email": person.email, "first_name": "Pat", "last_name": "Sample", "is_active": "on", **changed}
    return client.post(f"/admin/users/edit/{person.pk}/", fields)


def test_the_new_address_lets_in_and_the_old_one_no_more(client, admin, django_capture_on_commit_callbacks):
    pat = make_person("pat@old.example")
    other = Client()
    other.force_login(pat)
    UserSession.objects.create(
        user=pat, session_key=other.session.session_key, ip="127.0.0.1", user_agent="Browser"
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert edit(client, pat, email="Pat@New.example").status_code == 302
    addresses = EmailAddress.objects.filter(user=pat).values_list("email", "verified", "primary")
    assert list(addresses) == [("pat@new.example", True, True)]
    assert Person.objects.get(pk=pat.pk).email == "pat@new.example"
    assert other.get("/en/account/profile/").status_code == 302, "who was signed in signs in again"


def test_what_is_not_an_address_leaves_it_alone(client, admin):
    pat = make_person("pat@old.example")
    EmailAddress.objects.create(user=pat, email="pat@second.example", verified=True)
    assert edit(client, pat, first_name="Patricia").status_code == 302
    assert EmailAddress.objects.filter(user=pat, verified=True).count() == 2


def test_a_confirmed_address_of_somebody_else_is_refused(client, admin):
    pat, sam = make_person("pat@old.example"), make_person("sam@example.org")
    EmailAddress.objects.create(user=sam, email="both@example.org", verified=True)
    answer = edit(client, pat, email="both@example.org")
    assert answer.status_code == 200
    assert "Somebody else has confirmed this address" in answer.content.decode()
    assert Person.objects.get(pk=pat.pk).email == "pat@old.example"


def test_an_unconfirmed_claim_does_not_stand_in_the_way(client, admin):
    pat, eve = make_person("pat@old.example"), make_person("eve@example.org")
    EmailAddress.objects.create(user=eve, email="pat@new.example", verified=False)
    assert edit(client, pat, email="pat@new.example").status_code == 302
    assert EmailAddress.objects.get(email="pat@new.example").user == pat


def test_a_new_account_is_in_where_its_address_is(client, admin, municipality):
    domain = verification.add(by=admin, municipality=municipality, name="town.ca")
    verification.vouch(by=admin, domain=domain)
    words = "a long walk along the line"
    fields = {
        "email": "New@Town.ca",
        "first_name": "New",
        "last_name": "Comer",
        "password1": words,
        "password2": words,
    }
    assert client.post(reverse("wagtailusers_users:add"), fields).status_code == 302
    person = Person.objects.get(email="new@town.ca")
    assert person.municipality_id == municipality.pk
    assert EmailAddress.objects.get(user=person).verified
