"""The pages on which items are written. To whoever may not write on one, it does not exist."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from authoring import access, drafts, showing
from authoring.capture import actions, page_of, saving
from authoring.capture.forms import DocumentForm, StartForm
from authoring.cards import known
from authoring.clearance import actions as clearance
from authoring.doors import signed_in
from authoring.intake import actions as intake
from authoring.intake import places
from authoring.review import actions as review
from casestudies.models import CaseStudyPage
from core.forms import number
from core.slots import Section
from library.models import LibraryPage
from members.refusal import Refused


def _case(request: Any, pk: int) -> CaseStudyPage:
    page = access.item_or_404(request.user, pk)
    if not isinstance(page, CaseStudyPage):
        raise Http404
    return page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Any) -> HttpResponse:
    """Five answers make a stub; drafts that wait; a document to begin from."""
    sent = request.method == "POST"
    form = StartForm(request.POST if sent else None, user=request.user)
    if sent and form.is_valid():
        try:
            return _begin(request, form)
        except Refused as refused:
            form.add_error(None, str(refused))
    return page_of.start(request, form=form, sent=form if sent else None)


def _begin(request: Any, form: StartForm) -> HttpResponse:
    said = form.cleaned_data
    values = {name: said[name] for name in ("title", "summary", "stage", "audience")}
    values |= {"language": get_language(), "areas": {said["area"], said["second_area"]} - {None}}
    page = actions.begin(
        by=request.user, town=said["town"], key=said["key"], values=values, author=_author(said)
    )
    return _after_beginning(request, page, request.POST.get("action", ""))


def _author(said: dict[str, Any]) -> actions.Author | None:
    name, email = said.get("author_name"), said.get("author_email")
    return actions.Author(name, email) if name and email else None


def _after_beginning(request: Any, page: LibraryPage, action: str) -> HttpResponse:
    if action in ("publish", "submit"):
        return _act(request, page, action)
    messages.success(
        request, _("Your draft is kept. Add what your peers find useful, or publish it as it is.")
    )
    return redirect("authoring:edit", page.pk)


@login_required
@require_POST
def from_document(request: Any) -> HttpResponse:
    """Begin from a document or pasted text."""
    form = DocumentForm(request.POST, request.FILES, user=request.user)
    if form.is_valid():
        said = form.cleaned_data
        try:
            page, report = intake.take(
                by=request.user, town=said["town"], key=said["key"], file=said.get("file"),
                text=said.get("text") or "", language=get_language() or "en", author=_author(said),
            )  # fmt: skip
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, report.sentence())
            return redirect("authoring:edit", page.pk)
    return page_of.start(request, document_form=form, sent=form)


@login_required
@require_safe
def edit(request: Any, pk: int) -> HttpResponse:
    """The draft as cards."""
    return page_of.cards(request, _case(request, pk))


@signed_in
@require_POST
def card(request: Any, pk: int, name: str) -> HttpResponse:
    """Save one card, by its button or by itself."""
    page, chosen = _case(request, pk), known.named(name)
    if chosen is None:
        raise Http404
    return saving.save(request, page, chosen)


@login_required
@require_safe
def preview(request: Any, pk: int) -> HttpResponse:
    """The draft as it will look."""
    page = access.item_or_404(request.user, pk)
    page.note_private_view(request)
    writes_here = isinstance(page, CaseStudyPage)
    bar = Section("authoring/preview_bar.html", {"item": page, "writes_here": writes_here})
    return showing.render(request, drafts.current(page), bar)


@login_required
@require_POST
def act(request: Any, pk: int) -> HttpResponse:
    """One button, one action; what is refused says why."""
    return _act(request, access.item_or_404(request.user, pk), request.POST.get("action", ""))


def _act(request: Any, page: LibraryPage, action: str) -> HttpResponse:
    chosen = _ACTS.get(action)
    if chosen is None:
        raise Http404
    try:
        return chosen(request, page)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(_back(page))


def _back(page: LibraryPage) -> str:
    name = "authoring:edit" if isinstance(page, CaseStudyPage) else "authoring:review"
    return reverse(name, args=[page.pk])


def _publish(request: Any, page: LibraryPage) -> HttpResponse:
    note, minor = request.POST.get("note", ""), request.POST.get("minor") == "1"
    published = actions.publish(by=request.user, page=page, note=note, minor=minor)
    return showing.published(request, published, _("Published. Thank you: your peers can find it now."))


def _submit(request: Any, page: LibraryPage) -> HttpResponse:
    review.submit(by=request.user, page=page)
    messages.success(request, _("Sent for review. The publishers of your municipality hear of it."))
    return redirect("authoring:review", page.pk)


def _take_back(request: Any, page: LibraryPage) -> HttpResponse:
    review.take_back(by=request.user, page=page)
    messages.success(request, _("Taken back: it is a draft again."))
    return redirect(_back(page))


def _place(request: Any, page: LibraryPage) -> HttpResponse:
    part, field = number(request.POST.get("part")), request.POST.get("field", "")
    places.place(by=request.user, page=page, part=part, field=field)
    return redirect(f"{_back(page)}#left-over")


def _describe(request: Any, page: LibraryPage) -> HttpResponse:
    picture, words = number(request.POST.get("picture")), request.POST.get("words", "")
    places.describe(by=request.user, page=page, picture=picture, words=words)
    return redirect(f"{_back(page)}#pictures")


def _confirm(request: Any, page: LibraryPage) -> HttpResponse:
    clearance.confirm_here(by=request.user, page=page)
    messages.success(request, _("Confirmed. The publishers of the municipality decide on publishing it."))
    return redirect(_back(page))


def _ask_author(request: Any, page: LibraryPage) -> HttpResponse:
    clearance.ask_author(by=request.user, page=page)
    messages.success(request, _("The link is on its way to the author."))
    return redirect(_back(page))


_ACTS: dict[str, Callable[[Any, LibraryPage], HttpResponse]] = {
    "publish": _publish,
    "submit": _submit,
    "take-back": _take_back,
    "place": _place,
    "describe": _describe,
    "confirm": _confirm,
    "ask-author": _ask_author,
}
