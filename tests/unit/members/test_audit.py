"""Who did what to whom and when: what is noted, who reads it, and that nothing hidden shows in it."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail.models import ModelLogEntry, PageLogEntry

from members.audit import pruning
from members.groups import actions as groups
from members.roles.actions import grant_role
from tests import factories

pytestmark = pytest.mark.django_db
LOG = "/en/log/"


@pytest.fixture
def publisher(municipality):
    person = factories.make_person(
        "pub@example.org", first_name="Pat", last_name="Plough", municipality=municipality
    )
    grant_role(by=None, person=person, municipality=municipality, role="publisher")
    return person


@pytest.fixture
def admin(db):
    return factories.make_person("root@example.org", first_name="Ada", last_name="Root", is_superuser=True)


def publish(page, by, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    # As the editor does it: what is noted meanwhile is this person's doing.
    with LogContext(user=by):
        page.save_revision(user=by).publish()


def lines(client, person, /, **query):
    client.force_login(person)
    response = client.get(LOG, query)
    assert response.status_code == 200
    return response.context["lines"]


def said(client, person, /, **query):
    return [(line.who, line.action, line.thing, *line.details) for line in lines(client, person, **query)]


def test_a_change_of_audience_says_from_what_to_what_and_who(client, case_study, publisher):
    publish(case_study, publisher, audience="municipality", candid_note="Hm.", candid_audience="municipality")
    told = said(client, publisher, action="audience.change")
    assert ("Pat Plough", "audience.change", case_study.title,
            "from “Everybody, without an account” to “Only people of your own municipality”") in told  # fmt: skip
    assert any("the candid note" in line for line in told)
    publish(case_study, publisher, summary="Another sentence.")
    assert len(said(client, publisher, action="audience.change")) == 2


def test_named_groups_are_part_of_the_audience(client, case_study, publisher, admin):
    group = factories.make_group(publisher)
    publish(case_study, publisher, audience="group", groups=[group])
    assert "Winter roads" in said(client, admin, action="audience.change")[0][3]


def test_questions_and_adoptions_too(client, case_study, area, publisher):
    question = factories.make_question(case_study.municipality, area)
    adoption = factories.make_adoption(case_study.municipality, case_study)
    for thing in (question, adoption):
        thing.audience = "municipality"
        thing.save()
        thing.save()
    assert len(said(client, publisher, action="audience.change")) == 2


def test_publishers_read_what_concerns_their_municipality_and_they_may_see(
    client, case_study, publisher, other_municipality, area
):
    publish(case_study, publisher, title="Ploughs")
    elsewhere = factories.make_case_study(other_municipality, area, title="Zebra crossing")
    publish(elsewhere, publisher, title="Zebra crossing")
    lead = factories.make_person("l@example.org", municipality=other_municipality)
    group = factories.make_group(lead)
    secret = factories.make_case_study(
        case_study.municipality, area, title="Merger", slug="m", audience="group", groups=[group]
    )
    publish(secret, publisher, title="Merger talks")
    page = str(said(client, publisher))
    assert "Ploughs" in page
    for hidden in ("Zebra", "Merger", "Winter roads"):
        assert hidden not in page
        for form in ("csv", "json"):
            assert hidden not in client.get(LOG, {"format": form}).content.decode()


def test_who_answers_for_nothing_finds_nothing(client, municipality, publisher):
    member = factories.make_person("m@example.org", municipality=municipality)
    client.force_login(member)
    assert client.get(LOG).status_code == 404
    publisher.municipality = None
    publisher.save()
    client.force_login(publisher)
    assert client.get(LOG).status_code == 404


def test_leads_read_of_their_own_group_only(client, municipality, other_municipality):
    lead = factories.make_person("l@example.org", first_name="Lou", municipality=municipality)
    other = factories.make_person("o@example.org", first_name="Ola", municipality=other_municipality)
    groups.join(by=other, group=factories.make_group(lead, joining="open"))
    factories.make_group(other, name="Zebras")
    told = said(client, lead)
    assert {line[2] for line in told} == {"Winter roads"}
    groups.name_lead(by=lead, group=lead.group_memberships.get().group, person=other)
    groups.step_down(by=lead, group=lead.group_memberships.get().group)
    assert client.get(LOG).status_code == 404


def test_an_administrators_private_view_is_noted_once_a_day_and_thing(
    client, case_study, area, publisher, admin
):
    publish(case_study, publisher, audience="municipality")
    question = factories.make_question(case_study.municipality, area, audience="municipality")
    group = factories.make_group(publisher)
    client.force_login(admin)
    for _ in range(2):
        for address in (case_study.url, question.get_absolute_url(), group.get_absolute_url()):
            assert client.get(address).status_code == 200
    told = said(client, publisher, action="private.view")
    assert {line[2] for line in told} == {case_study.title, question.title, group.name}
    assert len(told) == 3
    assert {line[0] for line in told} == {"Ada Root"}


def test_what_everybody_may_see_is_no_private_view(client, case_study, admin, municipality):
    client.force_login(admin)
    client.get(case_study.url)
    case_study.audience = "members"
    case_study.save()
    admin.municipality = municipality
    admin.save()
    client.get(case_study.url)
    assert not said(client, admin, action="private.view")


def test_filters_and_pages(client, case_study, publisher, admin):
    publish(case_study, publisher, audience="members")
    assert said(client, admin, person="plough pat", action="audience.change")
    assert not said(client, admin, person="nobody")
    today = timezone.localdate()
    assert said(client, admin, since=today.isoformat(), until=today.isoformat())
    assert not said(client, admin, until=(today - timedelta(days=1)).isoformat())
    wrong = client.get(LOG, {"since": "soon", "action": "\x00", "page": "x"})
    assert wrong.status_code == 200
    assert wrong.context["form"].errors


def test_exports_are_safe_for_spreadsheets_and_noted(client, case_study, publisher, admin):
    publish(case_study, publisher, title='=HYPERLINK("http://evil")', audience="members")
    client.force_login(admin)
    response = client.get(LOG, {"format": "csv", "action": "audience.change"})
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0]["thing"].startswith("'=")
    assert "from “" in rows[0]["details"]
    data = json.loads(client.get(LOG, {"format": "json"}).content)
    assert data[0]["action"] == "export"
    assert data[0]["details"] == ["as csv, 1 lines"]
    assert client.get(LOG, {"format": "exe"}).status_code == 200


def test_an_export_of_everything_by_command_is_noted(client, case_study, admin, tmp_path):
    call_command("export_library", tmp_path / "all.jsonl", all=True)
    assert [line[0] for line in said(client, admin, action="export")] == [""]


def test_no_address_of_the_site_changes_the_log(client, admin):
    client.force_login(admin)
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(LOG).status_code == 405


def test_lines_are_kept_as_long_as_the_setting_says(case_study, publisher, settings):
    publish(case_study, publisher, audience="members")
    factories.make_group(publisher)
    settings.AUDIT_KEEP_DAYS = 30
    assert pruning.prune() == 0
    old = timezone.now() - timedelta(days=31)
    PageLogEntry.objects.filter(action="audience.change").update(timestamp=old)
    ModelLogEntry.objects.update(timestamp=old)
    settings.AUDIT_KEEP_DAYS = 0
    assert pruning.prune() == 0
    settings.AUDIT_KEEP_DAYS = 30
    assert pruning.prune() == 2
    assert not ModelLogEntry.objects.exists()
    assert PageLogEntry.objects.exists()


def test_a_line_about_something_that_is_gone_still_reads(client, case_study, publisher, admin):
    publish(case_study, publisher, audience="members")
    publisher.delete()
    case_study.delete()
    assert any(line[0] == "somebody who is gone" for line in said(client, admin))


def test_publishers_and_leads_find_the_way_to_it(client, publisher, municipality, case_study):
    member = factories.make_person("m@example.org", municipality=municipality)
    link = reverse("members:audit")
    for person, shown in ((publisher, True), (member, False)):
        client.force_login(person)
        assert (link in client.get(municipality.url).content.decode()) is shown
    client.logout()
    assert link not in client.get(municipality.url).content.decode()
