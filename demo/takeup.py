"""What the fictional township took up, so that counters and adopters' lists have something true to show."""

import datetime
from decimal import Decimal
from pathlib import Path

from adoptions.models import Adoption, State
from demo.peers import load_peers
from demo.people import demo_township, make_people
from discussions.models import Answer, Question
from library.models import ServiceArea
from library.registry import kinds
from members.models import MunicipalityPage

# Identifier of the source, state, months saved, what was changed.
_ADOPTIONS = [
    (
        "demo-playbook-data-label",
        State.PILOTING,
        Decimal(2),
        "We label two cameras first, then the library’s counters.",
    ),
    (
        "demo-playbook-digital-strategy",
        State.LIVE,
        Decimal(6),
        "We merged steps 2 and 3: our leadership team is five people.",
    ),
    ("demo-durham-municipal-meetings", State.ADAPTED, Decimal(1), "Every second month, and online."),
]
_QUESTION = (
    "TRN-02",
    "Has anybody ploughed sidewalks with an autonomous machine through a whole winter?",
    "We would like to know what happened at driveways, and who walked along with it.",
)
_ANSWER = "Not yet. The case study linked above is a prototype; its municipality’s contact role is named on the page."


def load_takeup(logins_file: Path) -> None:
    """Make the demo's people, adoptions and a question. Run twice, nothing is doubled."""
    make_people(logins_file)
    township = demo_township()
    for identifier, state, months, changes in _ADOPTIONS:
        source = next(
            filter(None, (m.objects.filter(identifier=identifier).first() for m in kinds().values())), None
        )
        if source and not Adoption.objects.filter(municipality=township, source_id=source.pk).exists():
            Adoption.objects.create(
                municipality=township, source_id=source.pk, state=state, months_saved=months, changes=changes,
                since=datetime.date(2026, 9, 1),
            )  # fmt: skip
    _ask(township)
    load_peers()


def _ask(township: MunicipalityPage) -> None:
    code, title, body = _QUESTION
    area = ServiceArea.objects.get(code=code)
    question, created = Question.objects.get_or_create(
        title=title, municipality=township, defaults={"body": body, "service_area": area}
    )
    if created:
        Answer.objects.create(question=question, municipality=township, body=_ANSWER)
