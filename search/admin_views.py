"""How the search indexes are doing, and what they do not take: for administrators."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from search import parked, registry, state
from search.models import ParkedItem

SHOWN = 200


class IndexStateView(WagtailAdminTemplateMixin, TemplateView):
    """Lag, trouble and the last comparison of every index; items that can't be indexed, with “try again”."""

    template_name = "search/admin/state.html"
    page_title = gettext_lazy("Search indexes")
    header_icon = "search"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": reverse_lazy("search_state"), "label": self.page_title}
        return [*self.breadcrumbs_items, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = ParkedItem.objects.all()
        shown = [_described(row) for row in rows[:SHOWN]]
        return super().get_context_data(states=state.states(), parked=shown, total=rows.count(), **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Try one item again, or all."""
        rows = ParkedItem.objects.all()
        one = request.POST.get("item", "")
        count = parked.try_again(rows.filter(pk=one) if one.isdigit() else rows)
        told = ngettext("%(count)s item will be tried again.", "%(count)s items will be tried again.", count)
        messages.success(request, told % {"count": count})
        return HttpResponseRedirect(reverse("search_state"))


def _described(row: ParkedItem) -> dict[str, Any]:
    """A row with what people call the item, and where they edit it."""
    kind = registry.kinds().get(row.kind)
    item = kind.model.objects.filter(pk=row.item_id).first() if kind else None
    label = str(kind.label) if kind else row.kind
    return {"row": row, "label": label, "item": item or _("deleted"), "edit_url": _edit_url(item)}


def _edit_url(item: Any) -> str:
    # Pages have an editor at this address; questions are edited elsewhere.
    return reverse("wagtailadmin_pages:edit", args=[item.pk]) if hasattr(item, "page_ptr_id") else ""
