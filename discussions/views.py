"""Questions: the list, and one with its answers."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core import slots
from discussions.models import Question


@require_safe
def question_list(request: Any) -> HttpResponse:
    """All questions this reader may see, newest first."""
    found = Question.objects.visible_to(request.reader).for_lists().order_by("-asked", "-pk")
    page = Paginator(found, 30).get_page(request.GET.get("page"))
    return render(request, "discussions/question_list.html", {"questions": page})


@require_safe
def question(request: Any, pk: int, slug: str) -> HttpResponse:
    """One question; an old slug still leads here."""
    found = Question.objects.visible_to(request.reader).select_related(
        "municipality", "service_area", "about"
    )
    subject = get_object_or_404(found, pk=pk)
    answers = subject.answers.select_related("municipality")
    context = {
        "question": subject,
        "answers": answers,
        "sections": slots.fill("question", request, subject),
    }
    return render(request, "discussions/question.html", context)
