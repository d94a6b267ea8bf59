"""What people type after `area:` or `by:`, as the values of facets."""

from collections.abc import Callable, Iterable

from django.db.models import Q

from casestudies.choices import Stage
from library.choices import Language
from library.models import ServiceArea
from members.models import MunicipalityPage
from search.syntax import Field
from search.text import fold, words

# Facet value and everything it may be called.
Named = tuple[str, str]


def values(field: Field) -> tuple[str, ...]:
    """The values that were meant: those of that name, or else those with all its words in theirs.

    What nobody knows stays as it was typed, and finds nothing.
    """
    known = list(_KNOWN[field.facet](_first_word(field.value)))
    wanted = _plain(field.value)
    same = [value for value, name in known if wanted in (_plain(value), _plain(name))]
    close = [value for value, name in known if set(wanted.split()) <= set(_plain(f"{value} {name}").split())]
    return tuple(dict.fromkeys(same or close)) or (field.value,)


def _plain(text: str) -> str:
    return " ".join(words(fold(text).replace("-", " ")))


def _first_word(text: str) -> str:
    return _plain(text).split()[0]


def _choices(choices: type[Stage] | type[Language]) -> Callable[[str], Iterable[Named]]:
    return lambda _: [(value, str(label)) for value, label in choices.choices]


def _areas(_: str) -> Iterable[Named]:
    rows = ServiceArea.objects.values_list("slug", "label_en", "label_fr", "synonyms")
    return [(slug, name) for slug, *names in rows for text in names for name in text.splitlines()]


def _municipalities(word: str) -> Iterable[Named]:
    # Slugs have no accents, so the database need not compare any.
    found = MunicipalityPage.objects.live().filter(Q(slug__icontains=word) | Q(title__icontains=word))
    return found.values_list("slug", "title")


_KNOWN: dict[str, Callable[[str], Iterable[Named]]] = {
    "service_area": _areas,
    "municipality": _municipalities,
    "stage": _choices(Stage),
    "language": _choices(Language),
}
