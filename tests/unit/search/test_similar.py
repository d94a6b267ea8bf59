"""Similar items on the pages of items."""

import pytest
from django.urls import reverse

from core import pagecache
from search import pool
from search.engines.base import EngineError
from tests.factories import make_area, make_case_study, make_person, make_playbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def get(client, indexed):
    def get(item, **headers):
        indexed()
        return client.get(reverse("search:similar", args=[item.kind, item.pk]), headers=headers)

    return get


def titles(response):
    return [one.hit.title for one in response.context["similar"]]


@pytest.fixture
def other_area(db):
    return make_area("FIN-01", label_en="Budget", label_fr="Budget municipal")


def test_similar_share_an_area_or_a_tag_and_say_which(get, case_study, municipality, area, other_area):
    case_study.tags.add("robots")
    case_study.save_revision().publish()
    make_playbook(municipality, area, title="Plan for winter")
    tagged = make_case_study(municipality, other_area, title="A chatbot", slug="bot")
    tagged.tags.add("robots")
    tagged.save_revision().publish()
    make_case_study(municipality, other_area, title="Autonomous snow plow budget", slug="budget")
    response = get(case_study)
    assert set(titles(response)) == {"Plan for winter", "A chatbot"}
    reasons = {one.hit.title: one.why for one in response.context["similar"]}
    assert reasons == {"Plan for winter": "Winter maintenance", "A chatbot": "robots"}


def test_similar_with_the_same_words_come_first(get, case_study, municipality, area):
    make_case_study(municipality, area, title="Salt on bridges", slug="salt")
    make_case_study(municipality, area, title="Another autonomous sidewalk plow", slug="plow")
    assert titles(get(case_study)) == ["Another autonomous sidewalk plow", "Salt on bridges"]


def test_similar_are_four_at_most_and_never_the_item_itself(get, case_study, municipality, area):
    for number in range(6):
        make_case_study(municipality, area, title=f"Plow {number}", slug=f"plow-{number}")
    found = titles(get(case_study))
    assert len(found) == 4
    assert case_study.title not in found


def test_similar_are_each_family_once_in_the_readers_language(get, client, case_study, municipality, area):
    french = {"language": "fr", "translation_of": case_study}
    make_case_study(municipality, area, title="Chasse-neige", slug="chasse", **french)
    other = make_case_study(municipality, area, title="Salt", slug="salt")
    make_case_study(municipality, area, title="Sel", slug="sel", language="fr", translation_of=other)
    assert titles(get(case_study)) == ["Salt"]
    assert titles(client.get(f"/fr/similar/case_study/{case_study.pk}/")) == ["Sel"]


def test_similar_follow_the_audience_also_from_the_cache(get, client, case_study, municipality, area):
    hidden = make_case_study(municipality, area, title="Members' plow", slug="m", audience="members")
    assert titles(get(case_study)) == []
    client.force_login(make_person(municipality=municipality))
    response = get(case_study)
    assert titles(response) == ["Members' plow"]
    assert response["Cache-Control"] == "private, no-store"
    # Narrowed behind the cache's back: the second lock still holds.
    kept = pagecache.generation()
    type(hidden).objects.filter(pk=hidden.pk).update(live=False)
    assert pagecache.generation() == kept
    assert titles(get(case_study)) == []


def test_similar_to_what_is_hidden_is_not_found(get, client, municipality, area):
    hidden = make_case_study(municipality, area, audience="members")
    assert get(hidden).status_code == 404
    for kind, pk in (("case_study", 999_999), ("nothing", 1)):
        assert client.get(reverse("search:similar", args=[kind, pk])).status_code == 404


def test_similar_is_a_part_of_the_page_for_htmx(get, case_study, playbook):
    html = get(case_study, HX_Request="true").content.decode()
    assert playbook.title in html
    assert "<html" not in html


def test_item_page_links_to_similar_and_to_compare(client, case_study):
    html = client.get(case_study.url).content.decode()
    assert f'href="{reverse("search:similar", args=["case_study", case_study.pk])}"' in html
    assert f"{reverse('search:compare')}?item=case-study:{case_study.pk}" in html


def test_similar_of_an_engine_that_is_down_is_nothing(get, client, case_study, playbook, monkeypatch):
    get(case_study)

    def refuse(plan):
        raise EngineError("gone")

    address = reverse("search:similar", args=["case_study", case_study.pk])
    with monkeypatch.context() as patched:
        patched.setattr(pool.embedded(), "search", refuse)
        pagecache.invalidate()
        response = client.get(address)
    assert (response.status_code, titles(response)) == (200, [])
    assert response["Cache-Control"] == "no-store", "trouble is not kept"
    assert titles(client.get(address)) == [playbook.title]


def test_similar_keeps_to_the_budget(
    get, client, case_study, playbook, municipality, django_assert_max_num_queries
):
    client.force_login(make_person(municipality=municipality))
    get(case_study)
    with django_assert_max_num_queries(12):
        client.get(reverse("search:similar", args=["case_study", case_study.pk]))


def test_similar_to_an_impossible_number_is_not_found(client, db):
    for number in (2**63, 99_999_999_999_999_999_999_999):
        assert client.get(f"/en/similar/case_study/{number}/").status_code == 404
