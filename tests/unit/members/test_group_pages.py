"""The pages of working groups, as members meet them; to everybody else no group exists."""

import re

import pytest

from members.groups import actions
from members.models import WorkingGroup
from tests.factories import add_to_group, make_case_study, make_group, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(municipality):
    return make_person("lead@example.org", municipality=municipality, first_name="Lee", last_name="Lead")


@pytest.fixture
def peer(other_municipality):
    return make_person(
        "peer@example.org", municipality=other_municipality, first_name="Pat", last_name="Peer"
    )


@pytest.fixture
def group(lead):
    return make_group(lead, "Canary ploughs")


def act(client, group, action, **data):
    return client.post(f"{group.get_absolute_url()}act/", {"action": action, **data}, follow=True)


def test_visitors_are_asked_to_sign_in_whether_the_group_exists_or_not(client, group):
    for address in (group.get_absolute_url(), "/en/groups/never-was/", "/en/groups/"):
        response = client.get(address)
        assert response.status_code == 302
        assert "login" in response["Location"]


def test_somebody_without_a_municipality_sees_no_group(client, group):
    client.force_login(make_person("stranger@example.org"))
    assert client.get(group.get_absolute_url()).status_code == 404
    assert "Canary" not in client.get("/en/groups/").content.decode()


def test_member_sees_what_it_is_for_and_who_leads_but_not_who_is_in_it(
    client, group, peer, lead, municipality
):
    add_to_group(
        group,
        make_person("third@example.org", municipality=municipality, first_name="Thea", last_name="Third"),
    )
    client.force_login(peer)
    page = client.get(group.get_absolute_url()).content.decode()
    assert "Lee Lead" in page
    assert "Thea" not in page


def test_ask_and_be_accepted(client, group, peer, lead):
    client.force_login(peer)
    assert "Your request waits" in act(client, group, "join").content.decode()
    client.force_login(lead)
    page = client.get(group.get_absolute_url()).content.decode()
    assert "Waiting for your decision" in page
    act(client, group, "accept", person=peer.pk)
    client.force_login(peer)
    assert "Leave the group" in client.get(group.get_absolute_url()).content.decode()


def test_who_is_alone_is_told_that_leaving_closes_the_group(client, group, lead):
    client.force_login(lead)
    assert "Leave and close the group" in client.get(group.get_absolute_url()).content.decode()
    act(client, group, "leave")
    assert group.name not in client.get("/en/groups/").content.decode()


def test_what_is_refused_says_why(client, group, lead, peer):
    add_to_group(group, peer)
    client.force_login(lead)
    assert "name another one first" in act(client, group, "leave").content.decode()


@pytest.mark.parametrize("action", ["accept", "remove", "name-lead"])
def test_member_cannot_do_what_leads_do(client, group, peer, lead, action):
    add_to_group(group, peer)
    client.force_login(peer)
    page = act(client, group, action, person=lead.pk).content.decode()
    assert "Only the leads" in page
    assert group.memberships.leads().get().person == lead


def test_buttons_tell_a_member_nothing_about_who_is_in_the_group(client, group, peer, lead, municipality):
    """Whether somebody belongs, asked, or has nothing to do with it: the same answer."""
    inside = make_person("inside@example.org", municipality=municipality)
    outside = make_person("outside@example.org", municipality=municipality)
    add_to_group(group, inside)
    client.force_login(peer)
    answers = {act(client, group, "remove", person=person.pk).content for person in (inside, outside)}
    plain = {re.sub(rb"csrfmiddlewaretoken\" value=\"[^\"]+", b"", answer) for answer in answers}
    assert len(plain) == 1


@pytest.mark.parametrize("email", ["peer@example.org", "nobody@example.org", "stranger@example.org"])
def test_invite_by_address(client, group, lead, peer, email):
    make_person("stranger@example.org")
    client.force_login(lead)
    page = act(client, group, "invite", email=f" {email.upper()} ").content.decode()
    assert ("Nobody with this address" in page) is (email != peer.email)
    client.force_login(peer)
    assert ("You are invited" in client.get("/en/groups/").content.decode()) is (email == peer.email)


def test_account_without_a_municipality_learns_no_name_of_a_group(client, group):
    client.force_login(make_person("stranger@example.org"))
    for name in (group.name, "Another"):
        response = client.post(
            "/en/groups/new/", {"name": name, "purpose": "x", "joining": "open"}, follow=True
        )
        assert "already" not in response.content.decode()


def test_unknown_action_or_person_is_not_found(client, group, lead):
    client.force_login(lead)
    assert act(client, group, "explode").status_code == 404
    for person in ("1; drop", "²", "9" * 30, ""):
        assert act(client, group, "accept", person=person).status_code == 404


def test_found_a_group(client, peer):
    client.force_login(peer)
    sent = {"name": "Libraries", "purpose": "Late fees.", "joining": "open"}
    assert client.post("/en/groups/new/", sent).status_code == 302
    assert WorkingGroup.objects.get(name="Libraries").memberships.leads().get().person == peer
    again = client.post("/en/groups/new/", sent)
    assert again.status_code == 422
    assert "There is a problem" in again.content.decode()


def test_group_page_shows_what_is_shared_with_it_only_to_its_members(
    client, group, peer, lead, municipality, area
):
    item = make_case_study(municipality, area, title="Xylophone tender")
    item.audience = "group"
    item.groups.set([group])
    item.save_revision().publish()
    for person, seen in ((lead, True), (peer, False)):
        client.force_login(person)
        assert ("Xylophone" in client.get(group.get_absolute_url()).content.decode()) is seen
    add_to_group(group, peer)
    actions.remove(by=lead, group=group, person=peer)
    client.force_login(peer)
    assert "Xylophone" not in client.get(group.get_absolute_url()).content.decode()
