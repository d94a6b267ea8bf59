"""The search on the command line."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from members.models import Person
from search import checks, registry

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    out = io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def test_search_prints_what_is_found(case_study, indexed):
    indexed()
    printed = run("search", "plow")
    assert case_study.title in printed
    assert "Stage: Pilot 1" in printed


def test_search_as_json_with_facets(case_study, playbook, indexed):
    indexed()
    page = json.loads(run("search", "", "--facet", "kind=playbook", "--json", "--engine", "embedded"))
    assert [hit["item_id"] for hit in page["hits"]] == [playbook.pk]
    assert page["request"]["filters"] == {"kind": ["playbook"]}


def test_search_with_limits(case_study, municipality, indexed):
    municipality.population = 43_000
    municipality.save_revision().publish()
    indexed()
    for limit, total in (("population_min=40000", 1), ("population_max=40000", 0), ("year_min=1990", 1)):
        assert json.loads(run("search", "plow", "--facet", limit, "--json"))["total"] == total, limit


def test_search_as_somebody(case_study, municipality, indexed):
    case_study.audience = "municipality"
    case_study.save()
    indexed()
    Person.objects.create_user("a@innisfil.ca", municipality=municipality)
    assert json.loads(run("search", "plow", "--json"))["total"] == 0
    assert json.loads(run("search", "plow", "--as", "A@innisfil.ca", "--json"))["total"] == 1


@pytest.mark.parametrize(
    "arguments",
    [["--as", "nobody@x.ca"], ["--facet", "evil=1"], ["--facet", "kind"], ["--engine", "elasticsearch"]],
)
def test_search_says_what_is_wrong(arguments):
    with pytest.raises(CommandError):
        run("search", "plow", *arguments)


def test_search_rebuild_and_status(case_study):
    assert "embedded: 2 items indexed" in run("search_rebuild")
    status = json.loads(run("search_status", "--json"))
    assert [(row["engine"], row["documents"], row["lag"], row["ready"]) for row in status] == [
        ("embedded", 2, 0, True)
    ]
    assert "embedded: ready, 2 documents" in run("search_status")


def test_search_status_without_an_index():
    assert "needs a rebuild" in run("search_status")


def test_check_refuses_a_page_type_that_forgot_search(monkeypatch):
    assert checks.check_kinds(None) == []
    monkeypatch.setattr(registry, "kinds", dict)
    found = checks.check_kinds(None)
    assert {error.id for error in found} == {"search.E001"}
    assert "search/kinds/" in found[0].hint
