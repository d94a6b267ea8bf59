"""What people searched for in vain, and where they are sent."""

import pytest
from django.db import DatabaseError

from search import nearby, wanted
from search.models import TermGroup, WantedSearch
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def search(client, case_study, indexed):
    indexed()
    return lambda text, **more: client.get("/en/search/", {"q": text, **more})


def test_searches_in_vain_are_counted(search):
    for text in ("Zeppelin Hangars", "zeppelin hangars!", "  ZÉPPELIN hangars"):
        search(text)
    row = WantedSearch.objects.get()
    assert (row.query, row.count) == ("zeppelin hangars", 3)


def test_members_and_strangers_are_counted_alike(search, admin_client):
    search("zeppelin")
    admin_client.get("/en/search/", {"q": "zeppelin"})
    assert WantedSearch.objects.get().count == 2
    assert {field.name for field in WantedSearch._meta.get_fields()} == {"id", "query", "count", "last_seen"}


def test_what_finds_something_or_was_narrowed_is_not_counted(search):
    search("plow")
    search("")
    search("?!")
    search("zeppelin", stage="live")
    search("by:nowhere")
    assert not WantedSearch.objects.exists()


def test_only_the_words_are_kept(search):
    search('zeppelin "over lake" by:nowhere -balloon')
    assert WantedSearch.objects.get().query == "zeppelin over lake"


@pytest.mark.parametrize("text", ["ann@example.com", "905-555 0123", "(905) 555.0123"])
def test_personal_queries_are_not_kept(search, text):
    search(text)
    assert not WantedSearch.objects.exists()


def test_the_list_is_bounded(search, monkeypatch):
    monkeypatch.setattr(wanted, "MAX_ROWS", 2)
    for text in ("first", "first", "second", "third", "z" * 900):
        search(text + "qqq")
    kept = set(WantedSearch.objects.values_list("query", flat=True))
    assert "firstqqq" in kept
    assert len(kept) == 2
    assert max(map(len, kept)) <= 120


def test_a_list_that_cannot_be_written_does_not_disturb(search, monkeypatch):
    def refuse(query):
        raise DatabaseError("read-only")

    monkeypatch.setattr(wanted, "_count", refuse)
    assert search("zeppelin").status_code == 200


def test_coordinators_see_it_and_nobody_adds_to_it(admin_client, search):
    search("zeppelin")
    page = admin_client.get("/admin/snippets/search/wantedsearch/")
    assert "zeppelin" in page.content.decode()
    assert admin_client.get("/admin/snippets/search/wantedsearch/add/").status_code in {302, 403, 404}


def test_nearest_areas_share_words(db):
    winter = factories.make_area()
    factories.make_area("PRK-01", label_en="Parks", label_fr="Parcs")
    assert nearby.areas("winters in vain") == [winter]
    assert nearby.areas("entretiens") == [winter]
    assert nearby.areas("zeppelin") == nearby.areas("") == nearby.areas("?!") == []
    TermGroup.objects.create(name="cold", english="cold season", french="entretien hivernal")
    assert nearby.areas("cold season") == [winter]


def test_page_names_the_nearest_areas(search, area):
    html = search("maintenances zeppelin by:nowhere").content.decode()
    assert area.get_absolute_url() in html
    assert "Nearest service areas" in html
