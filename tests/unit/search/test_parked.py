"""Items that an index does not take: out of the index, tried again, listed, given up."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from search import log, parked, pool, readers, rebuilding, service
from search.engines.base import EngineError
from search.kinds.library_page import page_document
from search.models import ParkedItem
from search.values import SearchRequest
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def poison(monkeypatch):
    """Primary keys of items that can't be made into a document."""
    broken: set[int] = set()

    def stumble(page, *args, **kwargs):
        if page.pk in broken:
            raise ValueError("a bad date")
        return page_document(page, *args, **kwargs)

    monkeypatch.setattr("search.kinds.case_study.page_document", stumble)
    return broken


@pytest.fixture
def poisoned(case_study, municipality, area, indexed, poison):
    """An item that was indexed and then went bad; beside it one that is well."""
    factories.make_case_study(municipality, area, title="Healthy plow", slug="healthy")
    indexed()
    poison.add(case_study.pk)
    case_study.save()
    indexed()
    return case_study


def titles(text="plow"):
    from members.audience import ANONYMOUS

    return [hit.title for hit in service.search(SearchRequest(text), ANONYMOUS).hits]


def row():
    return ParkedItem.objects.get()


def make_due():
    ParkedItem.objects.exclude(due=None).update(due=timezone.now())


def test_poison_leaves_the_index_and_is_noted(poisoned):
    assert titles() == ["Healthy plow"]
    assert (row().kind, row().item_id, row().attempts) == ("case_study", poisoned.pk, 1)
    assert row().error == "ValueError: a bad date"
    assert row().due > timezone.now()
    assert pool.embedded().cursor() == log.head(), "nobody waits for it"


def test_poison_with_a_narrower_audience_is_seen_by_nobody(poisoned):
    held = {each.key: each for each in pool.embedded().scan()}
    assert not held[f"case_study:{poisoned.pk}"].live
    assert not held[f"case_study:{poisoned.pk}"].labels


def test_poison_is_tried_five_times_more_with_growing_pauses(poisoned, indexed):
    pauses = [row().due - timezone.now()]
    for _ in range(10):
        make_due()
        indexed()
        if row().due:
            pauses.append(row().due - timezone.now())
    assert row().attempts == 6
    assert row().due is None
    assert len(pauses) == 5
    assert pauses == sorted(pauses)
    assert pauses[-1] > timedelta(hours=1)


def test_poison_whose_time_has_not_come_is_left_alone(poisoned, indexed):
    indexed()
    assert row().attempts == 1


def test_healed_item_comes_back_by_itself(poisoned, poison, indexed):
    poison.clear()
    make_due()
    indexed()
    assert set(titles()) == {"Healthy plow", poisoned.title}
    assert not ParkedItem.objects.exists()


def test_changed_item_is_tried_at_once_and_counted_anew(poisoned, poison, indexed):
    ParkedItem.objects.update(due=None, attempts=6)
    poisoned.save()
    indexed()
    assert (row().attempts, row().due is not None) == (1, True)
    poison.clear()
    poisoned.save()
    indexed()
    assert not ParkedItem.objects.exists()
    assert poisoned.title in titles()


def test_deleted_item_is_forgotten(poisoned, indexed):
    poisoned.delete()
    indexed()
    assert not ParkedItem.objects.exists()


def test_rebuild_notes_what_it_could_not_take(poisoned, poison):
    rebuilding.rebuild(pool.embedded())
    assert row().item_id == poisoned.pk
    poison.clear()
    rebuilding.rebuild(pool.embedded())
    assert not ParkedItem.objects.exists()
    assert poisoned.title in titles()


def test_rebuild_that_would_lose_most_items_is_refused(case_study, indexed, poison, monkeypatch):
    indexed()
    monkeypatch.setattr(rebuilding, "MANY_REJECTED", 0)
    monkeypatch.setattr("search.kinds.municipality._document", lambda page: 1 / 0)
    poison.add(case_study.pk)
    with pytest.raises(EngineError, match="2 of 2"):
        rebuilding.rebuild(pool.embedded())
    assert titles() == [case_study.title], "the old index goes on answering"


def test_item_that_goes_bad_during_a_rebuild_is_not_shown_as_it_was(case_study, indexed, poison):
    indexed()

    def go_bad(done, total):
        poison.add(case_study.pk)
        case_study.save()

    rebuilding.rebuild(pool.embedded(), go_bad)
    assert titles() == []
    assert row().item_id == case_study.pk


def test_trouble_with_the_engine_is_not_the_items_fault(case_study, indexed, monkeypatch):
    indexed()
    case_study.save()
    monkeypatch.setattr(
        "search.engines.embedded.writing.apply", lambda *_: (_ for _ in ()).throw(EngineError("full"))
    )
    before = pool.embedded().cursor()
    assert readers.tick() == 0
    assert not ParkedItem.objects.exists()
    assert pool.embedded().cursor() == before < log.head()


# The administrators' page


@pytest.fixture
def administrator(client):
    client.force_login(factories.make_person("admin@x.ca", is_superuser=True, is_staff=True))
    return client


def test_page_lists_what_is_parked(administrator, poisoned):
    html = administrator.get(reverse("search_state")).content.decode()
    assert poisoned.title in html
    assert "a bad date" in html
    assert reverse("wagtailadmin_pages:edit", args=[poisoned.pk]) in html


def test_page_tries_again(administrator, poisoned, poison, indexed):
    ParkedItem.objects.update(due=None, attempts=6)
    poison.clear()
    administrator.post(reverse("search_state"), {"item": row().pk})
    indexed()
    assert not ParkedItem.objects.exists()


def test_page_tries_all_again_and_ignores_nonsense(administrator, poisoned):
    ParkedItem.objects.update(due=None, attempts=6)
    administrator.post(reverse("search_state"), {"item": "999999"})
    assert row().due is None
    administrator.post(reverse("search_state"))
    assert row().due is not None


def test_page_is_for_administrators(client, poisoned, municipality):
    client.force_login(factories.make_person("editor@x.ca", municipality=municipality, is_staff=True))
    assert client.get(reverse("search_state")).status_code in (302, 403)
    client.post(reverse("search_state"))
    assert parked.due(pool.embedded()) == []


def test_first_page_tells_administrators(administrator, poisoned):
    html = administrator.get(reverse("wagtailadmin_home")).content.decode()
    assert "Some items can’t be indexed" in html
    ParkedItem.objects.all().delete()
    assert "The search needs somebody" not in administrator.get(reverse("wagtailadmin_home")).content.decode()
