"""First posts of new people: looked at before others see them, where their municipality wants that."""

from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from discussions.comments.models import Comment, State
from discussions.moderation.models import FirstPostCheck
from members.models import MunicipalityPage, Person
from members.roles import actions as roles


def checked(municipality_id: int | None) -> bool:
    """Whether this municipality wants first posts looked at."""
    return FirstPostCheck.objects.filter(municipality=municipality_id).exists()


def holds(person: Person) -> bool:
    """Whether what this person posts now waits: until the first of their posts was let through."""
    if not checked(person.municipality_id):
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


def waiting(checks: Any) -> Any:
    """Held comments that somebody decides on, the oldest first."""
    if checks is None:
        return Comment.objects.none()
    return Comment.objects.filter(checks, state=State.HELD).select_related("author", "municipality", "page")
