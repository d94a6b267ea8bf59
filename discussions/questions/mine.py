"""What is put to somebody, what they asked, and what they answered."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from discussions.models import Answer, Question, QuestionRoute
from discussions.moderation import hiding


@login_required
@require_safe
def mine(request: Any) -> HttpResponse:
    """What is put to me, what I asked, and what I answered: my own words, also where I may not read the question now."""
    visible = Question.objects.visible_to(request.reader)
    put_to_me = QuestionRoute.objects.open().filter(person=request.user, question__in=visible.values("pk"))
    asked = Question.objects.with_own(request.reader).filter(by=request.user, withdrawn=None)
    own = Answer.objects.filter(by=request.user, withdrawn=None).select_related("question")
    answers = list(own.order_by("-pk")[:100])
    seen = set(visible.filter(pk__in=[each.question_id for each in answers]).values_list("pk", flat=True))
    context = {
        "put_to_me": put_to_me.select_related("question__municipality").order_by("-asked"),
        "asked": _unseen(asked.for_lists().order_by("-asked", "-pk")),
        "answers": [(each, each.question_id in seen) for each in _unseen(answers)],
    }
    return render(request, "discussions/mine.html", context)


def _unseen(own: Iterable[Any]) -> list[Any]:
    """One's own things; those that others don't see (yet) with `unseen`, which says why."""
    things = list(own)
    hidden = hiding.among(things[0].kind, [each.pk for each in things]) if things else {}
    for each in things:
        each.unseen = hidden.get(each.pk)
    return things
