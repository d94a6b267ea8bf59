"""From typed words to the nodes of a plan: fields, neighbours, other names, other spellings."""

from itertools import pairwise

from search.nodes import AllOf, AnyOf, Best, Constant, Match, Node, Optional, Phrase
from search.schema import ANALYSES, LANGUAGES, PARTS, text_field
from search.syntax import Asked, parse
from search.text import content_words, words
from search.thesaurus import EMPTY, Span, Term, Thesaurus, compounds
from search.weights import WEIGHTS, Weights

# More pairs than this cost time and say little.
MAX_PAIRS = 12


def word_node(word: str, weights: Weights = WEIGHTS) -> Node:
    """The word in any part of the document, under any analysis."""
    legs = (
        Match(text_field(part, analysis), word, weights.parts[part] * weights.analyses[analysis])
        for part in PARTS
        for analysis in ANALYSES
    )
    return Best(tuple(legs), weights.tie)


def pair_node(pair: tuple[str, str], weights: Weights = WEIGHTS) -> Node:
    """Two neighbouring words of the query, near each other in the document."""
    text = " ".join(pair)
    legs = (
        Phrase(
            text_field(part, language),
            text,
            weights.slop,
            weights.pair * weights.parts[part] * weights.analyses[language],
        )
        for part in weights.phrase_parts
        for language in LANGUAGES
    )
    return Best(tuple(legs))


def phrase_node(text: str, weights: Weights = WEIGHTS) -> Node:
    """Exactly these words in this order, in one part of the document; accents and case don't matter."""
    legs = (Phrase(text_field(part, "exact"), text, 0, weights.parts[part]) for part in PARTS)
    return Best(tuple(legs), weights.tie)


# Where a term of each language is looked for; a compound's parts may be inflected.
_TERM_ANALYSES = {"en": ("en", "exact"), "fr": ("fr", "fx", "exact"), "compound": ("en", "exact")}


def term_node(term: Term, span: Span, weights: Weights) -> Node:
    """What else the words of a span are called."""
    factor = weights.compound if term.language == "compound" else weights.synonym
    factor *= len(span.words) / len(words(term.text))
    legs = (
        _term_leg(part, analysis, term.text, weights.parts[part] * weights.analyses[analysis] * factor)
        for part in weights.phrase_parts
        for analysis in _TERM_ANALYSES[term.language]
    )
    return Best(tuple(legs))


def _term_leg(part: str, analysis: str, text: str, weight: float) -> Node:
    field = text_field(part, analysis)
    return Phrase(field, text, 0, weight) if len(words(text)) > 1 else Match(field, text, weight)


def spans_of(text: str, thesaurus: Thesaurus) -> tuple[Span, ...]:
    """Where the thesaurus or another spelling says the same."""
    return (*thesaurus.spans(text), *compounds(text))


def plain_node(text: str, weights: Weights = WEIGHTS, thesaurus: Thesaurus = EMPTY) -> Node | None:
    """Any of the words, more for all of them, more again for neighbours; None for an empty text."""
    found = content_words(text)
    if not found:
        # Only punctuation: nothing contains it, so nothing is found.
        return AnyOf(()) if text else None
    others = [
        (span, tuple(term_node(term, span, weights) for term in span.others))
        for span in spans_of(text, thesaurus)
    ]
    each = tuple(_unit(word, others, weights) for word in found)
    longer = tuple(Best(nodes) for span, nodes in others if len(span.words) > 1)
    if len(each) == 1 and not longer:
        return each[0]
    pairs = tuple(pair_node(pair, weights) for pair in list(pairwise(found))[:MAX_PAIRS])
    together = AllOf(tuple(_covered(word, node, others) for word, node in zip(found, each, strict=True)))
    return Optional(AnyOf((*each, *longer)), (Constant(together, weights.all_words), *pairs))


Others = list[tuple[Span, tuple[Node, ...]]]


def _unit(word: str, others: Others, weights: Weights) -> Node:
    """One word, or what else it is called."""
    same = tuple(node for span, nodes in others if span.words == (word,) for node in nodes)
    own = word_node(word, weights)
    return Best((own, *same)) if same else own


def _covered(word: str, node: Node, others: Others) -> Node:
    """The word itself, or a term that says it together with its neighbours."""
    wider = tuple(n for span, nodes in others if len(span.words) > 1 and word in span.words for n in nodes)
    return AnyOf((node, *wider)) if wider else node


def text_node(text: str, weights: Weights = WEIGHTS) -> Node | None:
    """What a document must contain to be found; None if anything will do."""
    return needed_node(parse(text), weights)


def needed_node(asked: Asked, weights: Weights, thesaurus: Thesaurus = EMPTY) -> Node | None:
    """The plain words and every phrase."""
    plain = plain_node(asked.plain, weights, thesaurus)
    nodes = (*([plain] if plain else []), *(phrase_node(phrase, weights) for phrase in asked.phrases))
    if not nodes:
        return None
    return nodes[0] if len(nodes) == 1 else AllOf(nodes)


def refused_node(asked: Asked, weights: Weights) -> Node | None:
    """What a document must not contain; None if nothing is refused."""
    nodes = [word_node(word, weights) for text in asked.refused_words for word in content_words(text)]
    nodes += [phrase_node(phrase, weights) for phrase in asked.refused_phrases]
    return AnyOf(tuple(nodes)) if nodes else None
