"""What questions say on pages below them."""

from typing import Any

from core.slots import Section, register
from discussions.models import Answer, Question
from discussions.questions.permissions import may_hide_addendum

MOST_THANKS = 6


def questions_in_area(request: Any, area: Any) -> Section:
    """The questions of a service area."""
    questions = Question.objects.visible_to(request.reader).in_area(area).for_lists()
    return Section("discussions/sections/questions.html", {"questions": questions[:20]})


def _about(request: Any, item: Any) -> list[Question]:
    """The questions about an item; asked for once, though two places show some of them."""
    if not hasattr(item, "questions_seen"):
        found = Question.objects.visible_to(request.reader).filter(about_id=item.pk)
        item.questions_seen = list(found.for_lists()[:20])
    seen: list[Question] = item.questions_seen
    return seen


def questions_about(request: Any, item: Any) -> Section | None:
    """The questions about an item; nothing where there are none."""
    questions = _about(request, item)
    return Section("discussions/sections/questions.html", {"questions": questions}) if questions else None


def addenda(request: Any, item: Any) -> Section | None:
    """Accepted answers to questions about an item, for those who may read the questions."""
    questions = {question.pk: question for question in _about(request, item) if question.answer_count}
    if not questions:
        return None
    decides = request.user.is_authenticated and may_hide_addendum(request.user, item)
    found = Answer.objects.accepted().filter(question__in=questions).select_related("municipality")
    answers = [each for each in found if decides or not each.addendum_hidden]
    for each in answers:
        each.question = questions[each.question_id]
    return (
        Section("discussions/sections/addenda.html", {"answers": answers, "decides": decides})
        if answers
        else None
    )


def ask_about(request: Any, item: Any) -> Section:
    """The way to ask about an item, beside the button to adopt it."""
    return Section("discussions/sections/ask_about.html", {"item": item})


def ask_at_home(request: Any, subject: Any) -> Section:
    """The way to ask, from the first page."""
    return Section("discussions/sections/ask.html", {})


def _accepted(request: Any, municipality: Any) -> list[Answer]:
    """A municipality's answers that askers accepted; one query, though two places show some of it."""
    if not hasattr(municipality, "answers_accepted"):
        seen = Answer.objects.visible_to(request.reader).accepted().filter(municipality=municipality)
        municipality.answers_accepted = list(
            seen.select_related("question__municipality").order_by("-answered", "-pk")
        )
    answers: list[Answer] = municipality.answers_accepted
    return answers


def answers_given(request: Any, municipality: Any) -> Section | None:
    """How many answers of a municipality were accepted, for what its page says it gave."""
    count = len(_accepted(request, municipality))
    return Section("discussions/sections/answers_given.html", {"count": count}) if count else None


def thanks(request: Any, municipality: Any) -> Section | None:
    """Thanks of askers, where both sides agree to have them shown."""
    said = [each for each in _accepted(request, municipality) if each.shown_thanks][:MOST_THANKS]
    notes = [{"text": each.shown_thanks, "who": each.question.asker_name} for each in said]
    return Section("library/sections/thanks.html", {"notes": notes}) if notes else None


register("home", ask_at_home, order=15)
register("service_area", questions_in_area, order=10)
register("item", addenda, order=5)
register("item", questions_about, order=20)
register("item actions", ask_about, order=20)
register("gave", answers_given, order=20)
register("thanks", thanks, order=20)
