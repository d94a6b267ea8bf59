"""The shared analysis as tantivy sees it; `engines/elastic/analysis.py` says the same for Elasticsearch."""

from functools import cache, lru_cache

import tantivy

from search.stopwords import ENGLISH, FRENCH

_ELIDED = ["l", "d", "j", "c", "s", "t", "m", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"]
_MAX_TOKEN = 255


def _build(*filters: tantivy.Filter) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    first = (tantivy.Filter.remove_long(_MAX_TOKEN), tantivy.Filter.lowercase())
    for each in (*first, *filters):
        builder = builder.filter(each)
    return builder.build()


@cache
def analyzers() -> dict[str, tantivy.TextAnalyzer]:
    """One analyzer for each name in `schema.ANALYSES`."""
    fold, stem = tantivy.Filter.ascii_fold, tantivy.Filter.stemmer
    # The tokenizer cuts at the apostrophe, so dropping what is elided is what `elision` does elsewhere.
    french = tantivy.Filter.custom_stopword(sorted({*FRENCH, *_ELIDED}))
    english = tantivy.Filter.custom_stopword(sorted(ENGLISH))
    return {
        "en": _build(english, fold(), stem("english")),
        "fr": _build(french, fold(), stem("french")),
        "fx": _build(french, stem("french"), fold()),
        "exact": _build(fold()),
    }


def register(index: tantivy.Index) -> None:
    """Tell an index our analyzers; tantivy forgets them at every open."""
    for name, analyzer in analyzers().items():
        index.register_tokenizer(name, analyzer)


# One search asks for the same few words in each of its fields.
@lru_cache(maxsize=4_096)
def tokens(analysis: str, text: str) -> tuple[tuple[int, str], ...]:
    """The text's terms with their positions."""
    return tuple((token.position, token.text) for token in analyzers()[analysis].pre_tokenize(text).tokens)
