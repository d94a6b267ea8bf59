"""To whom a question is put: who fits, who has room, who may read it; and what they do with it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.happenings import Happening
from discussions.models import QuestionRoute
from discussions.questions import answering, being_asked
from library.people import actions as people
from members.refusal import Refused
from members.roles import actions as roles
from tests import factories

pytestmark = pytest.mark.django_db


def put_to(question):
    return {(route.person.first_name, route.why) for route in question.routes.select_related("person")}


def test_put_to_those_who_offer_help_in_the_service_area(ask, helper, asker):
    question = ask()
    assert put_to(question) == {("Sam", "helps")}
    told = Happening.objects.get(verb="question.routed")
    assert (told.kind, told.item_id, told.by, told.to) == ("question", question.pk, asker, [helper.pk])
    assert Happening.objects.filter(verb="question.asked", by=asker, item_id=question.pk).count() == 1


def test_help_offered_above_and_below_the_area_counts(ask, helper, area):
    from library.models import ServiceArea

    below = ServiceArea.objects.create(
        code="TRN-99", slug="salt", label_en="Salt", label_fr="Sel", parent=area
    )
    assert put_to(ask(service_area=below)) == {("Sam", "helps")}
    people.offer(by=helper, can_help=[below])
    assert put_to(ask(title="Another?")) == {("Sam", "helps")}


def test_put_to_those_who_adopted_and_run_what_it_is_about(ask, admin, index, area, other_municipality):
    third = factories.make_municipality(index, "Town of Ajax")
    case = factories.make_case_study(other_municipality, area)
    runs = factories.make_person("run@example.org", first_name="Runa", municipality=other_municipality)
    roles.name_role(by=admin, person=runs, municipality=other_municipality, role="publisher")
    adopts = factories.make_person("ado@example.org", first_name="Ado", municipality=third)
    roles.name_role(by=admin, person=adopts, municipality=third, role="publisher")
    adoption = factories.make_adoption(third, case)
    assert put_to(ask(about=case)) == {("Ado", "adopted"), ("Runa", "runs")}
    adoption.may_contact = False
    adoption.save()
    assert put_to(ask(about=case, title="Another?")) == {("Runa", "runs")}


def test_an_adoption_that_the_asker_may_not_see_brings_nobody(ask, admin, index, area, other_municipality):
    third = factories.make_municipality(index, "Town of Ajax")
    case = factories.make_case_study(other_municipality, area)
    adopts = factories.make_person("ado@example.org", first_name="Ado", municipality=third)
    roles.name_role(by=admin, person=adopts, municipality=third, role="publisher")
    factories.make_adoption(third, case, audience="municipality")
    assert put_to(ask(about=case)) == set()


def test_nobody_is_asked_more_than_twice_a_week(ask, helper):
    assert [len(put_to(ask(title=f"Question {n}?"))) for n in range(3)] == [1, 1, 0]
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert put_to(ask(title="Next week?")) == {("Sam", "helps")}


@pytest.mark.parametrize("who", ["asker", "colleague", "no mail please", "suspended", "nameless"])
def test_who_is_never_asked(ask, asker, helper, area, municipality, who):
    people.offer(by=helper, can_help=[])
    if who == "asker":
        people.offer(by=asker, can_help=[area])
    if who == "colleague":
        people.offer(
            by=factories.make_person("c@example.org", first_name="C", municipality=municipality),
            can_help=[area],
        )
    if who == "no mail please":
        people.offer(by=helper, can_help=[area], may_be_written_to=False)
    if who == "suspended":
        people.offer(by=helper, can_help=[area])
        helper.is_active = False
        helper.save()
    if who == "nameless":
        people.offer(by=helper, can_help=[area])
        helper.first_name = helper.last_name = ""
        helper.save()
    assert put_to(ask()) == set()


def test_a_municipality_s_own_question_goes_to_colleagues_only(ask, helper, area, municipality):
    colleague = factories.make_person("c@example.org", first_name="Cleo", municipality=municipality)
    people.offer(by=colleague, can_help=[area])
    assert put_to(ask(audience="municipality")) == {("Cleo", "helps")}


def test_who_may_not_read_what_it_is_about_is_not_asked(ask, helper, area, municipality):
    case = factories.make_case_study(municipality, area, audience="municipality")
    assert put_to(ask(about=case)) == set()


def test_claim_tells_the_asker_and_shows_the_municipality(client, ask, asker, helper):
    question = ask()
    client.force_login(helper)
    until = timezone.localdate() + timedelta(days=3)
    page = client.get(question.get_absolute_url()).content.decode()
    assert "This question is put to you" in page
    for _ in range(2):
        client.post(f"/en/questions/act/{question.pk}/", {"action": "claim", "until": until.isoformat()})
    told = Happening.objects.filter(verb="question.claimed")
    assert [(each.by, each.to) for each in told] == [(helper, [asker.pk])]
    client.force_login(asker)
    page = client.get(question.get_absolute_url()).content.decode()
    assert "Somebody in Whitby will answer by" in page
    assert "Sam" not in page


@pytest.mark.parametrize("days", [-1, 31])
def test_a_claim_for_a_day_that_helps_nobody_is_refused(client, ask, helper, days):
    question = ask()
    client.force_login(helper)
    until = timezone.localdate() + timedelta(days=days)
    sent = client.post(f"/en/questions/act/{question.pk}/", {"action": "claim", "until": until.isoformat()})
    assert sent.status_code == 422
    assert "Choose a day within the next 30 days" in sent.content.decode()
    assert until.isoformat() in sent.content.decode()
    assert question.routes.get().state == "asked"


def test_not_me_and_who_instead(client, ask, helper, other_municipality):
    question = ask()
    colleague = factories.make_person("k@example.org", first_name="Kim", municipality=other_municipality)
    client.force_login(helper)
    assert "Kim" in client.get(question.get_absolute_url()).content.decode()
    client.post(f"/en/questions/act/{question.pk}/", {"action": "decline", "colleague": colleague.pk})
    assert {(r.person.first_name, r.state, r.why) for r in question.routes.all()} == {
        ("Sam", "declined", "helps"), ("Kim", "asked", "named"),
    }  # fmt: skip
    assert Happening.objects.filter(verb="question.routed").latest("seq").to == [colleague.pk]
    assert "This question is put to you" not in client.get(question.get_absolute_url()).content.decode()


def test_a_colleague_who_was_asked_twice_this_week_has_no_room(client, ask, helper, other_municipality):
    kim = factories.make_person("k@example.org", first_name="Kim", municipality=other_municipality)
    busy = [ask(title=f"Earlier {n}?") for n in range(2)]
    for question in busy:
        being_asked.decline(by=helper, question=question, colleague=kim)
    third = ask(title="Third?")
    QuestionRoute.objects.create(question=third, person=helper, why="coordinator")
    client.force_login(helper)
    sent = client.post(f"/en/questions/act/{third.pk}/", {"action": "decline", "colleague": kim.pk})
    assert sent.status_code == 422
    assert "twice this week" in sent.content.decode()
    assert third.routes.get().state == "asked"


@pytest.mark.parametrize("who", ["elsewhere", "asker", "already asked"])
def test_only_colleagues_who_may_be_asked_can_be_named(
    client, ask, asker, helper, area, index, other_municipality, who
):
    other = factories.make_person("k@example.org", first_name="Kim", municipality=other_municipality)
    if who == "elsewhere":
        other.municipality = factories.make_municipality(index, "Town of Ajax")
        other.save()
    if who == "asker":
        other = asker
    if who == "already asked":
        people.offer(by=other, can_help=[area])
    question = ask()
    before = question.routes.count()
    client.force_login(helper)
    sent = client.post(f"/en/questions/act/{question.pk}/", {"action": "decline", "colleague": other.pk})
    assert sent.status_code == 422
    assert question.routes.count() == before


def test_answering_closes_what_was_put_to_one(ask, helper):
    question = ask()
    answering.answer(by=helper, question=question, body="We do.")
    assert question.routes.get().state == "answered"


def test_whoever_was_not_asked_claims_nothing(ask, other_municipality):
    stranger = factories.make_person("x@example.org", municipality=other_municipality)
    with pytest.raises(Refused):
        being_asked.claim(by=stranger, question=ask(), until=timezone.localdate())


def test_what_was_narrowed_meanwhile_is_put_to_nobody_any_more(client, ask, asker, helper):
    question = ask()
    question.audience = "municipality"
    question.save()
    client.force_login(helper)
    sent = client.post(f"/en/questions/act/{question.pk}/", {"action": "claim", "until": "2030-01-01"})
    assert sent.status_code == 404
    assert question.title not in client.get("/en/questions/mine/").content.decode()


def test_what_is_put_to_me_is_listed(client, ask, helper):
    question = ask()
    client.force_login(helper)
    assert "1 question is put to you" in client.get("/en/questions/").content.decode()
    assert question.title in client.get("/en/questions/mine/").content.decode()
