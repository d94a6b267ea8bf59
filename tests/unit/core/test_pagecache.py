"""Whole anonymous pages are kept until something public changes; a member's copy never is."""

import pytest
from django.db import transaction

from core import events
from tests.factories import make_adoption, make_case_study, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on(settings):
    settings.PAGE_CACHE_SECONDS = 60


def test_second_anonymous_reading_needs_no_query(client, case_study, django_assert_num_queries):
    first = client.get(case_study.url)
    with django_assert_num_queries(0):
        second = client.get(case_study.url)
    assert first.status_code == 200
    assert second.content == first.content
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]


def test_members_copy_is_neither_stored_nor_served(client, case_study):
    client.force_login(make_person())
    mine = client.get(case_study.url)
    assert "no-store" in mine["Cache-Control"]
    client.logout()
    client.cookies.clear()
    theirs = client.get(case_study.url)
    assert "no-store" not in theirs.get("Cache-Control", "")


def test_published_change_is_seen_at_once(client, case_study, django_capture_on_commit_callbacks):
    client.get(case_study.url)
    with django_capture_on_commit_callbacks(execute=True):
        case_study.title = "Ploughs that follow people"
        case_study.save_revision().publish()
    assert "Ploughs that follow people" in client.get(case_study.url).content.decode()


def test_adoption_changes_the_home_page(
    client, index, other_municipality, case_study, django_capture_on_commit_callbacks
):
    home = index.get_parent().url
    client.get(home)
    with django_capture_on_commit_callbacks(execute=True):
        make_adoption(other_municipality, case_study, months_saved=7)
    assert "7" in client.get(home).content.decode()


def test_narrowed_item_is_gone_at_once(client, case_study, django_capture_on_commit_callbacks):
    assert client.get(case_study.url).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        case_study.audience = "members"
        case_study.save_revision().publish()
    assert client.get(case_study.url).status_code == 404


def test_rolled_back_change_keeps_the_copy(client, case_study, django_assert_num_queries):
    client.get(case_study.url)
    with pytest.raises(RuntimeError), transaction.atomic():
        events.public_content_changed()
        raise RuntimeError
    with django_assert_num_queries(0):
        client.get(case_study.url)


def test_without_prefix_the_copy_depends_on_the_readers_preference(client, index):
    french = client.get("/", headers={"accept-language": "fr"})
    english = client.get("/", headers={"accept-language": "en"})
    assert french["Location"] == "/fr/"
    assert english["Location"] == "/en/"


def test_errors_are_not_kept(client, municipality, area):
    address = municipality.url + "snow/"
    assert client.get(address).status_code == 404
    make_case_study(municipality, area, slug="snow")
    assert client.get(address).status_code == 200
