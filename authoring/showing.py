"""A draft as it will look: the item's own page, private, with a bar above it that says what it is. And the way to it."""

import base64
import re
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.attachments.links import shown_by
from core.models import Picture, Rendition
from core.slots import Section
from library.models import LibraryPage

_PICTURE = re.compile(r"/media/(images/[\w./-]+)")
MOST_PICTURE_BYTES = 8 * 1024 * 1024


def render(request: Any, draft: LibraryPage, bar: Section, *, carry_pictures: bool = False) -> HttpResponse:
    """The draft's page. `carry_pictures` is for readers without an account, who may not fetch its pictures: they are
    put into the page, and what has readers of its own, such as the candid note, is left out, whoever is signed in.
    """
    if carry_pictures:
        for name in draft.restricted_fields:
            setattr(draft, name, "")
    draft.render_markdown()
    context = draft.get_context(request)
    # What others said of the published page is not part of the draft.
    context |= {"sections": [], "draft_bar": bar}
    html = render_to_string(draft.get_template(request), context, request)
    response = HttpResponse(_with_pictures(html, draft) if carry_pictures else html)
    return private(response)


def private(response: HttpResponse) -> HttpResponse:
    """Kept by no cache and found by no crawler."""
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def published(request: Any, page: LibraryPage, said: str) -> HttpResponse:
    """Lead to the page that somebody has published; where it waits for its day, say so and stay with the draft."""
    waiting = page.scheduled_revision
    if waiting is None:
        messages.success(request, said)
        return redirect(page.get_url(request))
    day = date_format(timezone.localtime(waiting.approved_go_live_at), "DATETIME_FORMAT")
    messages.success(request, _("It goes live on %(day)s; nobody is told before.") % {"day": day})
    return redirect("authoring:review", page.pk)


def _with_pictures(html: str, draft: LibraryPage) -> str:
    """Only the pictures that the draft itself holds; an address written into its text opens nothing."""
    held = {pk for model, pk in shown_by(draft) if model is Picture}
    left = [MOST_PICTURE_BYTES]
    return _PICTURE.sub(lambda match: _carried(match[0], match[1], held, left), html)


def _carried(address: str, path: str, held: set[int], left: list[int]) -> str:
    found = Rendition.objects.filter(file=path, image_id__in=held).first()
    if found is None or not default_storage.exists(path) or default_storage.size(path) > left[0]:
        return address
    with default_storage.open(path) as file:
        data = file.read()
    left[0] -= len(data)
    kind = {"jpg": "jpeg", "svg": "png"}.get(path.rpartition(".")[2], path.rpartition(".")[2])
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
