"""Review as a conversation: sent, commented on, returned, sent again, published; and who hears of what."""

import re
from datetime import timedelta

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment

from authoring import drafts
from authoring.capture import actions as capture
from authoring.cards.known import Challenges
from authoring.models import Edition, PleaseChange
from authoring.review import presence
from authoring.wagtail_hooks import decided_once
from casestudies.models import CaseStudyPage
from core.models import Happening
from library.versions import version_of
from members.models import Person
from tests.factories import make_playbook

pytestmark = pytest.mark.django_db


def act(client, page, action, name="review_act", **sent):
    return client.post(reverse(f"authoring:{name}", args=[page.pk]), {"action": action, **sent}, follow=True)


def write(by, page, text):
    draft = drafts.current(CaseStudyPage.objects.get(pk=page.pk))
    sent = {"challenges-challenges": text}
    return capture.save_card(by=by, page=page, card=Challenges, data=sent, base=Challenges.base(draft))


def now(page):
    return CaseStudyPage.objects.get(pk=page.pk)


def told():
    return [(each.verb, each.by_id, each.to) for each in Happening.objects.all()]


def test_a_draft_is_returned_sent_again_and_published(client, reviewed, draft, contributor, publisher):
    client.force_login(contributor)
    act(client, draft, "submit", "act")
    act(client, draft, "submit", "act")
    assert now(draft).workflow_in_progress
    client.force_login(publisher)
    soon = timezone.localdate() + timedelta(days=3)
    html = act(
        client, draft, "return", **{"return-text": "What did it cost?", "return-due": soon.isoformat()}
    ).content.decode()
    assert "What did it cost?" in html
    assert PleaseChange.objects.get().due == soon
    client.force_login(contributor)
    assert "Returned for changes" in client.get(reverse("authoring:edit", args=[draft.pk])).content.decode()
    write(contributor, draft, "It cost more.")
    act(client, draft, "submit", "act")
    client.force_login(publisher)
    version = version_of(drafts.current(now(draft)))
    response = act(client, draft, "approve", version=version)
    assert now(draft).live
    assert "It cost more." in response.content.decode()
    assert told() == [
        ("review.asked", contributor.pk, [publisher.pk]),
        ("review.returned", publisher.pk, [contributor.pk]),
        ("review.asked", contributor.pk, [publisher.pk]),
        ("review.approved", publisher.pk, [contributor.pk]),
        ("item.published", publisher.pk, []),
    ]
    assert Edition.objects.get().by == publisher


def test_while_it_is_in_review_its_author_writes_nothing_and_may_take_it_back(
    client, reviewed, draft, contributor
):
    client.force_login(contributor)
    act(client, draft, "submit", "act")
    base = Challenges.base(drafts.current(now(draft)))
    address = reverse("authoring:card", args=[draft.pk, "challenges"])
    response = client.post(
        address, {"base": base, "challenges-challenges": "Late thought"}, HTTP_HX_REQUEST="true"
    )
    assert "with its reviewers" in response.content.decode()
    act(client, draft, "take-back", "act")
    response = client.post(
        address, {"base": base, "challenges-challenges": "Late thought"}, HTTP_HX_REQUEST="true"
    )
    assert "Saved at" in response.content.decode()
    assert not now(draft).workflow_in_progress


def test_a_version_that_nobody_read_is_not_approved(client, reviewed, draft, contributor, publisher):
    client.force_login(contributor)
    act(client, draft, "submit", "act")
    client.force_login(publisher)
    html = client.get(reverse("authoring:review", args=[draft.pk])).content.decode()
    read = re.search(r'name="version" value="([^"]+)"', html)[1]
    write(publisher, draft, "Changed since")
    assert "has changed since you opened" in act(client, draft, "approve", version=read).content.decode()
    assert not now(draft).live


def test_a_contributor_decides_on_nothing(client, reviewed, draft, contributor):
    client.force_login(contributor)
    act(client, draft, "submit", "act")
    version = version_of(drafts.current(now(draft)))
    for action, sent in (("approve", {"version": version}), ("return", {"return-text": "x"})):
        assert "Only the publishers" in act(client, draft, action, **sent).content.decode()
    assert not now(draft).live


def test_an_incomplete_draft_is_not_sent_and_says_what_is_missing(client, reviewed, begin, contributor):
    draft = begin(contributor, summary="", areas=[])
    client.force_login(contributor)
    html = act(client, draft, "submit", "act").content.decode()
    assert "This is still missing" in html
    assert "summary" in html
    assert "at least one service area" in html
    assert not now(draft).workflow_in_progress


def test_comments_on_fields_answers_and_what_is_dealt_with(client, draft, contributor, publisher):
    client.force_login(publisher)
    day = (timezone.localdate() + timedelta(days=5)).isoformat()
    sent = {
        "comment-field": "challenges",
        "comment-text": "Be franker <script>alert(1)</script>",
        "comment-please": "on",
        "comment-due": day,
    }
    for _ in range(2):
        html = act(client, draft, "comment", **sent).content.decode()
    comment = Comment.objects.get()
    assert comment.contentpath == "challenges"
    assert comment.has_valid_contentpath(now(draft))
    assert PleaseChange.objects.get(comment=comment).due.isoformat() == day
    assert "&lt;script&gt;" in html
    assert "<script>alert" not in html
    assert "please change" in html
    client.force_login(contributor)
    for _ in range(2):
        act(client, draft, "reply", comment=comment.pk, text="Done")
    assert [reply.text for reply in comment.replies.all()] == ["Done"]
    assert "dealt with" in act(client, draft, "settle", comment=comment.pk).content.decode()
    assert told() == [
        ("review.commented", publisher.pk, [contributor.pk]),
        ("review.commented", contributor.pk, [publisher.pk]),
    ]


def test_a_comment_that_does_not_pass_is_still_there(client, draft, publisher):
    client.force_login(publisher)
    response = act(client, draft, "comment", **{"comment-field": "never", "comment-text": "Kept words"})
    assert response.status_code == 422
    assert "Kept words" in response.content.decode()
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    sent = {
        "comment-field": "title",
        "comment-text": "Kept words",
        "comment-please": "on",
        "comment-due": yesterday,
    }
    assert "has gone by" in act(client, draft, "comment", **sent).content.decode()
    assert not Comment.objects.exists()


def test_comments_of_another_page_are_not_found(client, draft, begin, contributor, publisher):
    other = begin(publisher, title="Other")
    comment = Comment.objects.create(page_id=other.pk, user=publisher, contentpath="title", text="Secret")
    client.force_login(contributor)
    for action in ("reply", "settle"):
        assert act(client, draft, action, comment=comment.pk, text="x").status_code == 404
    assert client.get(reverse("authoring:review", args=[other.pk])).status_code == 404


def test_a_comment_outlives_later_saves_and_publishing(client, draft, contributor, publisher):
    client.force_login(publisher)
    act(client, draft, "comment", **{"comment-field": "title", "comment-text": "Shorter?"})
    write(contributor, draft, "Frost")
    capture.publish(by=publisher, page=draft)
    assert Comment.objects.get().text == "Shorter?"


def test_without_a_workflow_the_publishers_hear_once_that_a_draft_waits(
    client, draft, contributor, publisher
):
    client.force_login(contributor)
    for _ in range(2):
        act(client, draft, "submit", "act")
    assert told() == [("review.asked", contributor.pk, [publisher.pk])]
    client.force_login(publisher)
    assert "asked for a review" in client.get(reverse("authoring:review", args=[draft.pk])).content.decode()


def test_who_looks_at_it_now_is_said_and_forgotten_soon(client, draft, contributor, publisher, time_machine):
    client.force_login(publisher)
    looking = reverse("authoring:looking", args=[draft.pk])
    assert "Looking at it now" not in client.post(looking).content.decode()
    client.force_login(contributor)
    assert "Pat Town" in client.post(looking).content.decode()
    assert presence.others(draft, Person.objects.get(pk=publisher.pk)) == [contributor]
    time_machine.move_to(timezone.now() + timedelta(minutes=5))
    assert presence.others(draft, contributor) == []


def test_a_playbook_is_reviewed_the_same_way(client, municipality, area, publisher, reviewed):
    page = make_playbook(municipality, area)
    client.force_login(publisher)
    html = act(
        client, page, "comment", **{"comment-field": "steps", "comment-text": "Which?"}
    ).content.decode()
    assert "Which?" in html
    assert client.get(reverse("authoring:edit", args=[page.pk])).status_code == 404


def test_review_in_the_editor_tells_the_same(reviewed, draft, contributor, publisher):
    page = now(draft)
    state = page.get_workflow().start(page, contributor)
    state.current_task_state.reject(user=publisher, comment="No")
    assert [verb for verb, _by, _to in told()] == ["review.asked", "review.returned"]


def test_the_conversation_calls_nobody_by_address(client, reviewed, draft, contributor, publisher):
    for person in (contributor, publisher):
        Person.objects.filter(pk=person.pk).update(first_name="", last_name="")
    client.force_login(contributor)
    act(client, draft, "submit", "act")
    client.force_login(publisher)
    html = act(client, draft, "return", **{"return-text": "What did it cost?"}).content.decode()
    assert "somebody without a name" in html
    assert contributor.email not in html


def test_a_decision_in_the_editor_that_is_sent_twice_at_once_is_taken_once(draft, publisher):
    def decide(page, **sent):
        request = RequestFactory().post("/", sent)
        request.user, request._messages = publisher, CookieStorage(request)
        return decided_once(request, page)

    page, approve = now(draft), {"action-workflow-action": "true", "workflow-action-name": "approve"}
    assert decide(page, **approve) is None
    assert decide(page, **approve).url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert decide(page) is None
    # The next draft is decided on anew.
    page.save_revision()
    assert decide(now(draft), **approve) is None
