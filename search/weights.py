"""How much each thing counts in the ranking; the same numbers for both engines and both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from search.schema import VARIANTS


@dataclass(frozen=True)
class Weights:
    """How much each thing counts; tuned with `manage.py search_evaluate` (docs/search.md)."""

    parts: Mapping[str, float] = field(
        default_factory=lambda: {
            "title": 1.5,
            "summary": 1.25,
            "tags": 1.25,
            "areas": 1.0,
            "body": 1.0,
            "files": 0.5,
        }
    )
    analyses: Mapping[str, float] = field(
        default_factory=lambda: {"en": 1.0, "fr": 1.0, "fx": 0.8, "exact": 0.6}
    )
    tie: float = 0.2
    all_words: float = 4.0
    pair: float = 0.3
    slop: int = 2
    phrase_parts: tuple[str, ...] = ("title", "summary", "body")
    # What a synonym counts for each word that it stands for.
    synonym: float = 0.4
    compound: float = 0.6
    # What counts in the language that the reader does not read the site in.
    other_language: float = 0.7

    def for_reader_of(self, language: str) -> "Weights":
        """The weights for somebody who reads the site in this language."""
        other = {name for own, names in VARIANTS.items() if own != language for name in names} - {"exact"}
        analyses = {
            name: weight * (self.other_language if name in other else 1.0)
            for name, weight in self.analyses.items()
        }
        return replace(self, analyses=analyses)


WEIGHTS = Weights()
