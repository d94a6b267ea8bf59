"""Questions and answers, shown to their audience."""

import pytest
from django.core.cache import cache

from discussions.models import Answer, Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(municipality, area):
    return Question.objects.create(
        title="Who ploughs sidewalks?",
        body="With *which* machine?",
        municipality=municipality,
        service_area=area,
    )


def test_question_page_shows_question_and_answers(client, question, other_municipality):
    Answer.objects.create(
        question=question, municipality=other_municipality, body="We do, **on foot**.", accepted=True
    )
    html = client.get(question.get_absolute_url()).content.decode()
    assert "<em>which</em>" in html
    assert "<strong>on foot</strong>" in html


def test_service_area_page_lists_its_questions(client, question, area):
    assert question.title in client.get(f"/en/service-areas/{area.slug}/").content.decode()


def test_hidden_question_leaves_no_trace(client, question, area):
    question.audience = "members"
    question.save()
    assert client.get(question.get_absolute_url()).status_code == 404
    for address in (f"/en/service-areas/{area.slug}/", "/en/questions/"):
        assert question.title not in client.get(address).content.decode()


def test_question_about_an_item_stands_on_its_page(client, question, case_study):
    question.about_id = case_study.pk
    question.save()
    assert question.title in client.get(case_study.url).content.decode()


@pytest.mark.parametrize("audience", ["members", "municipality"])
def test_page_a_question_is_about_is_named_only_to_its_readers(client, case_study, area, audience):
    case_study.title = "Zebra merger plan"
    case_study.save_revision().publish()
    question = Question.objects.create(
        title="Who has done this?",
        municipality=case_study.municipality,
        service_area=area,
        about_id=case_study.pk,
    )
    assert "Zebra" in client.get(question.get_absolute_url()).content.decode()
    case_study.audience = audience
    case_study.save_revision().publish()
    cache.clear()
    assert "Zebra" not in client.get(question.get_absolute_url()).content.decode()
