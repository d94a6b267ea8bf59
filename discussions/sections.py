"""What questions say on pages below them."""

from typing import Any

from core.slots import Section, register
from discussions.models import Question


def questions_in_area(request: Any, area: Any) -> Section:
    """The questions of a service area."""
    questions = Question.objects.visible_to(request.reader).in_area(area).for_lists()
    return Section("discussions/sections/questions.html", {"questions": questions[:20]})


def questions_about(request: Any, item: Any) -> Section | None:
    """The questions about an item; nothing where there are none."""
    questions = list(Question.objects.visible_to(request.reader).filter(about_id=item.pk).for_lists()[:20])
    return Section("discussions/sections/questions.html", {"questions": questions}) if questions else None


register("service_area", questions_in_area, order=10)
register("item", questions_about, order=20)
