"""One codec for each sort of field: from a page to a plain JSON value, and from what people write back."""

import datetime
import decimal
import json
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import override

from library.interchange.context import Reading, Writing
from library.interchange.nearest import fold, nearest, quoted
from library.interchange.problems import Refusal
from members.audience import Audience
from members.models import WorkingGroup

_YES_OR_NO = dict.fromkeys(("true", "yes", "oui", "vrai", "1"), True)
_YES_OR_NO |= dict.fromkeys(("false", "no", "non", "faux", "0"), False)


def checked_text(value: Any) -> str:
    """Return a scalar as text that every database and file can hold, or refuse it."""
    if isinstance(value, (dict, list)):
        raise Refusal(_("Write one text here, not a list."))
    text = "" if value is None else str(value)
    if "\x00" in text:
        raise Refusal(_("The text has a NUL character. Remove it, or save the file as text (UTF-8)."))
    try:
        text.encode()
    except UnicodeEncodeError as error:
        message = _("The text has half of a character (a lone surrogate) at position %(at)s. Remove it.")
        raise Refusal(message % {"at": error.start + 1}) from error
    return text


def as_list(value: Any, *, commas: bool = True) -> list[str]:
    """Return a list, or a text that lists things with semicolons (or commas), as a list of texts."""
    if isinstance(value, list):
        return [checked_text(part) for part in value]
    text = checked_text(value)
    mark = ";" if ";" in text or not commas else ","
    return [part.strip() for part in text.split(mark) if part.strip()]


def from_cell(value: Any) -> Any:
    """Return the list that a cell of a table holds as JSON; anything else as it is."""
    if not isinstance(value, str) or not value.lstrip().startswith(("[", "{")):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        raise Refusal(_("This begins like a JSON list but is not one: %(why)s.") % {"why": error}) from error


def match_choice(value: Any, choices: Any) -> str:
    """Return the stored value of a choice given by value, or by English or French label."""
    text = checked_text(value)
    names: dict[str, str] = {}
    for language in ("fr", "en"):
        with override(language):
            names |= {fold(label): stored for stored, label in choices if stored}
    names |= {fold(stored): stored for stored, _label in choices if stored}
    found = text if text in dict(choices) else names.get(fold(text))
    if found is None:
        stored_values = [str(stored) for stored, _label in choices if stored]
        near = nearest(text, [*stored_values, *names]) or stored_values
        message = _("“%(value)s” is not one of the choices: %(choices)s.")
        shown = list(dict.fromkeys(names.get(fold(name), name) for name in near))
        rest = [name for name in stored_values if name not in shown]
        raise Refusal(message % {"value": text, "choices": quoted([*shown, *rest])})
    return found


class Codec:
    """Text, and what every other sort does unless it says otherwise."""

    def __init__(self, field: Any) -> None:
        self.field = field
        self.name: str = field.name

    def encode(self, page: Any, writing: Writing) -> Any:
        """The field's value as plain JSON."""
        return getattr(page, self.name)

    def decode(self, value: Any, reading: Reading, page: Any, seed: str) -> Any:
        """What to assign. Raises Refusal saying what to do. `page` holds the item as it was."""
        text = checked_text(value)
        limit = getattr(self.field, "max_length", None)
        if limit and len(text) > limit:
            message = _("%(count)s characters; %(limit)s is the limit. Shorten it.")
            raise Refusal(message % {"count": len(text), "limit": limit})
        return text

    def assign(self, page: Any, value: Any) -> None:
        """Put a decoded value on the page."""
        setattr(page, self.name, value)


class Choice(Codec):
    """One of a few words."""

    def decode(self, value: Any, reading: Reading, page: Any, seed: str) -> Any:
        return match_choice(value, self.field.choices) if value not in (None, "") else ""


class Boolean(Codec):
    """Yes or no."""

    def decode(self, value: Any, reading: Reading, page: Any, seed: str) -> Any:
        return parse_boolean(value)


class Date(Codec):
    """A day, written 2026-01-31."""

    def encode(self, page: Any, writing: Writing) -> Any:
        value = getattr(page, self.name)
        return value.isoformat() if value else None

    def decode(self, value: Any, reading: Reading, page: Any, seed: str) -> Any:
        text = checked_text(value).strip()
        return parse_day(text) if text else None


class Moment(Codec):
    """A moment, in UTC; a day alone means its first moment here."""

    def encode(self, page: Any, writing: Writing) -> Any:
        value = getattr(page, self.name)
        return value.astimezone(datetime.UTC).isoformat() if value else None

    def decode(self, value: Any, reading: Reading, page: Any, seed: str) -> Any:
        text = checked_text(value).strip()
        if not text:
            return None
        try:
            moment = parse_datetime(text)
        except ValueError:
            moment = None
        moment = moment or datetime.datetime.combine(parse_day(text), datetime.time())
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


class Number(Codec):
    """A whole or decimal number; a decimal comma is understood."""

    def encode(self, page: Any, writing: Writing) -> Any:
        value = getattr(page, self.name)
        return format(value.normalize(), "f") if isinstance(value, decimal.Decimal) else value

    def decode(self, value: Any, reading: Reading, page: Any, seed: str) -> Any:
        text = checked_text(value).strip().replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
        if not text:
            return None
        try:
            number = decimal.Decimal(text.replace(",", "."))
            return self._fit(number)
        except (decimal.InvalidOperation, ValueError, OverflowError) as error:
            message = _("“%(value)s” is not a number. Write digits only, for example 2024 or 1.5.")
            raise Refusal(message % {"value": text}) from error

    def _fit(self, number: decimal.Decimal) -> Any:
        if isinstance(self.field, models.DecimalField):
            return number
        whole = int(number)
        if whole != number:
            raise ValueError("not whole")
        return whole if isinstance(self.field, models.IntegerField) else float(number)


class ServiceAreas(Codec):
    """Service areas, by code."""

    def encode(self, page: Any, writing: Writing) -> Any:
        return sorted(area.code for area in getattr(page, self.name).all())

    def decode(self, value: Any, reading: Reading, page: Any, seed: str) -> Any:
        return [reading.area(name) for name in self._names(value, reading)]

    def _names(self, value: Any, reading: Reading) -> list[str]:
        # Labels have commas of their own: "Clerk, records and privacy".
        if isinstance(value, list) or ";" in str(value):
            return as_list(value)
        try:
            reading.area(checked_text(value))
        except Refusal:
            return as_list(value) if "," in str(value) else [checked_text(value)]
        return [checked_text(value)]


class Tags(Codec):
    """Free tags, by name."""

    def encode(self, page: Any, writing: Writing) -> Any:
        return sorted({tag.name for tag in getattr(page, self.name).all()})

    def decode(self, value: Any, reading: Reading, page: Any, seed: str) -> Any:
        tags = list(dict.fromkeys(tag for tag in as_list(value) if tag.strip()))
        too_long = [tag for tag in tags if len(tag) > 100]
        if too_long:
            raise Refusal(_("A tag has more than 100 characters: %(tag)s…") % {"tag": too_long[0][:40]})
        return tags

    def assign(self, page: Any, value: Any) -> None:
        getattr(page, self.name).set(value)


class PageReference(Codec):
    """Another page, by its persistent identifier."""

    def encode(self, page: Any, writing: Writing) -> Any:
        pk = getattr(page, self.field.attname)
        return writing.name_of(pk) if pk else None

    def decode(self, value: Any, reading: Reading, page: Any, seed: str) -> Any:
        name = checked_text(value).strip()
        return reading.page(name) if name else None


class PageReferences(Codec):
    """Other pages, by their persistent identifiers."""

    def encode(self, page: Any, writing: Writing) -> Any:
        names = (writing.name_of(other.pk) for other in getattr(page, self.name).all())
        return sorted(name for name in names if name)

    def decode(self, value: Any, reading: Reading, page: Any, seed: str) -> Any:
        return [reading.page(name) for name in as_list(value)]


class WorkingGroups(Codec):
    """The working groups that an item is for, by address; nothing where it is for another audience."""

    def encode(self, page: Any, writing: Writing) -> Any:
        groups = page.groups.all() if page.audience == Audience.GROUP else ()
        return sorted(group.slug for group in groups)

    def decode(self, value: Any, reading: Reading, page: Any, seed: str) -> Any:
        wanted = {name.casefold() for name in as_list(value)}
        found = {group.slug: group for group in WorkingGroup.objects.filter(slug__in=wanted)}
        unknown = wanted - found.keys()
        if unknown:
            message = _(
                "There is no working group “%(name)s” here. Found it first, or choose another audience."
            )
            raise Refusal(message % {"name": min(unknown)})
        return list(found.values())


def parse_boolean(value: Any) -> bool:
    """Return yes or no as people write it, or refuse it."""
    found = _YES_OR_NO.get(fold(value))
    if found is None:
        raise Refusal(_("Write true or false."))
    return found


def parse_day(text: str) -> datetime.date:
    """Return the day, or refuse with the way to write it."""
    try:
        day = parse_date(text.removesuffix("T00:00:00").removesuffix(" 00:00:00"))
    except ValueError:
        day = None
    if day is None:
        raise Refusal(_("“%(value)s” is not a date. Write it as 2026-01-31.") % {"value": text[:40]})
    return day
