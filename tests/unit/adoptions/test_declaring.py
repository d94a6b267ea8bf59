"""Saying what one's municipality takes up: who may, what is kept, what is asked for, and who hears of it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry

from adoptions import actions
from adoptions.models import Adoption
from core.happenings import Happening
from members.audience import ANONYMOUS, reader_for
from members.refusal import Refused
from members.roles import actions as roles
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SAID = {
    "state": "live", "since": TODAY - timedelta(days=10), "reason": "", "version": "", "changes": "", "months_saved": None,
    "may_contact": True, "audience": "public", "thanks": "", "thanks_shown": False,
}  # fmt: skip


@pytest.fixture
def admin(index):
    return factories.make_person("root@example.org", is_superuser=True)


@pytest.fixture
def declarer(admin, other_municipality):
    """A contributor of the town that adopts."""
    person = factories.make_person("cam@example.org", first_name="Cam", municipality=other_municipality)
    roles.name_role(by=admin, person=person, municipality=other_municipality, role="contributor")
    return person


@pytest.fixture
def publisher(admin, municipality):
    """Who answers for the source."""
    person = factories.make_person("pat@example.org", first_name="Pat", municipality=municipality)
    roles.name_role(by=admin, person=person, municipality=municipality, role="publisher")
    return person


def declare(by, source, **said):
    known = Adoption.objects.filter(municipality=by.municipality, source_id=source.pk).first()
    more = {name: said.pop(name) for name in ("corrects", "seen") if name in said}
    return actions.declare(
        by=by, source_id=source.pk, said={**SAID, **said}, **{"seen": actions.stamp(known), **more}
    )


def address(source):
    return f"/en/adopt/{source.pk}/"


def posted(**said):
    values = {**SAID, **said}
    sent = {name: value for name, value in values.items() if value not in (None, False)}
    return {**sent, "since": values["since"].isoformat()}


def test_a_contributor_declares_and_the_source_says_so(client, declarer, case_study):
    client.force_login(declarer)
    page = client.get(case_study.url).content.decode()
    assert f'href="{address(case_study)}"' in page
    assert "Adopt this" in page
    response = client.post(
        address(case_study), posted(state="piloting", months_saved="2.5", changes="Two <b>routes</b>")
    )
    assert response["Location"] == f"{case_study.url}#adopters"
    page = client.get(case_study.url).content.decode()
    assert "Whitby" in page
    assert "Two &lt;b&gt;routes&lt;/b&gt;" in page
    assert "Say how it goes" in page


def test_a_plain_member_is_told_whom_to_ask_and_can_declare_nothing(
    client, declarer, case_study, other_municipality
):
    client.force_login(factories.make_person("mel@example.org", municipality=other_municipality))
    page = client.get(case_study.url).content.decode()
    assert "Adopt this" not in page
    assert "Cam" in page
    for answer in (client.get(address(case_study)), client.post(address(case_study), posted())):
        assert answer.status_code == 403
        assert "Cam" in answer.content.decode()
    assert not Adoption.objects.exists()


def test_nobody_adopts_their_own(publisher, case_study, client):
    with pytest.raises(Refused):
        declare(publisher, case_study)
    client.force_login(publisher)
    assert "Adopt this</a>" not in client.get(case_study.url).content.decode()
    assert client.post(address(case_study), posted()).status_code == 422


def test_a_no_needs_its_reason_and_what_was_typed_stays(client, declarer, case_study):
    client.force_login(declarer)
    response = client.post(address(case_study), posted(state="declined", changes="We typed a lot."))
    html = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_reason"' in html
    assert "We typed a lot." in html
    with pytest.raises(Refused):
        declare(declarer, case_study, state="stopped")
    assert not Adoption.objects.exists()


def test_states_are_kept_over_time(declarer, case_study):
    adoption = declare(declarer, case_study, state="piloting")
    declare(declarer, case_study, state="live", since=TODAY)
    declare(declarer, case_study, state="stopped", since=TODAY, reason="Too dear.")
    steps = list(adoption.steps.order_by("pk").values_list("state", "reason", "by", "corrected"))
    assert steps == [
        ("piloting", "", declarer.pk, None), ("live", "", declarer.pk, None), ("stopped", "Too dear.", declarer.pk, None),
    ]  # fmt: skip


def test_a_correction_leaves_its_trace_on_the_record(client, declarer, case_study):
    adoption = declare(declarer, case_study, state="live")
    declare(declarer, case_study, state="piloting", since=TODAY - timedelta(days=40), corrects=True)
    assert [bool(step.corrected) for step in adoption.steps.order_by("pk")] == [True, False]
    html = client.get(adoption.get_absolute_url()).content.decode()
    assert "<s>Live</s>" in html
    assert "Corrected on" in html
    assert "Piloting" in html


def test_another_date_of_the_same_state_is_a_correction_too(declarer, case_study):
    adoption = declare(declarer, case_study)
    declare(declarer, case_study, since=TODAY)
    assert adoption.steps.filter(corrected=None).count() == 1
    assert adoption.steps.count() == 2


def test_details_make_no_new_step(declarer, case_study):
    adoption = declare(declarer, case_study)
    declare(declarer, case_study, months_saved=3)
    assert adoption.steps.count() == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, {"since": TODAY + timedelta(days=1)}),
        ({"since": TODAY}, {"state": "stopped", "since": TODAY - timedelta(days=1), "reason": "No."}),
    ],
)
def test_dates_that_cannot_be_are_refused(declarer, case_study, before, after):
    if before:
        declare(declarer, case_study, **before)
    with pytest.raises(Refused):
        declare(declarer, case_study, **after)


def test_twice_the_same_has_one_effect(client, declarer, case_study):
    client.force_login(declarer)
    for _ in range(3):
        assert client.post(address(case_study), posted()).status_code == 302
    adoption = Adoption.objects.get()
    assert adoption.steps.count() == 1
    assert Happening.objects.filter(kind="adoption").count() == 1


def test_a_colleague_s_change_is_not_overwritten_unseen(client, declarer, case_study):
    declare(declarer, case_study, state="piloting")
    seen = actions.stamp(Adoption.objects.get())
    declare(declarer, case_study, state="live")
    client.force_login(declarer)
    stale = posted(state="planning", corrects="on", changes="Mine", seen=seen)
    response = client.post(address(case_study), stale)
    html = response.content.decode()
    assert response.status_code == 422
    assert "A colleague has changed this record meanwhile" in html
    assert "Mine" in html
    assert Adoption.objects.get().state == "live"
    # Told of it, they save again and mean it.
    again = response.context["form"]["seen"].value()
    assert client.post(address(case_study), {**stale, "seen": again}).status_code == 302
    assert Adoption.objects.get().state == "planning"


def test_the_source_s_publishers_hear_of_what_they_may_see(declarer, publisher, case_study):
    adoption = declare(declarer, case_study)
    declare(declarer, case_study, state="stopped", reason="No.", since=TODAY)
    heard = list(Happening.objects.filter(kind="adoption").values_list("verb", "item_id", "by", "to"))
    assert heard == [
        ("adoption.declared", adoption.pk, declarer.pk, [publisher.pk]),
        ("adoption.changed", adoption.pk, declarer.pk, [publisher.pk]),
    ]
    declare(declarer, case_study, audience="municipality", reason="No.", state="stopped", since=TODAY)
    assert Happening.objects.latest("seq").to == []


def test_a_source_that_was_narrowed_meanwhile_keeps_the_text_for_its_author(client, declarer, case_study):
    client.force_login(declarer)
    case_study.audience = "municipality"
    case_study.save_revision().publish()
    hidden = client.post(address(case_study), posted(changes="Half an hour's <i>work</i>"))
    assert hidden.status_code == 404
    assert "Half an hour&#x27;s &lt;i&gt;work&lt;/i&gt;" in hidden.content.decode()
    never = client.post("/en/adopt/999999/", posted(changes="Half an hour's <i>work</i>"))
    assert never.status_code == 404
    assert never.content.replace(b"999999", b"") == hidden.content.replace(
        f"/{case_study.pk}/".encode(), b"//"
    )
    assert client.get(address(case_study)).status_code == 404


def test_an_adoption_of_a_hidden_source_leaves_no_trace(client, declarer, case_study, other_municipality):
    adoption = declare(declarer, case_study, months_saved=7)
    assert client.get(adoption.get_absolute_url()).status_code == 200
    case_study.audience = "members"
    case_study.save_revision().publish()
    assert Adoption.objects.visible_to(ANONYMOUS).saved_and_in_use() == {"months": 0, "in_use": 0}
    assert client.get(adoption.get_absolute_url()).status_code == 404
    assert "Autonomous" not in client.get(other_municipality.url).content.decode()
    assert Adoption.objects.visible_to(reader_for(declarer)).count() == 1


def test_a_wrong_record_is_erased_with_its_history_and_that_is_noted(
    client, declarer, case_study, other_municipality
):
    adoption = declare(declarer, case_study)
    client.force_login(declarer)
    address = f"/en/adoptions/{adoption.pk}/erase/"
    assert "Erase it" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert not Adoption.objects.exists()
    assert client.post(address).status_code == 404
    noted = PageLogEntry.objects.filter(action="adoption.erase", user=declarer, page=other_municipality.pk)
    assert noted.count() == 1


def test_nobody_erases_another_s(client, declarer, publisher, case_study):
    adoption = declare(declarer, case_study)
    client.force_login(publisher)
    assert client.post(f"/en/adoptions/{adoption.pk}/erase/").status_code == 404
    assert Adoption.objects.exists()


def test_thanks_are_shown_where_both_sides_agree(client, declarer, publisher, case_study, municipality):
    adoption = declare(declarer, case_study, thanks="It saved us a <winter>.", thanks_shown=False)
    note = "It saved us a &lt;winter&gt;."
    assert note not in client.get(municipality.url).content.decode()
    declare(declarer, case_study, thanks="It saved us a <winter>.", thanks_shown=True)
    assert note in client.get(municipality.url).content.decode()
    client.force_login(declarer)
    assert client.post(f"/en/adoptions/{adoption.pk}/thanks/", {"action": "hide"}).status_code == 404
    client.force_login(publisher)
    client.post(f"/en/adoptions/{adoption.pk}/thanks/", {"action": "hide"})
    client.logout()
    assert note not in client.get(municipality.url).content.decode()


def test_a_municipality_s_page_says_what_peers_took_up(client, declarer, case_study, municipality):
    declare(declarer, case_study, months_saved=4, audience="members")
    assert "months saved for peers" not in client.get(municipality.url).content.decode()
    client.force_login(declarer)
    html = client.get(municipality.url).content.decode()
    assert "months saved for peers" in html
    assert "adoption in use by a peer" in html


def test_the_editor_keeps_states_too(declarer, case_study, other_municipality):
    adoption = factories.make_adoption(other_municipality, case_study)
    adoption.state = "stopped"
    adoption.save()
    assert list(adoption.steps.values_list("state", flat=True)) == ["live", "stopped"]
