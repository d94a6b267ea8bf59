"""Elasticsearch's answers as plain values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from search.engines.base import RawHit, RawResult, RawText
from search.engines.elastic.translate import COUNTED
from search.plan import Plan
from search.schema import SNIPPET_PARTS, analysis_language, text_field


def result(answered: Sequence[Mapping[str, Any]], plan: Plan) -> RawResult:
    """The answers to the questions of a search (`translate.bodies`)."""
    page, counts = answered[0], answered[-1]
    counted = counts.get("aggregations", {})
    return RawResult(
        hits=tuple(_hit(hit) for hit in page["hits"]["hits"]),
        total=counts["hits"]["total"]["value"],
        facets=_facets(counted, plan),
        known=known(counted, plan.checked),
    )


def known(counted: Mapping[str, Any], words: Iterable[str]) -> dict[str, int]:
    """How many documents have each of the words, in the order in which they were asked for."""
    return {word: counted[f"word {number}"]["doc_count"] for number, word in enumerate(words)}


def completed(found: RawResult, counted: Mapping[str, int], fragments: Mapping[str, str]) -> RawResult:
    """The answer with what was asked for afterwards."""
    hits = tuple(replace(hit, fragment=hit.fragment or fragments.get(hit.key, "")) for hit in found.hits)
    return replace(found, hits=hits, known={**found.known, **counted})


def fragments(answer: Mapping[str, Any], hits: Iterable[RawHit]) -> dict[str, str]:
    """Fragments by the keys of documents."""
    languages = {hit.key: hit.language for hit in hits}
    return {
        hit["_id"]: _fragment(hit.get("highlight", {}), languages[hit["_id"]])
        for hit in answer["hits"]["hits"]
    }


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
