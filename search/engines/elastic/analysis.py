"""The shared analysis as Elasticsearch sees it; `engines/embedded/analysis.py` says the same for tantivy."""

from typing import Any

from elasticsearch.dsl import analyzer, token_filter

from search.stopwords import ENGLISH, FRENCH

_ARTICLES = ["l", "d", "j", "c", "s", "t", "m", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"]

_elision = token_filter("french_elision", "elision", articles=_ARTICLES, articles_case=True)
_english_stop = token_filter("english_stop", "stop", stopwords=sorted(ENGLISH))
_french_stop = token_filter("french_stop", "stop", stopwords=sorted(FRENCH))
# "porter2" is the English Snowball stemmer, the one tantivy has.
_english = token_filter("english_stemmer", "stemmer", language="porter2")
_french = token_filter("french_stemmer", "stemmer", language="french")
_fold = "asciifolding"


def _analyzer(name: str, *filters: object) -> Any:
    return analyzer(name, tokenizer="standard", filter=list(filters))


ANALYZERS = {
    "en": _analyzer("interurban_en", "lowercase", _english_stop, _fold, _english),
    "fr": _analyzer("interurban_fr", _elision, "lowercase", _french_stop, _fold, _french),
    "fx": _analyzer("interurban_fx", _elision, "lowercase", _french_stop, _french, _fold),
    "exact": _analyzer("interurban_exact", _elision, "lowercase", _fold),
}
