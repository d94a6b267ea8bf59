"""Questions: the list, and one with its answers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import slots
from discussions import actions
from discussions.forms import QuestionForm
from discussions.models import Question
from discussions.moderation.hiding import not_hidden
from library.relations import links
from members.audit.notes import seen_privately


@require_safe
def question_list(request: Any) -> HttpResponse:
    """All questions this reader may see, newest first."""
    found = Question.objects.visible_to(request.reader).for_lists().order_by("-asked", "-pk")
    page = Paginator(found, 30).get_page(request.GET.get("page"))
    return render(request, "discussions/question_list.html", {"questions": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Any) -> HttpResponse:
    """A member's question; `title` in the address carries over what was searched for."""
    allowed = actions.may_ask(request.user)
    town = request.user.municipality
    asked = QuestionForm(request.POST, municipality=town) if request.method == "POST" else None
    if allowed and asked and asked.is_valid():
        question = actions.ask(**asked.cleaned_data, by=request.user)
        messages.success(request, _("Your question is here for your peers to answer."))
        return redirect(question)
    form = asked or QuestionForm.asking(request.GET.get("title", ""), town)
    context = {"form": form, "allowed": allowed, "problems": form.problems() if asked else []}
    status = 403 if not allowed else 422 if asked else 200
    return render(request, "discussions/ask.html", context, status=status)


@require_safe
def question(request: Any, pk: int, slug: str) -> HttpResponse:
    """One question; an old slug still leads here."""
    found = Question.objects.visible_to(request.reader).select_related("municipality", "service_area")
    subject = get_object_or_404(found, pk=pk)
    seen_privately(request, subject)
    answers = subject.answers.filter(not_hidden("answer")).select_related("municipality")
    context = {
        "question": subject,
        "answers": answers,
        # What a question is about may be for fewer people than the question.
        "about": links([subject.about_id], request.reader) if subject.about_id else [],
        "sections": slots.fill("question", request, subject),
    }
    return render(request, "discussions/question.html", context)
