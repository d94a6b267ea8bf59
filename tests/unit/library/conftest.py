"""What tests of the library share."""

import pytest

from members.roles import actions as roles
from tests import factories


@pytest.fixture
def publisher(municipality):
    person = factories.make_person("publisher@town.ca", municipality=municipality)
    admin = factories.make_person("admin@example.org", is_superuser=True)
    roles.name_role(by=admin, person=person, municipality=municipality, role="publisher")
    return person
