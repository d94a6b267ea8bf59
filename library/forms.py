"""The editor's form of an item."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from members.models import WorkingGroup
from members.reach import describe_audience, describe_groups


class ItemForm(WagtailAdminPageForm):
    """Says who will be able to read the item; offers the working groups of the editor and those already named."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.parent_page.specific if self.parent_page else self.instance.owner_municipality
        for name in ("audience", *self.instance.restricted_fields.values()):
            describe_audience(self, name, parent)
        if "groups" in self.fields:
            describe_groups(self, "groups", self._groups())

    def _groups(self) -> Any:
        if self.for_user.is_superuser:
            return WorkingGroup.objects.all()
        named = WorkingGroup.objects.filter(pk__in=self.instance.group_ids)
        own = WorkingGroup.objects.running().filter(pk__in=self.for_user.group_ids())
        return own | named


class ThingForm(WagtailAdminModelForm):
    """The editor's form of a question or an adoption: says who will be able to read it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = getattr(self.for_user, "municipality", None)
        describe_audience(
            self, "audience", getattr(self.instance, "municipality", None) if self.instance.pk else own
        )
