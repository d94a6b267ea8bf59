"""The same form sent several times at the same moment has one effect, and nobody sees an error (F19)."""

import uuid

import pytest
from django.db import connection
from django.test import Client

from library.models import ServiceArea
from members.joining.models import Invitation, JoinRequest
from members.models import Affiliation
from members.roles import actions as roles
from tests import factories
from tests.faults.site import together

TIMES = 5


@pytest.fixture(scope="module")
def town(database, django_db_blocker):
    with django_db_blocker.unblock():
        from members.loading import prepare_site

        town = factories.make_municipality(prepare_site(), "Town of Double Clicks")
        admin = factories.make_person("double-admin@example.org", is_superuser=True)
        publisher = factories.make_person("double-publisher@example.org", municipality=town)
        roles.name_role(by=admin, person=publisher, municipality=town, role="publisher")
        return town


@pytest.fixture(autouse=True)
def _in_the_database(town, django_db_blocker):
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def newcomer():
    return factories.make_person(f"newcomer-{uuid.uuid4().hex[:8]}@else.example")


def post_at_once(person, address, data):
    """The statuses of several equal posts, each over a connection of its own."""
    clients = [Client() for _ in range(TIMES)]
    for client in clients:
        client.force_login(person)

    def post(client):
        try:
            return client.post(address, data).status_code
        finally:
            connection.close()

    return together([lambda client=client: post(client) for client in clients])


def no_errors(statuses):
    return all(status is not None and status < 500 for status in statuses)


def test_one_request_to_join(town, newcomer):
    statuses = post_at_once(newcomer, "/en/welcome/", {"municipality": town.pk, "message": "Please."})
    assert no_errors(statuses), statuses
    assert JoinRequest.objects.filter(person=newcomer, municipality=town).count() == 1


def test_one_decision(town, newcomer):
    from members.joining import actions

    request = actions.ask(by=newcomer, municipality=town)
    publisher = town.people.get(email__startswith="double-publisher")
    statuses = post_at_once(publisher, f"/en/joining/{request.pk}/decide/", {"action": "accept"})
    assert no_errors(statuses), statuses
    assert Affiliation.objects.filter(person=newcomer, municipality=town).count() == 1
    newcomer.refresh_from_db()
    assert newcomer.municipality_id == town.pk


def test_one_invitation(town):
    publisher = town.people.get(email__startswith="double-publisher")
    address = f"guest-{uuid.uuid4().hex[:8]}@else.example"
    desk = f"/en/municipalities/{town.slug}/manage/"
    statuses = post_at_once(publisher, f"{desk}invite/", {"address": address, "role": "", "language": "en"})
    assert no_errors(statuses), statuses
    assert Invitation.objects.filter(address=address).count() == 1, "and one mail with it"


def test_one_acceptance(town, newcomer, monkeypatch):
    from members.joining import invitations, mails

    tokens = []
    monkeypatch.setattr(mails, "invitation", lambda invitation, token: tokens.append(token))
    publisher = town.people.get(email__startswith="double-publisher")
    invitations.invite(by=publisher, municipality=town, address=newcomer.email)
    statuses = post_at_once(newcomer, f"/en/invitations/{tokens[0]}/", {})
    assert no_errors(statuses), statuses
    assert Affiliation.objects.filter(person=newcomer, municipality=town, ground="invitation").count() == 1
    assert Invitation.objects.get(address=newcomer.email).state == "accepted"


@pytest.fixture
def discussed(town):
    page = factories.make_case_study(town, slug=f"discussed-{uuid.uuid4().hex[:8]}")
    author = factories.make_person(f"author-{uuid.uuid4().hex[:8]}@town.example", municipality=town)
    return page, author


def test_one_comment_one_vote_and_one_report(discussed, town):
    from core.happenings import Happening
    from discussions.models import Comment, Helpful, Report

    page, author = discussed
    data = {"body": "We salted at night.", "token": uuid.uuid4().hex}
    statuses = post_at_once(author, f"/en/comments/on/{page.pk}/", data)
    assert no_errors(statuses), statuses
    comment = Comment.objects.get(page=page)
    assert Happening.objects.filter(verb="comment.added", item_id=comment.pk).count() == 1
    other = factories.make_person(f"other-{uuid.uuid4().hex[:8]}@town.example", municipality=town)
    vote = {"action": "helpful", "reason": "new"}
    assert no_errors(post_at_once(other, f"/en/comments/{comment.pk}/act/", vote))
    assert Helpful.objects.filter(comment=comment).count() == 1
    assert Happening.objects.filter(verb="comment.helpful", item_id=comment.pk).count() == 1
    report = {"reason": "insult", "words": ""}
    assert no_errors(post_at_once(other, f"/en/moderation/report/comment/{comment.pk}/", report))
    assert Report.objects.filter(kind="comment", item_id=comment.pk).count() == 1


@pytest.fixture
def checked(town):
    """The town has first posts checked; the other tests' people are not held up by that."""
    from discussions.models import FirstPostCheck

    FirstPostCheck.objects.get_or_create(municipality=town)
    yield
    FirstPostCheck.objects.filter(municipality=town).delete()


@pytest.mark.parametrize("kind", ["comment", "question", "answer"])
def test_one_decision_on_a_first_post(town, discussed, checked, kind):
    """Two people decide differently at the same moment, each twice: one decision stands, and nobody sees an error."""
    from core.happenings import Happening
    from discussions.models import Answer, Comment, Decision, Question
    from discussions.questions import answering, asking

    page, author = discussed
    area = ServiceArea.objects.filter(code="DBL-01").first() or factories.make_area("DBL-01")
    said = {"title": "Who ploughs?", "body": "", "service_area": area, "audience": "public", "language": "en"}
    held = {
        "comment": lambda: factories.make_comment(page, author),
        "question": lambda: asking.ask(**said, by=author),
        "answer": lambda: answering.answer(
            by=author, question=factories.make_question(town, area), body="We do."
        ),
    }[kind]()
    people = [
        factories.make_person(f"decider-{uuid.uuid4().hex[:8]}@town.example", is_superuser=True)
        for _ in range(2)
    ]
    acts = [(person, action) for person in people for action in ("approve", "decline")]
    address = f"/en/moderation/check/{kind}/{held.pk}/"

    def decide(person, action):
        client = Client()
        client.force_login(person)
        try:
            return client.post(address, {"action": action, "reason": "other", "words": ""}).status_code
        finally:
            connection.close()

    statuses = together(
        [lambda person=person, action=action: decide(person, action) for person, action in acts]
    )
    assert no_errors(statuses), statuses
    decision = Decision.objects.get(kind=kind, item_id=held.pk)
    shown = {
        "comment": Comment.objects.shown,
        "question": Question.objects.standing,
        "answer": Answer.objects.given,
    }
    assert shown[kind]().filter(pk=held.pk).exists() is (decision.verdict == "approved")
    told = Happening.objects.filter(kind=kind, item_id=held.pk, verb__startswith="moderation.")
    assert [each.verb for each in told] == [f"moderation.{decision.verdict}"]
