"""Asking peers: who may, what becomes of it, and who can read it."""

import pytest
from django.db import IntegrityError

from discussions.models import Question
from discussions.questions import asking as actions
from members.audience import ANONYMOUS, reader_for
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/en/questions/ask/"


@pytest.fixture
def member(municipality):
    return factories.make_person(municipality=municipality)


@pytest.fixture
def given(area):
    return {
        "title": "Who ploughs sidewalks?",
        "body": "We *wonder*.",
        "service_area": area.pk,
        "audience": "members",
        "language": "en",
    }


def test_search_without_results_leads_here_with_its_words(client, index, member, settings, tmp_path):
    settings.SEARCH_INDEX_DIR, settings.ELASTICSEARCH_URL = tmp_path, ""
    html = client.get("/en/search/", {"q": "zzzz & <b>"}).content.decode()
    address = f"{ADDRESS}?title=zzzz%20%26%20%3Cb%3E"
    assert f'href="{address}"' in html
    assert client.get(address)["Location"].startswith("/en/account/login/")
    client.force_login(member)
    response = client.get(address)
    assert 'value="zzzz &amp; &lt;b&gt;"' in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"


def test_a_long_search_is_cut_to_what_a_question_may_have(client, member):
    client.force_login(member)
    assert len(client.get(ADDRESS, {"title": "a" * 900}).context["form"]["title"].value()) == 200


def test_asking_makes_a_question_of_the_municipality(client, member, municipality, given):
    client.force_login(member)
    response = client.post(ADDRESS, given)
    question = Question.objects.get()
    assert response["Location"] == question.get_absolute_url()
    assert (question.municipality, question.audience, question.title) == (
        municipality, "members", "Who ploughs sidewalks?",
    )  # fmt: skip
    assert "<em>wonder</em>" in client.get(response["Location"]).content.decode()
    assert not Question.objects.visible_to(ANONYMOUS).exists()
    assert Question.objects.visible_to(reader_for(member)).exists()


def test_another_municipality_cannot_be_spoken_for(client, member, other_municipality, given):
    client.force_login(member)
    client.post(ADDRESS, {**given, "municipality": other_municipality.pk})
    assert Question.objects.get().municipality == member.municipality


def test_what_is_missing_is_said_beside_its_field(client, member):
    client.force_login(member)
    response = client.post(ADDRESS, {"title": "", "audience": "everybody"})
    html = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_title"' in html
    assert "error-summary" in html
    assert not Question.objects.exists()


def test_only_people_of_a_municipality_ask(client, given, area):
    nobody = factories.make_person("nobody@example.org")
    client.force_login(nobody)
    assert client.get(ADDRESS).status_code == client.post(ADDRESS, given).status_code == 403
    with pytest.raises(actions.NotAllowed):
        actions.ask(**{**given, "service_area": area}, by=nobody)
    assert not Question.objects.exists()


def test_an_action_that_fails_leaves_nothing(member, given):
    with pytest.raises((IntegrityError, ValueError)):
        actions.ask(**{**given, "service_area": None}, by=member)
    assert not Question.objects.exists()
