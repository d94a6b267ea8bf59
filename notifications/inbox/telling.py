"""From what happened to whom it is news: each happening is read once, in order, by the worker."""

from typing import Any

from django.db import transaction

from core.happenings import Happening
from members.models import Person
from notifications.inbox import things, wording
from notifications.inbox.followable import around
from notifications.inbox.models import Follow, News, Pace, Reached

BATCH = 50
_NAME = "inbox"


def tell() -> int:
    """Read the next happenings and write what is news; returns how many there were."""
    with transaction.atomic():
        reached, _made = Reached.objects.select_for_update().get_or_create(name=_NAME)
        rows = list(Happening.objects.filter(seq__gt=reached.seq)[:BATCH])
        for row in rows:
            _spread(row)
        if rows:
            reached.seq = rows[-1].seq
            reached.save(update_fields=["seq"])
    return len(rows)


def told() -> int:
    """The number of the last happening that people were told of."""
    return Reached.objects.filter(name=_NAME).values_list("seq", flat=True).first() or 0


def _spread(row: Happening) -> None:
    """One row of news for each person whom it concerns or who follows, if they may see it."""
    about = things.thing(row)
    if about is None:
        return
    told = _who(row)
    people = Person.objects.filter(pk__in=told, is_active=True)
    everybody = things.is_public(row)
    seeing = [each for each in people if everybody or things.may_be_told(each, row)]
    if row.verb == "comment.mentioned":
        _replace(row, seeing)
    News.objects.bulk_create(
        [_news(row, about, each, told[each.pk]) for each in seeing], ignore_conflicts=True
    )


def _who(row: Happening) -> dict[int, Follow | None]:
    """Whom to tell, and by which follow; what concerns somebody needs none. Never whoever did it."""
    told: dict[int, Follow | None] = {}
    if row.verb in wording.FOR_FOLLOWERS:
        followed = around(things.load([things.named(row)])[things.named(row)])
        rank = {name: place for place, name in reversed(list(enumerate(followed)))}
        follows = Follow.objects.of_things(followed)
        for follow in sorted(follows, key=lambda each: rank[each.kind, each.item_id]):
            told.setdefault(follow.person_id, follow)
    told |= dict.fromkeys(row.to)
    told.pop(row.by_id, None)  # type: ignore[arg-type]
    return told


def _replace(row: Happening, people: list[Any]) -> None:
    """Whoever is mentioned hears of that, and not of the same comment a second time."""
    same = News.objects.filter(person__in=people, verb="comment.added", kind=row.kind, item_id=row.item_id)
    same.filter(settled=None, claimed=None).delete()


def _news(row: Happening, about: things.Thing, person: Any, follow: Follow | None) -> News:
    silent = follow is not None and follow.pace == Pace.OFF
    return News(
        person=person, happening=row.seq, verb=row.verb, kind=row.kind, item_id=row.item_id, thread=about.thread,
        by=row.by, direct=follow is None, follow=follow, when=row.when, settled=row.when if silent else None,
    )  # fmt: skip
