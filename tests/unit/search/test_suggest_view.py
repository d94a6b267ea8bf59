"""The address that the search boxes ask while somebody types."""

import pytest
from django.core.cache import cache

from search import pool
from search.engines.base import EngineError
from tests import factories

pytestmark = pytest.mark.django_db


def ask(client, text, language="en"):
    response = client.get(f"/{language}/search/suggest/", {"q": text})
    assert response.status_code == 200
    return response


def test_answer_has_groups_and_a_status(case_study, client, indexed):
    indexed()
    found = ask(client, "sno").json()
    assert found["status"] == "1 suggestion. Use the up and down arrows."
    (group,) = found["groups"]
    assert (group["kind"], group["label"]) == ("case_study", "Case studies")
    (suggestion,) = group["suggestions"]
    assert suggestion["label"] == "Autonomous sidewalk snow plow"
    assert client.get(suggestion["url"]).status_code == 200
    assert ask(client, "zzz").json() == {"groups": [], "status": "No suggestions."}
    assert ask(client, "sno", "fr").json()["status"].startswith("1 suggestion")


def test_every_address_leads_somewhere(case_study, playbook, municipality, area, client, indexed):
    case_study.tags.add("Winter roads")
    case_study.save_revision().publish()
    person = factories.make_person(municipality=municipality, first_name="Winter", last_name="Wolf")
    factories.make_question(municipality, area, title="Winter questions?")
    indexed()
    client.force_login(person)
    for text, kinds in (("wint", {"service_area", "tag", "person", "question"}), ("innis", {"municipality"})):
        groups = ask(client, text).json()["groups"]
        assert {group["kind"] for group in groups} == kinds
        for group in groups:
            for suggestion in group["suggestions"]:
                assert client.get(suggestion["url"]).status_code == 200, suggestion


def test_hostile_questions_are_answered(case_study, client, indexed):
    indexed()
    for text in ("", "\x00", "a" * 5000, "(((", "snow\\", "<script>", "🚋🚋", "ﬃ", '"', "l'l'l'"):
        ask(client, text)
    assert client.get("/en/search/suggest/").status_code == 200
    assert client.post("/en/search/suggest/").status_code == 405


def test_signed_in_answers_are_private_and_the_others_are_the_same_for_all(
    case_study, client, indexed, settings
):
    settings.PAGE_CACHE_SECONDS = 60
    cache.clear()
    indexed()
    first, second = ask(client, "sno"), ask(client, "sno")
    assert first.content == second.content
    assert "private" not in first.get("Cache-Control", "")
    assert not first.cookies
    client.force_login(factories.make_person())
    assert ask(client, "sno")["Cache-Control"] == "private, no-store"


def test_an_engine_that_fails_suggests_nothing(case_study, client, indexed, monkeypatch):
    indexed()

    def fail(*args, **kwargs):
        raise EngineError("no")

    monkeypatch.setattr(pool.embedded(), "many", fail)
    answer = ask(client, "sno")
    assert answer.json()["groups"] == []
    assert answer["Cache-Control"] == "no-store", "trouble is not kept"
    pool.breaker.cache_clear()
    monkeypatch.undo()
    assert len(ask(client, "sno").json()["groups"]) == 1


def test_search_boxes_say_where_to_ask(client, index, indexed):
    indexed()
    for address in ("/en/", "/en/search/", "/fr/search/"):
        html = client.get(address).content.decode()
        assert f'data-suggest="{address[:4]}search/suggest/"' in html
        assert "js/suggest.js" in html
