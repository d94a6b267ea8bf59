"""Asking, changing and withdrawing a question. Each is one transaction; its events follow the commit."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from discussions.models import Question, new_token
from discussions.moderation import firstposts
from discussions.questions import limits, telling
from discussions.questions.permissions import may_ask, may_change
from library.models import ServiceArea
from members.audience import Audience
from members.models import Person
from members.refusal import Refused


class NotAllowed(Refused):
    """Only people of a municipality ask."""


@transaction.atomic
def ask(
    *,
    title: str,
    body: str,
    service_area: ServiceArea,
    audience: str,
    language: str,
    by: Person,
    about: Any = None,
    anonymous: bool = False,
    token: str | None = None,
) -> Question:
    """Ask on behalf of the person's municipality, and put the question to those who may know: now, or when it was checked.

    `token` names one act of asking: the same again gives the question that is there. Raises NotAllowed for somebody
    without a municipality, Refused with what to do instead.
    """
    by = Person.objects.select_for_update().get(pk=by.pk)
    town = by.municipality
    if town is None or not may_ask(by):
        raise NotAllowed(
            _("Questions are asked by people of a municipality, and your account does not belong to one yet.")
        )
    known = Question.objects.filter(by=by, token=token).first() if token else None
    if known is not None:
        return known
    require_others(anonymous, audience)
    _require_room(by)
    waits = firstposts.holds(by, audience, nameless=anonymous)
    question = Question.objects.create(
        title=title, body=body, service_area=service_area, audience=audience, language=language, municipality=town,
        by=by, about_id=about.pk if about else None, anonymous=anonymous, token=token or new_token(),
    )  # fmt: skip
    if waits:
        firstposts.hold(Question.kind, question.pk)
    else:
        telling.asked(question)
    return question


def require_others(anonymous: bool, audience: str) -> None:
    """Raises Refused where only one's own colleagues would read a question that hides their municipality."""
    if anonymous and audience == Audience.MUNICIPALITY:
        raise Refused(
            _(
                "Only your own colleagues would read it, so its municipality could not be hidden. Choose another audience."
            )
        )


def _require_room(by: Person) -> None:
    asked = Question.objects.filter(by=by, asked__gt=timezone.now() - limits.DAY).count()
    if asked >= limits.QUESTIONS_A_DAY:
        raise Refused(
            _(
                "You have asked %(count)d questions within a day, which is the limit. Your text is still here: ask tomorrow."
            )
            % {"count": asked}
        )


def stamp(thing: Any) -> str:
    """What tells one state of a question or answer from another."""
    return thing.edited.isoformat() if thing.edited else ""


def require_current(thing: Any, seen: str) -> None:
    """Raises Refused where somebody else has changed the text since it was opened."""
    if stamp(thing) != seen:
        raise Refused(
            _("A colleague has changed this text meanwhile. Yours is still here: compare, then save again.")
        )


@transaction.atomic
def change(*, by: Person, question: Question, seen: str = "", **said: Any) -> Question:
    """Change the words, the service area or the audience. `seen` is the stamp of what the person had before them."""
    question = Question.objects.select_for_update().get(pk=question.pk)
    if not may_change(by, question):
        raise Refused(_("Only those who asked can change this question."))
    if all(getattr(question, name) == value for name, value in said.items()):
        return question
    require_current(question, seen)
    require_others(question.anonymous, said.get("audience", question.audience))
    for name, value in said.items():
        setattr(question, name, value)
    question.edited = timezone.now()
    question.save()
    return question


@transaction.atomic
def withdraw(*, by: Person, question: Question) -> None:
    """Take a question back. A tombstone stays, with what others answered. Twice has one effect."""
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.withdrawn:
        return
    if not may_change(by, question):
        raise Refused(_("Only those who asked can withdraw this question."))
    question.title = question.body = ""
    question.withdrawn = timezone.now()
    question.save()
