"""The search page and the library's list: the same page, with or without words."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search import forms, nearby, peers, places, service, wanted
from search.addresses import parse
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
    found = service.search(_asked(request, has_peers), request.reader)
    wanted.note(found)
    # htmx replaces the results region only; the rest of the page stays as it is.
    partial = bool(getattr(request, "htmx", False))
    template = "search/results_region.html" if partial else "search/results.html"
    response = render(request, template, _context(request.path, heading, found, has_peers))
    if partial:
        # The form sends its empty fields too; the address need not have them.
        response["HX-Push-Url"] = forms.address(request.path, found.request)
    patch_vary_headers(response, ["HX-Request"])
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    if found.limited:
        # Not to be kept for others: the full search may be back in a moment.
        patch_cache_control(response, no_store=True)
    response["Server-Timing"] = f"engine;dur={found.engine_ms:.1f}, search;dur={found.took_ms:.1f}"
    return response


def _asked(request: HttpRequest, has_peers: bool) -> SearchRequest:
    asked = parse(request.GET, language=get_language() or "en")
    return replace(asked, like_mine=asked.like_mine and has_peers)


def _context(path: str, heading: str, found: ResultPage, has_peers: bool) -> dict[str, Any]:
    asked = found.request
    return {
        "heading": heading,
        "results": found,
        "chips": forms.chips(found.facets, asked, path),
        "quick_options": forms.quick_options(found.facets, asked, path, like_mine=has_peers),
        "view_options": forms.view_options(asked, path),
        "sort_options": forms.sort_options(asked, path),
        "kept": forms.kept(asked),
        "map": places.drawn(found, path) if asked.view == "map" and found.total else None,
        "form": forms.SearchForm(initial={"q": asked.text}),
        "nearby": [] if found.hits else nearby.areas(asked.text),
        "verbatim_url": forms.verbatim_url(found, path) if found.original else "",
        "suggestion_url": forms.suggestion_url(found, path) if found.suggestion else "",
        "clear_url": path,
        "previous_url": forms.page_url(asked, path, found.page - 1) if found.has_previous else "",
        "next_url": forms.page_url(asked, path, found.page + 1) if found.has_next else "",
    }
