"""The demo's people: random passwords, and a publisher who edits below one municipality only."""

import pytest

from demo.people import TOWNSHIP, make_people
from members.models import MunicipalityPage, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(index, tmp_path):
    make_people(tmp_path / "logins.txt")
    return Person.objects.get(email__startswith="publisher@")


def add_page_address(kind, municipality):
    return f"/admin/pages/add/{kind}/{municipality.pk}/"


@pytest.mark.parametrize("kind", ["casestudies/casestudypage", "playbooks/playbookpage"])
def test_publisher_adds_below_their_own_municipality_only(client, publisher, municipality, kind):
    client.force_login(publisher)
    own = MunicipalityPage.objects.get(official_name=TOWNSHIP)
    assert client.get(add_page_address(kind, own)).status_code == 200
    assert client.get(add_page_address(kind, municipality)).status_code == 302


def test_publisher_cannot_edit_anothers_page(client, publisher, case_study):
    client.force_login(publisher)
    assert client.get(f"/admin/pages/{case_study.pk}/edit/").status_code == 302


def test_passwords_are_made_once_and_differ(index, tmp_path):
    first = make_people(tmp_path / "logins.txt")
    assert make_people(tmp_path / "logins.txt") == first
    assert len({login.password for login in first}) == len(first)
    other = make_people(tmp_path / "other.txt")
    assert {login.password for login in other}.isdisjoint(login.password for login in first)
