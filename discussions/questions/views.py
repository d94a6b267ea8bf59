"""Asking and answering."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from adoptions.states import source_of
from core import slots
from core.forms import number
from discussions.forms import AnswerForm, ChangeForm, ClaimForm, DeclineForm, QuestionForm
from discussions.models import Answer, Question
from discussions.moderation import hiding
from discussions.questions import answering, asking, being_asked, permissions
from discussions.questions.pages import question_page
from members.refusal import Refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Any) -> HttpResponse:
    """A member's question; `title` in the address carries over what was searched for, `about` the page they come from.

    What there is already is shown once before it is asked.
    """
    allowed = permissions.may_ask(request.user)
    sent = request.method == "POST"
    given = (request.POST if sent else request.GET).get("about")
    about = source_of(number(given), request.reader) if given else None
    town = request.user.municipality
    form = QuestionForm(request.POST, municipality=town) if sent else None
    known: list[slots.Section] = []
    if form and allowed and form.is_valid() and "preview" not in request.POST:
        known = [] if request.POST.get("looked") else _known(request, form)
        if not known and (asked := _ask(request, form, about)):
            return redirect(asked)
    context = {
        "form": form or QuestionForm.asking(request.GET.get("title", ""), town, about),
        "allowed": allowed,
        "about": about,
        "known": known,
        "preview": form.preview() if form and "preview" in request.POST else "",
        "problems": form.problems() if form else [],
    }
    is_wrong = bool(form and form.errors)
    return render(
        request, "discussions/ask.html", context, status=403 if not allowed else 422 if is_wrong else 200
    )


def _known(request: Any, form: QuestionForm) -> list[slots.Section]:
    """What may answer the question already, as the rooms above find it."""
    said = form.cleaned_data
    draft = SimpleNamespace(title=said["title"], body=said["body"], area=said["service_area"])
    return slots.fill("before asking", request, draft)


def _ask(request: Any, form: QuestionForm, about: Any) -> Question | None:
    said = dict(form.cleaned_data)
    if said.pop("about") and about is None:
        form.add_error(
            None,
            _("What it is about is not there (any more). Your text is still here: ask without it."),
        )
        form.data = {**form.data.dict(), "about": ""}  # type: ignore[attr-defined]
        return None
    try:
        question = asking.ask(**said, about=about, by=request.user)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    if hiding.among(Question.kind, [question.pk]):
        messages.info(request, _("Your first question is looked at before others see it. You will be told."))
        return question
    put_to = question.routes.count()
    told = ngettext(
        "We put it to %(count)d person who may know.", "We put it to %(count)d people who may know.", put_to
    )
    more = f" {told % {'count': put_to}}" if put_to else ""
    messages.success(request, _("Your question is here for your peers to answer.") + more)
    return question


def _question(request: Any, pk: int) -> Question:
    """What they may see, or their own that others don't see (yet)."""
    found = Question.objects.with_own(request.reader).filter(withdrawn=None)
    found = found.select_related("municipality__region", "service_area")
    return get_object_or_404(found, pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Any, pk: int) -> HttpResponse:
    """Change a question's words, service area or audience."""
    question = _question(request, pk)
    if not permissions.may_change(request.user, question):
        raise Http404
    town = question.municipality
    # A copy of its own, for validating writes into it.
    form = ChangeForm(request.POST or None, instance=Question.objects.get(pk=pk), municipality=town)
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        said = dict(form.cleaned_data)
        try:
            return redirect(asking.change(by=request.user, question=question, seen=said.pop("seen"), **said))
        except Refused as refused:
            form.add_error(None, str(refused))
    return _edit_page(request, form, question, question)


def _edit_page(request: Any, form: Any, thing: Any, question: Question) -> HttpResponse:
    sent = request.method == "POST"
    if sent and form.errors:
        # Whoever is told of a change and saves again means it.
        thing.refresh_from_db()
        form.data = {**form.data.dict(), "seen": asking.stamp(thing)}
    context = {
        "form": form,
        "question": question,
        "thing": thing,
        "preview": form.preview() if "preview" in request.POST else "",
        "problems": form.problems() if sent else [],
    }
    return render(request, "discussions/edit.html", context, status=422 if sent and form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Any, pk: int) -> HttpResponse:
    """Answer a question. Where it is not for the person (any more), what they typed is theirs."""
    question = Question.objects.visible_to(request.reader).filter(pk=pk).first()
    if request.method != "POST":
        if question is None:
            raise Http404
        return redirect(f"{question.get_absolute_url()}#answer")
    form = AnswerForm(request.POST)
    if question is None:
        return _lost(request)
    if form.is_valid() and "preview" not in request.POST:
        try:
            given = answering.answer(
                by=request.user,
                question=question,
                body=form.cleaned_data["body"],
                token=form.cleaned_data["token"],
            )
            if hiding.among(Answer.kind, [given.pk]):
                messages.info(
                    request, _("Your first answer is looked at before others see it. You will be told.")
                )
            return redirect(given)
        except answering.Gone:
            return _lost(request)
        except Refused as refused:
            form.add_error(None, str(refused))
    return question_page(
        request, _question(request, pk), status=422 if form.errors else 200, answer_form=form
    )


def _lost(request: Any) -> HttpResponse:
    """What was about is not there for this person (any more), or never was; what they typed is theirs."""
    typed = [text] if (text := request.POST.get("body", "").strip()) else []
    return render(request, "site/typed.html", {"typed": typed}, status=404)


def _answer(request: Any, pk: int) -> Answer:
    found = Answer.objects.with_own(request.reader).select_related("question__municipality", "municipality")
    return get_object_or_404(found, pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_answer(request: Any, pk: int) -> HttpResponse:
    """Change what an answer says."""
    given = _answer(request, pk)
    if not permissions.may_change(request.user, given):
        raise Http404
    form = AnswerForm(request.POST or None, instance=Answer.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        said = form.cleaned_data
        try:
            return redirect(
                answering.change(by=request.user, answer=given, body=said["body"], seen=said["seen"])
            )
        except Refused as refused:
            form.add_error(None, str(refused))
    return _edit_page(request, form, given, given.question)


def _claim(request: Any, question: Question) -> HttpResponse | None:
    form = ClaimForm(request.POST)
    if form.is_valid():
        try:
            being_asked.claim(by=request.user, question=question, **form.cleaned_data)
            return None
        except Refused as refused:
            form.add_error("until", str(refused))
    return question_page(request, question, status=422, claim_form=form)


def _decline(request: Any, question: Question) -> HttpResponse | None:
    form = DeclineForm(request.POST, people=being_asked.colleagues(question, request.user))
    if form.is_valid():
        try:
            being_asked.decline(by=request.user, question=question, **form.cleaned_data)
            return None
        except Refused as refused:
            form.add_error("colleague", str(refused))
    return question_page(request, question, status=422, decline_form=form)


def _take_back(request: Any, question: Question) -> HttpResponse | None:
    answering.take_back(by=request.user, question=question)
    return None


def _withdraw(request: Any, question: Question) -> HttpResponse | None:
    asking.withdraw(by=request.user, question=question)
    return None


Act = Callable[[Any, Any], HttpResponse | None]
_ACTS: dict[str, Act] = {"claim": _claim, "decline": _decline, "take_back": _take_back, "withdraw": _withdraw}


@login_required
@require_POST
def act(request: Any, pk: int) -> HttpResponse:
    """One button, one action; what is refused says why."""
    return _acted(request, _question(request, pk), _ACTS)


def _acted(request: Any, thing: Any, acts: dict[str, Act]) -> HttpResponse:
    chosen = acts.get(request.POST.get("action", ""))
    if chosen is None:
        raise Http404
    try:
        answered = chosen(request, thing)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if answered is not None:
            return answered
        messages.success(request, _("Done."))
    return redirect(thing)


def _accept(request: Any, given: Answer) -> None:
    thanks, shown = request.POST.get("thanks", "")[:300], bool(request.POST.get("thanks_shown"))
    answering.accept(by=request.user, answer=given, thanks=thanks, thanks_shown=shown)


def _withdraw_answer(request: Any, given: Answer) -> None:
    answering.withdraw(by=request.user, answer=given)


def _addendum(hidden: bool) -> Act:
    def decided(request: Any, given: Answer) -> None:
        reason = request.POST.get("reason", "")
        answering.hide_addendum(by=request.user, answer=given, hidden=hidden, reason=reason)

    return decided


def _thanks(hidden: bool) -> Act:
    return lambda request, given: answering.hide_thanks(by=request.user, answer=given, hidden=hidden)


_ANSWER_ACTS: dict[str, Act] = {
    "accept": _accept,
    "withdraw": _withdraw_answer,
    "hide": _addendum(True),
    "show": _addendum(False),
    "hide_thanks": _thanks(True),
    "show_thanks": _thanks(False),
}


@login_required
@require_POST
def answer_act(request: Any, pk: int) -> HttpResponse:
    """One button below an answer, one action."""
    return _acted(request, _answer(request, pk), _ANSWER_ACTS)
