"""Who may do what with comments, apart from reading them."""

from typing import Any

from django.db.models import Q

from members.models import Person
from members.roles import rules
from members.roles.models import Role


def may_write(person: Any) -> bool:
    """People of a municipality write."""
    return bool(person.is_authenticated and person.is_active and person.municipality_id)


def is_moderator(person: Any) -> bool:
    """Moderators and administrators."""
    if not person.is_authenticated or not person.is_active:
        return False
    return person.is_superuser or any(grant.role == Role.MODERATOR for grant in rules.roles_of(person))


def may_close(person: Any, page: Any) -> bool:
    """Publishers of the page's municipality and moderators close a thread, and open it again."""
    return is_moderator(person) or rules.may_manage(person, page.municipality)


def may_name_answer(person: Any, page: Any, starter: Any) -> bool:
    """Whoever began the thread, whoever wrote the page, and its publishers say which reply is the answer."""
    own = person.is_authenticated and person.pk in {starter.author_id, page.owner_id}
    return bool(own or rules.may_manage(person, page.municipality))


def checks(person: Any) -> Q | None:
    """The held comments that somebody decides on; None for those who decide on none."""
    if is_moderator(person):
        return Q()
    towns = [
        grant.municipality_id
        for grant in (rules.roles_of(person) if isinstance(person, Person) else [])
        if grant.role == Role.PUBLISHER
    ]
    return Q(municipality__in=towns) if towns else None
