"""Where something is written, plain words say who will be able to read it, and that it may be a public record."""

import re

import pytest
from django.urls import reverse

from members.audience import Audience
from members.models import WorkingGroup
from members.reach import of_group, sentence
from tests import factories

pytestmark = pytest.mark.django_db
RECORDS = "may be a public record"


@pytest.fixture
def pat(municipality):
    return factories.make_person("pat@example.org", municipality=municipality)


@pytest.fixture
def admin(municipality):
    return factories.make_person(
        "root@example.org", municipality=municipality, is_superuser=True, is_staff=True
    )


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_numbers_are_those_of_this_moment(municipality, other_municipality, pat):
    assert sentence(Audience.MEMBERS) == "Read by all people of the 1 member municipality."
    other = factories.make_person("o@example.org", municipality=other_municipality)
    assert sentence(Audience.MEMBERS) == "Read by all people of the 2 member municipalities."
    assert sentence(Audience.MUNICIPALITY, municipality) == "Read by the 1 person of Innisfil."
    other.municipality = municipality
    other.save()
    assert sentence(Audience.MUNICIPALITY, municipality) == "Read by the 2 people of Innisfil."
    assert "search engines" in sentence(Audience.PUBLIC)
    other.is_active = False
    other.save()
    assert sentence(Audience.MUNICIPALITY, municipality) == "Read by the 1 person of Innisfil."


def test_a_group_says_how_many_people_from_how_many_municipalities(other_municipality, pat):
    group = factories.make_group(pat)
    factories.add_to_group(group, factories.make_person("o@example.org", municipality=other_municipality))
    counted = WorkingGroup.objects.with_counts().get()
    assert of_group(counted) == "Winter roads: 2 members from 2 municipalities"


def test_whoever_asks_reads_it_beside_each_choice(client, pat):
    client.force_login(pat)
    page = text(client.get(reverse("discussions:ask")))
    for said in ("Read by everybody, search engines included.", "Read by the 1 person of Innisfil.", RECORDS):
        assert said in page


@pytest.mark.parametrize("audience", ["public", "members", "municipality"])
def test_the_choice_is_taken(client, pat, area, audience):
    client.force_login(pat)
    asked = {"title": "Salt?", "service_area": area.pk, "audience": audience, "language": "en"}
    assert client.post(reverse("discussions:ask"), asked).status_code == 302
    assert client.post(reverse("discussions:ask"), asked | {"audience": "group"}).status_code == 422


def test_the_editor_says_it_for_items_and_candid_notes(client, admin, case_study, municipality):
    group = factories.make_group(admin)
    client.force_login(admin)
    response = client.get(reverse("wagtailadmin_pages:edit", args=[case_study.pk]))
    said = re.findall(
        r'name="(\w+)" value="municipality"[^>]*>[^<]*<br><span class="reach">([^<]+)',
        response.content.decode(),
    )
    assert dict(said) == dict.fromkeys(["audience", "candid_audience"], "Read by the 1 person of Innisfil.")
    page = text(response)
    assert f"{group.name}: 1 member from 1 municipality" in page
    assert RECORDS in page
    new = text(
        client.get(reverse("wagtailadmin_pages:add", args=["playbooks", "playbookpage", municipality.pk]))
    )
    assert "Read by the 1 person of Innisfil." in new


@pytest.mark.parametrize("model", ["discussions_question", "adoptions_adoption"])
def test_the_editor_says_it_for_questions_and_adoptions(client, admin, model):
    client.force_login(admin)
    page = text(client.get(reverse(f"wagtailsnippets_{model}:add")))
    assert "Read by the 1 person of Innisfil." in page
    assert RECORDS in page


@pytest.mark.parametrize("name", ["members:found_group", "library:offer", "discussions:ask"])
def test_the_notice_is_the_installations_own(client, pat, settings, name):
    settings.RECORDS_NOTICE = {"en": "", "fr": "Tout est un document municipal."}
    client.force_login(pat)
    address = reverse(name)
    assert RECORDS in text(client.get(address))
    assert "Tout est un document municipal." in text(client.get(address.replace("/en/", "/fr/")))
