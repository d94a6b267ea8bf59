"""Two towns, people who can help, a coordinator."""

import pytest

from discussions.questions import asking
from library.people import actions as people
from members.models import Region
from members.roles import actions as roles
from tests import factories


@pytest.fixture
def admin(index):
    return factories.make_person("root@example.org", is_superuser=True)


@pytest.fixture
def asker(municipality):
    """Somebody of Innisfil."""
    return factories.make_person("ann@example.org", first_name="Ann", municipality=municipality)


@pytest.fixture
def helper(other_municipality, area):
    """Somebody of Whitby who offers help with winter maintenance."""
    person = factories.make_person("sam@example.org", first_name="Sam", municipality=other_municipality)
    people.offer(by=person, can_help=[area])
    return person


@pytest.fixture
def coordinator(admin, municipality):
    """Looks after the asker's region."""
    region = Region.objects.create(name="Simcoe", slug="simcoe")
    municipality.region = region
    municipality.save()
    person = factories.make_person("cory@example.org", first_name="Cory")
    roles.name_coordinator(by=admin, person=person, region=region)
    return person


@pytest.fixture
def ask(asker, area):
    """Ask something as the asker."""

    def ask(**said):
        given = {"title": "Who ploughs sidewalks?", "body": "", "audience": "members", "language": "en"}
        return asking.ask(**{**given, "service_area": area, "by": asker, **said})

    return ask
