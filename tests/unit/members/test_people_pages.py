"""A colleague's page: for members, and to everybody else nobody is there."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(municipality):
    return factories.make_person(
        "noemie@example.org",
        municipality=municipality,
        first_name="Noémie",
        last_name="Hart",
        job_title="Clerk",
    )


def test_members_see_name_role_and_municipality_but_no_address(client, colleague, other_municipality):
    client.force_login(factories.make_person(municipality=other_municipality))
    response = client.get(colleague.get_absolute_url())
    html = response.content.decode()
    for text in ("Noémie Hart", "Clerk", "Innisfil"):
        assert text in html
    assert "noemie@example.org" not in html
    assert response["Cache-Control"] == "private, no-store"


def test_denied_is_not_found(client, colleague):
    client.force_login(factories.make_person("nobody@example.org"))
    denied, never = client.get(colleague.get_absolute_url()), client.get("/en/people/999999/")
    assert denied.status_code == never.status_code == 404
    assert denied.content.replace(b"people/%d/" % colleague.pk, b"people/999999/") == never.content
    client.logout()
    assert client.get(colleague.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"municipality": None}, {"first_name": "", "last_name": ""}]
)
def test_who_is_suspended_has_left_or_has_no_name_is_not_listed(
    client, colleague, other_municipality, change
):
    client.force_login(factories.make_person(municipality=other_municipality))
    for name, value in change.items():
        setattr(colleague, name, value)
    colleague.save()
    assert client.get(colleague.get_absolute_url()).status_code == 404
