"""The search page."""

import pytest
from django.urls import reverse

from members.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def get(client, indexed):
    indexed()

    def get(address="", view="results", **headers):
        return client.get(f"{reverse(f'search:{view}')}?{address}", headers=headers)

    return get


def test_results_show_hits_facets_and_chips(case_study, playbook, get):
    response = get("q=plow&stage=pilot")
    assert response.status_code == 200
    page = response.context["results"]
    assert [hit.item_id for hit in page.hits] == [case_study.pk]
    assert [chip.label for chip in response.context["chips"]] == ["Pilot"]
    assert response.context["chips"][0].remove_url == f"{reverse('search:results')}?q=plow"
    assert {facet.name: [bucket.label for bucket in facet.buckets] for facet in page.facets}[
        "service_area"
    ] == ["Winter maintenance"]
    assert case_study.title in response.content.decode()


def test_results_hit_is_ready_to_be_shown(case_study, get):
    hit = get("q=plow").context["results"].hits[0]
    assert hit.url == case_study.url
    assert hit.kind_label == "case study"
    assert hit.facts["stage_label"] == "Pilot"
    assert hit.facts["municipality"] == "Innisfil"
    assert hit.facts["areas"] == ["Winter maintenance"]


def test_results_in_french(case_study, client, get):
    response = client.get("/fr/search/?q=plow")
    page = response.context["results"]
    assert page.hits[0].url.startswith("/fr/")
    assert page.hits[0].facts["areas"] == ["Entretien hivernal"]


def test_browse_lists_everything_newest_first(case_study, playbook, get):
    response = get(view="browse")
    assert {hit.kind for hit in response.context["results"].hits} == {"case_study", "playbook"}
    assert [option.value for option in response.context["sort_options"] if option.selected] == ["newest"]


def test_results_snippet_has_no_live_html(case_study, get, indexed):
    case_study.summary = "A <script>alert('x')</script> plow"
    case_study.save()
    indexed()
    html = get("q=alert").content.decode()
    assert "<script>alert" not in html
    assert "<mark>" in html


@pytest.mark.parametrize(
    "address",
    [
        "q=%00",
        "q=" + "%22" * 3000,
        "q=zzzz%22OR%22CANARY",
        "q=%ED%A0%80",
        "stage=%00&tag=%22",
        "page=9999999999",
        "page=100",
        "sort=%3Cscript%3E",
        "municipality=nowhere&region=x&population=y&language=z&verdict=v&kind=k&service_area=s",
    ],
)
def test_results_hostile_addresses_never_err(case_study, get, address):
    assert get(address).status_code == 200


def test_results_htmx_gets_the_region_only(case_study, get):
    response = get("q=plow", HX_Request="true")
    assert "<html" not in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_results_of_a_member_are_private(case_study, municipality, client, get):
    case_study.audience = "members"
    case_study.save()
    assert get("q=plow").context["results"].total == 0
    client.force_login(Person.objects.create_user("a@innisfil.ca", municipality=municipality))
    response = get("q=plow")
    assert response["Cache-Control"] == "private, no-store"


def test_results_follow_the_audience(case_study, municipality, other_municipality, client, indexed):
    case_study.audience = "municipality"
    case_study.save()
    indexed()
    for town, total in ((municipality, 1), (other_municipality, 0)):
        client.force_login(Person.objects.create_user(f"{town.pk}@x.ca", municipality=town))
        assert client.get(reverse("search:results"), {"q": "plow"}).context["results"].total == total


def test_results_take_a_fixed_number_of_queries(case_study, playbook, get, django_assert_max_num_queries):
    get("q=plow")
    with django_assert_max_num_queries(12):
        get("q=a+plow+qr+code")


def test_results_only_get(client):
    assert client.post(reverse("search:results")).status_code == 405
