"""Suggestions as JSON, for the search boxes' script."""

import time
from dataclasses import asdict
from typing import Any

from django.http import JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.suggest import suggest
from search.text import normalise
from search.values import Suggestions

# Longer texts are not being typed.
MAX_LENGTH = 100


@require_safe
def suggestions(request: Any) -> JsonResponse:
    """What may be meant by `q`, grouped by kind. The same bytes for everybody who is not signed in."""
    started = time.perf_counter()
    text = normalise((request.GET.get("q") or "")[:MAX_LENGTH])
    found = suggest(text, get_language() or "en", request.reader)
    response = JsonResponse({"groups": [asdict(group) for group in found.groups], "status": _status(found)})
    if found.unanswered:
        # Nobody keeps "nothing" that is only trouble of ours.
        patch_cache_control(response, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    response["Server-Timing"] = f"suggest;dur={(time.perf_counter() - started) * 1000:.1f}"
    return response


def _status(found: Suggestions) -> str:
    """What a screen reader says of them."""
    if not found.count:
        return _("No suggestions.")
    number = {"number": found.count}
    return (
        ngettext(
            "%(number)s suggestion. Use the up and down arrows.",
            "%(number)s suggestions. Use the up and down arrows.",
            found.count,
        )
        % number
    )
