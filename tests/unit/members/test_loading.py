"""The 444 municipalities of Ontario, loaded once and never overwritten."""

import pytest
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from core import tasks
from core.models import HomePage, LogEntry
from members.loading import load_municipalities, prepare_site, read_rows
from members.models import MunicipalityPage, Region
from members.municipalities import Tier

pytestmark = pytest.mark.django_db


@pytest.fixture
def some_rows():
    wanted = {
        "City of Hamilton",
        "Township of Hamilton",
        "Northumberland County",
        "Town of Innisfil",
        "Simcoe County",
    }
    return [row for row in read_rows() if row["official_name"] in wanted or row["name"] in wanted]


def test_read_rows_has_all_444_with_unique_official_names():
    rows = read_rows()
    assert len(rows) == 444
    assert len({row["official_name"] for row in rows}) == 444
    assert {row["tier"] for row in rows} <= set(Tier.values)


def test_load_municipalities_tells_namesakes_apart(some_rows):
    load_municipalities(some_rows)
    assert MunicipalityPage.objects.filter(title="Hamilton").count() == 2


def test_load_municipalities_links_upper_tiers_and_regions(some_rows):
    load_municipalities(some_rows)
    township = MunicipalityPage.objects.get(official_name="Township of Hamilton")
    assert township.upper_tier.title == "Northumberland County"
    assert township.region == Region.objects.get(name="Northumberland County")


def test_load_municipalities_twice_changes_nothing(some_rows):
    assert load_municipalities(some_rows) == len(some_rows)
    page = MunicipalityPage.objects.get(official_name="Town of Innisfil")
    page.about = "Edited by its people"
    page.save_revision().publish()
    entries = LogEntry.objects.count()
    assert load_municipalities(some_rows) == 0
    page.refresh_from_db()
    assert page.about == "Edited by its people"
    assert LogEntry.objects.count() == entries


def test_prepare_site_twice_gives_the_same(db):
    assert prepare_site() == prepare_site()


def test_municipality_page_shows_who_they_are(client, some_rows):
    load_municipalities(some_rows)
    county = MunicipalityPage.objects.get(title="Northumberland County")
    html = client.get(county.url).content.decode()
    assert "Township of Hamilton" in html or "Hamilton" in html
    assert county.website in html


def test_region_page_lists_its_municipalities(client, some_rows):
    load_municipalities(some_rows)
    html = client.get("/en/regions/northumberland-county/").content.decode()
    assert "Hamilton" in html


def test_directory_narrows_and_forgives(client, some_rows):
    load_municipalities(some_rows)
    address = prepare_site().url
    assert "Innisfil" in client.get(address, {"q": "innis"}).content.decode()
    assert "Township of Hamilton" not in client.get(address, {"q": "innis"}).content.decode()
    for hostile in (
        {"tier": "moon"},
        {"size": "'; --"},
        {"page": "x"},
        {"q": "\x00%_\\"},
        {"region": "\x00"},
    ):
        assert client.get(address, hostile).status_code == 200


def test_new_site_queues_no_task_about_a_page_that_is_gone(queued, django_capture_on_commit_callbacks):
    # As Wagtail's own migrations leave it.
    HomePage.objects.first().delete()
    Page.get_first_root_node().add_child(instance=Page(title="Welcome", slug="home"))
    DBTaskResult.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        prepare_site()
    tasks.run_ready()
    assert not DBTaskResult.objects.failed().exists()
