"""The editor's form of an item."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.models import Page

from core.attachments.links import Shown, shown_by
from core.models import File, Picture
from members.editor import sight
from members.models import WorkingGroup
from members.reach import describe_audience, describe_groups

_LINK = re.compile(r"/documents/(\d{1,18})/")


class ItemForm(WagtailAdminPageForm):
    """Says who will be able to read the item; offers the working groups of the editor and those already named.

    Files, pictures and pages are chosen by number: what the editor may not have is refused like one that
    is not there, or publishing it would open it to everybody.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self._begin_as_the_municipality_does()
        self._held = _named_by(self.instance) if self.instance.pk else set()
        parent = self.parent_page.specific if self.parent_page else self.instance.owner_municipality
        describe_audience(self, "audience", *self.instance.restricted_fields.values(), municipality=parent)
        if "groups" in self.fields:
            describe_groups(self, "groups", self._groups())

    def _groups(self) -> Any:
        if self.for_user.is_superuser:
            return WorkingGroup.objects.all()
        named = WorkingGroup.objects.filter(pk__in=self.instance.group_ids)
        own = WorkingGroup.objects.running().filter(pk__in=self.for_user.group_ids())
        return own | named

    def _begin_as_the_municipality_does(self) -> None:
        """A new item begins with its municipality's usual licence and audience."""
        parent = getattr(self.parent_page, "specific", None)
        for name in ("licence", "audience"):
            usual = getattr(parent, f"default_{name}", None)
            if usual and name in self.fields:
                self.initial[name] = usual

    def _post_clean(self) -> None:
        super()._post_clean()
        user = self.for_user
        if user is None or user.is_superuser:
            return
        new = _named_by(self.instance) - self._held
        if not all(_may_name(user, model, pk) for model, pk in new):
            problem = _(
                "A file, picture or page that you chose does not exist (any more). Choose another one."
            )
            self.add_error(None, ValidationError(problem, code="not_there"))


def _named_by(item: Any) -> set[Shown]:
    """The files, pictures and pages that an item names in its fields, streams and Markdown."""
    named = shown_by(item)
    texts = item.markdown_sources().values()
    named |= {(File, int(pk)) for text in texts for pk in _LINK.findall(text)}
    for field in item._meta.fields:
        if field.is_relation and field.related_model is Page and field.editable and not field.auto_created:
            pk = field.value_from_object(item)
            named |= {(Page, pk)} if pk else set()
    return named


def _may_name(user: Any, model: type[models.Model], pk: int) -> bool:
    if model is Page:
        return bool(sight.pages(user).filter(pk=pk).exists())
    thing = model._default_manager.filter(pk=pk).first()
    return isinstance(thing, File | Picture) and sight.may_use(user, thing)


class ThingForm(WagtailAdminModelForm):
    """The editor's form of a question or an adoption: says who will be able to read it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = getattr(self.for_user, "municipality", None)
        town = getattr(self.instance, "municipality", None) if self.instance.pk else own
        describe_audience(self, "audience", municipality=town)
