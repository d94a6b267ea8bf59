"""The editor's form of an item."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from library import changes, naming
from members.models import WorkingGroup
from members.reach import describe_audience, describe_groups


class ItemForm(WagtailAdminPageForm):
    """Says who will be able to read the item; offers the working groups of the editor and those already named.

    Files, pictures and pages are chosen by number: what the editor may not have is refused like one that
    is not there, or publishing it would open it to everybody.
    """

    change_note = forms.CharField(
        label=_("What changed, and why"), required=False, max_length=changes.MOST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Readers see it with the edition."),
    )  # fmt: skip
    change_minor = forms.BooleanField(label=_("Minor change: tell nobody"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self._begin_as_the_municipality_does()
        said = changes.waiting(self.instance)
        self.initial |= {"change_note": said.note, "change_minor": said.minor}
        self._held = naming.named_by(self.instance) if self.instance.pk else set()
        parent = self.parent_page.specific if self.parent_page else self.instance.owner_municipality
        describe_audience(self, "audience", *self.instance.restricted_fields.values(), municipality=parent)
        if "groups" in self.fields:
            describe_groups(self, "groups", self._groups())

    def save(self, commit: bool = True) -> Any:
        said = self.cleaned_data
        changes.say(self.instance, note=said.get("change_note") or "", minor=bool(said.get("change_minor")))
        return super().save(commit=commit)

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
        if user is None:
            return
        if not naming.may_name_all(user, naming.named_by(self.instance) - self._held):
            self.add_error(None, ValidationError(naming.NOT_THERE, code="not_there"))


class ThingForm(WagtailAdminModelForm):
    """The editor's form of a question or an adoption: says who will be able to read it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = getattr(self.for_user, "municipality", None)
        town = getattr(self.instance, "municipality", None) if self.instance.pk else own
        describe_audience(self, "audience", municipality=town)
