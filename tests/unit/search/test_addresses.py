"""Addresses of searches: shared, read back, and never refused."""

import pytest
from django.http import QueryDict

from search.addresses import MAX_PAGE, parse, query_string
from search.facets import toggled
from search.values import Range, SearchRequest


def test_parse_reads_everything():
    request = parse(QueryDict("q=snow&stage=live&stage=pilot&tag=ice&sort=newest&page=2"), language="fr")
    assert request == SearchRequest(
        "snow", {"stage": ("live", "pilot"), "tag": ("ice",)}, "newest", page=2, language="fr"
    )


@pytest.mark.parametrize(
    "address",
    [
        "",
        "q=snow",
        "stage=live&population_min=500&population_max=20000&year_min=2020&like=mine&view=map",
        "q=snow&sort=newest&view=cards&item=case-study:12&item=playbook:3&page=2",
        "q=snow&kind=playbook&tag=a&tag=b&sort=adopted&page=3",
        "q=d%C3%A9neigement+%26+%3F",
    ],
)
def test_query_string_leads_back_to_the_same_search(address):
    request = parse(QueryDict(address))
    assert parse(QueryDict(query_string(request))) == request


@pytest.mark.parametrize(
    "address",
    [
        "sort=evil",
        "page=0",
        "page=-4",
        "page=x",
        "page=²",
        "page=99999999999999999999",
        "nothing=here",
        "stage=",
        "q=%00%ED%A0%80",
        "tag=" + "x" * 9999,
        "&".join(f"tag=t{number}" for number in range(500)),
        "q=" + "%22" * 5000,
    ],
)
def test_parse_ignores_what_it_does_not_know(address):
    request = parse(QueryDict(address))
    assert request.sort == "relevance"
    assert 1 <= request.page <= MAX_PAGE
    assert len(request.filters.get("tag", ())) <= 20


def test_toggled_adds_removes_and_goes_to_the_first_page():
    request = SearchRequest("snow", {"stage": ("live",)}, page=4)
    both = toggled(request, "stage", "pilot")
    assert both.filters["stage"] == ("live", "pilot")
    assert both.page == 1
    assert query_string(toggled(both, "stage", "live")) == "q=snow&stage=pilot"


@pytest.mark.parametrize(
    ("address", "limits"),
    [
        ("population_min=10,000&population_max=50%C2%A0000", Range(10_000, 50_000)),
        ("population_min=50000&population_max=10000", Range(10_000, 50_000)),
        ("population_max=900", Range(None, 900)),
        ("population_min=0", Range(0, None)),
        ("population_min=-5&population_max=", None),
        ("population_min=1e9&population_max=ten", None),
        ("population_min=%C2%B2&population_max=99999999999", None),
    ],
)
def test_parse_reads_limits_as_people_write_them(address, limits):
    assert parse(QueryDict(address)).ranges.get("population") == limits


def test_parse_ignores_picks_that_name_nothing():
    query = QueryDict(
        "item=case-study:12&item=case-study:12&item=x&item=playbook:0&item=a:1&item=playbook:7'"
    )
    assert parse(query).picked == ("case_study:12",)
