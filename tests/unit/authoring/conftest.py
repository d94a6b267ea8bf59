import uuid

import pytest

from authoring.capture import actions as capture
from authoring.models import Draft
from members.models import Person, Region
from members.roles import actions as roles
from members.roles import review
from tests.factories import make_colleague, make_person


@pytest.fixture
def admin(db):
    return make_person("admin@example.org", is_superuser=True, first_name="Ada")


@pytest.fixture
def publisher(admin, municipality):
    names = {"first_name": "Pat", "last_name": "Town"}
    return make_colleague(admin, municipality, "publisher", "pat@town.ca", **names)


@pytest.fixture
def contributor(admin, municipality, publisher):
    names = {"first_name": "Cam", "last_name": "Town"}
    return make_colleague(admin, municipality, "contributor", "cam@town.ca", **names)


@pytest.fixture
def outsider(other_municipality):
    return make_person("olga@other.ca", municipality=other_municipality, first_name="Olga")


@pytest.fixture
def coordinator(admin, municipality):
    region = Region.objects.create(name="Simcoe", slug="simcoe")
    municipality.region = region
    municipality.save()
    person = make_person("cory@region.ca", first_name="Cory")
    roles.name_coordinator(by=admin, person=person, region=region)
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def reviewed(admin, municipality, publisher):
    """Drafts of the municipality are reviewed."""
    review.switch_review(by=publisher, municipality=municipality, on=True)


@pytest.fixture
def begin(municipality, area):
    def begin(by, **values):
        said = {
            "title": "Brine",
            "summary": "Brine instead of salt.",
            "stage": "pilot",
            "areas": [area],
            **values,
        }
        return capture.begin(by=by, town=municipality, key=uuid.uuid4(), values=said)

    return begin


@pytest.fixture
def draft(begin, contributor):
    """A complete stub of the contributor's."""
    return begin(contributor)


def stub(area, town, **values):
    """What a browser sends of the first form."""
    return {
        "key": str(uuid.uuid4()), "title": "Brine", "summary": "Brine instead of salt.", "town": town.pk,
        "area": area.pk, "second_area": "", "stage": "pilot", "audience": "public", "action": "draft", **values,
    }  # fmt: skip


def begun():
    return Draft.objects.select_related("page").get().page.specific
