"""Who may see what: the one definition, in two forms that a test proves equal.

A thing has one audience. A reader has labels. The reader may see the thing when the thing's
label is among the reader's. An audience nobody knows gives a label that nobody has: no.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who may read a thing, in the words of the compose box."""

    PUBLIC = "public", _("Everybody, without an account")
    MEMBERS = "members", _("People of all member municipalities")
    MUNICIPALITY = "municipality", _("Only people of your own municipality")


@dataclass(frozen=True)
class Reader:
    """Who asks: nobody in particular unless said otherwise."""

    person_id: int | None = None
    labels: frozenset[str] = field(default_factory=lambda: frozenset({"public"}))
    sees_everything: bool = False

    @property
    def municipality_ids(self) -> list[int]:
        """The municipalities this reader belongs to."""
        return [int(label.partition(":")[2]) for label in self.labels if label.startswith("municipality:")]


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
    labels = {"public"}
    if user.municipality_id:
        labels |= {"members", f"municipality:{user.municipality_id}"}
    return Reader(user.pk, frozenset(labels), sees_everything=user.is_superuser)


def label_of(thing: Restricted) -> str:
    """Return the label that goes into an index, for example `public` or `municipality:17`."""
    if thing.audience == Audience.MUNICIPALITY:
        return f"municipality:{thing.municipality_id}"
    return thing.audience


def is_wider(labels: Iterable[str], allowed: Iterable[str]) -> bool:
    """Whether things with these labels are shown to somebody whom the allowed labels keep out."""
    most = set(allowed)
    return any(not _is_covered(label, most) for label in labels)


def _is_covered(label: str, allowed: set[str]) -> bool:
    # Whoever belongs to a municipality is one of the members.
    narrower = label.startswith(f"{Audience.MUNICIPALITY}:") and Audience.MEMBERS in allowed
    return label in allowed or Audience.PUBLIC in allowed or narrower


def can_see(reader: Reader, thing: Restricted) -> bool:
    """Whether this reader belongs to the thing's audience. The object form of `audience_filter`."""
    if reader.sees_everything:
        return True
    return thing.audience in Audience.values and label_of(thing) in reader.labels


def audience_filter(reader: Reader) -> Q:
    """The queryset form of `can_see`, for models with `audience` and `municipality`."""
    if reader.sees_everything:
        return Q()
    allowed = Q(audience__in=_plain(reader.labels))
    return allowed | Q(audience=Audience.MUNICIPALITY, municipality__in=reader.municipality_ids)


def _plain(labels: Iterable[str]) -> list[str]:
    return [label for label in labels if label in {Audience.PUBLIC, Audience.MEMBERS}]
