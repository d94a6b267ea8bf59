"""What was retired or replaced comes after what fits as well, and says so."""

import pytest

from library.retiring import actions
from members.audience import ANONYMOUS
from search import registry, service
from search.values import SearchRequest
from tests import factories

pytestmark = pytest.mark.django_db


def titles(text, **request):
    return [hit.title for hit in service.search(SearchRequest(text, **request), ANONYMOUS).hits]


def current(page):
    (document,) = registry.documents(page.kind, [page.pk])[0]
    return document.current


@pytest.fixture
def pair(municipality):
    return [
        factories.make_case_study(municipality, title=f"Snow fence {name}", slug=name)
        for name in ("one", "two")
    ]


@pytest.mark.parametrize("text", ["snow fence", ""])
def test_a_retired_page_comes_last_and_carries_a_mark(client, pair, indexed, text):
    first, second = pair
    admin = factories.make_person("admin@example.org", is_superuser=True)
    for retired, other in ((first, second), (second, first)):
        actions.retire(by=admin, item=retired, why="Gone.")
        indexed()
        assert titles(text) == [other.title, retired.title]
        assert "Retired</span>" in client.get("/en/search/?q=snow").content.decode()
        actions.use_again(by=admin, item=retired)
    indexed()
    assert "Retired</span>" not in client.get("/en/search/?q=snow").content.decode()


def test_a_replaced_page_ranks_lower_as_long_as_it_is(pair, indexed):
    for old, new in (pair, reversed(pair)):
        new.supersedes = old
        new.save_revision().publish()
        indexed()
        assert titles("snow fence") == [new.title, old.title]
        new.refresh_from_db()
        new.supersedes = None
        new.save_revision().publish()
    assert [current(page) for page in pair] == [True, True]


def test_a_newer_page_for_fewer_people_is_not_told_of_by_the_place(pair, indexed):
    old, new = pair
    new.supersedes, new.audience = old, "members"
    new.save_revision().publish()
    assert current(old)
    new.audience = "public"
    new.save_revision().publish()
    assert not current(old)
    new.refresh_from_db()
    new.unpublish()
    assert current(old)


def test_what_becomes_of_the_newer_page_is_told_to_the_index(pair, indexed):
    from core.log import LogEntry

    old, new = pair
    new.supersedes = old
    new.save_revision().publish()
    new.refresh_from_db()
    for deed in (new.unpublish, new.delete):
        before = LogEntry.objects.filter(item_id=old.pk).count()
        deed()
        assert LogEntry.objects.filter(item_id=old.pk).count() > before
