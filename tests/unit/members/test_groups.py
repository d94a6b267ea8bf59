"""Working groups: who gets in, who decides, and that nobody is left alone with one."""

import pytest

from members.audience import reader_for
from members.groups import actions
from members.models import GroupMembership, WorkingGroup
from members.refusal import Refused
from tests.factories import add_to_group, make_group, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(municipality):
    return make_person("lead@example.org", municipality=municipality)


@pytest.fixture
def peer(other_municipality):
    return make_person("peer@example.org", municipality=other_municipality, first_name="Pat")


@pytest.fixture
def group(lead):
    return make_group(lead)


def belongs(person, group):
    return f"group:{group.pk}" in reader_for(person).labels


def test_founder_leads_and_belongs(lead, group):
    assert belongs(lead, group)
    assert group.memberships.leads().get().person == lead


def test_name_that_is_taken_is_refused_with_what_to_do(peer, group):
    with pytest.raises(Refused, match="join it"):
        make_group(peer, group.name)
    assert WorkingGroup.objects.count() == 1


def test_only_people_of_member_municipalities_take_part(group):
    stranger = make_person("stranger@example.org")
    for attempt in (
        lambda: actions.join(by=stranger, group=group),
        lambda: make_group(stranger, "Mine"),
    ):
        with pytest.raises(Refused, match="Join your municipality first"):
            attempt()


@pytest.mark.parametrize(("joining", "at_once"), [("open", True), ("request", False)])
def test_joining(lead, peer, joining, at_once):
    group = make_group(lead, joining=joining)
    for _ in range(2):
        actions.join(by=peer, group=group)
    assert GroupMembership.objects.filter(group=group, person=peer).count() == 1
    assert belongs(peer, group) is at_once


def test_group_by_invitation_lets_nobody_else_in(lead, peer):
    group = make_group(lead, joining="invitation")
    with pytest.raises(Refused, match="by invitation only"):
        actions.join(by=peer, group=group)
    actions.invite(by=lead, group=group, person=peer)
    assert not belongs(peer, group)
    actions.join(by=peer, group=group)
    assert belongs(peer, group)


def test_invitation_answers_a_request_that_waits(lead, peer, group):
    actions.join(by=peer, group=group)
    actions.invite(by=lead, group=group, person=peer)
    assert belongs(peer, group)


def test_only_a_lead_decides(lead, peer, group, other_municipality):
    add_to_group(group, peer)
    third = make_person("third@example.org", municipality=other_municipality)
    actions.join(by=third, group=group)
    for attempt in (actions.accept, actions.remove, actions.invite, actions.name_lead):
        with pytest.raises(Refused, match="Only the leads"):
            attempt(by=peer, group=group, person=third)
    assert not belongs(third, group)


def test_request_taken_back_cannot_be_accepted(lead, peer, group):
    actions.join(by=peer, group=group)
    actions.leave(by=peer, group=group)
    with pytest.raises(Refused, match="taken back"):
        actions.accept(by=lead, group=group, person=peer)


def test_who_is_put_out_loses_access_at_once(lead, peer, group):
    add_to_group(group, peer)
    actions.remove(by=lead, group=group, person=peer)
    assert not belongs(peer, group)


def test_last_lead_cannot_leave_nor_step_down_nor_be_put_out(lead, peer, group):
    add_to_group(group, peer)
    for attempt in (
        lambda: actions.leave(by=lead, group=group),
        lambda: actions.step_down(by=lead, group=group),
        lambda: actions.remove(by=lead, group=group, person=lead),
    ):
        with pytest.raises(Refused, match="name another one first"):
            attempt()
    actions.name_lead(by=lead, group=group, person=peer)
    actions.leave(by=lead, group=group)
    assert group.memberships.leads().get().person == peer


def test_lead_is_a_member(lead, peer, group):
    actions.join(by=peer, group=group)
    with pytest.raises(Refused, match="Only a member"):
        actions.name_lead(by=lead, group=group, person=peer)


def test_archived_group_takes_nobody(lead, peer, group):
    group.archived = True
    group.save()
    with pytest.raises(Refused, match="archived"):
        actions.join(by=peer, group=group)


def test_founder_by_mistake_leaves_and_the_group_is_closed(lead, group):
    actions.leave(by=lead, group=group)
    group.refresh_from_db()
    assert group.archived
    assert not belongs(lead, group)


def test_addresses_are_never_taken_twice_nor_those_of_the_site(lead):
    slugs = [make_group(lead, name).slug for name in ("New", "Écoles", "Ecoles!", "道路", "水")]
    assert slugs == ["new-2", "ecoles", "ecoles-2", "group", "group-2"]


def test_who_is_not_listed_cannot_be_invited(lead, group):
    stranger = make_person("stranger@example.org", first_name="Sam")
    with pytest.raises(Refused, match="Nobody with this address"):
        actions.invite(by=lead, group=group, person=stranger)
