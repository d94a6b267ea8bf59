"""Answering, accepting, what becomes of the accepted answer, and thanks."""

import pytest

from core.happenings import Happening
from discussions.models import Answer, Question
from discussions.questions import answering, asking
from discussions.questions.limits import ANSWERS_A_DAY, QUESTIONS_A_DAY
from members.refusal import Refused
from members.roles import actions as roles
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(ask, case_study):
    return ask(about=case_study)


@pytest.fixture
def given(question, helper):
    return answering.answer(by=helper, question=question, body="We do, **on foot**.")


@pytest.fixture
def publisher(admin, municipality):
    """Publishes for the municipality that asked, and whose page the question is about."""
    person = factories.make_person("pat@example.org", first_name="Pat", municipality=municipality)
    roles.name_role(by=admin, person=person, municipality=municipality, role="publisher")
    return person


def act(client, answer, action, **more):
    return client.post(f"/en/answers/act/{answer.pk}/", {"action": action, **more})


def test_a_peer_answers_and_the_asker_is_told(client, question, helper, asker):
    client.force_login(helper)
    response = client.post(f"/en/questions/answer/{question.pk}/", {"body": "We *do*.", "token": "t"})
    answer = Answer.objects.get()
    assert response["Location"] == answer.get_absolute_url()
    html = client.get(question.get_absolute_url()).content.decode()
    assert "<em>do</em>" in html
    assert "Whitby" in html
    assert "Sam" not in html
    told = Happening.objects.get(verb="question.answered")
    assert (told.by, told.to, told.item_id) == (helper, [asker.pk], question.pk)


def test_sending_twice_has_one_effect(client, question, helper):
    client.force_login(helper)
    for _ in range(3):
        client.post(f"/en/questions/answer/{question.pk}/", {"body": "We do.", "token": "once"})
    assert Answer.objects.count() == 1
    assert Happening.objects.filter(verb="question.answered").count() == 1


def test_asking_twice_has_one_effect(ask, helper):
    assert ask(token="once") == ask(token="once")
    assert Question.objects.count() == 1
    assert Happening.objects.filter(verb="question.routed").count() == 1


@pytest.mark.parametrize("body", ["x" * 100_001, "[" * 5_000, ""])
def test_what_cannot_be_rendered_is_refused_and_kept(client, question, helper, body):
    client.force_login(helper)
    response = client.post(f"/en/questions/answer/{question.pk}/", {"body": body})
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()
    assert response.context["answer_form"]["body"].value() == body
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "attack", ["<script>alert(1)</script>", "[x](javascript:alert(1))", '<img src=x onerror="alert(1)">']
)
def test_markup_does_nothing(client, ask, question, helper, attack):
    answering.answer(by=helper, question=question, body=attack)
    question.title = attack[:200]
    question.save()
    html = client.get(question.get_absolute_url()).content.decode()
    client.force_login(helper)
    html += client.get(question.get_absolute_url()).content.decode()
    preview = client.post(f"/en/questions/answer/{question.pk}/", {"body": attack, "preview": "1"})
    for text in (html, preview.content.decode()):
        assert "<script>alert" not in text
        assert 'href="javascript:' not in text
        assert "<img src=x" not in text


def test_preview_posts_nothing_and_keeps_the_text(client, question, helper):
    client.force_login(helper)
    html = client.post(
        f"/en/questions/answer/{question.pk}/", {"body": "We **do**.", "preview": "1"}
    ).content.decode()
    assert "<strong>do</strong>" in html
    assert "We **do**." in html
    assert not Answer.objects.exists()


def test_text_for_a_question_that_was_narrowed_meanwhile_stays_with_its_author(client, question, helper):
    question.audience = "municipality"
    question.save()
    client.force_login(helper)
    hidden = client.post(f"/en/questions/answer/{question.pk}/", {"body": "An hour's work."})
    never = client.post("/en/questions/answer/999999/", {"body": "An hour's work."})
    assert hidden.status_code == never.status_code == 404
    assert "An hour&#x27;s work." in hidden.content.decode()
    number = f"/{question.pk}/".encode()
    assert hidden.content.replace(number, b"//") == never.content.replace(b"/999999/", b"//")
    assert not Answer.objects.exists()


def test_one_s_own_answers_stay_readable_to_oneself(client, question, given, helper):
    question.audience = "municipality"
    question.save()
    client.force_login(helper)
    html = client.get("/en/questions/mine/").content.decode()
    assert "<strong>on foot</strong>" in html
    assert question.title not in html


@pytest.mark.parametrize("who", ["nobody", "without municipality"])
def test_who_does_not_answer(client, question, who):
    if who != "nobody":
        client.force_login(factories.make_person("x@example.org"))
    question.audience = "public"
    question.save()
    client.post(f"/en/questions/answer/{question.pk}/", {"body": "Spam."})
    assert not Answer.objects.exists()


def test_only_the_asker_accepts_and_one_answer_only(client, question, given, asker, helper):
    other = answering.answer(by=helper, question=question, body="And by machine.")
    client.force_login(helper)
    act(client, given, "accept")
    assert not Answer.objects.accepted().exists()
    client.force_login(asker)
    act(client, given, "accept")
    act(client, given, "accept")
    assert Answer.objects.accepted().get() == given
    act(client, other, "accept")
    assert Answer.objects.accepted().get() == other
    told = Happening.objects.filter(verb="question.accepted")
    assert [(each.by, each.to) for each in told] == [(asker, [helper.pk])] * 2
    client.post(f"/en/questions/act/{question.pk}/", {"action": "take_back"})
    assert not Answer.objects.accepted().exists()


def test_nobody_accepts_their_own_word(question, asker):
    own = answering.answer(by=asker, question=question, body="We found out ourselves.")
    with pytest.raises(Refused):
        answering.accept(by=asker, answer=own)


def test_the_accepted_answer_stands_on_the_page_for_those_who_may_read_the_question(
    client, question, given, asker, case_study
):
    answering.accept(by=asker, answer=given)
    assert "on foot" not in client.get(case_study.url).content.decode()
    client.force_login(asker)
    html = client.get(case_study.url).content.decode()
    assert "From a question" in html
    assert "<strong>on foot</strong>" in html
    question.audience = "public"
    question.save()
    client.logout()
    assert "on foot" in client.get(case_study.url).content.decode()
    answering.take_back(by=asker, question=question)
    assert "on foot" not in client.get(case_study.url).content.decode()


def test_the_page_s_publishers_leave_it_off_with_a_reason(
    client, question, given, asker, helper, publisher, case_study
):
    answering.accept(by=asker, answer=given)
    client.force_login(helper)
    act(client, given, "hide", reason="No.")
    client.force_login(publisher)
    act(client, given, "hide", reason=" ")
    given.refresh_from_db()
    assert given.addendum_hidden is None
    act(client, given, "hide", reason="Of another machine.")
    assert "Hidden: Of another machine." in client.get(case_study.url).content.decode()
    client.force_login(helper)
    assert "on foot" not in client.get(case_study.url).content.decode()
    assert "Of another machine." in client.get(question.get_absolute_url()).content.decode()
    client.force_login(publisher)
    act(client, given, "show")
    client.force_login(helper)
    assert "on foot" in client.get(case_study.url).content.decode()


def test_an_answer_is_changed_by_its_author(client, given, helper, asker):
    client.force_login(asker)
    assert client.get(f"/en/answers/edit/{given.pk}/").status_code == 404
    client.force_login(helper)
    stale = asking.stamp(given)
    assert (
        client.post(f"/en/answers/edit/{given.pk}/", {"body": "By machine.", "seen": stale}).status_code
        == 302
    )
    html = client.get(given.question.get_absolute_url()).content.decode()
    assert "By machine." in html
    assert "changed on" in html
    told = client.post(f"/en/answers/edit/{given.pk}/", {"body": "From the second window.", "seen": stale})
    assert told.status_code == 422
    assert "From the second window." in told.content.decode()
    assert "meanwhile" in told.content.decode()


def test_who_moved_on_does_not_speak_for_the_former_municipality(given, helper, municipality):
    roles.place_person(person=helper, municipality=municipality)
    helper.refresh_from_db()
    with pytest.raises(Refused):
        answering.change(by=helper, answer=given, body="Other.")


def test_a_withdrawn_answer_leaves_a_tombstone_and_nothing_on_the_page(
    client, given, asker, helper, case_study
):
    answering.accept(by=asker, answer=given)
    client.force_login(helper)
    act(client, given, "withdraw")
    html = client.get(given.question.get_absolute_url()).content.decode()
    assert "This answer was withdrawn on" in html
    assert "on foot" not in html + client.get(case_study.url).content.decode()
    assert Answer.objects.get().body == ""
    assert act(client, given, "withdraw").status_code == 404


def test_a_withdrawn_question_leaves_a_tombstone_and_no_trace_in_lists(
    client, question, given, asker, helper, area
):
    client.force_login(helper)
    client.post(f"/en/questions/act/{question.pk}/", {"action": "withdraw"})
    assert Question.objects.standing().count() == 1
    client.force_login(asker)
    title, address = question.title, question.get_absolute_url()
    client.post(f"/en/questions/act/{question.pk}/", {"action": "withdraw"})
    html = client.get(address).content.decode()
    assert "has withdrawn this question" in html
    assert "on foot" in html
    assert title not in html
    for other in ("/en/questions/", "/en/questions/mine/", f"/en/service-areas/{area.slug}/"):
        assert address not in client.get(other).content.decode()
    assert not Question.objects.filter(title=title).exists()


def test_a_question_is_changed_by_whoever_asked(client, question, asker, helper, area):
    client.force_login(helper)
    address = f"/en/questions/edit/{question.pk}/"
    assert client.get(address).status_code == 404
    client.force_login(asker)
    said = {
        "title": "Who ploughs?",
        "body": "",
        "service_area": area.pk,
        "audience": "public",
        "language": "en",
        "seen": "",
    }
    assert client.post(address, said).status_code == 302
    question.refresh_from_db()
    assert (question.title, question.audience, question.about_id) == (
        "Who ploughs?",
        "public",
        question.about_id,
    )
    assert question.edited


def test_thanks_stand_on_the_answerer_s_page_where_both_agree(
    client, admin, question, given, asker, helper, other_municipality
):
    client.force_login(asker)
    act(client, given, "accept", thanks="You saved us a <winter>.")
    note = "You saved us a &lt;winter&gt;."
    assert note not in client.get(other_municipality.url).content.decode()
    act(client, given, "accept", thanks="You saved us a <winter>.", thanks_shown="1")
    html = client.get(other_municipality.url).content.decode()
    assert note in html
    assert "answer accepted by a peer" in html
    client.logout()
    assert note not in client.get(other_municipality.url).content.decode()
    roles.name_role(by=admin, person=helper, municipality=other_municipality, role="publisher")
    client.force_login(helper)
    act(client, given, "hide_thanks")
    assert note not in client.get(other_municipality.url).content.decode()


def test_there_is_a_limit_for_each_day(ask, question, helper, client, asker, area):
    for number in range(QUESTIONS_A_DAY - 1):
        ask(title=f"Question {number}?")
    with pytest.raises(Refused):
        ask(title="One more?")
    Answer.objects.bulk_create(
        Answer(question=question, municipality=helper.municipality, by=helper, body="x", token=str(n))
        for n in range(ANSWERS_A_DAY)
    )
    client.force_login(helper)
    told = client.post(f"/en/questions/answer/{question.pk}/", {"body": "One more.", "token": "new"})
    assert told.status_code == 422
    assert "One more." in told.content.decode()
