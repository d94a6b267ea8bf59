"""Who learns that links lead nowhere: those who answer for the item, and nobody else."""

import datetime

import pytest

from library.links.models import OutboundLink
from members.roles import actions as roles
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.urls("config.urls")]
URL, OTHER_URL = "https://rotten.example.org/zqcanary", "https://other.example.org/"
TITLE = "leads nowhere any more"


@pytest.fixture(autouse=True)
def on(settings):
    settings.LINK_CHECK = True


@pytest.fixture
def cast(index, municipality, other_municipality):
    from members.models import Region

    region = Region.objects.create(name="Simcoe", slug="simcoe")
    type(municipality).objects.filter(pk=municipality.pk).update(region=region)
    admin = factories.make_person("admin@example.org", is_superuser=True)
    people = {name: factories.make_person(f"{name}@town.ca", municipality=municipality)
              for name in ("publisher", "author", "contributor", "member")}  # fmt: skip
    people["publisher elsewhere"] = factories.make_person("else@whitby.ca", municipality=other_municipality)
    people |= {name: factories.make_person(f"{name}@example.org") for name in ("coordinator", "moderator")}
    for name, role in (("publisher", "publisher"), ("author", "contributor"), ("contributor", "contributor")):
        roles.name_role(by=admin, person=people[name], municipality=municipality, role=role)
    roles.name_role(
        by=admin, person=people["publisher elsewhere"], municipality=other_municipality, role="publisher"
    )
    roles.name_coordinator(by=admin, person=people["coordinator"], region=region)
    roles.name_moderator(by=admin, person=people["moderator"])
    return people | {"administrator": admin, "nobody": None}


@pytest.fixture
def item(municipality, area, cast):
    page = factories.make_case_study(municipality, area, owner=cast["author"])
    for url in (URL, OTHER_URL, "https://fine.example.org/"):
        OutboundLink.objects.create(page_id=page.pk, url=url, host="x", state="broken",
                                    first_failed=datetime.date(2026, 11, 2))  # fmt: skip
    OutboundLink.objects.filter(url__contains="fine").update(state="failing")
    return page


def text(client, person, address):
    client.logout()
    if person:
        client.force_login(person)
    response = client.get(address)
    return response.content.decode() if response.status_code == 200 else ""


ANSWER = {"publisher", "author", "administrator"}
EVERYBODY = ["publisher", "author", "administrator", "contributor", "member", "publisher elsewhere", "coordinator",
             "moderator", "nobody"]  # fmt: skip


@pytest.mark.parametrize("who", EVERYBODY)
def test_those_who_answer_for_an_item_see_which_links_lead_nowhere(client, cast, item, who):
    page = text(client, cast[who], item.get_url())
    assert item.title in page
    assert ("zqcanary" in page, "since Nov. 2, 2026" in page) == (
        (True, True) if who in ANSWER else (False, False)
    )
    assert (f"/admin/pages/{item.pk}/edit/" in page and "lead nowhere any more" in page) == (who in ANSWER)
    assert "fine.example.org" not in page


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_desk_names_items_to_those_who_publish_there(client, cast, item, municipality, who):
    desk = text(client, cast[who], f"/en/municipalities/{municipality.slug}/manage/")
    seen = who in {"publisher", "administrator"}
    assert ("Links that lead nowhere" in desk and item.title in desk and "2 links" in desk) == seen
    assert ("Links that lead nowhere" in desk or "zqcanary" in desk) == seen


def test_an_item_for_a_group_is_not_named_to_a_publisher_outside_it(client, cast, item, municipality):
    item.audience = "group"
    item.groups.add(factories.make_group(cast["publisher elsewhere"]))
    item.save()
    assert text(client, cast["publisher"], item.get_url()) == ""
    assert item.title not in text(
        client, cast["publisher"], f"/en/municipalities/{municipality.slug}/manage/"
    )


def test_in_french(client, cast, item, municipality):
    page = text(client, cast["publisher"], item.get_url().replace("/en/", "/fr/"))
    assert "liens ne mènent plus nulle part" in page
    desk = text(client, cast["publisher"], f"/fr/municipalities/{municipality.slug}/manage/")
    assert "Liens qui ne mènent nulle part" in desk


def test_switched_off_nobody_sees_anything(client, cast, item, municipality, settings):
    settings.LINK_CHECK = False
    assert "zqcanary" not in text(client, cast["publisher"], item.get_url())
    assert "Links that lead" not in text(
        client, cast["publisher"], f"/en/municipalities/{municipality.slug}/manage/"
    )
