"""What is written down when somebody did something with a comment: for the search, for the audit, for who follows."""

from typing import Any

from wagtail.log_actions import log

from core.events import record, record_all
from core.happenings import happened
from core.log import Reason
from discussions.comments import places
from discussions.comments.models import Comment
from members.models import Person


def changed(comment: Comment, reason: str = Reason.CONTENT) -> None:
    """The search reads the comment anew; where a thread begins with it, all that stands below, too."""
    record(Comment.kind, comment.pk, reason)
    if comment.thread_id is None and reason != Reason.CONTENT:
        record_all(Comment.kind, comment.replies.values_list("pk", flat=True), reason)


def note(action: str, comment: Comment, by: Person, **data: Any) -> None:
    """A line in the log of who did what."""
    log(instance=comment, action=f"comment.{action}", user=by, data={"page": comment.page_id, **data})


def added(comment: Comment) -> None:
    """It is there for others: those it answers and those it names are told, if they may see it."""
    to = _concerned(comment)
    happened("comment.added", Comment.kind, comment.pk, by=comment.author, to=to)
    named(comment, [mention.person for mention in comment.mentions.select_related("person")])


def named(comment: Comment, people: list[Person]) -> None:
    """These are mentioned and have not been told of it yet."""
    page = places.pages_of([comment.page_id]).get(comment.page_id)
    to = [person.pk for person in people if page and places.sees(person, page)]
    if to:
        happened("comment.mentioned", Comment.kind, comment.pk, by=comment.author, to=to)


def _concerned(comment: Comment) -> set[int]:
    """Who wrote what it answers, and who began the thread; never its own author."""
    others = [comment.answers_to, comment.thread]
    return {each.author_id for each in others if each and each.author_id} - {comment.author_id}
