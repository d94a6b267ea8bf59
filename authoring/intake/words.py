"""Which heading means which field, in English and French, as towns write them (`authoring/data/headings.yaml`)."""

import re
import unicodedata
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).resolve().parents[1] / "data" / "headings.yaml"


@cache
def _known() -> tuple[dict[str, str], dict[str, str]]:
    """Headings and what they mean; names of stages and what they mean."""
    said = yaml.safe_load(_FILE.read_text())
    fields = {words: field for field, all_words in said["fields"].items() for words in all_words}
    return {plain(words): field for words, field in fields.items()}, said["stages"]


def plain(text: str) -> str:
    """Lower case without accents, numbers in front, and marks."""
    folded = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "Oe"))
    letters = "".join(letter for letter in folded if not unicodedata.combining(letter)).lower()
    letters = re.sub(r"^[\s#*]*(\d+[.)]?)*\s*", "", letters)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", letters).split())


def field_of(heading: str) -> str | None:
    """The field that a heading names, if it does."""
    return _known()[0].get(plain(heading))


def stage_of(text: str) -> str | None:
    """The stage that a few words name, if they do."""
    return _known()[1].get(plain(text))
