"""What can be reported, and for each kind: who wrote it, what it says, how it is hidden and shown again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.log import Reason
from discussions.comments import places, telling
from discussions.comments.models import Comment, State
from discussions.models import Answer, Question
from discussions.moderation import releasing
from discussions.moderation.models import Hidden, Report
from library.registry import kinds as item_kinds
from members.audience import Reader, can_see
from members.models import Person
from members.refusal import Refused

ANSWER = Answer.kind


@dataclass(frozen=True)
class Kind:
    """How moderation deals with one kind of thing."""

    name: str
    model: Any
    # Those that a reader may see, and so may report.
    visible: Callable[[Reader], Any]
    # What it says, in pieces of sanitised HTML.
    says: Callable[[Any], Iterable[SafeString | str]]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    author: Callable[[Any], Person | None]
    hide: Callable[[Any, Hidden], None]
    show: Callable[[Any, Hidden], None]

    def get(self, pk: int) -> Any:
        """The thing, whoever may see it; nothing when it is gone."""
        found = self.model._base_manager.filter(pk=min(pk, places.MAX_ID)).first()
        if isinstance(found, Comment) and found.state in _GONE:
            return found if _is_set_aside(found) else None
        return None if getattr(found, "withdrawn", None) else found


_GONE = (State.DELETED, State.WITHDRAWN)


def _is_set_aside(comment: Comment) -> bool:
    """Whether its author has deleted what was reported: deleting is no way around a decision."""
    waits = Report.objects.filter(kind=Comment.kind, item_id=comment.pk, decided=None)
    return waits.exists() and comment.versions.exists()


def _comment_says(comment: Comment) -> Iterable[SafeString | str]:
    said = comment.versions.first() if comment.state in _GONE else comment
    yield said.html.get("body", "") if said else ""


def _hide_comment(comment: Comment, hidden: Hidden) -> None:
    if comment.state in _GONE:
        raise Refused(_("Its author has deleted this comment already: nobody else sees it."))
    comment.state = State.HIDDEN
    comment.save(update_fields=["state"])
    telling.changed(comment, Reason.DELETE)


def _show_comment(comment: Comment, hidden: Hidden) -> None:
    comment.state = State.SHOWN
    comment.save(update_fields=["state"])
    telling.changed(comment, Reason.AUDIENCE)
    if hidden.was_declined:
        telling.added(comment)


def _comment_title(comment: Comment) -> str:
    page = places.pages_of([comment.page_id]).get(comment.page_id)
    return _("Comment on “%(page)s”") % {"page": page.title if page else "…"}


def _saved(thing: Any, hidden: Hidden) -> None:
    """Questions and answers are left out of every read by their row in `Hidden`; the search reads them anew."""
    question = thing.question if isinstance(thing, Answer) else thing
    question.save(update_fields=["title"])


def _show_saved(thing: Any, hidden: Hidden) -> None:
    hidden.delete()
    if hidden.was_declined:
        releasing.RELEASES[hidden.kind](thing)
    else:
        _saved(thing, hidden)


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


def _item_says(page: Any) -> Iterable[SafeString | str]:
    """Everything its readers read, but for parts with an audience of their own."""
    yield page.summary
    for name, html in page.html.items():
        if name not in page.restricted_fields:
            yield html


def is_nameless(thing: Any) -> bool:
    """Whether it was asked without a name: then moderators, too, decide without one."""
    question = thing.question if isinstance(thing, Answer) and getattr(thing, "as_asker", False) else thing
    return bool(getattr(question, "anonymous", False))


@cache
def kinds() -> dict[str, Kind]:
    """Every kind that can be reported, by its name."""
    comment = Kind(
        Comment.kind, Comment, Comment.objects.visible_to, _comment_says,
        _comment_title, lambda c: c.get_absolute_url(), lambda c: c.author, _hide_comment, _show_comment,
    )  # fmt: skip
    question = Kind(
        Question.kind, Question, Question.objects.visible_to, lambda q: [q.title, q.html.get("body", "")],
        str, lambda q: q.get_absolute_url(), lambda q: q.by, _saved, _show_saved,
    )  # fmt: skip
    answer = Kind(
        ANSWER, Answer, Answer.objects.visible_to, lambda a: [a.html.get("body", "")],
        lambda a: _("Answer to “%(question)s”") % {"question": a.question.title},
        lambda a: a.question.get_absolute_url(), lambda a: a.by, _saved, _show_saved,
    )  # fmt: skip
    items = {
        name: Kind(
            name, model, model.objects.visible_to, _item_says, lambda p: str(p.title), lambda p: p.get_url() or "",
            lambda p: p.owner, _hide_item, _show_item,
        )
        for name, model in item_kinds().items()
    }  # fmt: skip
    return {Comment.kind: comment, Question.kind: question, ANSWER: answer, **items}


def is_readable(reader: Reader, thing: Any) -> bool:
    """Whether a reader belongs to the audience of a thing, or of what it stands on; hidden or not."""
    on: Any = thing
    if isinstance(thing, Comment):
        on = places.pages_of([thing.page_id]).get(thing.page_id)
    if isinstance(thing, Answer):
        on = thing.question
    return on is not None and can_see(reader, on)


def title_for(reader: Reader, known: Kind, thing: Any) -> str:
    """What a thing is called, to somebody who may not read what it stands on: only what it is."""
    return (
        known.title(thing) if is_readable(reader, thing) else str(known.model._meta.verbose_name).capitalize()
    )


def find(kind: str, pk: int) -> tuple[Kind, Any] | None:
    """The kind and the thing, whoever may see it; None when there is no such thing."""
    known = kinds().get(kind)
    thing = known.get(pk) if known else None
    return (known, thing) if known and thing is not None else None
