"""The editor's form of an item."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from members.models import WorkingGroup


class ItemForm(WagtailAdminPageForm):
    """Offers the working groups that the editor belongs to, and those already named."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "groups" in self.fields and not self.for_user.is_superuser:
            named = WorkingGroup.objects.filter(pk__in=self.instance.group_ids)
            own = WorkingGroup.objects.running().filter(pk__in=self.for_user.group_ids())
            self.fields["groups"].queryset = own | named
