"""A page that a member reads asks the database at most twelve questions, however much there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.listing import GROUP_ITEMS
from search import readers
from tests.factories import make_case_study, make_person, make_playbook

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
MANY = 2 * GROUP_ITEMS + 1


@pytest.fixture
def library(municipality, area, settings, tmp_path):
    """More items of each kind than a page lists, some of them translations."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    settings.ELASTICSEARCH_URL = ""
    for number in range(MANY):
        case = make_case_study(municipality, area, slug=f"case-{number}", title=f"Snow {number}")
        make_playbook(municipality, area, slug=f"playbook-{number}", title=f"Plow {number}")
    make_case_study(municipality, area, slug="neige", title="Neige", language="fr", translation_of=case)
    readers.catch_up()
    return case


@pytest.fixture
def member(client, library, municipality):
    client.force_login(make_person(municipality=municipality))
    return client


def _queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    return response, [query["sql"] for query in captured]


@pytest.mark.parametrize("address", ["/en/", "/en/library/", "/en/search/?q=snow", "/en/service-areas/"])
def test_page_keeps_to_the_budget(member, address):
    _, queries = _queries(member, address)
    assert len(queries) <= MOST_QUERIES, queries


def test_subjects_keep_to_the_budget(member, library, municipality, area):
    for address in (library.url, municipality.url, f"/en/service-areas/{area.slug}/"):
        _, queries = _queries(member, address)
        assert len(queries) <= MOST_QUERIES, (address, queries)


def test_long_lists_end_and_lead_to_the_search(member, municipality, area):
    for address, facet in (
        (municipality.url, f"municipality={municipality.slug}"),
        (f"/en/service-areas/{area.slug}/", f"service_area={area.slug}"),
    ):
        response, _ = _queries(member, address)
        html = response.content.decode()
        assert html.count("<article") == 2 * GROUP_ITEMS, address
        assert f"({MANY})" in html
        assert f'href="/en/library/?kind=case_study&amp;{facet}"' in html
    found = member.get(f"/en/library/?kind=case_study&service_area={area.slug}").context["results"]
    assert found.total >= MANY


def test_short_lists_have_no_link(client, case_study, municipality):
    html = client.get(municipality.url).content.decode()
    assert "(1)" in html
    assert "?kind=case_study&amp;" not in html
