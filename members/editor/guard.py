"""One lock before every address of the Wagtail admin that names a page: what an editor may not meet is not found.

Wagtail asks in most of its views, and answers in some with the title of what it keeps back. This asks in all.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page
from wagtail.permissions import policy_registry

from core.models import File, Picture
from members.editor import sight

# How Wagtail's addresses call a page.
_NAMES = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk")
_BY_PK = (
    "wagtailadmin_pages:revisions_compare",
    "wagtailadmin_api:pages:detail",
    "wagtailadmin_api:pages:action",
)
# Titles, files and names of the whole site, which no setting of Wagtail's narrows; the editor itself needs none of
# them. What waits for one's review is on the editor's first page.
_ADMINISTRATORS_ONLY = (
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_api:documents:",
    "wagtailadmin_api:images:",
)
# Addresses of files and pictures, and how they call one.
_FILES = (
    (("document_id", "doc_id", "pk"), ("wagtaildocs:", "wagtaildocs_chooser:"), File),
    (("image_id", "pk"), ("wagtailimages:", "wagtailimages_chooser:"), Picture),
)
_IN_QUERY = ("wagtailadmin_choose_page_chosen_multiple",)
# Root, home, the list of municipalities, municipalities; what they publish lies below.
_MUNICIPALITY_DEPTH = 4
_BULK = "wagtail_bulk_action"

GetResponse = Callable[[HttpRequest], HttpResponse]


class EditorGuardMiddleware:
    """Asks before the view runs, by the names in its address."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Raise Http404 for what this editor may not meet."""
        if not request.path.startswith("/admin/"):
            return
        user = request.user
        if not user.is_authenticated or user.is_superuser or not user.has_perm("wagtailadmin.access_admin"):
            return
        name = request.resolver_match.view_name
        if name.startswith(_ADMINISTRATORS_ONLY):
            raise Http404
        _require_pages(user, _named(request, name, kwargs))
        _require_files(user, name, kwargs)
        _require_items(_changed(name, kwargs))
        if name == _BULK:
            _require_bulk(request, kwargs)


def _named(request: Any, name: str, kwargs: dict[str, Any]) -> Iterable[Any]:
    yield from (kwargs[key] for key in _NAMES if kwargs.get(key) is not None)
    if name in _BY_PK:
        yield kwargs["pk"]
    if name in _IN_QUERY:
        yield from request.GET.getlist("id")
    if name.startswith("wagtailadmin_choose_page"):
        yield from (pk for pk in request.GET.getlist("target_pages[]") if pk)
    if (
        kwargs.get("app_label") == "wagtailcore"
        and kwargs.get("model_name") == "page"
        and "object_id" in kwargs
    ):
        yield kwargs["object_id"]


def _changed(name: str, kwargs: dict[str, Any]) -> Iterable[Any]:
    """The page that a view changes or shows the history of; one merely added to is no such page."""
    if name.startswith("wagtailadmin_pages:"):
        yield from (kwargs[key] for key in ("page_id", "page_to_move_id", "pk") if key in kwargs)
    if name == "wagtailadmin_api:pages:action":
        yield kwargs["pk"]


def _require_items(changed: Iterable[Any]) -> None:
    """The home page, the list of municipalities and each municipality are for administrators."""
    wanted = {_number(pk) for pk in changed}
    if wanted and Page.objects.filter(pk__in=wanted).exclude(depth__gt=_MUNICIPALITY_DEPTH).exists():
        raise Http404


def _require_pages(user: Any, named: Iterable[Any]) -> None:
    wanted = {_number(pk) for pk in named}
    # The root of the tree is where choosers begin; it shows nothing of its own.
    wanted -= {Page.get_first_root_node().pk} if wanted else set()
    if wanted and sight.pages(user).filter(pk__in=wanted).count() != len(wanted):
        raise Http404


def _number(text: Any) -> int:
    if not str(text).isdecimal() or len(str(text)) > 18:
        raise Http404
    return int(text)


def _require_files(user: Any, name: str, kwargs: dict[str, Any]) -> None:
    """A file or picture of another municipality is answered like one that never was, not with “no permission”."""
    for keys, spaces, model in _FILES:
        if not name.startswith(spaces):
            continue
        wanted = {_number(kwargs[key]) for key in keys if kwargs.get(key) is not None}
        policy = policy_registry.get_by_type(model)
        mine = policy.instances_user_has_any_permission_for(user, {"choose", "change", "delete"})
        if wanted and mine.filter(pk__in=wanted).count() != len(wanted):
            raise Http404


def _require_bulk(request: Any, kwargs: dict[str, Any]) -> None:
    """Wagtail lists the titles of what it will not touch: name nothing that is not yours to see."""
    chosen = {_number(pk) for pk in request.GET.getlist("id")}
    model = {"picture": Picture, "file": File}.get(kwargs["model_name"])
    if kwargs["model_name"] == "page":
        _require_pages(request.user, chosen)
        _require_items(chosen)
    elif model:
        policy = policy_registry.get_by_type(model)
        mine = policy.instances_user_has_any_permission_for(request.user, {"choose", "change"})
        if mine.filter(pk__in=chosen).count() != len(chosen):
            raise Http404
