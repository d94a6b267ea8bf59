"""What two fictional towns ask, answer and try, so that routing, addenda, histories and thanks can be seen."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from adoptions import actions as adoptions
from adoptions.models import Adoption, State
from demo.people import PEER
from discussions.models import Question, QuestionRoute
from discussions.questions import answering, asking
from library.models import ServiceArea
from library.people import actions as people
from library.registry import kinds
from members.audience import Audience
from members.models import Person

_ASKER = "contributor@demoville.example"
# Whoever comes to try the demo finds the people with room for a question of theirs.
_LONG_AGO = timedelta(days=14)
_STRATEGY, _PLOW = "demo-playbook-digital-strategy", "demo-innisfil-sidewalk-snow-plow"
# Source; then state, since, reason, what was changed, months saved, thanks of each step.
_TRIED: tuple[tuple[str, tuple[tuple[Any, ...], ...]], ...] = (
    (
        _STRATEGY,
        (
            (State.PILOTING, date(2026, 2, 2), "", "Interviews first, the survey later.", None, ""),
            (State.LIVE, date(2026, 6, 15), "", "Interviews first, the survey later.", 4,
             "The interview guide alone saved us a month."),
        ),
    ),
    (
        _PLOW,
        (
            (State.CONSIDERING, date(2026, 1, 12), "", "", None, ""),
            (State.DECLINED, date(2026, 4, 20), "Our sidewalks are too narrow, and nobody insures it yet.", "", None, ""),
        ),
    ),
)  # fmt: skip
_QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "title": "How did you get your council’s attention for a digital strategy?",
        "body": "Ours has asked twice **what it is for**. Did a pilot come first, or the paper?",
        "area": "COR-01", "language": "en", "audience": Audience.PUBLIC, "about": _STRATEGY,
        "answer": "A pilot. We showed *one* form that took three minutes instead of three weeks, then asked for the plan.",
        "thanks": "We did the same, and it worked.",
    },
    {
        "title": "Has anybody had a vendor walk away in the middle of a contract?",
        "body": "We would like to know what you asked for, and what you would write into the contract today.",
        "area": "TRN-02", "language": "en", "audience": Audience.MEMBERS, "anonymous": True,
    },
    {
        "title": "Qui a déjà traduit ses avis d’interdiction de stationnement hivernal ?",
        "body": "Nous cherchons des formulations courtes, lisibles sur un téléphone.",
        "area": "TRN-02", "language": "fr", "audience": Audience.PUBLIC,
    },
)  # fmt: skip


def load_peers() -> None:
    """Make what the neighbours ask, answer and try. Run twice, nothing is doubled."""
    robin, asker = (Person.objects.filter(email=email).first() for email in (PEER, _ASKER))
    if robin is None or asker is None:
        return
    winter = ServiceArea.objects.filter(code="TRN-02")
    people.offer(
        by=robin, about="Roads, and what machines can do on them.", languages=["en", "fr"], can_help=winter
    )
    for identifier, steps in _TRIED:
        _try(robin, identifier, steps)
    for given in _QUESTIONS:
        if not Question.objects.filter(title=given["title"]).exists():
            _ask(asker, robin, given)


def _source(identifier: str) -> Any:
    found = (model.objects.filter(identifier=identifier).first() for model in kinds().values())
    return next(filter(None, found), None)


def _try(by: Person, identifier: str, steps: tuple[tuple[Any, ...], ...]) -> None:
    source = _source(identifier)
    if source is None or Adoption.objects.filter(municipality=by.municipality, source_id=source.pk).exists():
        return
    known = None
    for state, since, reason, changes, months, thanks in steps:
        said = {"state": state, "since": since, "reason": reason, "changes": changes, "months_saved": months}
        more = {"version": getattr(source, "version", ""), "may_contact": True, "audience": Audience.PUBLIC}
        noted = {"thanks": thanks, "thanks_shown": bool(thanks)}
        known = adoptions.declare(
            by=by, source_id=source.pk, said={**said, **more, **noted}, seen=adoptions.stamp(known)
        )


def _ask(by: Person, robin: Person, given: dict[str, Any]) -> None:
    area = ServiceArea.objects.get(code=given["area"])
    about = _source(given["about"]) if "about" in given else None
    said = {name: given[name] for name in ("title", "body", "language", "audience")}
    question = asking.ask(
        **said, service_area=area, by=by, about=about, anonymous=given.get("anonymous", False)
    )
    if "answer" in given:
        answer = answering.answer(by=robin, question=question, body=given["answer"])
        answering.accept(by=by, answer=answer, thanks=given["thanks"], thanks_shown=True)
    then = timezone.now() - _LONG_AGO
    Question.objects.filter(pk=question.pk).update(asked=then)
    QuestionRoute.objects.filter(question=question).update(asked=then)
