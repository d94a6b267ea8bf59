"""Who may see what: the one definition, in two forms that a test proves equal.

A thing has one audience, and from it labels: one, or one for each working group it is for. A reader has
labels too. The reader may see the thing when they share one. An audience nobody knows gives a label that
nobody has, a thing for groups without groups has none: no.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who may read a thing, in the words of the compose box."""

    PUBLIC = "public", _("Everybody, without an account")
    MEMBERS = "members", _("People of all member municipalities")
    MUNICIPALITY = "municipality", _("Only people of your own municipality")
    GROUP = "group", _("Only people of the working groups you name")


# For things that belong to one municipality and name no groups.
WITHOUT_GROUPS = [choice for choice in Audience.choices if choice[0] != Audience.GROUP]


_OF_MEMBERS = (f"{Audience.MUNICIPALITY}:", f"{Audience.GROUP}:")


@dataclass(frozen=True)
class Reader:
    """Who asks: nobody in particular unless said otherwise."""

    person_id: int | None = None
    labels: frozenset[str] = field(default_factory=lambda: frozenset({"public"}))
    sees_everything: bool = False

    @property
    def municipality_ids(self) -> list[int]:
        """The municipalities this reader belongs to."""
        return self._numbers("municipality:")

    @property
    def group_ids(self) -> list[int]:
        """The working groups this reader belongs to."""
        return self._numbers("group:")

    def _numbers(self, start: str) -> list[int]:
        return [int(label.removeprefix(start)) for label in self.labels if label.startswith(start)]


class Restricted(Protocol):
    """Anything with an audience that belongs to a municipality."""

    @property
    def audience(self) -> str: ...
    @property
    def municipality_id(self) -> int: ...


ANONYMOUS = Reader()


def reader_for(user: Any) -> Reader:
    """Return the reader that this user is. Inactive and anonymous users are nobody in particular."""
    if user is None or not user.is_authenticated or not user.is_active:
        return ANONYMOUS
    # Not at the top: roles are models, and models name audiences.
    from members.roles.rules import reads_as_member

    labels = {"public"}
    if user.municipality_id:
        labels |= {"members", f"municipality:{user.municipality_id}"}
        labels |= {f"group:{pk}" for pk in user.group_ids()}
    elif reads_as_member(user):
        labels.add("members")
    return Reader(user.pk, frozenset(labels), sees_everything=user.is_superuser)


def labels_of(thing: Restricted) -> tuple[str, ...]:
    """Return the labels that go into an index, for example `public`, or `group:4` and `group:9`."""
    if thing.audience == Audience.MUNICIPALITY:
        return (f"municipality:{thing.municipality_id}",)
    if thing.audience == Audience.GROUP:
        return tuple(sorted(f"group:{pk}" for pk in getattr(thing, "group_ids", ())))
    return (thing.audience,)


def is_wider(labels: Iterable[str], allowed: Iterable[str]) -> bool:
    """Whether things with these labels are shown to somebody whom the allowed labels keep out."""
    most = set(allowed)
    return any(not _is_covered(label, most) for label in labels)


def _is_covered(label: str, allowed: set[str]) -> bool:
    # Whoever belongs to a municipality or a working group is one of the members.
    narrower = label.startswith(_OF_MEMBERS) and Audience.MEMBERS in allowed
    return label in allowed or Audience.PUBLIC in allowed or narrower


def can_see(reader: Reader, thing: Restricted) -> bool:
    """Whether this reader belongs to the thing's audience. The object form of `audience_filter`."""
    if reader.sees_everything:
        return True
    return thing.audience in Audience.values and not reader.labels.isdisjoint(labels_of(thing))


def audience_filter(reader: Reader, groups: Any = None) -> Q:
    """The queryset form of `can_see`, for models with `audience` and `municipality`.

    `groups` is the field that names working groups, of a model that has one.
    """
    if reader.sees_everything:
        return Q()
    allowed = Q(audience__in=_plain(reader.labels))
    allowed |= Q(audience=Audience.MUNICIPALITY, municipality__in=reader.municipality_ids)
    if groups is not None and reader.group_ids:
        allowed |= Q(_shared_with(groups, reader.group_ids), audience=Audience.GROUP)
    return allowed


def _shared_with(groups: Any, ids: list[int]) -> Exists:
    """One row however many of the groups an item is shared with."""
    own, other = groups.m2m_column_name(), groups.m2m_reverse_name()
    through = groups.remote_field.through
    return Exists(through.objects.filter(**{own: OuterRef("pk"), f"{other}__in": ids}))


def _plain(labels: Iterable[str]) -> list[str]:
    return [label for label in labels if label in {Audience.PUBLIC, Audience.MEMBERS}]
