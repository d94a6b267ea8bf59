"""Roles: who may, what follows in Wagtail, and that nothing outlives the job."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import call_command
from wagtail.models import GroupCollectionPermission, GroupPagePermission, ModelLogEntry, PageLogEntry

from core.models import Attachment, File
from members.audience import reader_for
from members.backends import PersonBackend
from members.models import Person, Region, RoleGrant, Workplace
from members.refusal import Refused
from members.roles import actions, rules
from members.roles.rules import holds_responsibility
from tests.factories import make_case_study, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db):
    return make_person("admin@example.org", is_superuser=True)


@pytest.fixture
def publisher(admin, municipality):
    return role(admin, make_person("publisher@town.ca", municipality=municipality), "publisher")


@pytest.fixture
def member(municipality):
    return make_person("member@town.ca", municipality=municipality)


def role(by, person, name):
    actions.name_role(by=by, person=person, municipality=person.municipality, role=name)
    return person


def now(person):
    return PersonBackend().get_user(person.pk)


def test_a_contributor_drafts_and_a_publisher_publishes(client, publisher, member, municipality):
    role(publisher, member, "contributor")
    add = f"/admin/pages/add/casestudies/casestudypage/{municipality.pk}/"
    for person in (publisher, member):
        client.force_login(person)
        assert client.get(add).status_code == 200
    mine = make_case_study(municipality, title="Mine", slug="mine", owner=member, live=False)
    theirs = make_case_study(municipality, title="Theirs", slug="theirs", live=False)
    assert mine.permissions_for_user(now(member)).can_edit()
    assert not mine.permissions_for_user(now(member)).can_publish()
    assert not theirs.permissions_for_user(now(member)).can_edit()
    assert theirs.permissions_for_user(now(publisher)).can_publish()


def test_a_plain_member_has_no_way_into_the_editor(client, member):
    client.force_login(member)
    assert client.get("/admin/pages/").status_code == 302


def test_a_role_counts_and_is_lost_with_the_next_request_of_the_same_session(
    client, publisher, member, municipality
):
    add = f"/admin/pages/add/casestudies/casestudypage/{municipality.pk}/"
    client.force_login(member)
    assert client.get(add).status_code == 302
    role(publisher, member, "contributor")
    assert client.get(add).status_code == 200
    role(publisher, member, "")
    assert client.get(add).status_code == 302


@pytest.mark.parametrize("save", [{}, {"update_fields": ["municipality"]}])
def test_who_moves_loses_every_role_at_once(publisher, admin, municipality, other_municipality, save):
    region = Region.objects.create(name="Simcoe", slug="simcoe")
    actions.name_coordinator(by=admin, person=publisher, region=region)
    publisher.municipality = other_municipality
    publisher.save(**save)
    assert not RoleGrant.objects.exists()
    assert not publisher.groups.exists()
    assert not holds_responsibility(now(publisher))


def test_a_role_written_down_elsewhere_does_not_count(publisher, other_municipality):
    """Somebody moved a person behind the site's back: the role is nothing, and the command tidies up."""
    Person.objects.filter(pk=publisher.pk).update(municipality=other_municipality)
    assert now(publisher).known_roles == []
    assert rules.roles_of(Person.objects.get(pk=publisher.pk)) == []
    call_command("sync_roles", verbosity=0)
    assert not publisher.groups.exists()


def test_the_last_publisher_stays_while_there_are_others(publisher, member, admin, municipality):
    with pytest.raises(Refused, match="somebody else a publisher first"):
        role(publisher, publisher, "")
    with pytest.raises(Refused, match="last publisher"):
        actions.leave(by=publisher)
    with pytest.raises(Refused, match="say why"):
        actions.remove_person(by=admin, person=publisher, municipality=municipality)
    actions.remove_person(
        by=admin, person=publisher, municipality=municipality, reason="Left the town in anger"
    )
    assert Person.objects.get(pk=publisher.pk).municipality is None


def test_a_publisher_with_a_successor_and_one_who_is_alone_can_leave(publisher, member):
    role(publisher, member, "publisher")
    actions.leave(by=publisher)
    actions.leave(by=member)
    assert not RoleGrant.objects.exists()


def test_a_suspended_publisher_is_no_successor(publisher, member):
    role(publisher, member, "publisher")
    member.is_active = False
    member.save()
    make_person("third@town.ca", municipality=publisher.municipality)
    with pytest.raises(Refused):
        actions.leave(by=publisher)


@pytest.mark.parametrize("who", ["member", "elsewhere", "nobody"])
def test_only_those_responsible_name_roles(publisher, member, other_municipality, admin, municipality, who):
    elsewhere = make_person("else@where.ca", municipality=other_municipality)
    role(admin, elsewhere, "publisher")
    by = {"member": member, "elsewhere": elsewhere, "nobody": make_person("no@where.ca")}[who]
    for name in ("publisher", "contributor"):
        with pytest.raises(Refused):
            actions.name_role(by=by, person=member, municipality=municipality, role=name)
    with pytest.raises(Refused):
        actions.remove_person(by=by, person=publisher, municipality=municipality)
    with pytest.raises(Refused):
        actions.name_moderator(by=by, person=by)


def test_the_regions_coordinator_names_publishers_there_and_nowhere_else(
    admin, member, municipality, other_municipality
):
    region = Region.objects.create(name="Simcoe", slug="simcoe")
    type(municipality).objects.filter(pk=municipality.pk).update(region=region)
    coordinator = make_person("co@region.ca", municipality=other_municipality)
    actions.name_coordinator(by=admin, person=coordinator, region=region)
    role(coordinator, member, "publisher")
    with pytest.raises(Refused):
        actions.name_role(
            by=coordinator, person=coordinator, municipality=other_municipality, role="publisher"
        )
    assert set(rules.managed(now(coordinator)).values_list("pk", flat=True)) == {municipality.pk}


def test_somebody_of_another_municipality_gets_no_role(publisher, other_municipality, municipality):
    stranger = make_person("x@y.ca", municipality=other_municipality)
    with pytest.raises(Refused, match="does not belong"):
        actions.name_role(by=publisher, person=stranger, municipality=municipality, role="contributor")
    with pytest.raises(Refused):
        actions.name_role(by=publisher, person=publisher, municipality=municipality, role="moderator")


def test_syncing_twice_changes_nothing(publisher, member, municipality):
    role(publisher, member, "contributor")

    def state():
        return [
            sorted(model.objects.values_list())
            for model in (
                GroupPagePermission,
                GroupCollectionPermission,
                Group.permissions.through,
                Person.groups.through,
            )
        ]

    call_command("sync_roles", verbosity=0)
    before = state()
    call_command("sync_roles", verbosity=0)
    assert state() == before
    GroupPagePermission.objects.all().delete()
    publisher.groups.clear()
    call_command("sync_roles", verbosity=0)
    assert len(state()[0]) == len(before[0])
    assert {row[1:] for row in state()[3]} == {row[1:] for row in before[3]}


def test_a_renamed_municipality_keeps_its_groups_under_the_new_name(publisher, municipality):
    municipality.official_name = "Town of Innisfil Beach"
    municipality.save_revision().publish()
    place = Workplace.objects.get(municipality=municipality)
    assert "Innisfil Beach" in place.publishers.name
    assert "Innisfil Beach" in place.collection.name


def test_a_deleted_municipality_takes_its_groups_along(admin, index):
    from tests.factories import make_municipality

    town = make_municipality(index, "Town of Gone")
    person = role(admin, make_person("p@gone.ca", municipality=town), "publisher")
    town.delete()
    assert not Group.objects.filter(name__contains="Gone").exists()
    assert now(person).known_roles == []


def test_nobody_has_wagtails_ready_made_groups():
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()


def test_pictures_and_files_are_per_municipality(client, publisher, admin, other_municipality):
    other = role(admin, make_person("o@other.ca", municipality=other_municipality), "publisher")
    from core.models import Picture

    assert {place.collection_id for place in Workplace.objects.all()} == {
        Workplace.objects.get(municipality=person.municipality).collection_id for person in (publisher, other)
    }
    from wagtail.permissions import policy_registry

    policy = policy_registry.get_by_type(Picture)
    own = policy.collections_user_has_permission_for(now(publisher), "add")
    assert [collection.pk for collection in own] == [
        Workplace.objects.get(municipality=publisher.municipality).collection_id
    ]


def test_who_holds_responsibility(admin, publisher, member, municipality):
    region = Region.objects.create(name="Simcoe", slug="simcoe")
    coordinator, moderator, suspended = (make_person(f"{name}@x.ca") for name in ("co", "mo", "su"))
    actions.name_coordinator(by=admin, person=coordinator, region=region)
    actions.name_moderator(by=admin, person=moderator)
    actions.name_moderator(by=admin, person=suspended)
    suspended.is_active = False
    suspended.save()
    contributor = role(publisher, make_person("con@town.ca", municipality=municipality), "contributor")
    held = {
        person.email: holds_responsibility(Person.objects.get(pk=person.pk))
        for person in Person.objects.all()
    }
    assert {email for email, holds in held.items() if holds} == {
        "admin@example.org", "publisher@town.ca", "co@x.ca", "mo@x.ca",
    }  # fmt: skip
    assert not held[contributor.email]


def test_moderators_and_coordinators_read_what_is_for_members_and_no_more(admin):
    region = Region.objects.create(name="Simcoe", slug="simcoe")
    for number, give in enumerate(
        (
            lambda who: actions.name_moderator(by=admin, person=who),
            lambda who: actions.name_coordinator(by=admin, person=who, region=region),
        )
    ):
        person = make_person(f"p{number}@x.ca")
        assert reader_for(now(person)).labels == {"public"}
        give(person)
        assert reader_for(now(person)).labels == {"public", "members"}
        assert not reader_for(now(person)).sees_everything


def test_asking_who_reads_costs_one_query(django_assert_num_queries, publisher):
    with django_assert_num_queries(1):
        person = now(publisher)
        reader = reader_for(person)
        assert rules.is_publisher_of(person, publisher.municipality)
    assert "members" in reader.labels


def test_every_change_is_in_the_log(admin, publisher, member, municipality):
    role(publisher, member, "contributor")
    actions.remove_person(by=publisher, person=member, municipality=municipality, reason="left")
    entries = PageLogEntry.objects.filter(page=municipality.pk, action__startswith="role.").order_by("pk")
    assert [entry.action for entry in entries] == ["role.change", "role.change", "role.remove_person"]
    assert entries.last().data["person"] == member.pk
    actions.name_moderator(by=admin, person=publisher)
    assert ModelLogEntry.objects.filter(action="role.name_moderator").exists()


def test_a_grant_has_its_place_or_the_database_refuses(member):
    from django.db import IntegrityError, transaction

    for wrong in (
        {"role": "publisher"},
        {"role": "moderator", "municipality": member.municipality},
        {"role": "king"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.create(person=member, **wrong)


def test_a_coordinator_edits_service_areas_and_the_thesaurus(client, admin, municipality):
    region = Region.objects.create(name="Simcoe", slug="simcoe")
    person = make_person("co@x.ca", municipality=municipality)
    client.force_login(person)
    addresses = ("/admin/snippets/library/servicearea/", "/admin/snippets/search/termgroup/")
    assert [client.get(address).status_code for address in addresses] == [302, 302]
    actions.name_coordinator(by=admin, person=person, region=region)
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    assert client.get("/admin/").status_code == 200


def test_files_that_came_before_the_first_role_are_the_municipalitys(
    admin, municipality, other_municipality, area
):
    own, shared, lonely = (
        File.objects.create(title=name, file=ContentFile(b"x", f"{name}.txt")) for name in "abc"
    )
    here = make_case_study(municipality, slug="here", area=area)
    there = make_case_study(other_municipality, slug="there", area=area)
    for page, file in ((here, own), (here, shared), (there, shared)):
        Attachment.objects.create(page=page, file=file)
    actions.name_role(
        by=admin,
        person=make_person("p@town.ca", municipality=municipality),
        municipality=municipality,
        role="publisher",
    )
    place = municipality.workplace.collection_id
    assert [File.objects.get(pk=each.pk).collection_id == place for each in (own, shared, lonely)] == [
        True,
        False,
        False,
    ]
