"""Signing in with a municipality's own provider, against a real one that runs on this machine."""

import json
import re
import socket
import subprocess
import sys
import time
from urllib.parse import urlencode

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.exceptions import ImproperlyConfigured

from config.settings.parts.accounts import oidc_providers
from members.models import Person
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("socket_enabled")]
PEOPLE = {
    "confirmed": {
        "email": "kim@innisfil.ca",
        "email_verified": True,
        "given_name": "Kim",
        "family_name": "Roy",
    },
    "unconfirmed": {"email": "kim@innisfil.ca", "email_verified": False},
    "silent": {"email": "kim@innisfil.ca"},
    "elsewhere": {"email": "kim@whitby.ca", "email_verified": True},
    "lookalike": {"email": "kim@innisfil.ca.evil.example", "email_verified": True},
    "nameless": {"email_verified": True},
}


@pytest.fixture(scope="module")
def provider():
    """A provider on a port of its own, with people whose address it calls confirmed, or not."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    people = [f"--user-claims={json.dumps({'sub': name, **claims})}" for name, claims in PEOPLE.items()]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *people]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            requests.get(f"{url}/.well-known/openid-configuration", timeout=5)
            break
        except requests.ConnectionError:
            time.sleep(0.2)
    yield url
    process.terminate()
    process.wait(10)


@pytest.fixture(autouse=True)
def installed(settings, provider):
    entry = {"id": "innisfil", "name": "Town of Innisfil", "domains": ["Innisfil.ca"], "server_url": provider,
             "client_id": "interurban", "secret": "secret"}  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = oidc_providers(json.dumps([entry]))


def sign_in_as(client, name):
    """Press the button, choose who one is at the provider, come back."""
    leaving = client.post("/account/oidc/innisfil/login/")["Location"]
    back = requests.post(leaving, data={"sub": name}, allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back.replace("http://testserver", ""), follow=True)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_the_page_has_the_button_and_the_policy_lets_it_leave(client, index, provider):
    response = client.get("/en/account/login/")
    assert "Town of Innisfil" in response.content.decode()
    assert provider in response["Content-Security-Policy"]


def test_a_confirmed_address_of_its_domain_makes_an_account_at_once(client, index):
    sign_in_as(client, "confirmed")
    assert is_signed_in(client)
    person = Person.objects.get(email="kim@innisfil.ca")
    assert (person.first_name, person.emailaddress_set.get().verified) == ("Kim", True)
    other = type(client)()
    sign_in_as(other, "confirmed")
    assert other.session["_auth_user_id"] == str(person.pk)


def test_a_confirmed_address_of_its_domain_opens_the_account_that_has_it(client, index):
    person = make_person("kim@innisfil.ca")
    sign_in_as(client, "confirmed")
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize("name", ["unconfirmed", "silent", "elsewhere", "lookalike"])
def test_any_other_address_neither_opens_nor_links_the_account_that_has_it(client, index, name):
    """CVE-2022-43685 of CKAN: “I am kim@…” is no proof."""
    person = make_person(PEOPLE[name]["email"])
    sign_in_as(client, name)
    assert not is_signed_in(client)
    assert not SocialAccount.objects.filter(user=person).exists()
    assert Person.objects.count() == 1


@pytest.mark.parametrize("name", ["unconfirmed", "silent", "elsewhere", "lookalike"])
def test_any_other_address_is_confirmed_by_our_own_mail_first(client, index, name):
    sign_in_as(client, name)
    assert not is_signed_in(client)
    assert not EmailAddress.objects.filter(verified=True).exists()
    address = re.search(r"http://testserver(/\S*confirm-email\S*)", mail.outbox[-1].body)[1]
    client.post(address)
    assert EmailAddress.objects.get().verified


def test_who_does_not_say_an_address_is_asked_for_one(client, index):
    response = sign_in_as(client, "nameless")
    assert not is_signed_in(client)
    assert "One more step" in response.content.decode()


def test_the_second_factor_is_asked_for_here_too(client, index):
    TOTP.activate(make_person("kim@innisfil.ca"), "JBSWY3DPEHPK3PXP")
    response = sign_in_as(client, "confirmed")
    assert response.redirect_chain[-1][0].endswith("/account/2fa/authenticate/")
    assert not is_signed_in(client)


def test_a_suspended_person_does_not_come_in_by_this_door(client, index):
    make_person("kim@innisfil.ca", is_active=False)
    sign_in_as(client, "confirmed")
    assert not is_signed_in(client)


def test_an_answer_that_nobody_asked_for_is_refused(client, index):
    query = urlencode({"code": "stolen", "state": "guessed"})
    client.get(f"/account/oidc/innisfil/login/callback/?{query}")
    assert not is_signed_in(client)


def test_an_unknown_provider_does_not_exist(client, index):
    assert client.post("/account/oidc/never-was/login/", follow=True).status_code == 404


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"id": "x"}', "JSON list"),
        ('[{"id": "x", "name": "X"}]', "domains, server_url, client_id, secret missing"),
        ("not json", "JSON list"),
        (
            '[{"id": "x", "name": "X", "domains": "x.ca", "server_url": "u", "client_id": "c", "secret": "s"}]',
            "must be a list",
        ),
    ],
)
def test_a_wrong_setting_says_what_is_wrong(text, said):
    with pytest.raises(ImproperlyConfigured, match=said):
        oidc_providers(text)
