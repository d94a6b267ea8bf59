"""Names in a text, and whom they mean: only people who may read the page. To all others a name is just a word.

A mention is written as people write it: `@Pat Publisher`, and where two have that name, with the town behind it:
`@Pat Publisher (Innisfil)`.
"""

import re
from collections import Counter
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from discussions.comments import limits, places
from library.models import LibraryPage
from members.audience import Reader
from members.models import Person
from members.refusal import Refused

# An at sign that begins a word; what follows may be a name. Mail addresses have a letter before it.
_AT = re.compile(r"(?<![\w@.])@(?=\w)")
_CODE = re.compile(r"(?ms)^(`{3,}|~{3,}).*?^\1|`[^`\n]*`|^>.*?$")
# More at signs than anybody means.
_LOOKED_AT = 200
_LONGEST = 160


def written_name(person: Person) -> str:
    """How somebody is mentioned."""
    return person.get_full_name()


def people_in(text: str, page: LibraryPage, reader: Reader) -> list[Person]:
    """Whom this reader's text mentions, each once, in its order. Quotes and code mention nobody.

    Raises Refused for more than a comment may mention.
    """
    spots = _spots(text)
    known = list(_candidates(spots, page, reader)) if spots else []
    found: dict[int, Person] = {}
    for spot in spots:
        person = _meant(spot, known)
        if person is not None and person.pk not in found and places.sees(person, page):
            found[person.pk] = person
            if len(found) > limits.MENTIONS_EACH:
                message = _("A comment can mention %(limit)s people at most: take some names out.")
                raise Refused(message % {"limit": limits.MENTIONS_EACH})
    return list(found.values())


def _spots(text: str) -> list[str]:
    plain = _CODE.sub("", text)
    return [plain[at.end() : at.end() + _LONGEST] for at in list(_AT.finditer(plain))[:_LOOKED_AT]]


def _candidates(spots: Iterable[str], page: LibraryPage, reader: Reader) -> Iterable[Person]:
    """People whose first name, or last where there is no other, begins one of these."""
    beginnings = {word for spot in spots for word in _firsts(spot)}
    # SQLite folds ASCII letters only: the exact spelling besides.
    named = Q(pk__in=())
    for word in sorted(beginnings)[: 4 * limits.MENTIONS_EACH]:
        named |= Q(first_name__istartswith=word) | Q(first_name="", last_name__istartswith=word)
    return places.readers_of(page, reader).filter(named).select_related("municipality")[:500]


def _firsts(spot: str) -> set[str]:
    first = re.match(r"[\w'’-]+", spot)
    return {first[0]} if first else set()


def _meant(spot: str, known: Iterable[Person]) -> Person | None:
    """The one person whose name stands here; the longest name wins, and two of the same name are nobody."""
    lowered = spot.casefold()
    names = [(name, person) for person in known if (name := _standing(lowered, person))]
    if not names:
        return None
    longest = max(len(name) for name, _person in names)
    best = {person.pk: person for name, person in names if len(name) == longest}
    return next(iter(best.values())) if len(best) == 1 else None


def _standing(spot: str, person: Person) -> str:
    """The person's name as it stands at the beginning of the spot, or nothing."""
    plain = person.get_full_name().casefold()
    town = person.municipality.title.casefold() if person.municipality else ""
    for name in (f"{plain} ({town})", plain):
        if spot.startswith(name) and not spot[len(name) : len(name) + 1].isalnum():
            return name
    return ""


def suggestions(typed: str, page: LibraryPage, reader: Reader) -> list[tuple[Person, str]]:
    """People one may mean by what was typed so far, each with what is to stand in the text."""
    words = typed.split()[:4]
    if not words:
        return []
    people = places.readers_of(page, reader).select_related("municipality")
    for word in words:
        people = people.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word))
    found = list(people.order_by("first_name", "last_name", "pk")[: limits.SUGGESTED])
    shared = _shared_names(found, page, reader)
    return [(person, _unmistakable(person, _key(person) in shared)) for person in found]


def _key(person: Person) -> str:
    return written_name(person).casefold()


def _shared_names(found: list[Person], page: LibraryPage, reader: Reader) -> set[str]:
    """The names of these that another reader of the page has, too."""
    same = Q(pk__in=())
    for person in found:
        same |= Q(first_name__iexact=person.first_name, last_name__iexact=person.last_name)
    names = Counter(_key(person) for person in places.readers_of(page, reader).filter(same)[:500])
    return {name for name, count in names.items() if count > 1}


def _unmistakable(person: Person, is_shared: bool) -> str:
    """The name, with the town where another reader of the page is called the same."""
    name = written_name(person)
    return f"{name} ({person.municipality.title})" if is_shared and person.municipality else name
