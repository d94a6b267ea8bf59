"""How often somebody may try, and that trying tells nobody which addresses are known (F38)."""

import re
import statistics
import time
from collections import Counter

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_person

pytestmark = pytest.mark.django_db
KNOWN, NEW = "pat@example.org", "new@example.org"
NAMES = {"first_name": "Noé", "last_name": "Roy"}


def ask(client, address, data):
    return client.post(f"/en/account/{address}", data, follow=True)


# Address, what is sent with the e-mail address, how many go through, seconds until there is room again.
LIMITS = [
    ("login/", {"password": "wrong"}, 10, 300),
    ("signup/", NAMES, 5, 3600),
    ("password/reset/", {}, 5, 86_400),
    ("login/code/", {}, 5, 600),
]


@pytest.mark.parametrize("email", [KNOWN, NEW])
@pytest.mark.parametrize(("address", "data", "most", "seconds"), LIMITS)
def test_too_often_is_refused_and_says_until_when(client, index, address, data, most, seconds, email):
    make_person(KNOWN)
    sent = {"email": email, "login": email, **data}
    for number in range(most):
        # A browser of its own each time: the count is not in the session.
        assert ask(type(client)(), address, sent).status_code == 200, number
    refused = ask(client, address, sent)
    assert refused.status_code == 429
    assert seconds - 60 <= int(refused["Retry-After"]) <= seconds
    assert "That was too often" in refused.content.decode()


def test_guessing_one_account_does_not_lock_the_others(client, index):
    make_person(KNOWN)
    make_person("other@example.org")
    for _ in range(11):
        ask(client, "login/", {"login": KNOWN, "password": "wrong"})
    client.post("/en/account/login/", {"login": "other@example.org", "password": "correct horse battery"})
    assert "_auth_user_id" in client.session


ORACLES = [
    ("signup/", {"password1": "a brand new horse", **NAMES}),
    ("signup/", NAMES),
    ("password/reset/", {}),
    ("login/code/", {}),
    ("login/", {"password": "a brand new horse"}),
]


def _answer(client, address, email, data):
    response = ask(client, address, {"email": email, "login": email, **data})
    page = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)
    # What was typed is said again.
    return response.status_code, response.redirect_chain, page.replace(email.encode(), b"")


@pytest.mark.parametrize(("address", "data"), ORACLES)
def test_known_and_unknown_addresses_are_answered_alike(client, index, address, data):
    make_person(KNOWN)
    known, new = (_answer(type(client)(), address, email, data) for email in (KNOWN, NEW))
    assert known == new


@pytest.mark.parametrize(("address", "data"), ORACLES)
def test_known_and_unknown_addresses_take_as_long(client, index, address, data):
    """All but the hash, which takes so long that it would hide the rest; the next test counts hashes."""
    make_person(KNOWN)
    took = {KNOWN: [], NEW: []}
    for number in range(15):
        for email in (KNOWN, NEW):
            cache.clear()
            sent = f"{number}{NEW}" if email == NEW else email
            browser = type(client)()
            began = time.process_time()
            browser.post(f"/en/account/{address}", {"email": sent, "login": sent, **data})
            took[email].append(time.process_time() - began)
    known, new = (statistics.median(each) for each in took.values())
    assert abs(known - new) <= 0.01, (known, new)


@pytest.mark.parametrize(("address", "data"), ORACLES)
def test_the_database_does_as_much_for_known_and_unknown_addresses(client, index, address, data):
    make_person(KNOWN)
    asked = {}
    for email in (KNOWN, NEW):
        for number in range(2):  # the first time also fills what is kept
            cache.clear()
            sent = f"{number}{NEW}" if email == NEW else email
            with CaptureQueriesContext(connection) as queries:
                type(client)().post(f"/en/account/{address}", {"email": sent, "login": sent, **data})
        asked[email] = Counter(query["sql"].split()[0] for query in queries)
    for written in ("INSERT", "UPDATE", "DELETE"):
        assert asked[KNOWN][written] == asked[NEW][written]
    # Whether somebody is known is asked in two tables, of which the first may be enough.
    assert abs(asked[KNOWN]["SELECT"] - asked[NEW]["SELECT"]) <= 1


class CountingHasher(MD5PasswordHasher):
    """Says how often a password was hashed."""

    count = 0

    def encode(self, *args, **kwargs):
        type(self).count += 1
        return super().encode(*args, **kwargs)


@pytest.mark.parametrize(("address", "data"), ORACLES)
def test_a_password_is_hashed_as_often_for_known_and_unknown_addresses(
    client, index, settings, address, data
):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    make_person(KNOWN)
    hashed = {}
    for email in (KNOWN, NEW):
        CountingHasher.count = 0
        ask(type(client)(), address, {"email": email, "login": email, **data})
        hashed[email] = CountingHasher.count
    assert hashed[KNOWN] == hashed[NEW]
    assert hashed[NEW] == ("password1" in data or "password" in data)
