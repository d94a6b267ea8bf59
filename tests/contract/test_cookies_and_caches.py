"""What a cache may keep, over all routes: nothing that went to somebody with a session; and reading sets no cookie."""

from contextlib import contextmanager

import pytest
from django.db import transaction

from tests import factories
from tests.contract.addresses import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(index, area):
    return factories.make_case_study(factories.make_municipality(index, "Town of Innisfil"), area)


@contextmanager
def undone():
    """What a form changed is as it was, for the next one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_answer_to_somebody_signed_in_is_kept_by_no_cache(subtests, client, index, method):
    person = factories.make_person(municipality=factories.make_municipality(index, "Town of Innisfil"))
    for name, address in addresses().items():
        with subtests.test(route=name), undone():
            client.cookies.clear()
            client.force_login(person)
            response = getattr(client, method)(address)
            said = response.get("Cache-Control", "")
            assert response.status_code < 500
            assert "private" in said
            assert "no-store" in said
            assert "public" not in said


@pytest.mark.parametrize(
    "address", ["/en/", "/en/regions/", "/en/service-areas/", "/en/questions/", "/questions/"]
)
def test_pages_that_exist_are_kept_by_no_cache_either(client, page, address):
    client.force_login(factories.make_person(municipality=page.municipality))
    for each in (address, page.url, page.municipality.url):
        said = client.get(each)["Cache-Control"]
        assert "private" in said, each
        assert "no-store" in said, each


def test_who_only_reads_gets_no_cookie(subtests, client, index):
    """Only a form needs one: the forms that nobody can send without an account are not shown before."""
    for name, address in addresses().items():
        with subtests.test(route=name):
            client.cookies.clear()
            response = client.get(address)
            assert set(response.cookies) <= ({"csrf"} if "csrfmiddlewaretoken" in _text(response) else set())
            if response.cookies:
                assert "no-store" in response["Cache-Control"]


def _text(response) -> str:
    return response.getvalue().decode("utf-8", "replace") if not response.streaming else ""


def test_signing_in_is_kept_by_no_cache(client, index):
    factories.make_person("pat@example.org")
    asked = client.get("/en/account/login/")
    told = client.post(
        "/en/account/login/", {"login": "pat@example.org", "password": "correct horse battery"}
    )
    assert told.status_code == 302
    for response in (asked, told):
        assert "no-store" in response["Cache-Control"]
