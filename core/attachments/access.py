"""Who may have a file or picture: who may read a page that shows it, or may edit the thing itself."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page
from wagtail.permissions import policy_registry

from core.files import File, Picture
from core.pages import BasePage

# A logo may stand on hundreds of pages; whoever may not read the first fifty is told no.
MAX_PAGES = 50


def may_have(request: HttpRequest, thing: File | Picture) -> bool:
    """Whether whoever asks may have this file or picture now."""
    return _edits(request.user, thing) or any(_may_read(request, page) for page in _pages(thing))


def readable(thing: File | Picture, reader: Any) -> bool:
    """Whether this reader may read a page that shows the file or picture."""
    pages = (page for page in _pages(thing) if isinstance(page, BasePage))
    return any(page.is_visible_to(reader) and not page.get_view_restrictions().exists() for page in pages)


def _pages(thing: File | Picture) -> Any:
    attached = {"attachments__file" if isinstance(thing, File) else "attachments__picture": thing}
    return Page.objects.live().filter(**attached).order_by("pk").specific()[:MAX_PAGES]


def _may_read(request: HttpRequest, page: Page) -> bool:
    if not isinstance(page, BasePage) or not page.is_visible_to(getattr(request, "reader", None)):
        return False
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())


def _edits(user: Any, thing: File | Picture) -> bool:
    if not user.is_authenticated or not user.is_active:
        return False
    policy = policy_registry.get_by_type(type(thing))
    return bool(policy.user_has_permission_for_instance(user, "change", thing))
