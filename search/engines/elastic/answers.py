"""Elasticsearch's answers as plain values."""

from collections.abc import Mapping
from typing import Any

from search.engines.base import RawHit, RawResult, RawText
from search.engines.elastic.translate import COUNTED
from search.plan import Plan
from search.schema import SNIPPET_PARTS, analysis_language, text_field


def result(answer: Mapping[str, Any], plan: Plan) -> RawResult:
    """The page of hits and the counts."""
    counted = answer.get("aggregations", {})
    hits = tuple(_hit(hit) for hit in answer["hits"]["hits"])
    return RawResult(
        hits=hits,
        total=answer["hits"]["total"]["value"],
        facets=_facets(counted, plan),
        known={word: counted[f"word {n}"]["doc_count"] for n, word in enumerate(plan.checked)},
    )


def texts(answer: Mapping[str, Any]) -> list[RawText]:
    """What the documents of one page say."""
    return [_text(hit["_source"]) for hit in answer["hits"]["hits"]]


def _text(source: Mapping[str, Any]) -> RawText:
    shown = source["payload"]
    parts = [source[name] for name in source if name != "payload"]
    return RawText(shown["kind"], shown["item_id"], "\n".join([shown["title"], shown["summary"], *parts]))


def _hit(hit: Mapping[str, Any]) -> RawHit:
    shown = hit["_source"]["payload"]
    fragment = _fragment(hit.get("highlight", {}), shown["language"])
    return RawHit(key=hit["_id"], score=float(hit["_score"] or 0.0), fragment=fragment, **shown)


def _fragment(highlights: Mapping[str, list[str]], language: str) -> str:
    fields = (text_field(part, analysis_language(language)) for part in SNIPPET_PARTS)
    return next((highlights[field][0] for field in fields if highlights.get(field)), "")


def _facets(aggregations: Mapping[str, Any], plan: Plan) -> dict[str, dict[str, int]]:
    together = [answer for name, answer in aggregations.items() if name.startswith(COUNTED)]
    return {
        name: {bucket["key"]: bucket["doc_count"] for bucket in answer[name]["buckets"]}
        for name in plan.counted
        for answer in together
        if name in answer
    }
