"""What else people call things."""

import io

import pytest
from django.core.management import call_command

from search import terms, thesaurus
from search.models import TermGroup
from search.thesaurus import Thesaurus, compounds, from_terms
from search.wording import text_node


def others(known: Thesaurus, text: str) -> set[str]:
    return {term.text for span in known.spans(text) for term in span.others}


SNOW = from_terms([(["snow removal", "snow clearing"], ["déneigement"]), (["PIA"], ["ÉFVP"])])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("snow removal", {"snow clearing", "déneigement"}),
        ("Snow Removals in town", {"snow clearing", "déneigement"}),
        ("deneigement", {"snow removal", "snow clearing"}),
        ("efvp", {"PIA"}),
        ("l’ÉFVP", {"PIA"}),
        ("removal of snow", set()),
        ("", set()),
    ],
)
def test_spans_find_terms_in_either_language(text, expected):
    assert others(SNOW, text) == expected


def test_spans_of_a_term_in_two_groups_are_both():
    known = from_terms([(["bus"], ["autobus"]), (["bus", "coach"], [])])
    assert others(known, "bus") == {"autobus", "coach"}


def test_delivered_file_is_well_formed():
    rows = thesaurus.read_rows()
    assert len(rows) >= 60
    assert len({row["name"] for row in rows}) == len(rows)
    for row in rows:
        assert thesaurus.split_terms(row["english"])
        assert thesaurus.split_terms(row["french"])
    known = thesaurus.from_file()
    assert {"ÉFVP"} <= others(known, "PIA")
    assert {"SIG"} <= others(known, "gis")
    assert {"appel de propositions", "DP"} <= others(known, "RFP")
    assert {"permis"} <= others(known, "permits")
    assert {"règlement"} <= others(known, "by-laws")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("snow plow", "snowplow"),
        ("snow-plow", "snowplow"),
        ("snowplow", "snow plow"),
        ("epermitting", "e permitting"),
        ("e-permitting", "epermitting"),
        ("3D", "3 d"),
        ("3-D", "3d"),
    ],
)
def test_compounds(text, expected):
    assert expected in {term.text for span in compounds(text) for term in span.others}


def test_compounds_leave_long_queries_and_stop_words_alone():
    assert compounds("one two three four five") == ()
    assert compounds("the snow") == ()


def test_hostile_text_expands_to_little():
    for text in ("snow removal " * 100, "3d " * 400, "a" * 1000):
        assert len(SNOW.spans(text)) <= 6
        text_node(text)


@pytest.mark.django_db
def test_load_thesaurus_adds_what_is_missing_only():
    out = io.StringIO()
    call_command("load_thesaurus", stdout=out)
    count = TermGroup.objects.count()
    assert f"{count} groups" in out.getvalue()
    TermGroup.objects.filter(name="transit").update(english="tram")
    TermGroup.objects.get(name="bus").delete()
    call_command("load_thesaurus", stdout=out)
    assert out.getvalue().endswith("1 groups of terms added.\n")
    assert TermGroup.objects.get(name="transit").english == "tram"


@pytest.mark.django_db
def test_current_follows_every_save_and_deletion():
    assert others(terms.current(), "snow") == set()
    group = TermGroup.objects.create(name="snow", english="snow", french="neige")
    assert others(terms.current(), "snow") == {"neige"}
    group.french = "neige\npoudrerie"
    group.save()
    assert others(terms.current(), "snow") == {"neige", "poudrerie"}
    group.active = False
    group.save()
    assert others(terms.current(), "snow") == set()
    group.delete()
    assert others(terms.current(), "snow") == set()


@pytest.mark.django_db
def test_edited_thesaurus_is_live_without_reindexing(case_study, client, indexed):
    indexed()

    def total():
        return client.get("/fr/search/", {"q": "chasse-neige"}).context["results"].total

    assert total() == 0
    TermGroup.objects.create(name="plow", english="snow plow", french="chasse-neige")
    assert total() == 1


@pytest.mark.django_db
def test_thesaurus_in_the_admin(admin_client):
    TermGroup.objects.create(name="plow", english="snow plow", french="chasse-neige")
    page = admin_client.get("/admin/snippets/search/termgroup/")
    assert "snow plow = chasse-neige" in page.content.decode()
    group = {"name": "bus", "english": "bus", "french": "autobus", "active": "on"}
    assert admin_client.post("/admin/snippets/search/termgroup/add/", group).status_code == 302
    assert TermGroup.objects.filter(name="bus").exists()
