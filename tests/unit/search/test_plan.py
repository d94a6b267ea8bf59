"""Plans and their translation for Elasticsearch, compared as values: no server needed."""

from dataclasses import replace

import pytest

from search.engines.elastic import translate
from search.engines.elastic.clauses import text_clause
from search.nodes import AnyOf, Best, Constant, Match, Optional, Phrase
from search.plan import build_plan
from search.values import SearchRequest
from search.wording import text_node, word_node

PUBLIC = frozenset({"public"})


def plan(text="", labels=PUBLIC, **request):
    return build_plan(SearchRequest(text=text, **request), labels)


def test_text_node_empty_text_is_none():
    assert text_node("") is None
    assert text_node("   ") is None


def test_text_node_without_words_matches_nothing():
    assert text_node("?!") == AnyOf(())


def test_text_node_one_word_is_looked_for_everywhere():
    node = text_node("snow")
    assert isinstance(node, Best)
    assert {leg.field.rsplit("_", 1)[0] for leg in node.nodes} == {
        "title",
        "summary",
        "tags",
        "areas",
        "files",
        "body",
    }
    assert {leg.field.rsplit("_", 1)[1] for leg in node.nodes} == {"en", "fr", "fx", "exact"}


def test_text_node_all_words_and_neighbours_add_to_any_word():
    node = text_node("ice fog")
    assert isinstance(node, Optional)
    assert node.needed.nodes[:2] == (word_node("ice"), word_node("fog"))
    together, pair = node.extra
    assert isinstance(together, Constant)
    assert Phrase("title_en", "ice fog", 2, 0.3 * 1.5) in pair.nodes


def test_build_plan_without_text_sorts_by_date():
    assert plan().sort == "newest"
    assert plan("snow").sort == "relevance"
    assert plan("snow", sort="adopted").sort == "adopted"


def test_build_plan_pages():
    third = plan(page=3, page_size=20)
    assert (third.offset, third.limit) == (40, 20)


def test_query_is_closed_by_default():
    filters = translate.query(plan(labels=frozenset()))["bool"]["filter"]
    assert {"terms": {"labels": []}} in filters


def test_query_of_one_who_sees_everything_asks_for_no_label():
    filters = translate.query(plan(labels=None))["bool"]["filter"]
    assert filters == [{"term": {"state": "live"}}]


def test_query_keeps_text_in_match_clauses():
    clause = text_clause(Match("title_en", 'x" OR "y', 2.0))
    assert clause == {"match": {"title_en": {"query": 'x" OR "y', "operator": "and", "boost": 2.0}}}


@pytest.mark.parametrize("text", ['a" OR b:c', "x~2^9 AND /y/", "{}[]()"])
def test_body_has_no_query_that_parses(text):
    def names(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                yield key
                yield from names(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from names(inner)

    parsing = {"query_string", "simple_query_string", "regexp", "wildcard", "prefix", "script", "fuzzy"}
    assert not parsing & set(names(translate.bodies(plan(text))))


def test_aggregations_leave_out_their_own_facet():
    counts = translate.aggregations(plan(filters={"stage": ("live",), "tag": ("ice", "snow")}))
    other_language = {"bool": {"must_not": [{"terms": {"instead": ["en|public"]}}]}}
    tags, stages = {"terms": {"facet_tag": ["ice", "snow"]}}, {"terms": {"facet_stage": ["live"]}}
    among = {
        name: counts[group]["filter"]["bool"]["filter"] for group in counts for name in counts[group]["aggs"]
    }
    assert among["stage"] == [tags, other_language]
    assert among["tag"] == [stages, other_language]
    assert among["kind"] == among["year"] == [stages, tags, other_language]
    assert among["language"] == [stages, tags]
    # What is counted over the same documents is looked up once.
    assert len(counts) == 4
    kinds = next(group["aggs"]["kind"] for group in counts.values() if "kind" in group["aggs"])
    assert kinds == {"terms": {"field": "facet_kind", "size": 100}}


def test_bodies_ask_for_named_fields_and_exact_totals():
    page, counts = translate.bodies(plan("snow"))
    assert page["_source"] == ["payload"]
    assert (counts["track_total_hits"], counts["size"]) == (True, 0)
    assert set(page["highlight"]["fields"]) == {"body_en", "body_fr", "summary_en", "summary_fr"}
    assert "highlight" not in translate.hits_body(plan(), total=True)


def test_one_question_is_enough_where_nothing_is_counted_or_nothing_shown():
    (page,) = translate.bodies(replace(plan("snow"), counted=()))
    assert (page["track_total_hits"], page["size"], "aggs" in page) == (True, 20, False)
    (counts,) = translate.bodies(replace(plan("snow"), limit=0))
    assert (counts["track_total_hits"], counts["size"]) == (True, 0)


def test_hits_and_counts_are_asked_for_among_the_same_documents():
    request = plan("snow", filters={"stage": ("live",)}, labels=frozenset({"members"}))
    page, counts = translate.bodies(request)
    assert page["query"]["bool"]["filter"] == [counts["post_filter"]]
    assert page["query"]["bool"]["must"][0]["bool"]["filter"] == counts["query"]["bool"]["filter"]


def test_the_same_words_in_several_fields_are_one_clause():
    clause = text_clause(Best((Match("title_en", "snow", 1.5), Match("body_en", "snow")), 0.2))
    assert clause == {
        "multi_match": {
            "query": "snow", "fields": ["title_en^1.5", "body_en^1.0"], "tie_breaker": 0.2, "operator": "and",
        }
    }  # fmt: skip
    near = text_clause(Best((Phrase("title_en", "snow plow", 2), Phrase("body_en", "snow plow", 2))))
    assert (near["multi_match"]["type"], near["multi_match"]["slop"]) == ("phrase", 2)


def test_each_of_several_words_is_one_clause_and_their_scores_add_up():
    legs = [Match(field, word) for word in ("snow", "plow") for field in ("title_en", "body_en")]
    either = text_clause(AnyOf(tuple(legs)))["bool"]
    assert [each["multi_match"]["query"] for each in either["should"]] == ["snow", "plow"]
    assert {each["multi_match"]["tie_breaker"] for each in either["should"]} == {1.0}


def test_the_best_of_different_words_stays_the_best_of_all():
    legs = (Match("title_en", "snow"), Match("body_en", "snow"), Match("body_en", "plow"))
    assert len(text_clause(Best(legs, 0.2))["dis_max"]["queries"]) == 3


def test_fragments_of_files_are_asked_for_within_what_the_reader_may_see():
    body = translate.fragments_body(plan("snow"), ["case_study:2", "case_study:1"])
    assert set(body["highlight"]["fields"]) == {"files_en", "files_fr"}
    fence, keys = body["query"]["bool"]["filter"]
    assert fence["bool"]["filter"] == [{"terms": {"labels": ["public"]}}]
    assert keys == {"terms": {"key": ["case_study:1", "case_study:2"]}}


def test_sort_settles_ties():
    assert translate.sort(plan(sort="adopted")) == [{"adoptions": "desc"}, {"key": "asc"}]
