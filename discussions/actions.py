"""What people do with questions. Each action is one transaction; its events follow the commit."""

from django.db import transaction

from discussions.models import Question
from library.models import ServiceArea
from members.audience import Audience
from members.models import Person


class NotAllowed(Exception):
    """Only people of a municipality ask."""


@transaction.atomic
def ask(
    *, title: str, body: str, service_area: ServiceArea, audience: Audience, language: str, by: Person
) -> Question:
    """Ask on behalf of the person's municipality; raises NotAllowed for somebody without one."""
    town = by.municipality
    if town is None or not may_ask(by):
        raise NotAllowed
    return Question.objects.create(
        title=title,
        body=body,
        service_area=service_area,
        audience=audience,
        language=language,
        municipality=town,
    )


def may_ask(person: Person) -> bool:
    """Whether this person can ask for a municipality."""
    return person.is_active and person.municipality_id is not None
