"""Whose doings somebody may read: the one place that says who is responsible for what."""

from dataclasses import dataclass
from typing import Any

from members.audience import Reader, reader_for
from members.roles import rules


@dataclass(frozen=True)
class Scope:
    """What somebody answers for."""

    reader: Reader
    municipality_ids: tuple[int, ...] = ()
    group_ids: tuple[int, ...] = ()

    @property
    def everything(self) -> bool:
        """Whether they answer for the whole site."""
        return self.reader.sees_everything

    def __bool__(self) -> bool:
        return bool(self.everything or self.municipality_ids or self.group_ids)


def scope_of(person: Any) -> Scope:
    """What this person answers for now: a publisher for their municipality, a lead for their groups."""
    reader = reader_for(person)
    if reader.person_id is None:
        return Scope(reader)
    led = person.group_memberships.leads().filter(group__in=reader.group_ids)
    own = (person.municipality_id,) if publishes(person) else ()
    return Scope(reader, own, tuple(led.values_list("group_id", flat=True)))


def publishes(person: Any) -> bool:
    """Whether this person publishes for the municipality that they belong to."""
    town = person.municipality
    return town is not None and rules.is_publisher_of(person, town)
