"""A case study: dates, data label, candour."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from tests.factories import make_person

pytestmark = pytest.mark.django_db


def test_stub_of_five_fields_can_be_published(case_study):
    case_study.full_clean()
    assert case_study.live


def test_dates_must_be_in_order(case_study):
    case_study.started = datetime.date(2026, 5, 1)
    case_study.went_live = datetime.date(2026, 4, 1)
    with pytest.raises(ValidationError, match="out of order"):
        case_study.full_clean()


def test_label_without_gate_is_refused(case_study):
    case_study.gate = "no"
    label = {"accountable": "Clerk", "purpose": "Counting", "retention": "1 day", "access": "Clerk"}
    case_study.data_label = [("label", label)]
    with pytest.raises(ValidationError, match="data label"):
        case_study.full_clean()


@pytest.mark.parametrize(
    ("belongs", "audience", "shown"),
    [
        (None, "members", False),
        ("other", "members", True),
        ("own", "members", True),
        ("other", "municipality", False),
        ("own", "municipality", True),
        (None, "public", True),
    ],
)
def test_candid_note_has_an_audience_of_its_own(
    client, case_study, municipality, other_municipality, belongs, audience, shown
):
    case_study.candid_note = "The vendor went CANARYWORD."
    case_study.candid_audience = audience
    case_study.save_revision().publish()
    if belongs:
        client.force_login(make_person(municipality=municipality if belongs == "own" else other_municipality))
    assert ("CANARYWORD" in client.get(case_study.url).content.decode()) is shown


def test_candid_note_of_an_unknown_audience_is_shown_to_nobody(client, case_study, municipality):
    case_study.candid_note = "CANARYWORD"
    case_study.save_revision().publish()
    type(case_study).objects.update(candid_audience="unheard-of")
    client.force_login(make_person(municipality=municipality))
    assert "CANARYWORD" not in client.get(case_study.url).content.decode()
