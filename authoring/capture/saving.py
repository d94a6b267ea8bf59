"""Answers to a card that is saved: by its button with a whole page, by itself with the few parts that changed."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from authoring import drafts
from authoring.capture import actions, page_of
from authoring.cards.base import Card
from casestudies.models import CaseStudyPage
from members.audit.wording import name_of
from members.refusal import Refused


def save(request: Any, page: CaseStudyPage, card: type[Card]) -> HttpResponse:
    """Save, or say why not, with all that was typed."""
    if request.POST.get("settle") == "theirs":
        return redirect(_place(page, card))
    data = _both(request.POST, page, card) if request.POST.get("settle") == "both" else request.POST
    form = card(data, item=drafts.current(page))
    if not form.is_valid():
        return _not_saved(request, page, form, form.problems())
    base = request.POST.get("base", "")
    try:
        draft = actions.save_card(by=request.user, page=page, card=card, data=data, base=base)
    except actions.Collision as collision:
        return _collided(request, page, form, collision)
    except Refused as refused:
        return _not_saved(request, page, form, [{"message": str(refused), "href": ""}])
    return _saved(request, page, draft, card)


def _place(page: CaseStudyPage, card: type[Card]) -> str:
    return f"{reverse('authoring:edit', args=[page.pk])}#card-{card.name}"


def _both(data: Any, page: CaseStudyPage, card: type[Card]) -> Any:
    """Where two texts collided: theirs, then mine."""
    joined, stored = data.copy(), card.read(drafts.current(page))
    for name in set(card.model_fields) & set(CaseStudyPage.markdown_fields):
        theirs, mine = str(stored[name] or ""), joined.get(f"{card.name}-{name}", "")
        if theirs.strip() != mine.strip():
            joined[f"{card.name}-{name}"] = "\n\n".join(
                text.strip() for text in (theirs, mine) if text.strip()
            )
    return joined


def _saved(request: Any, page: CaseStudyPage, draft: Any, card: type[Card]) -> HttpResponse:
    if not request.htmx:
        messages.success(request, _("Saved: %(card)s") % {"card": card.heading})
        return redirect(_place(page, card))
    at = time_format(timezone.localtime(), "TIME_FORMAT")
    context = {"card": card, "base": card.base(draft), "reading": draft.completeness, "at": at}
    response = render(request, "authoring/capture/saved.html", context)
    return _telling(response, "card-saved", at)


def _not_saved(request: Any, page: CaseStudyPage, form: Card, problems: list[dict[str, str]]) -> HttpResponse:
    if not request.htmx:
        return page_of.cards(request, page, sent=form, problems=problems, status=422)
    context = {"problems": problems, "card": form}
    return _telling(render(request, "authoring/capture/problems.html", context), "card-refused", "")


def _collided(request: Any, page: CaseStudyPage, form: Card, collision: actions.Collision) -> HttpResponse:
    context = {
        "page": page, "card": form, "theirs": collision.theirs, "by": name_of(collision.by), "when": collision.when,
        "base": collision.base, "pairs": page_of.pairs(form, collision.theirs),
        "own": collision.by is not None and collision.by.pk == request.user.pk,
    }  # fmt: skip
    if not request.htmx:
        return render(request, "authoring/capture/collision_page.html", context, status=409)
    response = render(request, "authoring/capture/collision.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = f"#card-{form.name}", "outerHTML"
    return _telling(response, "card-collided", "")


def _telling(response: HttpResponse, event: str, at: str) -> HttpResponse:
    response["HX-Trigger"] = json.dumps({event: {"at": at}})
    return response
