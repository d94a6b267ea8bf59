"""Nothing found: what there is in the nearest service areas, as far as the reader may see it."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_related_cases_are_shown_with_an_empty_result(client, municipality, area, indexed):
    factories.make_case_study(municipality, area, title="Salt", slug="salt")
    factories.make_case_study(municipality, area, title="Canary", slug="canary", audience="members")
    indexed()
    response = client.get("/en/search/", {"q": "maintenances zzzz", "stage": "live"})
    assert not response.context["results"].hits
    html = response.content.decode()
    assert "Salt" in html
    assert "Canary" not in html
    client.force_login(factories.make_person(municipality=municipality))
    assert "Canary" in client.get("/en/search/", {"q": "maintenances zzzz", "stage": "live"}).content.decode()


def test_nothing_is_shown_where_no_area_is_near(client, case_study, indexed):
    indexed()
    response = client.get("/en/search/", {"q": "zzzzz"})
    assert response.context["around"] == ()
