"""Adoptions: declared by the adopter, counted honestly, shown to their audience."""

from decimal import Decimal

import pytest
from django.db import IntegrityError

from adoptions.models import Adoption
from core.models import LogEntry
from members.audience import ANONYMOUS
from tests.factories import make_adoption, make_case_study

pytestmark = pytest.mark.django_db


def test_home_adds_up_the_months_saved(client, index, case_study, playbook, other_municipality):
    make_adoption(other_municipality, case_study, months_saved=Decimal("6.5"))
    make_adoption(other_municipality, playbook, months_saved=Decimal("35.5"))
    assert "42" in client.get(index.get_parent().url).content.decode()


def test_months_of_hidden_adoptions_are_not_counted(case_study, other_municipality):
    make_adoption(other_municipality, case_study, months_saved=5, audience="members")
    assert Adoption.objects.visible_to(ANONYMOUS).saved_and_in_use()["months"] == 0


def test_source_shows_its_adopters(client, case_study, other_municipality):
    make_adoption(other_municipality, case_study)
    assert other_municipality.title in client.get(case_study.url).content.decode()


def test_municipality_shows_what_it_took_up(client, case_study, other_municipality):
    make_adoption(other_municipality, case_study)
    assert case_study.title in client.get(other_municipality.url).content.decode()


def test_hidden_source_is_not_named_on_the_adopters_page(client, municipality, area, other_municipality):
    hidden = make_case_study(municipality, area, title="Canary project", audience="members")
    make_adoption(other_municipality, hidden)
    assert "Canary" not in client.get(other_municipality.url).content.decode()


def test_one_adoption_each(case_study, other_municipality):
    make_adoption(other_municipality, case_study)
    with pytest.raises(IntegrityError):
        make_adoption(other_municipality, case_study)


def test_adoption_tells_the_log_about_its_source(case_study, other_municipality):
    before = LogEntry.objects.filter(item_id=case_study.pk).count()
    make_adoption(other_municipality, case_study)
    assert LogEntry.objects.filter(item_id=case_study.pk).count() == before + 1
