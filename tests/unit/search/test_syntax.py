"""The query language for experts."""

import gc
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import fields
from search.plan import build_plan
from search.syntax import Asked, Field, parse
from search.values import SearchRequest
from tests import factories
from tests.contract.search_documents import LIBRARY
from tests.contract.search_engines import new_engine


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("snow removal", Asked("snow removal")),
        ('"snow removal" ice', Asked("ice", phrases=("snow removal",))),
        ("« travaux publics »", Asked(phrases=("travaux publics",))),
        ("“snow removal”", Asked(phrases=("snow removal",))),
        ("snow -ice", Asked("snow", refused_words=("ice",))),
        ('-"black ice" snow', Asked("snow", refused_phrases=("black ice",))),
        ("area:transit", Asked(fields=(Field("service_area", "transit"),))),
        ('by:"Town of Whitby"', Asked(fields=(Field("municipality", "Town of Whitby"),))),
        ("Étape:pilote langue:fr", Asked(fields=(Field("stage", "pilote"), Field("language", "fr")))),
        ("-stage:live", Asked(refused_fields=(Field("stage", "live"),))),
        ("foo:bar title_en:x", Asked("foo:bar title_en:x")),
        ("http://by:80/ a:b", Asked("http://by:80/ a:b")),
        ('zzzz"OR"CANARY', Asked('zzzz"OR"CANARY')),
        ('"unclosed phrase', Asked('"unclosed phrase')),
        ('"!?" -!', Asked('"!?" -!')),
        ("snow-removal --force - x", Asked("snow-removal --force - x")),
        ("by: whitby", Asked("by: whitby")),
        ("", Asked()),
    ],
)
def test_parse(text, expected):
    assert parse(text) == expected


def test_parse_takes_eight_parts_and_short_phrases():
    assert len(parse("by:a by:b by:c by:d by:e by:f by:g by:h by:i").fields) == 8
    long = '"' + "a " * 33 + '"'
    assert parse(long).phrases == ()


PIECES = st.sampled_from(
    ['"', "-", ":", "by:", "area:", "stage:live", " ", "snow", "é", "«", "\\", "*", "a" * 50]
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = new_engine("embedded", tmp_path_factory.mktemp("syntax"))
    with engine.build(0) as building:
        building.add(list(LIBRARY))
    # As the server does at its start: what other tests have left is not what a query costs.
    gc.collect()
    gc.freeze()
    yield engine
    gc.unfreeze()


@given(text=st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=80).map("".join)))
@settings(max_examples=200, deadline=None)
def test_any_text_is_answered_quickly_and_within_the_audience(engine, text):
    started = time.process_time()
    found = engine.search(build_plan(SearchRequest(text=text), frozenset({"public"})))
    assert time.process_time() - started < 0.2
    assert not {hit.item_id for hit in found.hits} & {4, 5}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (Field("municipality", "whitby"), ("town-of-whitby",)),
        (Field("municipality", "Town of Whitby"), ("town-of-whitby",)),
        (Field("municipality", "nowhere"), ("nowhere",)),
        (Field("service_area", "winter"), ("trn-02",)),
        (Field("service_area", "deneigement"), ("trn-02",)),
        (Field("service_area", "TRN-02"), ("trn-02",)),
        (Field("stage", "Live"), ("live",)),
        (Field("language", "French"), ("fr",)),
    ],
)
def test_fields_know_names_in_both_languages(municipality, other_municipality, field, expected):
    factories.make_area(synonyms="snow removal\nDéneigement")
    assert fields.values(field) == expected


@pytest.mark.django_db
def test_results_understand_the_language(case_study, other_municipality, client, indexed):
    indexed()
    for text, total in (
        ("by:innisfil plow", 1),
        ("by:whitby", 0),
        ("area:winter stage:pilot", 1),
        ("plow -sidewalk", 0),
        ('"sidewalk snow"', 1),
    ):
        assert client.get("/en/search/", {"q": text}).context["results"].total == total, text
