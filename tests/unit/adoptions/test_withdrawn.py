"""An adoption that is narrowed or taken back is not told while the index still knows it."""

import pytest

from core.log import LogEntry, Reason
from tests.factories import make_adoption

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("change", ["narrowed", "deleted"])
def test_source_is_fenced(case_study, other_municipality, change):
    adoption = make_adoption(other_municipality, case_study)
    newest = LogEntry.objects.latest("seq").seq
    if change == "narrowed":
        adoption.audience = "members"
        adoption.save()
    else:
        adoption.delete()
    assert LogEntry.objects.filter(seq__gt=newest, item_id=case_study.pk, reason=Reason.AUDIENCE).exists()
