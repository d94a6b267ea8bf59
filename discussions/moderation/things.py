"""What can be reported, and for each kind: who wrote it, what it says, how it is hidden and shown again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.log import Reason
from discussions.comments import places, telling
from discussions.comments.models import Comment, State
from discussions.models import Answer, Question
from discussions.moderation.hiding import not_hidden
from discussions.moderation.models import Hidden, Verdict
from library.registry import kinds as item_kinds
from members.audience import Reader
from members.models import Person
from members.refusal import Refused

ANSWER = "answer"


@dataclass(frozen=True)
class Kind:
    """How moderation deals with one kind of thing."""

    name: str
    model: Any
    # Those that a reader may see, and so may report.
    visible: Callable[[Reader], Any]
    # What it says, in pieces: a label and sanitised HTML.
    says: Callable[[Any], Iterable[tuple[str, SafeString | str]]]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    author: Callable[[Any], Person | None]
    hide: Callable[[Any, Hidden], None]
    show: Callable[[Any, Hidden], None]

    def get(self, pk: int) -> Any:
        """The thing, whoever may see it; nothing when it is gone."""
        found = self.model._base_manager.filter(pk=min(pk, places.MAX_ID)).first()
        gone = found is not None and (
            getattr(found, "state", "") in _GONE or getattr(found, "withdrawn", None)
        )
        return None if gone else found


_GONE = (State.DELETED, State.WITHDRAWN)


def _hide_comment(comment: Comment, hidden: Hidden) -> None:
    comment.state = State.HIDDEN
    comment.save(update_fields=["state"])
    telling.changed(comment, Reason.DELETE)


def _show_comment(comment: Comment, hidden: Hidden) -> None:
    comment.state = State.SHOWN
    comment.save(update_fields=["state"])
    telling.changed(comment, Reason.AUDIENCE)
    if hidden.decision.verdict == Verdict.DECLINED:
        # A first post that nobody was told of.
        telling.added(comment)


def _comment_title(comment: Comment) -> str:
    page = places.pages_of([comment.page_id]).get(comment.page_id)
    return _("Comment on “%(page)s”") % {"page": page.title if page else "…"}


def _saved(thing: Any, hidden: Hidden) -> None:
    """Questions and answers are left out of every read by their row in `Hidden`; the search reads them anew."""
    question = thing.question if isinstance(thing, Answer) else thing
    question.save(update_fields=["title"])


def _hide_item(page: Any, hidden: Hidden) -> None:
    """Off the site as if it had been withdrawn; what was live is remembered, and nobody can publish it meanwhile."""
    revision = page.live_revision_id or page.latest_revision_id
    Hidden.objects.filter(pk=hidden.pk).update(revision_id=revision)
    page.unpublish(log_action=None)


def _show_item(page: Any, hidden: Hidden) -> None:
    revision = page.revisions.filter(pk=hidden.revision_id).first() or page.latest_revision
    if revision is None:
        raise Refused(_("There is no version of this page to show again."))
    hidden.delete()
    revision.publish(log_action=False, skip_permission_checks=True)


def _item_says(page: Any) -> Iterable[tuple[str, SafeString | str]]:
    """Everything its readers read, but for parts with an audience of their own."""
    yield "", page.summary
    for name, html in page.html.items():
        if name not in page.restricted_fields:
            yield "", html


def is_nameless(thing: Any) -> bool:
    """Whether it was asked without a name: then moderators, too, decide without one."""
    question = thing.question if isinstance(thing, Answer) and getattr(thing, "as_asker", False) else thing
    return bool(getattr(question, "anonymous", False))


def _person_of(thing: Any) -> Person | None:
    """Who wrote a question or an answer, where that is kept."""
    for name in ("asked_by", "answered_by", "author", "by"):
        person = getattr(thing, name, None)
        if isinstance(person, Person):
            return person
    return None


def _answers(reader: Reader) -> Any:
    seen = Question.objects.visible_to(reader)
    return Answer.objects.filter(not_hidden(ANSWER), question__in=seen)


def _kinds() -> dict[str, Kind]:
    comment = Kind(
        Comment.kind, Comment, Comment.objects.visible_to, lambda c: [("", c.html.get("body", ""))],
        _comment_title, lambda c: c.get_absolute_url(), lambda c: c.author, _hide_comment, _show_comment,
    )  # fmt: skip
    question = Kind(
        Question.kind, Question, Question.objects.visible_to, lambda q: [("", q.title), ("", q.html.get("body", ""))],
        str, lambda q: q.get_absolute_url(), _person_of, _saved, _saved,
    )  # fmt: skip
    answer = Kind(
        ANSWER, Answer, _answers, lambda a: [("", a.html.get("body", ""))],
        lambda a: _("Answer to “%(question)s”") % {"question": a.question.title},
        lambda a: a.question.get_absolute_url(), _person_of, _saved, _saved,
    )  # fmt: skip
    items = {
        name: Kind(
            name, model, model.objects.visible_to, _item_says, lambda p: str(p.title), lambda p: p.get_url() or "",
            lambda p: p.owner, _hide_item, _show_item,
        )
        for name, model in item_kinds().items()
    }  # fmt: skip
    return {Comment.kind: comment, Question.kind: question, ANSWER: answer, **items}


def kinds() -> dict[str, Kind]:
    """Every kind that can be reported, by its name."""
    return _kinds()


def find(kind: str, pk: int) -> tuple[Kind, Any] | None:
    """The kind and the thing, whoever may see it; None when there is no such thing."""
    known = kinds().get(kind)
    thing = known.get(pk) if known else None
    return (known, thing) if known and thing is not None else None
