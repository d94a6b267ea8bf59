"""What moderation says on pages below it: a municipality's switch, a way to report, a way to the queue."""

from typing import Any

from core.slots import Section, register
from discussions.comments import rules
from discussions.moderation import firstposts
from members.roles import rules as roles


def first_posts(request: Any, municipality: Any) -> Section | None:
    """On a municipality's desk, for those who manage it."""
    if not roles.may_manage(request.user, municipality):
        return None
    context = {"town": municipality, "on": firstposts.checked(municipality.pk)}
    return Section("discussions/moderation/sections/first_posts.html", context)


def report_item(request: Any, item: Any) -> Section | None:
    """Below an item, for those who may report it."""
    return _report(request, item.kind, item)


def report_question(request: Any, question: Any) -> Section | None:
    """Below a question."""
    return _report(request, question.kind, question)


def _report(request: Any, kind: str, thing: Any) -> Section | None:
    if not rules.may_write(request.user):
        return None
    return Section("discussions/moderation/sections/report.html", {"kind": kind, "pk": thing.pk})


register("desk", first_posts)
register("item", report_item, order=95)
register("question", report_question, order=95)
