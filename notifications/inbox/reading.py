"""Somebody's inbox, as they may see it now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from members.models import Person
from notifications.inbox import things, wording
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
    return [entry for news in rows if (entry := _entry(person, news)) is not None]


def _entry(person: Person, news: News) -> Entry | None:
    about = things.thing(news.kind, news.item_id)
    if about is None or not things.may_be_told(person, news.verb, news.kind, news.item_id, about):
        return None
    url = things.address(news.verb, about)
    reason = "" if news.direct or news.follow is None else things.name_of_kind(news.follow.kind)
    return Entry(news, wording.sentence(news, about.title), about.text, url, about.language, reason)


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
        return things.name_of_kind(self.kind)


def choices(person: Person, reader: Any, kind: str, item_id: int) -> list[Choice]:
    """A thing, first, and what it belongs to: all that this reader may see. Empty where they may not see the thing."""
    about = things.thing(kind, item_id)
    named = [(kind, item_id), *(each for each in (about.follows if about else ()) if each != (kind, item_id))]
    found = {
        each: things.followable(each, [pk for of, pk in named if of == each], reader) for each, _ in named
    }
    own = set(Follow.objects.of(person).of_things(named).values_list("kind", "item_id"))
    seen = [Choice(each, pk, *found[each][pk], (each, pk) in own) for each, pk in named if pk in found[each]]
    return seen if item_id in found[kind] else []


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
    names = {
        kind: things.followable(kind, [each.item_id for each in own if each.kind == kind], reader)
        for kind in {each.kind for each in own}
    }
    lines = []
    for each in own:
        name, url = names[each.kind].get(each.item_id, ("", ""))
        lines.append(Followed(each, things.name_of_kind(each.kind), name, url))
    return sorted(lines, key=lambda line: (line.kind, line.name.lower()))
