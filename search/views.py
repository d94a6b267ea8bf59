"""The search page and the library's list: the same page, with or without words."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import slots
from core.addresses import in_language
from members.audience import Reader
from search import compare as comparison
from search import forms, nearby, peers, picks, places, service, tray, wanted
from search import similar as alike
from search.addresses import parse
from search.documents import key_of
from search.schema import LIKE_MINE
from search.values import ResultPage, SearchRequest


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What the reader finds."""
    return _respond(request, _("Search"))


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """Everything there is, newest first."""
    return _respond(request, _("Library"))


def _respond(request: Any, heading: str) -> HttpResponse:
    has_peers = bool(peers.groups(request.reader))
    asked = _asked(request, has_peers)
    picked = comparison.titles(asked.picked, request.reader)
    asked = replace(asked, picked=tuple(item.key for item in picked))
    found = service.search(asked, request.reader)
    wanted.note(found)
    # htmx replaces the results region only; the rest of the page stays as it is. Going back needs all of it.
    htmx: Any = getattr(request, "htmx", None)
    partial = bool(htmx) and not htmx.history_restore_request
    template = "search/results_region.html" if partial else "search/results.html"
    context = _context(request.path, heading, found, request.reader, has_peers=has_peers) | {
        "tray": tray.tray(picked, asked, request.path),
        "sections": slots.fill("search", request, found),
    }
    response = render(request, template, context)
    if partial:
        # The form sends its empty fields too; the address need not have them.
        response["HX-Push-Url"] = forms.address(request.path, found.request)
    patch_vary_headers(response, ["HX-Request"])
    if found.limited:
        # Not to be kept for others: the full search may be back in a moment.
        patch_cache_control(response, no_store=True)
    response["Server-Timing"] = f"engine;dur={found.engine_ms:.1f}, search;dur={found.took_ms:.1f}"
    return response


@require_safe
def compare(request: Any) -> HttpResponse:
    """The picked items side by side, the first four of them; whoever may not see one is not told of it."""
    asked = parse(request.GET, language=get_language() or "en")
    pages = comparison.items(asked.picked, request.reader)
    asked = replace(asked, picked=tuple(key_of(page.kind, page.pk) for page in pages))
    shown = pages[: picks.MOST]
    context = {
        "columns": tray.columns(shown, asked, request.path),
        "rows": comparison.rows(shown, request.reader),
        "too_many": len(pages) > picks.MOST,
        "most": picks.MOST,
        "search_url": forms.address(reverse("search:results" if asked.text else "search:browse"), asked),
    }
    response = render(request, "search/compare.html", context)
    return response


@require_safe
def similar(request: Any, kind: str, pk: int) -> HttpResponse:
    """Items like one that the reader may see; a part of that one's page, or a page of its own."""
    item = alike.visible_item(kind, pk, request.reader)
    if item is None:
        raise Http404
    language = get_language() or "en"
    url = in_language(item.url, language)
    found, is_full = alike.to(item, request.reader, language)
    context = {"item": item, "item_url": url, "similar": found}
    template = "search/similar_items.html" if getattr(request, "htmx", None) else "search/similar.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    if not is_full:
        patch_cache_control(response, no_store=True)
    return response


def _asked(request: HttpRequest, has_peers: bool) -> SearchRequest:
    asked = parse(request.GET, language=get_language() or "en")
    sort = asked.sort if has_peers or asked.sort != LIKE_MINE else "relevance"
    return replace(asked, like_mine=asked.like_mine and has_peers, sort=sort)


def _elsewhere(asked: SearchRequest, reader: Reader) -> dict[str, Any]:
    """Where to look on when nothing was found."""
    areas = nearby.areas(asked.text)
    return {"nearby": areas, "around": nearby.cases(areas, reader, asked.language)}


def _context(
    path: str, heading: str, found: ResultPage, reader: Reader, *, has_peers: bool
) -> dict[str, Any]:
    asked = found.request
    return {
        "heading": heading,
        "results": found,
        "chips": forms.chips(found.facets, asked, path),
        "quick_options": forms.quick_options(found.facets, asked, path, like_mine=has_peers),
        "view_options": forms.view_options(asked, path),
        "sort_options": forms.sort_options(asked, path, like_mine=has_peers),
        "kept": forms.kept(asked),
        "map": places.drawn(found, path) if asked.view == "map" and found.total else None,
        "form": forms.SearchForm(initial={"q": asked.text}),
        **({} if found.hits else _elsewhere(asked, reader)),
        "verbatim_url": forms.verbatim_url(found, path) if found.original else "",
        "suggestion_url": forms.suggestion_url(found, path) if found.suggestion else "",
        "clear_url": path,
        "feed_url": forms.feed_url(asked),
        "previous_url": forms.page_url(asked, path, found.page - 1) if found.has_previous else "",
        "next_url": forms.page_url(asked, path, found.page + 1) if found.has_next else "",
    }
