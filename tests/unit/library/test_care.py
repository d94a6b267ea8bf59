"""“Still true” in one click, by those who answer for a page, and kept by drafts that were begun before."""

import datetime
import re

import pytest
import time_machine
from django.core import mail

from core.happenings import Happening
from core.log import LogEntry
from core.tasks import run_mail
from library import asking, care, lifecycle
from library.models import Reminder
from members.refusal import Refused
from members.roles import actions as roles
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.urls("config.urls")]
TODAY = datetime.date(2026, 11, 26)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime.datetime(2026, 11, 26, 12, tzinfo=datetime.UTC)):
        yield


@pytest.fixture
def item(municipality, area):
    page = factories.make_case_study(municipality, area=area)
    type(page).objects.filter(pk=page.pk).update(review_by=datetime.date(2026, 1, 1))
    page.refresh_from_db()
    return page


def test_a_publisher_says_so_and_the_banner_goes(client, publisher, item):
    client.force_login(publisher)
    text = client.get(item.get_url()).content.decode()
    assert "Nobody has said lately" in text
    assert "Still true" in text
    before = LogEntry.objects.filter(kind="case_study", item_id=item.pk).count()
    client.post(f"/en/items/{item.pk}/still-true/")
    item.refresh_from_db()
    assert item.last_verified == TODAY
    assert datetime.date(2027, 5, 1) < item.review_by
    assert "Nobody has said lately" not in client.get(item.get_url()).content.decode()
    assert LogEntry.objects.filter(kind="case_study", item_id=item.pk).count() == before + 1
    client.post(f"/en/items/{item.pk}/still-true/")
    assert Happening.objects.filter(verb="item.verified").count() == 1


@pytest.mark.parametrize("who", ["member", "another town’s publisher", "nobody"])
def test_others_have_no_button_and_find_nothing(client, item, municipality, other_municipality, who):
    if who != "nobody":
        town = municipality if who == "member" else other_municipality
        person = factories.make_person("other@town.ca", municipality=town)
        if who != "member":
            admin = factories.make_person("admin@example.org", is_superuser=True)
            roles.name_role(by=admin, person=person, municipality=town, role="publisher")
        client.force_login(person)
        with pytest.raises(Refused):
            care.verify(by=person, item=item)
        assert client.post(f"/en/items/{item.pk}/still-true/").status_code == 404
    assert "Still true" not in client.get(item.get_url()).content.decode()


def test_a_draft_from_before_keeps_what_was_said(publisher, item):
    item.title = "A better title"
    revision = item.save_revision()
    care.verify(by=publisher, item=item)
    revision.publish()
    item.refresh_from_db()
    assert (item.title, item.last_verified) == ("A better title", TODAY)
    assert not item.is_stale


def test_an_edit_that_sets_a_later_review_counts(publisher, item):
    care.verify(by=publisher, item=item)
    item.refresh_from_db()
    item.review_by = datetime.date(2026, 12, 24)
    item.save_revision().publish()
    item.refresh_from_db()
    assert item.review_by == datetime.date(2026, 12, 24)


def test_reviews_are_spread_over_two_months(municipality, item):
    days = set()
    for pk in range(100, 200):
        item.pk = pk
        days.add(care.next_review(item, TODAY))
    assert len(days) == care.SPREAD_DAYS


@pytest.mark.parametrize(
    ("start", "months", "end"), [((2026, 1, 31), 1, (2026, 2, 28)), ((2026, 12, 5), 12, (2027, 12, 5))]
)
def test_months_after(start, months, end):
    assert lifecycle.months_after(datetime.date(*start), months) == datetime.date(*end)


def test_those_who_answer_are_asked_first_and_the_mailbox_after_their_silence(
    client, publisher, item, django_capture_on_commit_callbacks
):
    type(item).objects.filter(pk=item.pk).update(contact_mailbox="roads@town.ca")
    assert asking.ask_around() == 1
    assert asking.ask_around() == 0
    assert Happening.objects.get(verb="item.stale").to == [publisher.pk]
    assert not mail.outbox
    Reminder.objects.update(told=TODAY - datetime.timedelta(days=15))
    with django_capture_on_commit_callbacks(execute=True):
        assert asking.ask_around() == 1
    run_mail()
    (letter,) = mail.outbox
    assert letter.to == ["roads@town.ca"]
    path = re.search(r"https?://[^/]+(/\S+still-true/\S+)", letter.body)[1]
    assert client.get(path).status_code == 200
    item.refresh_from_db()
    assert item.last_verified is None, "looking says nothing"
    assert client.post(path).status_code == 200
    item.refresh_from_db()
    assert item.last_verified == TODAY
    assert asking.ask_around() == 0
    assert not Reminder.objects.exists()


def test_a_link_that_is_old_forged_or_of_another_mailbox_says_nothing_of_the_page(client, item):
    type(item).objects.filter(pk=item.pk).update(contact_mailbox="roads@town.ca", title="zqcanary")
    item.refresh_from_db()
    path = f"/en/still-true/{care.link_token(item)}/"
    assert "zqcanary" in client.get(path).content.decode()
    type(item).objects.filter(pk=item.pk).update(contact_mailbox="other@town.ca")
    answers = [client.get(path), client.post(path), client.get("/en/still-true/forged/")]
    type(item).objects.filter(pk=item.pk).update(contact_mailbox="roads@town.ca")
    with time_machine.travel(datetime.datetime(2027, 3, 1, tzinfo=datetime.UTC)):
        answers.append(client.get(path))
    assert [answer.status_code for answer in answers] == [410] * 4
    assert all("zqcanary" not in answer.content.decode() for answer in answers)


@pytest.mark.parametrize("seen", ["2026-05-26", "2025-11-25", "2025-11-26", "2025-11-27", "2024-01-31", None])
@pytest.mark.parametrize("review", ["2026-11-25", "2026-11-26", "2026-11-27", None])
@pytest.mark.parametrize("retired", ["2026-11-20", None])
def test_both_forms_of_stale_agree(item, settings, seen, review, retired):
    settings.REVIEW_AFTER_MONTHS = 12
    model = type(item)
    model.objects.filter(pk=item.pk).update(
        last_verified=seen,
        review_by=review,
        retired_on=retired,
        first_published_at=datetime.datetime(2025, 1, 2, 12, tzinfo=datetime.UTC),
    )
    item.refresh_from_db()
    assert model.objects.stale(TODAY).filter(pk=item.pk).exists() == item.is_stale
