"""First questions and first answers wait where the municipality wants that: who sees them, who decides, what follows."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.happenings import Happening
from discussions.models import Answer, Decision, Question
from discussions.moderation import actions, checking, firstposts
from discussions.questions import answering, asking, overdue
from members.models import Person
from members.refusal import Refused
from members.roles import actions as roles
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(admin, municipality):
    """Publishes for the asker's town, which has first posts checked."""
    person = factories.make_person("pub@example.org", first_name="Pub", municipality=municipality)
    roles.name_role(by=admin, person=person, municipality=municipality, role="publisher")
    person = Person.objects.get(pk=person.pk)
    firstposts.switch(by=person, municipality=municipality, on=True)
    return person


@pytest.fixture
def mo(admin):
    person = factories.make_person("mo@example.org", first_name="Mo")
    roles.name_moderator(by=admin, person=person)
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def elsewhere(other_municipality, area):
    """A question of another town."""
    sam = factories.make_person("whit@example.org", municipality=other_municipality)
    return factories.make_question(other_municipality, area, title="Sand or grit?", by=sam)


def told(*verbs):
    return [(each.verb, each.to) for each in Happening.objects.filter(verb__in=verbs).order_by("seq")]


def queue(client, person):
    client.force_login(person)
    return client.get("/en/moderation/").content.decode()


def decide(client, person, thing, action="approve", **said):
    client.force_login(person)
    address = f"/en/moderation/check/{thing.kind}/{thing.pk}/"
    return client.post(address, {"action": action, **said}, follow=True)


def status(client, person, address):
    client.logout()
    if person is not None:
        client.force_login(person)
    return client.get(address).status_code


def test_a_first_question_is_seen_by_its_author_and_by_those_who_check_it(
    client, publisher, mo, asker, helper, admin, ask
):
    question = ask(title="zqheld?", audience="public")
    address = question.get_absolute_url()
    for person in (None, helper, publisher, mo, admin):
        assert status(client, person, address) == 404
        assert "zqheld" not in client.get("/en/questions/").content.decode()
    client.force_login(asker)
    html = client.get(address).content.decode()
    assert "Waiting for a check" in html
    assert "You will be told" in html
    assert "/moderation/report/" not in html
    assert "Waiting for a check" in client.get("/en/questions/mine/").content.decode()
    assert all("zqheld?" in queue(client, person) for person in (publisher, mo, admin))
    for person in (asker, helper):
        assert status(client, person, "/en/moderation/") == 404
        assert decide(client, person, question).status_code == 404
        with pytest.raises(Refused):
            checking.approve(by=person, kind="question", item_id=question.pk)


def test_nobody_is_told_or_asked_before_it_is_let_through_and_then_all_are(
    client, publisher, asker, helper, ask
):
    question = ask(title="zqheld?", audience="public")
    assert not question.routes.exists()
    assert not Happening.objects.exists()
    answer = decide(client, publisher, question)
    assert "Done, and noted." in answer.content.decode()
    assert status(client, None, question.get_absolute_url()) == 200
    assert list(question.routes.values_list("person", flat=True)) == [helper.pk]
    assert told("question.asked", "question.routed", "moderation.approved") == [
        ("question.asked", []),
        ("question.routed", [helper.pk]),
        ("moderation.approved", [asker.pk]),
    ]
    assert ModelLogEntry.objects.filter(action="moderation.approved", user=publisher).count() == 1
    second = ask(title="zqsecond?", audience="public")
    assert status(client, None, second.get_absolute_url()) == 200


def test_what_is_not_let_through_was_never_there_for_others_and_its_author_reads_why(
    client, publisher, mo, asker, helper, ask
):
    question = ask(title="zqheld?", audience="public")
    decide(client, publisher, question, "decline", reason="off_topic", words="zqwhy")
    for person in (None, helper, publisher, mo):
        assert status(client, person, question.get_absolute_url()) == 404
    client.force_login(asker)
    for address in (question.get_absolute_url(), "/en/moderation/mine/"):
        html = client.get(address).content.decode()
        assert "zqheld" in html
        assert "zqwhy" in html
    assert [each["verb"] for each in Happening.objects.values("verb")] == ["moderation.declined"]
    assert told("moderation.declined") == [("moderation.declined", [asker.pk])]
    assert ModelLogEntry.objects.filter(action="moderation.declined", user=publisher).count() == 1
    assert not question.routes.exists()
    assert status(client, None, ask(title="Next?", audience="public").get_absolute_url()) == 404, "still new"


def test_a_first_answer_is_counted_and_told_when_it_is_let_through(
    client, publisher, asker, helper, elsewhere, area
):
    given = answering.answer(by=asker, question=elsewhere, body="zqheld")
    address, mine = elsewhere.get_absolute_url(), "/en/questions/"
    for person in (None, helper, publisher, elsewhere.by):
        assert status(client, person, address) == 200
        assert "zqheld" not in client.get(address).content.decode()
        assert "1 answer" not in client.get(mine).content.decode()
    assert elsewhere in Question.objects.unanswered()
    assert not Happening.objects.exists()
    client.force_login(asker)
    assert "Waiting for a check" in client.get(address).content.decode()
    assert "zqheld" in queue(client, publisher)
    decide(client, publisher, given)
    assert status(client, None, address) == 200
    assert "zqheld" in client.get(address).content.decode()
    assert "1 answer" in client.get(mine).content.decode()
    assert told("question.answered", "moderation.approved") == [
        ("question.answered", [elsewhere.by_id]),
        ("moderation.approved", [asker.pk]),
    ]
    assert elsewhere not in Question.objects.unanswered()


def test_beside_an_answer_that_is_there_the_held_one_is_not_counted(
    client, publisher, asker, helper, elsewhere
):
    answering.answer(by=helper, question=elsewhere, body="zqthere")
    answering.answer(by=asker, question=elsewhere, body="zqheld")
    for address in ("/en/questions/", elsewhere.get_absolute_url()):
        html = client.get(address).content.decode()
        assert "1 answer" in html
        assert "2 answers" not in html


def test_a_held_answer_cannot_be_accepted(publisher, asker, elsewhere, area):
    given = answering.answer(by=asker, question=elsewhere, body="zqheld")
    with pytest.raises(Refused):
        answering.accept(by=elsewhere.by, answer=given)


@pytest.mark.parametrize("first", ["comment", "question", "answer"])
def test_one_post_that_was_let_through_is_enough_for_all_kinds(
    publisher, asker, ask, elsewhere, case_study, first
):
    write = {
        "comment": lambda: factories.make_comment(case_study, asker),
        "question": ask,
        "answer": lambda: answering.answer(by=asker, question=elsewhere, body="We do."),
    }
    held = write[first]()
    assert firstposts.holds(asker, "public")
    checking.approve(by=publisher, kind=first, item_id=held.pk)
    assert not firstposts.holds(asker, "public")
    assert write["comment"]().state == "shown"
    assert ask(title="Another?") in Question.objects.standing()


def test_what_was_said_in_a_group_opens_no_way_and_who_answers_for_others_is_not_new(
    publisher, asker, municipality, area, ask, admin
):
    group = factories.make_group(asker)
    page = factories.make_case_study(municipality, area, audience="group", groups=[group])
    assert factories.make_comment(page, asker).state == "shown"
    assert firstposts.holds(asker, "public")
    assert not firstposts.holds(publisher, "public")


def test_who_checks_what_was_asked_without_a_name(
    client, publisher, mo, asker, helper, coordinator, admin, ask
):
    question = ask(title="zqnameless?", audience="public", anonymous=True)
    for person in (publisher, mo):
        assert "zqnameless" not in queue(client, person)
        assert decide(client, person, question).status_code == 404
        with pytest.raises(Refused):
            checking.approve(by=person, kind="question", item_id=question.pk)
    for person in (coordinator, admin):
        html = queue(client, person)
        assert "zqnameless" in html
        assert "asked without its name" in html
        assert not re.search(r"\bAnn\b", html)
    client.force_login(asker)
    assert "publishers don’t learn of it" in client.get(question.get_absolute_url()).content.decode()
    decide(client, coordinator, question)
    html = client.get(question.get_absolute_url()).content.decode()
    assert "A municipality" in html
    client.force_login(helper)
    assert "Innisfil" not in client.get(question.get_absolute_url()).content.decode()
    assert {each.by for each in Happening.objects.all()} == {None}


def test_that_it_was_checked_tells_nobody_who_asked(
    client, publisher, mo, asker, helper, coordinator, ask, case_study
):
    question = ask(title="zqnameless?", audience="public", anonymous=True)
    checking.approve(by=coordinator, kind="question", item_id=question.pk)
    # By what is not held any more, publishers would see that somebody asked something.
    assert factories.make_comment(case_study, asker, "zqsaid").state == "held"
    assert ask(title="Once more?", audience="public", anonymous=True) in Question.objects.standing()
    client.force_login(mo)
    assert client.get(f"/en/moderation/case/question/{question.pk}/").status_code == 404
    actions.report(by=helper, kind="question", item_id=question.pk, reason="other")
    html = client.get(f"/en/moderation/case/question/{question.pk}/").content.decode()
    assert "zqnameless" in html
    assert "Decided so far" not in html
    for person in (publisher, mo):
        client.force_login(person)
        assert "zqnameless" not in client.get("/en/log/").content.decode()


def test_what_only_the_own_municipality_reads_is_checked_there(client, publisher, mo, ask):
    question = ask(title="zqours?", audience="municipality")
    assert "zqours" not in queue(client, mo)
    assert decide(client, mo, question).status_code == 404
    assert "zqours" in queue(client, publisher)
    decide(client, publisher, question, "decline", reason="other", words="")
    client.force_login(mo)
    assert client.get(f"/en/moderation/case/question/{question.pk}/").status_code == 404


def test_publishers_of_other_towns_decide_nothing(client, publisher, admin, helper, other_municipality, ask):
    roles.name_role(by=admin, person=helper, municipality=other_municipality, role="publisher")
    question = ask(title="zqheld?", audience="public")
    assert "zqheld" not in queue(client, helper)
    assert decide(client, helper, question).status_code == 404


@pytest.mark.parametrize(("action", "verdict"), [("approve", "approved"), ("decline", "declined")])
def test_twice_the_same_decision_has_one_effect(client, publisher, mo, ask, action, verdict):
    question = ask(title="zqheld?", audience="public")
    for person in (publisher, mo):
        answer = decide(client, person, question, action, reason="other", words="")
        assert "Done, and noted." in answer.content.decode()
    assert [each.verdict for each in Decision.objects.all()] == [verdict]
    assert len(told(f"moderation.{verdict}")) == 1
    assert len(told("question.asked")) == (1 if action == "approve" else 0)


@pytest.mark.parametrize("kind", ["question", "comment", "answer"])
def test_of_two_who_decide_differently_one_wins_and_the_other_is_told(
    client, publisher, mo, asker, ask, elsewhere, case_study, kind
):
    held = {
        "question": lambda: ask(audience="public"),
        "comment": lambda: factories.make_comment(case_study, asker),
        "answer": lambda: answering.answer(by=asker, question=elsewhere, body="We do."),
    }[kind]()
    decide(client, publisher, held, "decline", reason="other", words="")
    late = decide(client, mo, held).content.decode()
    assert "Somebody was faster: it was not let through" in late
    assert [each.verdict for each in Decision.objects.all()] == ["declined"]
    assert not told("question.asked", "question.answered", "comment.added")


def test_what_changed_since_it_was_read_is_read_again_first(client, publisher, asker, ask):
    question = ask(title="zqheld?", audience="public")
    seen = re.search(r'name="seen" value="([^"]*)"', queue(client, publisher))[1]
    asking.change(by=asker, question=question, title="zqother?")
    answer = decide(client, publisher, question, seen=seen).content.decode()
    assert "changed it since" in answer
    assert "zqother" in answer
    assert not Question.objects.standing().exists()
    seen = re.search(r'name="seen" value="([^"]*)"', answer)[1]
    decide(client, publisher, question, seen=seen)
    assert Question.objects.standing().exists()


def test_its_author_may_change_it_and_take_it_back_and_no_trace_is_left(
    client, publisher, asker, helper, ask
):
    question = ask(title="zqheld?", audience="public")
    client.force_login(asker)
    edit = f"/en/questions/edit/{question.pk}/"
    assert client.get(edit).status_code == 200
    assert status(client, publisher, edit) == 404
    client.force_login(asker)
    client.post(f"/en/questions/act/{question.pk}/", {"action": "withdraw"})
    assert Question.objects.get().withdrawn
    assert status(client, helper, question.get_absolute_url()) == 404, "not even a tombstone"
    assert "First posts" in (html := queue(client, publisher))
    assert "Withdrawn question" not in html
    assert "taken it back" in decide(client, publisher, question).content.decode()
    assert not Decision.objects.exists()


def test_the_same_form_twice_asks_once_while_it_waits(client, publisher, asker, area):
    client.force_login(asker)
    said = {"title": "zqheld?", "body": "", "service_area": area.pk, "audience": "public", "language": "en",
            "token": "t" * 43, "looked": "1"}  # fmt: skip
    answers = [client.post("/en/questions/ask/", said, follow=True).content.decode() for _ in range(2)]
    assert all("looked at before others see it" in answer for answer in answers)
    assert Question.objects.count() == 1


def test_the_five_working_days_begin_when_it_is_let_through(publisher, ask, coordinator, time_machine):
    time_machine.move_to("2026-11-02 12:00:00")
    question = ask(audience="public")
    time_machine.move_to("2026-11-16 12:00:00")
    assert not overdue.overdue().exists()
    assert overdue.listed(coordinator) == []
    checking.approve(by=publisher, kind="question", item_id=question.pk)
    assert not overdue.overdue().exists()
    time_machine.move_to("2026-11-24 12:00:00")
    assert list(overdue.overdue()) == [question]


def test_who_has_answered_is_noted_when_the_answer_is_let_through(
    publisher, asker, municipality, elsewhere, area
):
    elsewhere.routes.create(person=asker, why="helps")
    given = answering.answer(by=asker, question=elsewhere, body="We do.")
    assert elsewhere.routes.get().state == "asked"
    later = timezone.now() - timedelta(days=3)
    Answer.objects.filter(pk=given.pk).update(answered=later)
    checking.approve(by=publisher, kind="answer", item_id=given.pk)
    assert elsewhere.routes.get().state == "answered"
    assert Answer.objects.get().answered > later


def test_a_moderator_cannot_go_around_the_check_but_may_take_a_refusal_back(
    client, publisher, mo, helper, ask
):
    question = ask(title="zqheld?", audience="public")
    for act in (actions.hide, actions.show, actions.warn, actions.suspend):
        with pytest.raises(Refused, match="first post that waits"):
            act(by=mo, kind="question", item_id=question.pk, reason="other")
    client.force_login(mo)
    assert client.get(f"/en/moderation/case/question/{question.pk}/").status_code == 404
    checking.decline(by=publisher, kind="question", item_id=question.pk, reason="off_topic")
    actions.show(by=mo, kind="question", item_id=question.pk, reason="other")
    assert status(client, None, question.get_absolute_url()) == 200
    assert len(told("question.asked", "question.routed")) == 2


def test_a_moderator_s_hiding_is_shown_to_who_asked_and_showing_again_tells_nobody_anew(
    client, mo, asker, helper, ask
):
    question = ask(title="zqhidden?", audience="public")
    before = len(told("question.asked", "question.routed"))
    actions.hide(by=mo, kind="question", item_id=question.pk, reason="wrong", words="zqwhy")
    client.force_login(asker)
    assert "zqwhy" in client.get(question.get_absolute_url()).content.decode()
    assert status(client, helper, question.get_absolute_url()) == 404
    actions.show(by=mo, kind="question", item_id=question.pk, reason="other")
    assert status(client, helper, question.get_absolute_url()) == 200
    assert len(told("question.asked", "question.routed")) == before


def test_an_account_that_was_closed_meanwhile_does_not_hinder_a_decision(publisher, asker, ask, helper):
    from members.identity import closing

    question = ask(audience="public")
    closing.retire(Person.objects.get(pk=asker.pk), former_municipality=asker.municipality)
    checking.approve(by=publisher, kind="question", item_id=question.pk)
    assert question in Question.objects.standing()


def test_the_queue_reads_in_french(client, publisher, ask):
    ask(title="zqheld?", audience="public")
    client.force_login(publisher)
    html = client.get("/fr/moderation/").content.decode()
    assert "zqheld" in html
    assert "Laisser passer" in html or "laisser passer" in html.lower()
