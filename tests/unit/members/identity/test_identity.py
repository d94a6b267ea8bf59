"""Identity outlives the job: what stays, what goes, and what follows when two accounts become one."""

import json
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.core import mail
from django.db import connection
from wagtail.models import Comment, ModelLogEntry

from members.audience import reader_for
from members.groups import actions as groups
from members.identity import closing, export, merging
from members.identity.belongings import is_sorted, relations
from members.models import GroupMembership, Person, RoleGrant
from members.refusal import Refused
from notifications.models import SavedSearch
from tests import factories

pytestmark = pytest.mark.django_db
CANARY = "zqcanary"


@pytest.fixture
def person(municipality):
    return factories.make_person(
        f"{CANARY}@example.org", municipality=municipality, first_name=f"{CANARY}first",
        last_name=f"{CANARY}last", job_title=f"{CANARY}job",
    )  # fmt: skip


@pytest.fixture
def other(other_municipality):
    return factories.make_person("old@example.org", first_name="Old", last_name="Name")


def grant(person, role="publisher"):
    return RoleGrant.objects.create(person=person, municipality=person.municipality, role=role)


def save_search(person, name="Snow"):
    return SavedSearch.objects.create(person=person, name=name, query="q=snow", feed_key="secretfeed")


def everything_stored():
    """Every value of every table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            yield table, str(cursor.fetchall())


def test_somebody_has_said_of_every_record_what_becomes_of_it():
    """A new model that names people fails here until it is registered in `identity.belongings`."""
    unsorted = [f"{model._meta.label}: {field}" for model, field in relations() if not is_sorted(model)]
    assert not unsorted


# Closing


def test_closing_keeps_contributions_and_forgets_the_person_everywhere(person, case_study):
    case_study.owner = person
    case_study.save()
    save_search(person)
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    grant(person, "contributor")
    comment = Comment.objects.create(
        page=case_study, user=person, text="Ours", contentpath="title", position=""
    )
    closing.close(by=person)
    for table, rows in everything_stored():
        assert CANARY not in rows, table
    person.refresh_from_db()
    case_study.refresh_from_db()
    assert case_study.owner == person
    assert str(person) == person.get_full_name() == "Former member of Innisfil"
    assert Comment.objects.filter(pk=comment.pk, user=person).exists()
    assert not SavedSearch.objects.exists()
    assert not Authenticator.objects.exists()
    assert not RoleGrant.objects.exists()
    assert ModelLogEntry.objects.filter(action="person.close", object_id=str(person.pk)).exists()


def test_closing_ends_access_at_once(client, person):
    client.force_login(person)
    assert client.get("/en/account/profile/").status_code == 200
    closing.close(by=person)
    assert client.get("/en/account/profile/").status_code == 302
    assert reader_for(Person.objects.get(pk=person.pk)).labels == {"public"}


def test_closing_twice_has_one_effect(person):
    closing.close(by=person)
    closing.close(by=person)
    assert ModelLogEntry.objects.filter(action="person.close").count() == 1


def test_the_last_lead_of_a_group_names_another_first(person, other_municipality):
    group = factories.make_group(person)
    second = factories.make_person("second@example.org", municipality=other_municipality)
    factories.add_to_group(group, second)
    with pytest.raises(Refused, match="Winter roads"):
        closing.close(by=person)
    assert Person.objects.get(pk=person.pk).is_active
    groups.name_lead(by=person, group=group, person=second)
    closing.close(by=person)
    assert list(group.memberships.values_list("person", flat=True)) == [second.pk]


def test_the_last_publisher_names_another_first(person, municipality):
    grant(person)
    factories.make_person("colleague@example.org", municipality=municipality)
    with pytest.raises(Refused, match="last publisher"):
        closing.close(by=person)
    assert Person.objects.get(pk=person.pk).municipality == municipality


def test_the_last_administrator_stays():
    admin = factories.make_person(is_superuser=True)
    with pytest.raises(Refused, match="last administrator"):
        closing.close(by=admin)


def test_an_app_above_may_have_a_reason_of_its_own(person, monkeypatch):
    monkeypatch.setattr(closing, "_checks", [])
    closing.refuse_when(lambda who: "The meeting is tomorrow." if who == person else "")
    with pytest.raises(Refused, match="meeting"):
        closing.close(by=person)


def test_closing_by_the_page_asks_who_one_is_and_signs_out(client, person, index):
    client.post("/en/account/login/", {"login": person.email, "password": "correct horse battery"})
    address = "/en/account/data/close/"
    asked = client.get(address)
    assert asked["Location"].startswith("/en/account/reauthenticate/")
    client.post(asked["Location"], {"password": "correct horse battery"})
    assert "Close my account for good" in client.get(address).content.decode()
    client.post(address)
    assert "_auth_user_id" not in client.session
    assert Person.objects.get(pk=person.pk).closed


# Merging


def token_of(by, email):
    merging.ask(by=by, email=email, url_of=lambda token: f"http://site/{token}")
    return re.search(r"http://site/(\S+)", mail.outbox[-1].body)[1]


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr("django.db.transaction.on_commit", lambda action, **_: action())


def test_merging_loses_nothing(person, other, other_municipality, case_study, at_once):
    other.municipality = other_municipality
    other.save()
    person.municipality = None
    person.save()
    grant(other, "contributor")
    save_search(other)
    group = factories.make_group(factories.make_person("lead@example.org", municipality=other_municipality))
    factories.add_to_group(group, other)
    GroupMembership.objects.create(group=group, person=person, state="asked")
    case_study.owner = other
    case_study.save()
    Comment.objects.create(page=case_study, user=other, text="Ours", contentpath="title", position="")
    merging.merge(by=person, token=token_of(person, "old@example.org"))
    person, other = Person.objects.get(pk=person.pk), Person.objects.get(pk=other.pk)
    case_study.refresh_from_db()
    assert case_study.owner == person
    assert person.municipality == other_municipality
    assert person.saved_searches.count() == 1
    assert Comment.objects.get().user == person
    assert RoleGrant.objects.get(person=person).role == "contributor"
    assert person.groups.count() == 1
    assert GroupMembership.objects.get(group=group, person=person).state == "active"
    assert EmailAddress.objects.get(email="old@example.org").user == person
    assert EmailAddress.objects.get(user=person, primary=True).email == person.email
    assert (other.is_active, other.merged_into) == (False, person)
    for model, field in relations():
        left = model._base_manager.filter(**{field: other}).exclude(**{f"{field}_id": None})
        assert not left.exists(), (model, field)


@pytest.mark.parametrize("relation", sorted({(m._meta.label, f) for m, f in relations()}))
def test_no_relation_is_left_out_of_a_merge(relation, person, other, at_once, monkeypatch):
    """Each table that names people is walked, those of apps above and of libraries too."""
    moved = []
    monkeypatch.setattr(
        merging, "_move", lambda model, field, *people: moved.append((model._meta.label, field))
    )
    merging.merge(by=person, token=token_of(person, "old@example.org"))
    assert relation in moved


def test_the_other_accounts_page_leads_to_the_one_that_stays(client, person, other, index, at_once):
    merging.merge(by=person, token=token_of(person, "old@example.org"))
    address = f"/en/people/{other.pk}/"
    assert client.get(address).status_code == 404
    client.force_login(person)
    assert client.get(address)["Location"] == f"/en/people/{person.pk}/"


def test_of_two_leads_in_one_group_one_remains_and_leads(person, other, municipality, at_once):
    other.municipality = municipality
    other.save()
    group = factories.make_group(other)
    factories.add_to_group(group, person)
    merging.merge(by=person, token=token_of(person, "old@example.org"))
    assert list(group.memberships.values_list("person", "is_lead")) == [(person.pk, True)]


def test_a_link_merges_once(person, other, at_once):
    token = token_of(person, "old@example.org")
    merging.merge(by=person, token=token)
    with pytest.raises(Refused):
        merging.merge(by=person, token=token)
    assert ModelLogEntry.objects.filter(action="person.merge").count() == 1


def test_a_link_is_for_whoever_asked(person, other, municipality, at_once):
    token = token_of(person, "old@example.org")
    with pytest.raises(Refused):
        merging.merge(by=factories.make_person("thief@example.org"), token=token)


def test_an_unknown_address_gets_no_mail_and_the_same_answer(client, person, other, at_once):
    client.force_login(person)
    answers = [
        client.post("/en/account/data/merge/", {"email": email}, follow=True).content
        for email in ("old@example.org", "never@example.org")
    ]
    assert len(mail.outbox) == 1
    token = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    assert token.sub(b"", answers[0]) == token.sub(b"", answers[1])


def test_mail_alone_does_not_go_round_the_other_accounts_second_factor(person, other, at_once):
    token = token_of(person, "old@example.org")
    TOTP.activate(other, "JBSWY3DPEHPK3PXP")
    with pytest.raises(Refused, match="second step"):
        merging.merge(by=person, token=token)


def test_an_administrators_account_is_the_one_that_stays(person, other, at_once):
    Person.objects.filter(pk=other.pk).update(is_superuser=True)
    with pytest.raises(Refused, match="administrator"):
        merging.merge(by=person, token=token_of(person, "old@example.org"))


# Moving, profile, export


def test_moving_keeps_authorship_and_drops_access_at_once(
    client, person, other_municipality, case_study, area
):
    case_study.owner = person
    case_study.save()
    inside = factories.make_case_study(
        case_study.municipality, area, slug="inside", title="Inside", audience="municipality"
    )
    client.force_login(person)
    assert client.get(inside.url).status_code == 200
    client.post("/en/account/profile/leave/")
    assert client.get(inside.url).status_code == 404
    case_study.refresh_from_db()
    assert case_study.owner == person


def test_profile_changes_names_and_language_and_nothing_else(client, person, index):
    client.force_login(person)
    sent = {"first_name": "Noé", "last_name": "Roy", "job_title": "Clerk", "language": "fr",
            "is_superuser": "on", "email": "else@example.org"}  # fmt: skip
    assert client.post("/en/account/profile/", sent)["Location"] == "/fr/account/profile/"
    person.refresh_from_db()
    assert (person.first_name, person.language, person.is_superuser) == ("Noé", "fr", False)
    assert person.email == f"{CANARY}@example.org"


def test_a_name_that_is_too_long_is_refused_and_kept_in_the_form(client, person, index):
    client.force_login(person)
    response = client.post("/en/account/profile/", {"first_name": "x" * 151, "last_name": "Roy", "job_title": "",
                                                    "language": ""})  # fmt: skip
    assert response.status_code == 422
    assert "x" * 151 in response.content.decode()


def test_export_has_all_of_mine_nothing_of_others_and_no_secret(person, other, case_study, municipality):
    case_study.owner = person
    case_study.save()
    save_search(person)
    save_search(other, "Theirs")
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    admin = factories.make_person("admin@example.org", is_superuser=True)
    RoleGrant.objects.create(person=person, municipality=municipality, role="contributor", by=admin)
    RoleGrant.objects.create(person=other, role="moderator", by=person)
    said = json.dumps(export.everything(person), default=str)
    for mine in (CANARY, "Snow", case_study.title, "contributor", "totp"):
        assert mine in said, mine
    for not_mine in ("old@example.org", "Theirs", "admin@example.org", "secretfeed", "JBSWY3DPEHPK3PXP",
                     person.password):  # fmt: skip
        assert not_mine not in said, not_mine


def test_everything_that_is_somebodys_own_is_in_the_export(person):
    """What is deleted with the account is told before, except what would be a secret or says nothing."""
    from members.identity.belongings import _own

    silent = {label for label, belonging in _own.items() if not belonging.says}
    assert silent == {"wagtailadmin.FormState", "wagtailcore.APIToken"}
    for label, belonging in _own.items():
        for name in belonging.says:
            assert hasattr(apps.get_model(label), name), (label, name)
