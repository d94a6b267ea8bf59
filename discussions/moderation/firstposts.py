"""First posts of new people: looked at before others see them, where their municipality wants that."""

from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from discussions.comments.models import Comment, State
from discussions.comments.querysets import on_visible_pages
from discussions.moderation.models import FirstPostCheck
from library.models import LibraryPage
from members.audience import Audience, Reader
from members.models import MunicipalityPage, Person
from members.roles import actions as roles


def checked(municipality_id: int | None) -> bool:
    """Whether this municipality wants first posts looked at."""
    return FirstPostCheck.objects.filter(municipality=municipality_id).exists()


def holds(person: Person, page: LibraryPage) -> bool:
    """Whether what this person posts now waits: until the first of their posts was let through.

    What is said in a working group is for the group: nobody outside checks it.
    """
    if page.audience == Audience.GROUP or not checked(person.municipality_id):
        return False
    passed = (State.SHOWN, State.DELETED)
    return not Comment.objects.filter(author=person, state__in=passed).exists()


@transaction.atomic
def switch(*, by: Person, municipality: MunicipalityPage, on: bool) -> None:
    """Have first posts looked at, or not any more. What waits then goes on waiting for a decision."""
    town = roles.locked(municipality)
    roles.require_manager(by, town)
    if on == checked(town.pk):
        return
    if on:
        FirstPostCheck.objects.create(municipality=town)
    else:
        FirstPostCheck.objects.filter(municipality=town).delete()
    action = "moderation.first_posts_on" if on else "moderation.first_posts_off"
    log(instance=town, action=action, user=by)


def waiting(checks: Any, reader: Reader) -> Any:
    """Held comments that somebody decides on, on pages that they may read."""
    if checks is None:
        return Comment.objects.none()
    held = Comment.objects.filter(checks, on_visible_pages(reader), state=State.HELD)
    return held.select_related("author", "municipality", "page")
