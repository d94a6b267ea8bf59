"""Addresses of searches: shared, read back, and never refused."""

import pytest
from django.http import QueryDict

from search.addresses import MAX_PAGE, parse, query_string
from search.facets import toggled
from search.values import SearchRequest


def test_parse_reads_everything():
    request = parse(QueryDict("q=snow&stage=live&stage=pilot&tag=ice&sort=newest&page=2"), language="fr")
    assert request == SearchRequest(
        "snow", {"stage": ("live", "pilot"), "tag": ("ice",)}, "newest", page=2, language="fr"
    )


@pytest.mark.parametrize(
    "address",
    ["", "q=snow", "q=snow&kind=playbook&tag=a&tag=b&sort=adopted&page=3", "q=d%C3%A9neigement+%26+%3F"],
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
