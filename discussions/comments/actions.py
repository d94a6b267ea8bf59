"""What people do with comments. Each is one transaction; who may see the page is asked within it, not before."""

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.happenings import happened
from core.log import Reason
from discussions.comments import files as attached
from discussions.comments import mentions, places, rates, rules, telling
from discussions.comments.models import (
    Comment,
    CommentFile,
    CommentVersion,
    Helpful,
    HelpfulReason,
    KeptText,
    Mention,
    State,
)
from discussions.moderation import firstposts
from library.models import LibraryPage
from members.audience import reader_for
from members.models import Person
from members.refusal import Refused


class Gone(Refused):
    """The page, or the comment, is not there for whoever acts: any more, or ever."""


class Overtaken(Refused):
    """Somebody, perhaps the same person in another window, has saved meanwhile."""


def _fresh(by: Person) -> Person:
    """The person as they are now; whatever else they do at this moment waits."""
    return Person.objects.select_for_update().get(pk=by.pk)


def _page(pk: int, by: Person) -> LibraryPage:
    page = places.readable_page(pk, reader_for(by))
    if page is None:
        raise Gone(_("This page is not there, or not for you any more."))
    return page


def _locked(comment: Comment, by: Person) -> Comment:
    """The comment as it is now, for somebody who may see it. Raises Gone."""
    seen = Comment.objects.readable_by(reader_for(by), rules.checks(by)).filter(pk=comment.pk)
    if not seen.exists():
        raise Gone(_("This comment is not there, or not for you any more."))
    return Comment.objects.select_for_update(of=("self",)).select_related("thread").get(pk=comment.pk)


@transaction.atomic
def add(
    *,
    by: Person,
    page_id: int,
    body: str,
    token: str,
    answers_to: int | None = None,
    files: Sequence[UploadedFile] = (),
    language: str = "en",
) -> Comment:
    """Post a comment. The same token again returns the comment that is there.

    Raises Gone, TooMany, or Refused with what to do; whoever calls keeps the text for its author.
    """
    by = _fresh(by)
    known = Comment.objects.filter(author=by, token=token).first()
    if known is not None:
        return known
    page = _page(page_id, by)
    if not rules.may_write(by):
        raise Refused(_("Comments are written by people of a municipality. Join yours first."))
    before = _answered(answers_to, page, by)
    rates.require_room(by)
    comment = Comment.objects.create(
        page_id=page.pk,
        thread_id=before.starter_id if before else None,
        answers_to=before,
        author=by,
        municipality_id=by.municipality_id,
        body=body,
        language=language,
        token=token,
        state=State.HELD if firstposts.holds(by, page.audience) else State.SHOWN,
    )
    for upload in files:
        CommentFile.objects.create(comment=comment, file=attached.store(upload, by))
    _mention(comment, page, by)
    telling.changed(comment)
    if comment.state == State.SHOWN:
        telling.added(comment)
    return comment


def _answered(pk: int | None, page: LibraryPage, by: Person) -> Comment | None:
    """The comment that is answered; its thread must be open."""
    if pk is None:
        return None
    standing = Comment.objects.readable_by(reader_for(by)).filter(page_id=page.pk, state=State.SHOWN)
    before = standing.select_related("thread").filter(pk=pk).first()
    if before is None:
        raise Refused(_("The comment you answer is gone. Your text is still here: post it as a new comment."))
    # Under the lock, lest the thread is closed while this is written.
    if Comment.objects.select_for_update().get(pk=before.starter_id).closed:
        raise Refused(_("This thread was closed. Your text is still here: post it as a new comment."))
    return before


def _mention(comment: Comment, page: LibraryPage, by: Person) -> list[Person]:
    """Note whom the text names and who does not know yet; the author does."""
    people = [
        person for person in mentions.people_in(comment.body, page, reader_for(by)) if person.pk != by.pk
    ]
    told = set(comment.mentions.values_list("person_id", flat=True))
    new = [person for person in people if person.pk not in told]
    rates.require_mentions(by, len(new))
    Mention.objects.bulk_create([Mention(comment=comment, person=person) for person in new])
    return new


@transaction.atomic
def edit(*, by: Person, comment: Comment, body: str, version: int) -> Comment:
    """Change one's own comment; what it said stays as an earlier version.

    Raises Overtaken when it was saved since `version`. Nobody is told but those who are newly named.
    """
    by = _fresh(by)
    now = _locked(comment, by)
    if now.author_id != by.pk or now.state == State.DELETED:
        raise Gone(_("This comment is not there, or not for you any more."))
    page = _page(now.page_id, by)
    if not rules.may_write(by):
        raise Refused(_("Comments are written by people of a municipality. Join yours first."))
    if now.body == body:
        return now
    if now.version != version:
        raise Overtaken(
            _("You have saved this comment in another window meanwhile. Compare both, then save again.")
        )
    _set_aside(now)
    now.body, now.version, now.edited = body, now.version + 1, timezone.now()
    now.save(update_fields=["body", "version", "edited"])
    new = _mention(now, page, by)
    telling.changed(now)
    if now.state == State.SHOWN:
        telling.named(now, new)
    return now


def _set_aside(comment: Comment, **fields: Any) -> CommentVersion:
    return CommentVersion.objects.create(
        comment=comment,
        number=comment.version,
        body=comment.body,
        written=comment.edited or comment.written,
        **fields,
    )


@transaction.atomic
def delete(*, by: Person, comment: Comment) -> None:
    """Take one's own comment back. Its place stays where others have seen it, and so do the replies. Twice is once."""
    by = _fresh(by)
    now = _locked(comment, by)
    if now.author_id != by.pk:
        raise Gone(_("This comment is not there, or not for you any more."))
    if now.state == State.DELETED:
        return
    at = timezone.now()
    _set_aside(now, set_aside=at)
    now.versions.update(set_aside=at)
    now.state = State.DELETED if now.state == State.SHOWN else State.WITHDRAWN
    now.body, now.is_answer = "", False
    now.save(update_fields=["body", "state", "is_answer"])
    for each in now.files.select_related("file"):
        each.file.delete()
    now.helped.all().delete()
    now.mentions.all().delete()
    telling.changed(now, Reason.DELETE)
    telling.note("delete", now, by)


@transaction.atomic
def find_helpful(*, by: Person, comment: Comment, reason: str) -> None:
    """Say that a comment was helpful, and what for. Again changes the reason and tells nobody anew."""
    now = _other_peoples(comment, _fresh(by))
    if reason not in HelpfulReason.values:
        raise Refused(_("Choose what it was helpful for."))
    _vote, new = Helpful.objects.update_or_create(comment=now, person=by, defaults={"reason": reason})
    if new and now.author_id:
        happened("comment.helpful", Comment.kind, now.pk, by=by, to=[now.author_id])
    telling.changed(now)


@transaction.atomic
def take_helpful_back(*, by: Person, comment: Comment) -> None:
    """Not helpful after all."""
    now = _other_peoples(comment, _fresh(by))
    if Helpful.objects.filter(comment=now, person=by).delete()[0]:
        telling.changed(now)


def _other_peoples(comment: Comment, by: Person) -> Comment:
    now = _locked(comment, by)
    if now.state != State.SHOWN:
        raise Refused(_("This comment was deleted."))
    if now.author_id == by.pk:
        raise Refused(_("It is for others to say that your comment helped them."))
    if not rules.may_write(by):
        raise Refused(_("Join your municipality first."))
    return now


@transaction.atomic
def name_answer(*, by: Person, comment: Comment, answer: bool = True) -> None:
    """Say that a reply answers what its thread began with, or that it does not. A thread has one answer."""
    by = _fresh(by)
    now = _locked(comment, by)
    page = _page(now.page_id, by)
    if now.thread is None or now.state != State.SHOWN:
        raise Refused(_("Only a reply can be the answer."))
    if not rules.may_name_answer(by, page, now.thread):
        raise Refused(_("Whoever began the thread or wrote the page says which reply is the answer."))
    if now.is_answer == answer:
        return
    Comment.objects.filter(thread=now.thread, is_answer=True).update(is_answer=False)
    now.is_answer = answer
    now.save(update_fields=["is_answer"])
    if answer:
        to = {now.author_id, now.thread.author_id} - {None, by.pk}
        happened("comment.answered", Comment.kind, now.pk, by=by, to=[pk for pk in to if pk])
    telling.changed(now)


@transaction.atomic
def close_thread(*, by: Person, comment: Comment, closed: bool = True) -> None:
    """Take no more replies, or take them again. What was said stays."""
    by = _fresh(by)
    now = _locked(comment, by)
    page = _page(now.page_id, by)
    if now.thread_id is not None or not rules.may_close(by, page):
        raise Refused(_("Publishers of the page’s municipality and moderators close a thread."))
    if bool(now.closed) == closed:
        return
    now.closed = timezone.now() if closed else None
    now.save(update_fields=["closed"])
    telling.note("close" if closed else "reopen", now, by)
    telling.changed(now)


def keep(*, by: Person, body: str, token: str) -> None:
    """Keep a text that could not be posted, for its author alone; the same one once."""
    if body.strip():
        KeptText.objects.get_or_create(person=by, token=token, defaults={"body": body[:200_000]})
