"""Somebody's inbox, as they may see it now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from members.models import Person
from notifications.inbox import things, wording
from notifications.inbox.followable import around, name_of_kind, named, names_of
from notifications.inbox.models import Follow, News


@dataclass(frozen=True)
class Entry:
    """One line of an inbox."""

    news: News
    sentence: str
    text: str
    url: str
    language: str
    reason: str

    @property
    def when(self) -> datetime:
        """When it happened."""
        return self.news.when


def entries(person: Person, rows: Iterable[News]) -> list[Entry]:
    """The news of a page, without what its reader may not see any more."""
    return [_entry(news, about) for news, about in things.told_to(person, list(rows))]


def _entry(news: News, about: things.Thing) -> Entry:
    reason = "" if news.direct or news.follow is None else name_of_kind(news.follow.kind)
    return Entry(news, wording.sentence(news.verb, about), about.text, about.url, about.language, reason)


@dataclass(frozen=True)
class Choice:
    """One thing to follow, or not any more."""

    kind: str
    item: int
    name: str
    url: str
    followed: bool

    @property
    def label(self) -> str:
        """What such a thing is called."""
        return name_of_kind(self.kind)


def choices(person: Person, reader: Any, kind: str, item_id: int) -> list[Choice]:
    """A thing, first, and what it belongs to: all that this reader may see. Empty where they may not see the thing."""
    found = things.load([(kind, item_id)]).get((kind, item_id))
    offered = list(dict.fromkeys([(kind, item_id), *(around(found) if found else ())]))
    names = {
        each: named(each, [pk for of, pk in offered if of == each], reader)
        for each in {kind for kind, _ in offered}
    }
    own = set(Follow.objects.of(person).of_things(offered).values_list("kind", "item_id"))
    seen = [
        Choice(each, pk, *names[each][pk], (each, pk) in own) for each, pk in offered if pk in names[each]
    ]
    return seen if item_id in names[kind] else []


@dataclass(frozen=True)
class Followed:
    """One line of what somebody follows."""

    follow: Follow
    kind: str
    name: str
    url: str


def followed(person: Person, reader: Any) -> list[Followed]:
    """What somebody follows, by kind and name; what they may not see any more has no name and can be let go."""
    own = list(Follow.objects.of(person))
    names = names_of(own, reader)
    lines = [Followed(each, name_of_kind(each.kind), *names.get(each.pk, ("", ""))) for each in own]
    return sorted(lines, key=lambda line: (line.kind, line.name.lower()))
