"""A page is set to go live on a day, or to come down on one: nobody hears, finds or sees anything before that day."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from authoring import drafts
from authoring.capture import actions as capture
from authoring.models import Edition
from authoring.review import actions as review
from core import scheduling
from core.happenings import Happening
from discussions.models import Comment
from discussions.moderation import actions as moderation
from library.versions import version_of
from members.audience import ANONYMOUS
from members.roles import review as reviewing
from notifications.inbox import actions as inbox
from notifications.inbox import sending, telling
from notifications.inbox.models import Follow, News, Pace
from search import readers, service
from search.values import SearchRequest
from tests import factories
from tests.unit.authoring.test_change_note import save

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
WORD = "zqplough"


@pytest.fixture
def admin():
    return factories.make_person("admin@example.org", is_superuser=True)


@pytest.fixture
def publisher(admin, municipality):
    return factories.make_colleague(admin, municipality, "publisher", "pat@town.ca", first_name="Pat")


@pytest.fixture
def contributor(admin, municipality, publisher):
    return factories.make_colleague(admin, municipality, "contributor", "cam@town.ca", first_name="Cam")


@pytest.fixture
def follower(other_municipality, municipality):
    """Hears at once of what the municipality publishes."""
    person = factories.make_person("fay@example.org", municipality=other_municipality)
    inbox.follow(by=person, kind="municipality", item_id=municipality.pk)
    inbox.set_pace(follows=Follow.objects.all(), pace=Pace.AT_ONCE)
    return person


def _new(municipality, area, owner):
    return factories.make_case_study(municipality, area, owner=owner, live=False, title=f"A {WORD}")


def _old(municipality, area, owner):
    """Published a while ago, under a name without the word."""
    page = factories.make_case_study(municipality, area, owner=owner, slug="plough")
    Happening.objects.all().delete()
    return page


def told(follower):
    """Verbs in the inbox, and the mails that left."""
    telling.tell()
    sending.send_due()
    news = News.objects.filter(person=follower).order_by("pk").values_list("verb", flat=True)
    return list(news), [letter.to for letter in mail.outbox if letter.to == [follower.email]]


def found(word=WORD):
    readers.catch_up()
    return service.search(SearchRequest(text=word), ANONYMOUS).total


def until(when):
    """What the form of the editor takes."""
    return timezone.localtime(when).strftime("%Y-%m-%d %H:%M")


def by_the_editor(client, page, publisher, **values):
    client.force_login(publisher)
    answer = save(
        client, page, title=f"A {WORD}", change_note="Because zqnote.", go_live_at=until(timezone.now() + DAY)
    )
    assert answer.status_code == 302


def by_approval_in_the_editor(client, page, publisher, contributor):
    client.force_login(contributor)
    save(
        client, page, "action-submit",
        title=f"A {WORD}", change_note="Because zqnote.", go_live_at=until(timezone.now() + DAY),
    )  # fmt: skip
    client.force_login(publisher)
    state = type(page).objects.get(pk=page.pk).current_workflow_task_state
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]))


def on_the_site(client, page, publisher, **values):
    draft = drafts.current(page)
    draft.title, draft.go_live_at = f"A {WORD}", timezone.now() + DAY
    drafts.write(draft, by=publisher)
    capture.publish(by=publisher, page=page, note="Because zqnote.")


def by_approval_on_the_site(client, page, publisher, contributor):
    draft = drafts.current(page)
    draft.title, draft.go_live_at = f"A {WORD}", timezone.now() + DAY
    drafts.write(draft, by=contributor)
    review.submit(by=contributor, page=page)
    review.approve(by=publisher, page=page, version=version_of(drafts.current(page)), note="Because zqnote.")


DOORS = {
    "editor": by_the_editor,
    "approval in the editor": by_approval_in_the_editor,
    "site": on_the_site,
    "approval on the site": by_approval_on_the_site,
}


def the_command():
    call_command("publish_scheduled", verbosity=0)


RUNNERS = {"worker": scheduling.keep_days, "Wagtail's command": the_command}


@pytest.mark.parametrize("run", RUNNERS.values(), ids=RUNNERS)
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
@pytest.mark.parametrize(
    ("begun", "verb"), [(_new, "item.published"), (_old, "item.changed")], ids=["first time", "change"]
)
def test_nobody_hears_of_it_before_its_day(
    client, municipality, area, publisher, contributor, follower, begun, verb, door, run
):
    reviewing.switch_review(by=publisher, municipality=municipality, on="approval" in door.__name__)
    page = begun(municipality, area, contributor)
    editions = Edition.objects.of(page).count()
    door(client, page, publisher, contributor=contributor)
    run()
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 1
    assert not Happening.objects.filter(verb__startswith="item.").exists()
    assert told(follower) == ([], [])
    assert found() == 0
    assert Edition.objects.of(page).count() == editions
    with time_machine.travel(timezone.now() + DAY + timedelta(minutes=2)):
        run()
        (happening,) = Happening.objects.filter(verb__startswith="item.")
        assert happening.verb == verb
        assert told(follower) == ([verb], [[follower.email]])
        assert found() == 1
        run()
        assert Happening.objects.filter(verb__startswith="item.").count() == 1, "once"
    edition = Edition.objects.of(page)[0]
    assert edition.note == ("" if begun is _new else "Because zqnote.")


def test_a_minor_change_on_a_day_is_told_to_nobody(client, municipality, area, publisher, follower):
    page = _old(municipality, area, publisher)
    client.force_login(publisher)
    save(client, page, title=f"A {WORD}", change_minor="on", go_live_at=until(timezone.now() + DAY))
    with time_machine.travel(timezone.now() + DAY + timedelta(minutes=2)):
        scheduling.keep_days()
        assert told(follower) == ([], [])
        assert found() == 1
    assert Edition.objects.of(page)[0].minor


def test_the_site_says_when_it_will_be_there_and_leads_back(client, municipality, area, publisher):
    page = _new(municipality, area, publisher)
    draft = drafts.current(page)
    draft.go_live_at = timezone.now() + DAY
    drafts.write(draft, by=publisher)
    client.force_login(publisher)
    answer = client.post(f"/en/share/{page.pk}/act/", {"action": "publish"}, follow=True)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "It goes live on" in text
    again = client.get(f"/en/share/{page.pk}/review/").content.decode()
    assert "It goes live on" in again, "it stands there, not in a message alone"
    assert "was not sent for review" not in again
    assert "your peers can find it now" not in text


def test_what_fails_on_its_day_holds_up_nothing_else(municipality, area, publisher, caplog):
    pages = [_new(municipality, area, publisher) for _ in range(2)]
    for page in pages:
        page.go_live_at = timezone.now() + DAY
        page.save_revision().publish()
    broken, fine = pages
    # Its audience names a group that is not there any more.
    revision = Revision.objects.get(object_id=str(broken.pk), approved_go_live_at__isnull=False)
    revision.content |= {"audience": "group", "groups": []}
    revision.save()
    with time_machine.travel(timezone.now() + DAY + timedelta(minutes=2)):
        assert scheduling.keep_days() == 1
        assert scheduling.keep_days() == 0
    states = [type(page).objects.get(pk=page.pk).live for page in pages]
    assert states == [False, True]
    assert "set for a day" in caplog.text


def test_what_a_moderator_hid_meanwhile_is_not_told(municipality, area, publisher, follower, admin):
    page = _old(municipality, area, publisher)
    draft = drafts.current(page)
    draft.title, draft.go_live_at = f"A {WORD}", timezone.now() + DAY
    drafts.write(draft, by=publisher)
    capture.publish(by=publisher, page=page, note="Why")
    moderation.hide(by=admin, kind=page.kind, item_id=page.pk, reason="other", words="Not ours.")
    with time_machine.travel(timezone.now() + DAY + timedelta(minutes=2)):
        scheduling.keep_days()
        assert "item.changed" not in told(follower)[0]
        assert found() == 0


def test_an_expired_page_leaves_search_inbox_and_mail(client, municipality, area, publisher, follower):
    page = _new(municipality, area, publisher)
    page.expire_at = timezone.now() + DAY
    revision = page.save_revision(user=publisher)
    revision.publish()
    page.refresh_from_db()
    factories.make_comment(page, publisher, body="zqcomment")
    inbox.follow(by=follower, kind=page.kind, item_id=page.pk)
    assert found() > 0
    assert found("zqcomment") == 1
    telling.tell()
    assert News.objects.filter(person=follower).exists()
    with time_machine.travel(timezone.now() + DAY + timedelta(minutes=1)):
        assert scheduling.keep_days() == 1
        assert scheduling.keep_days() == 0
        assert found() == found("zqcomment") == 0
        assert sending.send_due() == 0
        assert mail.outbox == []
        client.force_login(follower)
        assert WORD not in client.get("/en/inbox/").content.decode()
        assert WORD not in client.get("/en/my/follows/").content.decode()
        assert client.get(Comment.objects.get().get_absolute_url()).status_code == 404
        assert client.get(page.url).status_code == 404
    assert type(page).objects.get(pk=page.pk).expired


def test_due_on_both_ends_it_comes_down_and_nobody_hears(municipality, area, publisher, follower):
    page = _new(municipality, area, publisher)
    page.go_live_at, page.expire_at = timezone.now() + DAY, timezone.now() + 2 * DAY
    page.save_revision(user=publisher).publish()
    with time_machine.travel(timezone.now() + 3 * DAY):
        assert scheduling.keep_days() == 2
        assert not type(page).objects.get(pk=page.pk).live
        assert told(follower) == ([], [])
        assert found() == 0
