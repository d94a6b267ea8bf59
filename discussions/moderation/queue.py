"""What waits for a moderator, and what is known of one thing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q

from discussions.models import Answer, Question
from discussions.moderation import things
from discussions.moderation.models import Decision, Hidden, Report, Suspension, Verdict
from library.models import LibraryPage
from members.audience import Reader, reader_for
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


def rows(found: Iterable[Any], reader: Reader) -> list[Row]:
    """The rows of a page of the queue; what is gone meanwhile has no title."""
    found = list(found)
    reasons: dict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    numbers = [each["item_id"] for each in found]
    for report in Report.objects.filter(item_id__in=numbers, decided=None).order_by("pk"):
        reasons[report.kind, report.item_id][report.get_reason_display()] = None
    return [_row(each, tuple(reasons[each["kind"], each["item_id"]]), reader) for each in found]


def _row(each: Any, reasons: tuple[str, ...], reader: Reader) -> Row:
    known = things.find(each["kind"], each["item_id"])
    title = things.title_for(reader, *known) if known else ""
    return Row(each["kind"], each["item_id"], title, each["number"], each["since"], reasons)


@dataclass(frozen=True)
class Case:
    """A thing, what was said of it, and what was decided."""

    kind: things.Kind
    thing: Any
    author: Person | None
    title: str
    says: list[Any]
    url: str
    reports: list[Report]
    decisions: list[Decision]
    # Asked without a name: whoever decides is not told either.
    nameless: bool
    hidden: bool
    suspension: Suspension | None

    # A report waits, it is hidden, or somebody is suspended over it: a moderator's business, whoever may read it.
    is_open: bool


_TELLING = (Verdict.SUSPENDED, Verdict.LIFTED, Verdict.APPROVED, Verdict.DECLINED)


def case(kind: str, item_id: int, by: Person) -> Case | None:
    """Everything about one thing; None when it is gone."""
    found = things.find(kind, item_id)
    if found is None:
        return None
    known, thing = found
    named = {"kind": kind, "item_id": item_id}
    reports = list(Report.objects.filter(**named).select_related("by__municipality"))
    nameless, author = things.is_nameless(thing), known.author(thing)
    decisions = Decision.objects.filter(**named).select_related("by")
    suspensions = Suspension.objects.open().filter(person=author) if author else Suspension.objects.none()
    hidden = Hidden.objects.decided().filter(**named).select_related("decision").first()
    over_it = suspensions.filter(decision__kind=kind, decision__item_id=item_id).exists()
    if nameless and not by.is_superuser:
        # Beside the list of who is suspended, and of who checks first posts for which region, these would tell who asked.
        decisions = decisions.exclude(verdict__in=_TELLING)
        suspensions = Suspension.objects.none()
    return Case(
        kind=known,
        thing=thing,
        author=author,
        title=things.title_for(reader_for(by), known, thing),
        says=list(known.says(thing)),
        url=known.url(thing),
        reports=reports,
        decisions=list(decisions),
        nameless=nameless,
        hidden=hidden is not None,
        suspension=suspensions.first(),
        is_open=_is_open(hidden, thing, by)
        or over_it
        or any(report.decided_id is None for report in reports),
    )


def _is_open(hidden: Hidden | None, thing: Any, by: Person) -> bool:
    """What was hidden is; a first post that was not let through only to moderators among its readers."""
    if hidden is None:
        return False
    return not hidden.was_declined or things.is_readable(reader_for(by), thing)


def suspensions_for(by: Person) -> Any:
    """Who is suspended now, as far as somebody may know over what: who asked without a name stays unknown."""
    found = Suspension.objects.open().select_related("person__municipality", "decision").order_by("-pk")
    if by.is_superuser:
        return found
    asked = Question.objects.filter(anonymous=True).values("pk")
    answered = Answer.objects.filter(as_asker=True, question__anonymous=True).values("pk")
    nameless = Q(decision__kind=Question.kind, decision__item_id__in=asked)
    return found.exclude(nameless | Q(decision__kind=things.ANSWER, decision__item_id__in=answered))


def settle_gone() -> int:
    """Reports of what is gone for good need no decision; returns how many things that were. A chore of the worker.

    What its author has deleted is no such thing while its words are set aside for whoever decides.
    """
    gone = [each for each in open_reports()[:200] if things.find(each["kind"], each["item_id"]) is None]
    for each in gone:
        named = {"kind": each["kind"], "item_id": each["item_id"]}
        decision = Decision.objects.create(
            **named, verdict=Verdict.DISMISSED, reason="other", words="", by=None, author=None
        )
        Report.objects.filter(**named, decided=None).update(decided=decision)
    return len(gone)


def about(person: Person) -> list[tuple[Decision, str, list[Any]]]:
    """What was decided about somebody's things and is theirs to know: the decision, the title, and what it said.

    Of a page that is not for them any more, nothing but the decision; their own words are theirs for good.
    """
    reader = reader_for(person)
    told = Decision.objects.filter(author=person).exclude(verdict__in=("dismissed", "lifted"))
    found = []
    for decision in told.order_by("-pk")[:100]:
        known = things.find(decision.kind, decision.item_id)
        title = things.title_for(reader, *known) if known else ""
        own = known is not None and (
            not isinstance(known[1], LibraryPage) or things.is_readable(reader, known[1])
        )
        found.append((decision, title, list(known[0].says(known[1])) if known and own else []))
    return found
