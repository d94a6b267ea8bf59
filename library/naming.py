"""What an item names by number, and who may name it: publishing an item opens what it shows to its readers."""

import re
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.attachments.links import Shown, shown_by
from core.models import File, Picture
from members.editor import sight

_LINK = re.compile(r"/documents/(\d{1,18})/")
NOT_THERE = _("A file, picture or page that you chose does not exist (any more). Choose another one.")


def named_by(item: Any) -> set[Shown]:
    """The files, pictures and pages that an item names in its fields, streams and Markdown."""
    named = shown_by(item)
    texts = item.markdown_sources().values()
    named |= {(File, int(pk)) for text in texts for pk in _LINK.findall(text)}
    for field in item._meta.fields:
        if field.is_relation and field.related_model is Page and field.editable and not field.auto_created:
            pk = field.value_from_object(item)
            named |= {(Page, pk)} if pk else set()
    return named


def may_name(user: Any, model: type[models.Model], pk: int) -> bool:
    if model is Page:
        return bool(sight.pages(user).filter(pk=pk).exists())
    thing = model._default_manager.filter(pk=pk).first()
    return isinstance(thing, File | Picture) and sight.may_use(user, thing)


def may_name_all(user: Any, named: set[Shown]) -> bool:
    """Whether somebody may name all of these; to an administrator everything is open."""
    return user.is_superuser or all(may_name(user, model, pk) for model, pk in named)
