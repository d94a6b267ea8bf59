"""What happened to somebody while their request was under way is not undone by it."""

import pytest
from allauth.account.adapter import get_adapter

from members.backends import PersonBackend
from members.models import Person
from members.roles import actions as roles
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(municipality):
    return factories.make_person("pat@example.org", municipality=municipality, is_superuser=True)


def test_a_new_password_brings_nothing_back(person, municipality):
    theirs = PersonBackend().get_user(person.pk)
    root = factories.make_person("root@example.org", is_superuser=True)
    roles.remove_person(by=root, person=person, municipality=municipality)
    Person.objects.filter(pk=person.pk).update(is_superuser=False, is_active=False)
    get_adapter().set_password(theirs, "another long password")
    now = Person.objects.get(pk=person.pk)
    assert (now.municipality, now.is_superuser, now.is_active) == (None, False, False)
    assert now.check_password("another long password")


def test_a_changed_name_is_all_that_is_written(person, municipality):
    theirs = Person.objects.get(pk=person.pk)
    Person.objects.filter(pk=person.pk).update(municipality=None, job_title="Clerk")
    theirs.first_name = "Patricia"
    theirs.save()
    now = Person.objects.get(pk=person.pk)
    assert (now.first_name, now.job_title, now.municipality) == ("Patricia", "Clerk", None)


def test_what_was_not_written_yet_is_written_later(person):
    theirs = Person.objects.get(pk=person.pk)
    theirs.first_name, theirs.last_name = "Pat", "Plough"
    theirs.save(update_fields=["first_name"])
    assert Person.objects.get(pk=person.pk).last_name == ""
    theirs.save()
    assert Person.objects.get(pk=person.pk).last_name == "Plough"


def test_a_fresh_copy_knows_what_it_holds(person, other_municipality):
    theirs = Person.objects.get(pk=person.pk)
    Person.objects.filter(pk=person.pk).update(municipality=other_municipality)
    theirs.refresh_from_db()
    theirs.job_title = "Planner"
    theirs.save()
    now = Person.objects.get(pk=person.pk)
    assert (now.municipality_id, now.job_title) == (other_municipality.pk, "Planner")
