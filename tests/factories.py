"""Things to test with, each as a user would have made it: saved in the tree, published, in the log."""

from typing import Any

from django.utils.text import slugify

from adoptions.models import Adoption
from casestudies.models import CaseStudyPage
from discussions.comments import actions as comments
from discussions.comments.models import new_token
from discussions.models import Comment, Question
from library.models import ServiceArea
from members.groups import actions as groups
from members.models import MunicipalityPage, Person, WorkingGroup
from members.roles import actions as roles
from playbooks.models import PlaybookPage


def make_municipality(index: Any, official_name: str, **fields: Any) -> MunicipalityPage:
    """A published municipality below the index."""
    defaults = {
        "title": official_name.split(" of ")[-1],
        "slug": slugify(official_name),
        "status": "town",
        "tier": "single",
    }
    return index.add_child(instance=MunicipalityPage(official_name=official_name, **{**defaults, **fields}))


def make_area(code: str = "TRN-02", **fields: Any) -> ServiceArea:
    """A service area with labels in both languages."""
    defaults = {"label_en": "Winter maintenance", "label_fr": "Entretien hivernal", "slug": slugify(code)}
    return ServiceArea.objects.create(code=code, **{**defaults, **fields})


def make_case_study(
    municipality: MunicipalityPage, area: ServiceArea | None = None, **fields: Any
) -> CaseStudyPage:
    """A published stub."""
    defaults = {
        "title": "Autonomous sidewalk snow plow",
        "summary": "A prototype clears sidewalks.",
        "stage": "pilot",
    }
    return _publish(municipality, CaseStudyPage(**{**defaults, **fields}), area)


def make_playbook(
    municipality: MunicipalityPage, area: ServiceArea | None = None, **fields: Any
) -> PlaybookPage:
    """A published playbook with two steps."""
    steps = [("step", {"title": f"Step {n}", "instruction": f"Do *thing* {n}."}) for n in (1, 2)]
    defaults = {
        "title": "A data label with a QR code",
        "summary": "Tell residents what is collected.",
        "status": "beta",
        "when_to_use": "Sensors in public space.",
        "when_not_to_use": "No data about people.",
        "steps": steps,
    }
    return _publish(municipality, PlaybookPage(**{**defaults, **fields}), area)


def _publish(municipality: MunicipalityPage, page: Any, area: ServiceArea | None) -> Any:
    live = page.live
    page.municipality = municipality
    page.live = False
    page = municipality.add_child(instance=page)
    if area:
        page.service_areas.add(area)
    revision = page.save_revision()
    if live:
        revision.publish()
        page.refresh_from_db()
    elif area:
        page.save()
    return page


def make_person(email: str = "pat@example.org", **fields: Any) -> Person:
    """Somebody with an account."""
    return Person.objects.create_user(email, "correct horse battery", **fields)


def make_colleague(admin: Person, town: MunicipalityPage, role: str, email: str, **fields: Any) -> Person:
    """Somebody of a municipality to whom an administrator has given a role."""
    person = make_person(email, municipality=town, **fields)
    roles.name_role(by=admin, person=person, municipality=town, role=role)
    return Person.objects.get(pk=person.pk)


def make_group(founder: Person, name: str = "Winter roads", **fields: Any) -> WorkingGroup:
    """A working group led by its founder."""
    defaults = {"purpose": "Ploughs that know where the snow is.", "joining": "request"}
    return groups.found(by=founder, name=name, **{**defaults, **fields})


def add_to_group(group: WorkingGroup, person: Person) -> None:
    """Let somebody in, as a lead would."""
    groups.join(by=person, group=group)
    groups.accept(by=group.memberships.leads().first().person, group=group, person=person)


def make_adoption(municipality: MunicipalityPage, source: Any, **fields: Any) -> Adoption:
    """A live adoption."""
    return Adoption.objects.create(
        municipality=municipality, source_id=source.pk, **{"state": "live", **fields}
    )


def make_question(municipality: MunicipalityPage, area: ServiceArea, **fields: Any) -> Question:
    """A public question."""
    defaults = {"title": "Who has done this?", "body": "We wonder."}
    return Question.objects.create(municipality=municipality, service_area=area, **{**defaults, **fields})


def make_comment(page: Any, author: Person, body: str = "We tried that too.", **fields: Any) -> Comment:
    """A comment, as its author would post it; `answers_to` another one."""
    before = fields.pop("answers_to", None)
    return comments.add(
        by=author,
        page_id=page.pk,
        body=body,
        token=new_token(),
        answers_to=before.pk if before else None,
        **fields,
    )
