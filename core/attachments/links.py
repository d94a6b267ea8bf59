"""Which files and pictures a page's published text shows."""

import re
from collections.abc import Iterator
from typing import Any

from django.db import models, transaction
from wagtail.models import Page

from core.attachments.models import Attachment
from core.files import File, Picture

_IN_MARKDOWN = re.compile(r'href="/documents/(\d{1,18})/')

Shown = tuple[type[models.Model], int]


def shown_by(page: Any) -> set[Shown]:
    """The files and pictures in a page's fields, streams and Markdown, as (model, primary key)."""
    found = {shown for field in page._meta.get_fields() for shown in _in_field(field, page)}
    return {(model, pk) for model, pk in found if model in (File, Picture)}


def _in_field(field: Any, page: Any) -> Iterator[Shown]:
    if hasattr(field, "extract_references"):
        for model, pk, *_ in field.extract_references(field.value_from_object(page)):
            yield model, int(pk)
    elif field.concrete and field.is_relation and field.many_to_one:
        pk = field.value_from_object(page)
        if pk is not None:
            yield field.related_model, int(pk)
    elif field.name == "rendered":
        restricted = getattr(page, "restricted_fields", {})
        texts = (html for name, html in page.rendered.items() if name not in restricted)
        yield from ((File, int(pk)) for html in texts for pk in _IN_MARKDOWN.findall(html))


def note(page: Page) -> None:
    """Remember what the page shows, in the transaction that saves it."""
    shown = shown_by(page)
    files = _existing(File, shown)
    pictures = _existing(Picture, shown)
    rows = [Attachment(page_id=page.pk, file_id=pk) for pk in files]
    rows += [Attachment(page_id=page.pk, picture_id=pk) for pk in pictures]
    held = Attachment.objects.filter(page_id=page.pk)
    if not rows and not held.exists():
        return
    with transaction.atomic():
        held.exclude(file_id__in=files, picture=None).exclude(picture_id__in=pictures, file=None).delete()
        Attachment.objects.bulk_create(rows, ignore_conflicts=True)


def _existing(model: type[models.Model], shown: set[Shown]) -> list[int]:
    """Those that are still there: a stream may name a file that somebody has deleted."""
    wanted = [pk for kind, pk in shown if kind is model]
    return list(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else []


def may_hold_any(page: Any, update_fields: Any) -> bool:
    """Whether a save that wrote only these fields can have changed what the page shows."""
    if update_fields is None:
        return True
    holders = {field.name for field in page._meta.get_fields() if hasattr(field, "extract_references")}
    pointers = {f.name for f in page._meta.fields if f.is_relation and f.related_model in (File, Picture)}
    return not (holders | pointers | {"rendered"}).isdisjoint(update_fields)
