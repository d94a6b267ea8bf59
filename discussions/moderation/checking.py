"""First posts that wait: who decides on which, and the two decisions.

Publishers decide on what people of their municipality write, moderators on everything, each where they may read what
it stands on. What was asked without a name is decided on by those who know the asker anyway, and by nobody else:
the coordinators of the asker's region, and administrators.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from discussions.comments import rules
from discussions.comments.models import Comment, State
from discussions.comments.querysets import on_visible_pages
from discussions.models import Answer, Question
from discussions.moderation import firstposts, hiding, releasing, things
from discussions.moderation.deciding import tell_author, write_down
from discussions.moderation.models import Decision, Hidden, Reason, Verdict
from discussions.questions.asking import stamp
from members.audience import Reader, audience_filter, reader_for
from members.models import Person
from members.refusal import Refused
from members.roles.rules import coordinated_regions

MOST_SHOWN = 25
_NOBODY = Q(pk__in=())
_RELATED = {Comment.kind: ("author",), Question.kind: ("by",), Answer.kind: ("by", "question")}


def decides(person: Any) -> bool:
    """Whether somebody decides on first posts at all."""
    return rules.checks(person) is not None or bool(coordinated_regions(person))


def _deciders(person: Any, nameless: Q) -> Q:
    """Which questions, or answers, somebody decides on; `nameless` are those that don't tell whose they are."""
    if person.is_superuser:
        return Q()
    named = rules.checks(person)
    mine = _NOBODY if named is None else named & ~nameless
    regions = coordinated_regions(person)
    return mine | (nameless & Q(municipality__region__in=regions)) if regions else mine


def _mine(person: Any, reader: Reader) -> dict[str, Any]:
    """By kind, what somebody would decide on if it waited."""
    readable = Question.objects.with_tombstones(reader)
    comments = rules.checks(person)
    return {
        Comment.kind: Comment.objects.filter(
            _NOBODY if comments is None else comments, on_visible_pages(reader)
        ),
        Question.kind: Question.objects.filter(
            audience_filter(reader), _deciders(person, firstposts.ASKED_NAMELESS)
        ),
        Answer.kind: Answer.objects.filter(
            _deciders(person, firstposts.ANSWERED_NAMELESS), question__in=readable.order_by().values("pk")
        ),
    }


def _waiting(kind: str) -> Q:
    return Q(state=State.HELD) if kind == Comment.kind else hiding.waiting(kind) & Q(withdrawn=None)


def _looked_at(kind: str) -> Q:
    """First posts that waited once, or still do."""
    verdicts = (Verdict.APPROVED, Verdict.DECLINED)
    decided = Decision.objects.filter(kind=kind, item_id=OuterRef("pk"), verdict__in=verdicts)
    held = Q(state=State.HELD) if kind == Comment.kind else hiding.waiting(kind)
    return held | Q(Exists(decided))


@dataclass(frozen=True)
class Row:
    """One first post that waits, as whoever decides on it is shown it."""

    kind: str
    item_id: int
    title: str
    # The person; of what was asked without a name nobody, and the municipality is known to who decides.
    who: str
    town: str
    nameless: bool
    when: Any
    says: list[SafeString | str]
    language: str
    stamp: str


def waiting(person: Any, reader: Reader) -> list[Row]:
    """The first posts that somebody decides on, the oldest first."""
    if not decides(person):
        return []
    rows = [row for kind, found in _mine(person, reader).items() for row in _rows(kind, found)]
    return sorted(rows, key=lambda row: row.when)[:MOST_SHOWN]


def _rows(kind: str, found: Any) -> Iterator[Row]:
    known = things.kinds()[kind]
    held = found.filter(_waiting(kind)).select_related("municipality", *_RELATED[kind])
    for thing in held.order_by("pk")[:MOST_SHOWN]:
        author, nameless, title = known.author(thing), things.is_nameless(thing), known.title(thing)
        yield Row(
            kind=kind,
            item_id=thing.pk,
            title=title,
            who=author.get_full_name() if author and not nameless else "",
            town=thing.municipality.title if thing.municipality else "",
            nameless=nameless,
            when=_written(thing),
            # A question says its title first.
            says=[text for text in known.says(thing) if text != title],
            language=getattr(thing, "language", ""),
            stamp=stamp(thing),
        )


def _written(thing: Any) -> Any:
    if isinstance(thing, Comment):
        return thing.written
    return thing.asked if isinstance(thing, Question) else thing.answered


def is_for(person: Any, reader: Reader, kind: str, item_id: int) -> bool:
    """Whether this is a first post on which somebody decides, or would have if nobody had been faster."""
    found = _mine(person, reader).get(kind) if decides(person) else None
    return found is not None and bool(found.filter(_looked_at(kind), pk=item_id).exists())


def _locked(by: Person, kind: str, item_id: int) -> tuple[Person, things.Kind, Any]:
    """Who decides, and the first post, locked: whoever else decides on it waits."""
    now = Person.objects.get(pk=by.pk)
    if not is_for(now, reader_for(now), kind, item_id):
        raise Refused(_("Only publishers of the municipality and moderators decide on first posts."))
    known = things.kinds()[kind]
    return now, known, known.model.objects.select_for_update(of=("self",)).get(pk=item_id)


def _is_decided(kind: str, thing: Any, verdict: Verdict) -> bool:
    """Whether just that was decided already. Raises Refused where it was something else, or there is nothing to decide."""
    if type(thing).objects.filter(_waiting(kind), pk=thing.pk).exists():
        return False
    verdicts = (Verdict.APPROVED, Verdict.DECLINED)
    first = Decision.objects.filter(kind=kind, item_id=thing.pk, verdict__in=verdicts).order_by("pk").first()
    if first is None:
        raise Refused(_("Its author has taken it back: there is nothing to decide any more."))
    if first.verdict == verdict:
        return True
    if first.verdict == Verdict.APPROVED:
        raise Refused(_("Somebody was faster: it was let through, and others see it."))
    raise Refused(_("Somebody was faster: it was not let through, and its author has been told why."))


def _require_read(thing: Any, seen: str | None) -> None:
    """Raises Refused where the author has changed it since it was read; None for whoever reads it just now."""
    if seen is not None and seen != stamp(thing):
        raise Refused(_("Its author has changed it since you opened this page. Read it again, then decide."))


@transaction.atomic
def approve(*, by: Person, kind: str, item_id: int, seen: str | None = None) -> None:
    """Let a first post through: now, and only now, others see it and are told. Twice is once.

    `seen` is the stamp of what was read. Raises Refused with the reason where this is not to be decided any more.
    """
    decider, known, held = _locked(by, kind, item_id)
    if _is_decided(kind, held, Verdict.APPROVED):
        return
    _require_read(held, seen)
    Hidden.objects.waiting().filter(kind=kind, item_id=held.pk).delete()
    decision = write_down(decider, known, held, Verdict.APPROVED, Reason.OTHER, "")
    releasing.RELEASES[kind](held)
    tell_author(decision, decider)


@transaction.atomic
def decline(
    *, by: Person, kind: str, item_id: int, reason: str, words: str = "", seen: str | None = None
) -> None:
    """Do not let it through. Its author sees it, hidden, with the reason; nobody else ever has. Twice is once."""
    decider, known, held = _locked(by, kind, item_id)
    if _is_decided(kind, held, Verdict.DECLINED):
        return
    _require_read(held, seen)
    decision = write_down(decider, known, held, Verdict.DECLINED, reason, words)
    Hidden.objects.waiting().filter(kind=kind, item_id=held.pk).delete()
    known.hide(held, Hidden.objects.create(kind=kind, item_id=held.pk, decision=decision))
    tell_author(decision, decider)
