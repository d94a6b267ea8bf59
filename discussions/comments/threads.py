"""A page's comments as they are shown: some threads at a time, and of each the first replies."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from discussions.comments import limits, rules
from discussions.comments.models import Comment, Helpful, HelpfulReason, State
from discussions.moderation.hiding import among
from members.audience import Reader


@dataclass(frozen=True)
class Viewer:
    """Who looks at the comments of a page, and what they may do there."""

    person: Any
    reader: Reader
    page: Any
    checks: Any = None
    writes: bool = False
    closes: bool = False

    @classmethod
    def of(cls, request: Any, page: Any) -> "Viewer":
        """Whoever asks."""
        person = request.user
        return cls(
            person=person,
            reader=request.reader,
            page=page,
            checks=rules.checks(person),
            writes=rules.may_write(person),
            closes=rules.may_close(person, page),
        )


@dataclass
class Shown:
    """A comment with what is said of it, and what whoever looks may do with it."""

    comment: Comment
    page: Any
    helpful: Sequence[tuple[str, int]] = ()
    mine: str = ""
    hidden_because: str = ""
    replies: list["Shown"] = field(default_factory=list)
    # How many replies there are besides those shown.
    more: int = 0
    closed: bool = False
    may: frozenset[str] = frozenset()

    @property
    def helpful_count(self) -> int:
        """How many found it helpful."""
        return sum(count for _label, count in self.helpful)


def standing(viewer: Viewer) -> Any:
    """The comments of the page that this viewer sees, tombstones included; the page itself was asked before."""
    return Comment.objects.filter(page_id=viewer.page.pk).standing(viewer.reader, viewer.checks)


def count(page_id: int) -> int:
    """How many comments readers of a page see."""
    return int(Comment.objects.filter(page_id=page_id).shown().count())


def page_of_threads(viewer: Viewer, number: Any) -> tuple[Page, list[Shown]]:
    """So many threads, the oldest first."""
    starters = standing(viewer).starting().order_by("pk")
    page = Paginator(starters.for_threads(), limits.THREADS).get_page(number)
    if not page.paginator.count:
        # Most pages: nothing more to ask for.
        return page, []
    threads = list(page.object_list)
    first, more = _first_replies(viewer, threads)
    shown = _shown([*threads, *(reply for replies in first.values() for reply in replies)], viewer)
    for starter in threads:
        each = shown[starter.pk]
        each.replies = [shown[reply.pk] for reply in first[starter.pk]]
        each.more = more.get(starter.pk, 0) - len(each.replies)
    return page, [shown[starter.pk] for starter in threads]


def _first_replies(viewer: Viewer, threads: list[Comment]) -> tuple[dict[int, list[Comment]], dict[int, int]]:
    starters = {each.pk: each for each in threads}
    replies = standing(viewer).filter(thread__in=starters).order_by()
    place = Window(RowNumber(), partition_by=F("thread_id"), order_by=F("pk").asc())
    # Only numbers are sorted: a thread may have thousands of replies, of which a few are shown.
    first = replies.annotate(place=place).filter(place__lte=limits.REPLIES).values_list("pk", flat=True)
    found: dict[int, list[Comment]] = defaultdict(list)
    for reply in Comment.objects.filter(pk__in=list(first)).order_by("pk").for_threads():
        reply.thread = starters[reply.thread_id]
        found[reply.thread_id].append(reply)
    counted = replies.values("thread_id").annotate(number=Count("pk"))
    return found, {row["thread_id"]: row["number"] for row in counted}


def page_of_replies(viewer: Viewer, starter: Comment, number: Any) -> tuple[Page, Shown, list[Shown]]:
    """One thread with all that was replied, so many at a time."""
    replies = standing(viewer).filter(thread=starter).order_by("pk").for_threads().select_related("thread")
    page = Paginator(replies, limits.ALL_REPLIES).get_page(number)
    found = list(page.object_list)
    shown = _shown([starter, *found], viewer)
    return page, shown[starter.pk], [shown[reply.pk] for reply in found]


def place_of(comment: Comment, viewer: Viewer) -> tuple[str, int]:
    """Where the comment stands for this viewer: `page` or `thread`, and the number of the page there."""
    before = standing(viewer)
    if comment.thread_id is not None:
        rank = before.filter(thread=comment.thread_id, pk__lt=comment.pk).count()
        if rank >= limits.REPLIES:
            return "thread", rank // limits.ALL_REPLIES + 1
    rank = before.starting().filter(pk__lt=comment.starter_id).count()
    return "page", rank // limits.THREADS + 1


def _shown(comments: Iterable[Comment], viewer: Viewer) -> dict[int, Shown]:
    comments = list(comments)
    votes, mine = _votes([each.pk for each in comments], viewer)
    hidden = _hidden([each.pk for each in comments if each.state == State.HIDDEN])
    return {
        each.pk: Shown(
            comment=each,
            page=viewer.page,
            helpful=votes.get(each.pk, ()),
            mine=mine.get(each.pk, ""),
            hidden_because=hidden.get(each.pk, ""),
            closed=bool((each.thread or each).closed),
            may=_may(each, viewer),
        )
        for each in comments
    }


def _votes(ids: list[int], viewer: Viewer) -> tuple[dict[int, list[tuple[str, int]]], dict[int, str]]:
    found: dict[int, Counter[str]] = defaultdict(Counter)
    mine: dict[int, str] = {}
    votes = Helpful.objects.filter(comment__in=ids).order_by()
    for row in votes.values("comment_id", "reason").annotate(number=Count("pk")):
        found[row["comment_id"]][row["reason"]] += row["number"]
    if viewer.reader.person_id:
        mine = dict(votes.filter(person=viewer.reader.person_id).values_list("comment_id", "reason"))
    named = dict(HelpfulReason.choices)
    return {pk: [(str(named[r]), n) for r, n in counts.most_common()] for pk, counts in found.items()}, mine


def _hidden(ids: list[int]) -> dict[int, str]:
    """Why, in the words that were written for the author."""
    return {pk: each.why for pk, each in among(Comment.kind, ids).items()} if ids else {}


def _may(comment: Comment, viewer: Viewer) -> frozenset[str]:
    """What this viewer may do with this comment; each is asked again when it is done."""
    if not viewer.writes and not viewer.closes:
        return frozenset()
    own = comment.author_id is not None and comment.author_id == viewer.reader.person_id
    shown = comment.state == State.SHOWN
    starter = comment.thread or comment
    may = {
        "edit": own and viewer.writes and comment.state != State.DELETED,
        "delete": own and comment.state != State.DELETED,
        "reply": viewer.writes and shown and not starter.closed,
        "help": viewer.writes and shown and not own,
        "report": viewer.writes and shown and not own,
        "answer": shown and comment.thread_id is not None and _names(viewer, starter),
        "close": viewer.closes and comment.thread_id is None and comment.state != State.HIDDEN,
        "check": comment.state == State.HELD and viewer.checks is not None and not own,
    }
    return frozenset(name for name, allowed in may.items() if allowed)


def _names(viewer: Viewer, starter: Comment) -> bool:
    return rules.may_name_answer(viewer.person, viewer.page, starter)
