"""Clearance without an account, and a coordinator's draft that its author confirms."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from authoring import drafts
from authoring.capture import actions as capture
from authoring.cards.known import Candid, Challenges
from authoring.clearance import actions
from authoring.models import Answer, Draft, PreviewLink
from casestudies.models import CaseStudyPage
from core.models import Happening
from discussions.moderation import actions as moderation
from members.models import Person
from tests.factories import make_person

pytestmark = pytest.mark.django_db
WORDS = "zqcanary"


@pytest.fixture(autouse=True)
def _commit(monkeypatch):
    monkeypatch.setattr("django.db.transaction.on_commit", lambda action, **_: action())


def now(page):
    return drafts.current(CaseStudyPage.objects.get(pk=page.pk))


def write(by, page, text):
    sent = {"challenges-challenges": text}
    capture.save_card(by=by, page=page, card=Challenges, data=sent, base=Challenges.base(now(page)))


@pytest.fixture
def ask(client, draft, contributor):
    def ask(**sent):
        values = {
            "key": uuid.uuid4(),
            "name": "Legal office",
            "email": "legal@town.ca",
            "language": "en",
            "days": 14,
            **sent,
        }
        client.force_login(contributor)
        named = {f"clearance-{name}": value for name, value in values.items()}
        response = client.post(
            reverse("authoring:review_act", args=[draft.pk]), {"action": "clear", **named}, follow=True
        )
        client.logout()
        return response

    return ask


@pytest.fixture
def link(ask):
    ask()
    return re.search(r"https?://\S+?(/en/clear/\S+)", mail.outbox[-1].body)[1]


def version(client, link):
    return re.search(r'name="version" value="([^"]+)"', client.get(link).content.decode())[1]


def test_a_link_is_mailed_read_without_an_account_and_approved(client, draft, contributor, link):
    assert mail.outbox[-1].to == ["legal@town.ca"]
    write(contributor, draft, WORDS)
    response = client.get(link)
    html = response.content.decode()
    assert WORDS in html
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    said = version(client, link)
    for _ in range(2):
        response = client.post(link, {"answer": "approve", "version": said, "remark": ""}, follow=True)
    assert "approved this version" in response.content.decode()
    kept = now(draft)
    assert (kept.cleared_by, kept.cleared_on, kept.cleared_version) == (
        "Legal office",
        timezone.localdate(),
        said,
    )
    assert kept.is_cleared_as_it_is
    assert Answer.objects.count() == 1
    assert [(each.verb, each.to) for each in Happening.objects.all()] == [
        ("clearance.answered", [contributor.pk])
    ]


def test_the_published_page_says_so_until_it_changes(client, draft, contributor, publisher, link):
    client.post(link, {"answer": "approve", "version": version(client, link)})
    published = capture.publish(by=publisher, page=draft)
    html = client.get(published.url).content.decode()
    assert "Legal office" in html
    assert "An earlier version of this page" not in html
    write(publisher, draft, "Changed")
    capture.publish(by=publisher, page=draft, note="Changed")
    assert "An earlier version of this page" in client.get(published.url).content.decode()


def test_the_approval_of_an_older_version_is_told_and_does_not_count(client, draft, contributor, link):
    read = version(client, link)
    write(contributor, draft, "Changed while they read")
    response = client.post(link, {"answer": "approve", "version": read}, follow=True)
    assert "does not count for this one" in response.content.decode()
    assert not Answer.objects.get().counted
    assert now(draft).cleared_by == ""
    client.force_login(contributor)
    html = client.get(reverse("authoring:review", args=[draft.pk])).content.decode()
    assert f"Approved version {read}, an older one" in html


def test_what_somebody_reads_is_not_written_over(client, draft, contributor, link):
    write(contributor, draft, "One")
    before = Revision.objects.count()
    client.get(link)
    write(contributor, draft, "Two")
    assert Revision.objects.count() == before + 1


def test_a_comment_counts_as_none_and_reaches_the_author(client, draft, contributor, link):
    empty = client.post(link, {"answer": "comment", "version": version(client, link), "remark": " "})
    assert empty.status_code == 200
    assert "Say what should be changed, or approve." in empty.content.decode()
    client.post(
        link,
        {"answer": "comment", "version": version(client, link), "remark": "<script>alert(1)</script> no"},
    )
    client.force_login(contributor)
    html = client.get(reverse("authoring:review", args=[draft.pk])).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; no" in html
    assert now(draft).cleared_by == ""


def over(link):
    return PreviewLink.objects.filter(pk=link.pk)


ENDS = {
    "expired": lambda by: PreviewLink.objects.update(expires=timezone.now() - timedelta(minutes=1)),
    "revoked": lambda by: actions.revoke(by=by, link=PreviewLink.objects.get()),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_link_that_is_over_shows_nothing_and_takes_nothing(client, draft, contributor, link, end):
    write(contributor, draft, WORDS)
    said = version(client, link)
    ENDS[end](contributor)
    for response in (client.get(link), client.post(link, {"answer": "approve", "version": said})):
        html = response.content.decode()
        assert response.status_code == 410
        assert "does not work any more" in html
        assert WORDS not in html
        assert draft.title not in html
        assert "no-store" in response["Cache-Control"]
    assert not Answer.objects.exists()


def test_a_forged_link_is_not_found(client, link, index):
    token = link.strip("/").split("/")[-1]
    for forged in (token[:-1], token + "x", uuid.uuid4().hex, "never-was", token.replace(":", ".")):
        response = client.get(reverse("authoring:clear", args=[forged]))
        never = client.get("/en/nothing-here/")
        assert response.status_code == 404
        assert response.content.replace(forged.encode(), b"")[:40] == never.content[:40]


def test_a_link_ends_with_the_page(client, draft, link):
    CaseStudyPage.objects.get(pk=draft.pk).delete()
    assert client.get(link).status_code == 404


def test_the_candid_note_is_in_no_link(client, draft, contributor, link):
    page = now(draft)
    page.candid_note = WORDS
    page.save_revision()
    assert WORDS not in client.get(link).content.decode()


def test_the_same_form_twice_sends_one_mail_and_limits_hold(ask, settings):
    key = uuid.uuid4()
    for _ in range(2):
        ask(key=key)
    assert len(mail.outbox) == 1
    for _ in range(actions.MOST_OPEN):
        html = ask().content.decode()
    assert "many links to this draft" in html
    assert PreviewLink.objects.count() == actions.MOST_OPEN


def test_a_wrong_address_is_said_and_nothing_is_sent(ask):
    response = ask(email="not an address", name="Legal <b>")
    assert response.status_code == 422
    assert "Legal &lt;b&gt;" in response.content.decode()
    assert not mail.outbox


def test_only_who_writes_on_it_sends_or_revokes(client, draft, outsider, link):
    client.force_login(outsider)
    sent = {"action": "revoke", "link": PreviewLink.objects.get().pk}
    assert client.post(reverse("authoring:review_act", args=[draft.pk]), sent).status_code == 404
    assert PreviewLink.objects.get().works


@pytest.fixture
def told_by_phone(municipality, area, coordinator, publisher):
    values = {
        "title": "Brine",
        "summary": "Brine instead of salt.",
        "stage": "pilot",
        "areas": [area],
        "challenges": WORDS,
    }
    author = capture.Author("Rob Reeve", "rob@town.ca")
    return capture.begin(by=coordinator, town=municipality, key=uuid.uuid4(), values=values, author=author)


def test_a_coordinator_drafts_and_the_author_confirms_by_the_link(
    client, told_by_phone, coordinator, publisher
):
    page = told_by_phone
    assert page.owner == publisher
    client.force_login(coordinator)
    assert client.get(reverse("authoring:edit", args=[page.pk])).status_code == 200
    act = reverse("authoring:act", args=[page.pk])
    for action in ("publish", "submit"):
        client.post(act, {"action": action})
    for _ in range(2):
        client.post(act, {"action": "ask-author"})
    client.logout()
    assert [each.to for each in mail.outbox] == [["rob@town.ca"]]
    link = re.search(r"https?://\S+?(/en/clear/\S+)", mail.outbox[0].body)[1]
    assert WORDS in client.get(link).content.decode()
    client.post(link, {"answer": "approve", "version": version(client, link)})
    record = Draft.objects.get()
    assert record.confirmed
    verbs = [(each.verb, each.to) for each in Happening.objects.all()]
    assert verbs == [("review.asked", [publisher.pk]), ("clearance.answered", [coordinator.pk])]
    assert not CaseStudyPage.objects.get(pk=page.pk).live
    client.force_login(coordinator)
    assert client.get(reverse("authoring:edit", args=[page.pk])).status_code == 404


def test_an_author_with_an_account_owns_it_and_confirms_on_the_site(
    client, municipality, area, coordinator, publisher
):
    reeve = make_person("rob@town.ca", municipality=municipality, first_name="Rob")
    page = capture.begin(
        by=coordinator, town=municipality, key=uuid.uuid4(), values={"title": "Brine", "areas": [area]},
        author=capture.Author("Rob", "ROB@town.ca"),
    )  # fmt: skip
    assert page.owner == reeve
    client.force_login(publisher)
    client.post(reverse("authoring:act", args=[page.pk]), {"action": "confirm"})
    assert Draft.objects.get().confirmed


def test_a_coordinator_of_another_region_writes_nothing_here(
    client, municipality, area, coordinator, publisher
):
    municipality.region = None
    municipality.save()
    with pytest.raises(capture.Refused):
        capture.begin(
            by=coordinator,
            town=municipality,
            key=uuid.uuid4(),
            values={"title": "x"},
            author=capture.Author("a", "a@b.ca"),
        )


def test_a_coordinator_says_for_whom(client, municipality, area, coordinator):
    from tests.unit.authoring.conftest import stub

    client.force_login(coordinator)
    response = client.post(reverse("authoring:start"), stub(area, municipality))
    assert response.status_code == 422
    assert "whose project it is" in response.content.decode()


def leave(contributor, draft, admin):
    contributor.municipality = None
    contributor.save()


def close(contributor, draft, admin):
    contributor.is_active = False
    contributor.save()


def hide(contributor, draft, admin):
    moderation.hide(by=admin, kind=draft.kind, item_id=draft.pk, reason="insult", words="Not so.")


@pytest.mark.parametrize("happens", [leave, close, hide])
def test_a_link_opens_nothing_once_its_sender_could_not_or_the_page_is_hidden(
    client, admin, draft, contributor, link, happens
):
    seen = version(client, link)
    happens(Person.objects.get(pk=contributor.pk), draft, admin)
    assert client.get(link).status_code == 410
    assert client.post(link, {"answer": "approve", "version": seen}).status_code == 410
    assert not Answer.objects.exists()


def test_a_mail_scanner_that_asks_for_the_head_has_opened_nothing(client, link):
    assert client.head(link).status_code == 200
    assert PreviewLink.objects.get().opened is None
    client.get(link)
    assert PreviewLink.objects.get().opened is not None


def test_the_candid_note_is_in_no_link_and_no_version(client, draft, contributor, link):
    before = version(client, link)
    current = now(draft)
    sent = {"candid-candid_note": "zqcandid", "candid-candid_audience": "members"}
    capture.save_card(by=contributor, page=draft, card=Candid, data=sent, base=Candid.base(current))
    assert version(client, link) == before
    client.force_login(contributor)
    assert "zqcandid" not in client.get(link).content.decode()
