"""What an editor may meet in the Wagtail admin. One definition; hooks, the guard and forms ask it."""

from typing import Any

from django.db.models import Q
from wagtail.models import Page, get_page_models
from wagtail.permissions import policy_registry

from core.attachments.access import readable
from core.models import File, Picture
from core.pages import BasePage
from members.audience import reader_for


def pages(user: Any) -> Any:
    """The pages an editor may meet: those they work on, and live ones that they may read as anybody like them."""
    if user.is_superuser:
        return Page.objects.all()
    own = policy_registry.get_by_type(Page).explorable_instances(user)
    allowed = Q(pk__in=own.order_by().values("pk"))
    reader = reader_for(user)
    for model in get_page_models():
        if issubclass(model, BasePage):
            allowed |= Q(pk__in=_readable(model, reader).order_by().values("pk"))
    return Page.objects.filter(allowed)


def _readable(model: Any, reader: Any) -> Any:
    found = model.objects.live()
    return found.visible_to(reader) if hasattr(found, "visible_to") else found


def may_use(user: Any, thing: File | Picture) -> bool:
    """Whether an editor may show this file or picture on a page: it is their municipality's, or they can read it."""
    policy = policy_registry.get_by_type(type(thing))
    if policy.user_has_any_permission_for_instance(user, {"choose", "change"}, thing):
        return True
    return readable(thing, reader_for(user))
