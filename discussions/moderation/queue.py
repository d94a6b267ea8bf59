"""What waits for a moderator, and what is known of one thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min

from discussions.moderation import things
from discussions.moderation.models import Decision, Hidden, Report, Suspension
from members.models import Person


@dataclass(frozen=True)
class Row:
    """One thing in the queue."""

    kind: str
    item_id: int
    title: str
    reports: int
    since: Any
    reasons: tuple[str, ...]


def open_reports() -> Any:
    """Things with reports that nobody has decided on: the oldest first, as rows that can be counted and sliced."""
    waiting = Report.objects.filter(decided=None).order_by()
    grouped = waiting.values("kind", "item_id").annotate(number=Count("pk"), since=Min("when"))
    return grouped.order_by("since", "kind", "item_id")


def rows(found: Iterable[Any]) -> list[Row]:
    """The rows of a page of the queue; what its author has deleted meanwhile says so."""
    return [_row(each) for each in found]


def _row(each: Any) -> Row:
    known = things.find(each["kind"], each["item_id"])
    reports = Report.objects.filter(kind=each["kind"], item_id=each["item_id"], decided=None)
    reasons = dict.fromkeys(report.get_reason_display() for report in reports)
    title = known[0].title(known[1]) if known else ""
    return Row(each["kind"], each["item_id"], title, each["number"], each["since"], tuple(reasons))


@dataclass(frozen=True)
class Case:
    """A thing, what was said of it, and what was decided."""

    kind: things.Kind
    thing: Any
    author: Person | None
    title: str
    says: list[tuple[str, Any]]
    url: str
    reports: list[Report]
    decisions: list[Decision]
    # Asked without a name: whoever decides is not told either.
    nameless: bool
    hidden: bool
    suspension: Suspension | None

    @property
    def was_reported(self) -> bool:
        """Only what was reported, or was dealt with before, is a moderator's business."""
        return bool(self.reports or self.decisions)


def case(kind: str, item_id: int) -> Case | None:
    """Everything about one thing; None when it is gone."""
    found = things.find(kind, item_id)
    if found is None:
        return None
    known, thing = found
    author = known.author(thing)
    named = {"kind": kind, "item_id": item_id}
    return Case(
        kind=known,
        thing=thing,
        author=author,
        title=known.title(thing),
        says=list(known.says(thing)),
        url=known.url(thing),
        reports=list(Report.objects.filter(**named).select_related("by__municipality")),
        decisions=list(Decision.objects.filter(**named).select_related("by")),
        nameless=things.is_nameless(thing),
        hidden=Hidden.objects.filter(**named).exists(),
        suspension=Suspension.objects.open().filter(person=author).first() if author else None,
    )


def settle_gone() -> int:
    """Reports of what its author has deleted need no decision; returns how many things that were."""
    gone = [each for each in open_reports()[:200] if things.find(each["kind"], each["item_id"]) is None]
    for each in gone:
        named = {"kind": each["kind"], "item_id": each["item_id"]}
        decision = Decision.objects.create(
            **named, verdict="dismissed", reason="other", words="", by=None, author=None
        )
        Report.objects.filter(**named, decided=None).update(decided=decision)
    return len(gone)


def about(person: Person) -> list[tuple[Decision, str, Any]]:
    """What was decided about somebody's things and is theirs to know: the decision, the title, and what it said."""
    told = Decision.objects.filter(author=person).exclude(verdict__in=("dismissed", "lifted"))
    found = []
    for decision in told.order_by("-pk")[:100]:
        known = things.find(decision.kind, decision.item_id)
        title = known[0].title(known[1]) if known else ""
        found.append((decision, title, list(known[0].says(known[1])) if known else []))
    return found
