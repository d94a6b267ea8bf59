"""Questions: the list, and one with its answers."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from discussions.models import Question, QuestionRoute
from discussions.questions.overdue import is_coordinator
from discussions.questions.pages import question_page


@require_safe
def question_list(request: Any) -> HttpResponse:
    """All questions this reader may see, newest first; or those that nobody has answered."""
    found = Question.objects.visible_to(request.reader)
    is_open = request.GET.get("open") == "1"
    found = found.unanswered() if is_open else found
    page = Paginator(found.for_lists().order_by("-asked", "-pk"), 30).get_page(request.GET.get("page"))
    asked_of_me = 0
    if request.user.is_authenticated:
        mine = QuestionRoute.objects.open().filter(person=request.user)
        asked_of_me = mine.filter(
            question__in=Question.objects.visible_to(request.reader).values("pk")
        ).count()
    context = {
        "questions": page,
        "is_open": is_open,
        "asked_of_me": asked_of_me,
        "coordinates": request.user.is_authenticated and is_coordinator(request.user),
    }
    return render(request, "discussions/question_list.html", context)


@require_safe
def question(request: Any, pk: int, slug: str) -> HttpResponse:
    """One question; an old slug still leads here."""
    found = Question.objects.with_own(request.reader).select_related("municipality__region", "service_area")
    return question_page(request, get_object_or_404(found, pk=pk))
