"""The columns of a kind of item, read from its model. A new kind or field needs no edit here."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.fields import StreamField
from wagtail.models import Page

from library.interchange import values
from library.interchange.streams import Stream
from library.models import ServiceArea
from library.registry import kinds
from members.models import WorkingGroup

# Of Wagtail's own fields these are content; the rest is bookkeeping of one installation.
_PAGE_FIELDS = ("title", "slug", "seo_title", "search_description", "show_in_menus")
# What says which item this is stands first; `live` and `published` are handled by the importer.
IDENTITY = ("kind", "identifier", "municipality", "title", "slug", "language")
STATE = ("live", "published")


_LISTS = (Stream, values.ServiceAreas, values.Tags, values.PageReferences, values.WorkingGroups)


@dataclass(frozen=True)
class Column:
    """One field of a kind, and how it travels."""

    name: str
    codec: values.Codec
    required: bool

    @property
    def is_list(self) -> bool:
        """Whether the plain value is a list."""
        return isinstance(self.codec, _LISTS)


@cache
def columns(kind: str) -> dict[str, Column]:
    """The columns of a kind by name: who it is first, then the fields as the model has them."""
    found = {column.name: column for column in _columns(kinds()[kind])}
    first = {name: found[name] for name in IDENTITY if name in found}
    return first | found


@cache
def names(kind: str) -> tuple[str, ...]:
    """All names that a record of this kind may have, in order."""
    first = [name for name in IDENTITY if name not in STATE]
    rest = [name for name in columns(kind) if name not in IDENTITY]
    return (*first, *STATE, *rest)


@cache
def prose(kind: str) -> tuple[str, ...]:
    """The Markdown fields, in the model's order."""
    model = kinds()[kind]
    return tuple(name for name in model.markdown_fields if name in columns(kind))


def _columns(model: Any) -> Iterator[Column]:
    for field in (*model._meta.fields, *model._meta.many_to_many):
        inherited = field.model is Page and field.name not in _PAGE_FIELDS
        if inherited or not field.editable or field.primary_key or field.name == "municipality":
            continue
        yield Column(field.name, _codec(field), _is_required(field))


def _is_required(field: Any) -> bool:
    return not field.blank and not field.has_default()


def _codec(field: Any) -> values.Codec:
    special = _special_codec(field)
    if special is not None:
        return special(field)
    for sort, codec in _SORTS:
        if isinstance(field, sort):
            return codec(field)
    raise ImproperlyConfigured(f"{field}: library.interchange.schema does not know how this field travels.")


# What many-to-many fields lead to; other things are pages.
_BY_MODEL: dict[Any, type[values.Codec]] = {
    ServiceArea: values.ServiceAreas,
    WorkingGroup: values.WorkingGroups,
}


def _special_codec(field: Any) -> type[values.Codec] | None:
    if isinstance(field, ClusterTaggableManager):
        return values.Tags
    if field.many_to_many:
        return _BY_MODEL.get(field.related_model, values.PageReferences)
    if getattr(field, "choices", None):
        return values.Choice
    return None


_SORTS: tuple[tuple[type, type[values.Codec]], ...] = (
    (StreamField, Stream),
    (models.ForeignKey, values.PageReference),
    (models.BooleanField, values.Boolean),
    (models.DateTimeField, values.Moment),
    (models.DateField, values.Date),
    (models.IntegerField, values.Number),
    (models.DecimalField, values.Number),
    (models.FloatField, values.Number),
    (models.CharField, values.Codec),
    (models.TextField, values.Codec),
)
