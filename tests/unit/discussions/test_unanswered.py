"""What nobody answers within five working days is the coordinator's."""

import datetime
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from core import chores
from core.happenings import Happening
from discussions.questions import answering, overdue, workdays
from members.models import Region
from members.roles import actions as roles
from tests import factories


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "New Year"), (date(2026, 2, 16), "Family Day"), (date(2026, 4, 3), "Good Friday"),
        (date(2026, 5, 18), "Victoria Day"), (date(2026, 7, 1), "Canada Day"), (date(2026, 9, 7), "Labour Day"),
        (date(2026, 10, 12), "Thanksgiving"), (date(2026, 12, 25), "Christmas"), (date(2026, 12, 28), ""),
        (date(2027, 3, 26), "Good Friday"), (date(2027, 5, 24), "Victoria Day"), (date(2025, 5, 19), "Victoria Day"),
        (date(2026, 11, 28), "Saturday"), (date(2026, 11, 27), ""), (date(2026, 4, 6), ""),
    ],
)  # fmt: skip
def test_working_days_of_ontario(day, name):
    assert workdays.is_working_day(day) is not bool(name)


@pytest.mark.parametrize(
    ("asked", "ripe"),
    [
        # A Monday in June; a Friday; the Thursday before Easter; just before Christmas.
        (date(2026, 6, 1), date(2026, 6, 8)), (date(2026, 6, 5), date(2026, 6, 12)),
        (date(2026, 4, 2), date(2026, 4, 10)), (date(2026, 12, 23), date(2026, 12, 31)),
    ],
)  # fmt: skip
def test_five_working_days(asked, ripe):
    assert workdays.passed(asked, ripe) == 5
    assert workdays.passed(asked, ripe - timedelta(days=1)) < 5
    assert workdays.before(ripe, 5) >= asked
    assert workdays.before(ripe - timedelta(days=1), 5) < asked


pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2026, 6, 1, 15, 0, tzinfo=datetime.UTC)


@pytest.fixture
def old(ask, coordinator):
    """A question asked a Monday noon, and the clock stands on the Monday after."""
    with time_machine.travel(MONDAY, tick=False):
        question = ask()
    with time_machine.travel(MONDAY + timedelta(days=7), tick=False):
        yield question


def test_coordinators_are_told_once(old, coordinator):
    chores.finish()
    chores.finish()
    told = Happening.objects.filter(verb="question.unanswered")
    assert [(each.item_id, each.by, each.to) for each in told] == [(old.pk, None, [coordinator.pk])]


def test_not_before_its_time(ask, coordinator):
    with time_machine.travel(MONDAY, tick=False):
        ask()
    with time_machine.travel(MONDAY + timedelta(days=6, hours=5), tick=False):
        assert overdue.tell_coordinators() == 0


@pytest.mark.parametrize("what", ["answered", "withdrawn", "the asker's own word"])
def test_what_counts_as_an_answer(old, asker, helper, what):
    if what == "answered":
        answering.answer(by=helper, question=old, body="We do.")
    elif what == "withdrawn":
        old.withdrawn = timezone.now()
        old.save()
    else:
        answering.answer(by=asker, question=old, body="Anybody?")
    assert overdue.tell_coordinators() == (what == "the asker's own word")


def test_where_there_is_no_coordinator_administrators_are_told(ask, admin, asker):
    with time_machine.travel(MONDAY, tick=False):
        ask()
    with time_machine.travel(MONDAY + timedelta(days=8), tick=False):
        overdue.tell_coordinators()
    assert Happening.objects.get(verb="question.unanswered").to == [admin.pk]


def test_the_list_says_how_old_and_to_whom(client, helper, ask, coordinator):
    with time_machine.travel(MONDAY, tick=False):
        question = ask(anonymous=True)
    with time_machine.travel(MONDAY + timedelta(days=7), tick=False):
        client.force_login(coordinator)
        html = client.get("/en/coordination/questions/").content.decode()
    for text in (question.title, "5 working days", "Sam", "Innisfil", "asked without its name"):
        assert text in html


@pytest.mark.parametrize("who", ["member", "coordinator elsewhere", "nobody"])
def test_for_others_there_is_no_such_list(client, old, admin, asker, who):
    person = factories.make_person("x@example.org", municipality=asker.municipality)
    if who == "coordinator elsewhere":
        region = Region.objects.create(name="Durham", slug="durham")
        roles.name_coordinator(by=admin, person=person, region=region)
    if who != "nobody":
        client.force_login(person)
    response = client.get("/en/coordination/questions/")
    assert response.status_code == {"member": 404, "nobody": 302}.get(who, 200)
    assert old.title not in response.content.decode()
    assert client.post(f"/en/coordination/questions/{old.pk}/", {"action": "nudge"}).status_code in {302, 404}
    assert not Happening.objects.filter(verb="question.routed").exists()


def test_a_municipality_s_own_question_is_not_for_its_coordinator(client, ask, coordinator):
    with time_machine.travel(MONDAY, tick=False):
        question = ask(audience="municipality")
    with time_machine.travel(MONDAY + timedelta(days=8), tick=False):
        client.force_login(coordinator)
        assert question.title not in client.get("/en/coordination/questions/").content.decode()
        overdue.tell_coordinators()
    assert coordinator.pk not in Happening.objects.get(verb="question.unanswered").to


def test_reminding_and_putting_it_to_somebody(client, helper, ask, coordinator, other_municipality):
    with time_machine.travel(MONDAY, tick=False):
        question = ask()
    kim = factories.make_person("k@example.org", first_name="Kim", municipality=other_municipality)
    with time_machine.travel(MONDAY + timedelta(days=7), tick=False):
        client.force_login(coordinator)
        address = f"/en/coordination/questions/{question.pk}/"
        for _ in range(2):
            client.post(address, {"action": "nudge"})
        told = Happening.objects.filter(verb="question.routed").order_by("seq")
        assert [each.to for each in told][1:] == [[helper.pk]]
        # News says who asks: the name of a coordinator would tell the region of who asks without a name.
        assert not told.filter(by=coordinator).exists()
        wrong = client.post(address, {"action": "route", "address": "who@example.org"})
        assert wrong.status_code == 422
        assert "who@example.org" in wrong.content.decode()
        assert client.post(address, {"action": "route", "address": "k@example.org"}).status_code == 302
        assert question.routes.get(person=kim).why == "coordinator"
        again = client.post(address, {"action": "route", "address": "k@example.org"})
        assert "has been asked already" in again.content.decode()
