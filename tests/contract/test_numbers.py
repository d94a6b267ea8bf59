"""A number that no database can hold is an address of nothing, on every route that takes one."""

import pytest
from django.urls import reverse

from core.converters import NumberConverter
from tests.contract.addresses import routes
from tests.factories import make_person

pytestmark = pytest.mark.django_db
SOME, HUGE = 987654321, 10**30


def _values(pattern):
    converters = getattr(pattern.pattern, "converters", {})
    return {key: SOME if isinstance(kind, NumberConverter) else "comment" for key, kind in converters.items()}


NUMBERED = sorted({name for name, pattern in routes() if SOME in _values(pattern).values()})


def test_there_are_such_routes():
    assert {"adoptions:adopt", "library:still_true", "notifications:choose"} <= set(NUMBERED)


@pytest.mark.parametrize("name", NUMBERED)
def test_a_number_that_no_database_can_hold_is_not_found(name, client, municipality):
    values = next(_values(pattern) for known, pattern in routes() if known == name)
    address = reverse(name, kwargs=values).replace(str(SOME), str(HUGE))
    client.force_login(make_person(municipality=municipality))
    assert client.get(address, follow=True).status_code == 404
    assert client.post(address, follow=True).status_code == 404
