"""What case studies and playbooks both do, tested once for each kind there is."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError

from library.areas import ServiceArea
from library.listing import newest
from library.loading import load_service_areas
from library.registry import kinds
from members.audience import ANONYMOUS
from tests import factories

pytestmark = pytest.mark.django_db
MAKE = {"case_study": factories.make_case_study, "playbook": factories.make_playbook}


@pytest.fixture(params=sorted(kinds()))
def item(request, municipality, area):
    return MAKE[request.param](municipality, area)


def test_every_kind_is_tested():
    assert set(MAKE) == set(kinds())


def test_item_takes_its_municipality_from_the_tree(item, municipality):
    assert item.municipality == municipality


def test_moved_item_belongs_to_its_new_municipality(item, other_municipality):
    item.move(other_municipality, pos="last-child")
    item.refresh_from_db()
    assert item.municipality == other_municipality


def test_identifier_is_stable_through_an_edit(item):
    before = item.identifier
    item.title = "Another title"
    item.save_revision().publish()
    item.refresh_from_db()
    assert item.identifier == before


def test_page_shows_title_summary_and_municipality(client, item):
    html = client.get(item.url).content.decode()
    assert item.title in html
    assert item.summary in html
    assert item.municipality.official_name in html


def test_page_uses_at_most_twelve_queries_for_a_member(
    client, item, municipality, django_assert_max_num_queries
):
    client.force_login(factories.make_person(municipality=municipality))
    client.get(item.url)
    with django_assert_max_num_queries(12):
        client.get(item.url)


@pytest.mark.parametrize(("age_months", "stale"), [(0, False), (11, False), (13, True)])
def test_item_is_stale_when_nobody_said_it_is_true_for_a_year(client, item, age_months, stale):
    item.last_verified = datetime.date(2026, 1, 15)
    item.save_revision().publish()
    later = datetime.date(2026 + (age_months // 12), 1 + age_months % 12, 20)
    with time_machine.travel(datetime.datetime.combine(later, datetime.time(12), tzinfo=datetime.UTC)):
        assert item.is_stale is stale
        banner = "still true" in client.get(item.url).content.decode()
        assert banner or not stale


def test_review_date_decides_before_age(item):
    item.review_by = datetime.date(2026, 6, 30)
    item.last_verified = datetime.date(2020, 1, 1)
    with time_machine.travel(datetime.datetime(2026, 6, 30, 12, tzinfo=datetime.UTC)):
        assert not item.is_stale
    with time_machine.travel(datetime.datetime(2026, 7, 2, 12, tzinfo=datetime.UTC)):
        assert item.is_stale


def test_meter_rises_with_what_is_filled_in(item):
    before = item.completeness
    name = next(n for n in item.useful_fields if n in item.markdown_fields)
    setattr(item, name, "Something a peer can use.")
    assert item.completeness.percent > before.percent
    assert len(item.completeness.missing) == len(before.missing) - 1


def test_item_cannot_translate_or_supersede_itself(item):
    item.translation_of_id = item.pk
    with pytest.raises(ValidationError, match="itself"):
        item.clean()


def test_translation_is_offered_and_switched_to(client, item, municipality, area):
    french = MAKE[item.kind](
        municipality,
        area,
        title="Version française",
        slug="version-francaise",
        language="fr",
        translation_of=item,
    )
    html = client.get(item.url).content.decode()
    assert french.url.replace("/en/", "/fr/") in html


def test_hidden_translation_leaves_no_trace(client, item, municipality, area):
    make = MAKE[item.kind]
    make(
        municipality,
        area,
        title="Canari",
        slug="canari",
        language="fr",
        translation_of=item,
        audience="municipality",
    )
    assert "canari" not in client.get(item.url).content.decode().lower()


def test_successor_is_named(client, item, municipality, area):
    MAKE[item.kind](municipality, area, title="The newer one", slug="newer", supersedes=item)
    assert "The newer one" in client.get(item.url).content.decode()


def test_newest_leaves_out_what_the_reader_may_not_see(item, municipality, area):
    MAKE[item.kind](municipality, area, title="Canary", slug="canary", audience="members")
    assert [found.pk for found in newest(ANONYMOUS, 10)] == [item.pk]


@pytest.mark.parametrize("shown", ["en", "fr"])
def test_lists_show_the_version_in_the_readers_language(client, item, municipality, area, shown):
    MAKE[item.kind](
        municipality, area, title="Version française", slug="vf", language="fr", translation_of=item
    )
    html = client.get(f"/{shown}/service-areas/{area.slug}/").content.decode()
    assert (item.title in html) is (shown == "en")
    assert ("Version française" in html) is (shown == "fr")


def test_hidden_translation_does_not_push_the_public_version_out(client, item, municipality, area):
    make = MAKE[item.kind]
    make(municipality, area, title="Canari", slug="c", language="fr", translation_of=item, audience="members")
    assert item.title in client.get(f"/fr/service-areas/{area.slug}/").content.decode()


def test_item_without_a_date_is_listed_last(item, municipality, area):
    undated = MAKE[item.kind](municipality, area, title="Undated", slug="undated")
    type(item).objects.filter(pk=undated.pk).update(first_published_at=None)
    assert [found.title for found in newest(ANONYMOUS, 10)] == [item.title, "Undated"]


def test_sitemap_names_public_items_in_their_language(client, item, municipality, area):
    french = MAKE[item.kind](municipality, area, title="En français", slug="en-francais", language="fr")
    hidden = MAKE[item.kind](municipality, area, title="Canary", slug="canary", audience="members")
    client.force_login(factories.make_person(municipality=municipality))
    xml = client.get("/sitemap.xml").content.decode()
    assert f"/en/municipalities/town-of-innisfil/{item.slug}/" in xml
    assert f"/fr/municipalities/town-of-innisfil/{french.slug}/" in xml
    assert hidden.slug not in xml


def test_service_area_page_has_items_and_those_of_its_sub_areas(client, item, area):
    parent = factories.make_area("TRN", label_en="Roads", label_fr="Routes", slug="roads")
    ServiceArea.objects.filter(pk=area.pk).update(parent=parent)
    assert item.title in client.get("/en/service-areas/roads/").content.decode()


def test_load_service_areas_in_both_languages():
    assert load_service_areas() == 77
    assert load_service_areas() == 0
    area = ServiceArea.objects.get(code="TRN-02")
    assert (area.label_en, area.label_fr, area.parent.code) == (
        "Winter maintenance",
        "Entretien hivernal",
        "TRN",
    )


@pytest.mark.parametrize(("code", "label"), [("en", "Winter maintenance"), ("fr", "Entretien hivernal")])
def test_service_area_speaks_the_interfaces_language(client, area, code, label):
    assert label in client.get(f"/{code}/service-areas/{area.slug}/").content.decode()
