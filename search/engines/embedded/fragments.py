"""Cutting what is shown of a hit: the fragment of its text with most of the words, marked."""

import tantivy

from search.engines.embedded import layout, translate
from search.engines.embedded.excerpts import FRAGMENT_CHARS, beginnings, part_of
from search.plan import Plan
from search.schema import SNIPPET_PARTS
from search.text import MARK_CLOSE, MARK_OPEN


class Fragments:
    """Cuts the fragments of one answer."""

    def __init__(self, searcher: tantivy.Searcher, plan: Plan) -> None:
        self._searcher, self._plan = searcher, plan
        self._wanted = beginnings(plan.words)
        self._generators: dict[str, tantivy.SnippetGenerator] = {}

    def of(self, stored: tantivy.Document, language: str) -> str:
        """The document's fragment with our private mark characters; empty if there is nothing to mark."""
        if not self._wanted:
            return ""
        for field in translate.snippet_fields(language, SNIPPET_PARTS):
            text = stored.get_first(field)
            snippet = self._snippet(field, str(text)) if text else None
            if snippet and snippet.highlighted():
                return _marked(snippet)
        return ""

    def _snippet(self, field: str, text: str) -> tantivy.Snippet:
        """The best fragment of the likely part of a text, or of the whole if nothing is to be marked there."""
        part = part_of(text, self._wanted)
        snippet = self._cut(field, part)
        return snippet if part is text or snippet.highlighted() else self._cut(field, text)

    def _cut(self, field: str, text: str) -> tantivy.Snippet:
        if field not in self._generators:
            self._generators[field] = self._generator(field)
        document = tantivy.Document()
        document.add_text(field, text)
        return self._generators[field].snippet_from_doc(document)

    def _generator(self, field: str) -> tantivy.SnippetGenerator:
        query = translate.snippet_query(self._plan, field)
        generator = tantivy.SnippetGenerator.create(self._searcher, query, layout.schema(), field)
        generator.set_max_num_chars(FRAGMENT_CHARS)
        return generator


def _marked(snippet: tantivy.Snippet) -> str:
    """The fragment with our private mark characters; tantivy's ranges count bytes."""
    raw, out, at = snippet.fragment().encode(), [], 0
    for part in sorted(snippet.highlighted(), key=lambda part: part.start):
        if part.start < at:
            continue
        out += [raw[at : part.start].decode(), MARK_OPEN, raw[part.start : part.end].decode(), MARK_CLOSE]
        at = part.end
    return "".join([*out, raw[at:].decode()])
