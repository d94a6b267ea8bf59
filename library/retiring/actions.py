"""Retiring an item, and using it again. Each is one transaction, decided under a lock."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.events import record
from core.happenings import happened
from library.care import may_verify
from library.models import LibraryPage, Reminder
from library.registry import kinds
from members.audience import reader_for
from members.models import Person
from members.refusal import Refused

MOST_WHY = 500


@transaction.atomic
def retire(*, by: Person, item: LibraryPage, why: str, instead: LibraryPage | None = None) -> None:
    """Say that nobody should rely on an item any more, why, and what to read instead. Twice has one effect.

    Raises Refused: not theirs to say, no reason, a page that they may not see, or retired already in other words.
    """
    person, fresh = _locked(by, item)
    why = why.strip()
    if not why or len(why) > MOST_WHY:
        raise Refused(_("Say why it is retired, in at most %(most)d characters.") % {"most": MOST_WHY})
    if fresh.retired_on:
        _refuse_other_words(fresh, why, instead)
        return
    if instead is not None and not _may_point_to(person, fresh, instead):
        raise Refused(_("You can see no such page. Choose another one, or none."))
    to = instead.pk if instead else None
    _write(fresh, retired_on=timezone.localdate(), retired_why=why, see_instead=to)
    Reminder.objects.filter(page=fresh.pk).delete()
    _tell("item.retire", "item.retired", fresh, person, why=why)


@transaction.atomic
def use_again(*, by: Person, item: LibraryPage) -> None:
    """Take back that an item is retired. Twice has one effect. Raises Refused where it is not theirs to say."""
    person, fresh = _locked(by, item)
    if not fresh.retired_on:
        return
    _write(fresh, retired_on=None, retired_why="", see_instead=None)
    _tell("item.use_again", "item.used_again", fresh, person)


def _locked(by: Person, item: LibraryPage) -> tuple[Person, LibraryPage]:
    model: Any = type(item)
    fresh: LibraryPage = model.objects.select_for_update().get(pk=item.pk)
    person = Person.objects.get(pk=by.pk)
    if not fresh.live or not may_verify(person, fresh):
        raise Refused(
            _("Only its author and the publishers of its municipality say whether a page is retired.")
        )
    return person, fresh


def _refuse_other_words(fresh: LibraryPage, why: str, instead: LibraryPage | None) -> None:
    if (why, instead.pk if instead else None) != (fresh.retired_why, fresh.see_instead_id):
        message = _("It was retired meanwhile: “%(why)s”. Use it again first to say something else.")
        raise Refused(message % {"why": fresh.retired_why})


def _may_point_to(person: Person, fresh: LibraryPage, instead: LibraryPage) -> bool:
    model: Any = type(instead)
    return (
        instead.pk != fresh.pk and model.objects.visible_to(reader_for(person)).filter(pk=instead.pk).exists()
    )


def _write(item: LibraryPage, **values: Any) -> None:
    """Into the page as readers see it; drafts take it from there (`care.keep_said`)."""
    kinds()[item.kind].objects.filter(pk=item.pk).update(**values)


def _tell(action: str, verb: str, item: LibraryPage, person: Person, **data: str) -> None:
    log(instance=item, action=action, user=person, data=data)
    record(item.kind, item.pk)
    happened(verb, item.kind, item.pk, by=person)
