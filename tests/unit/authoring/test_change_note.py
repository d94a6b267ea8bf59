"""What changed and why, said in Wagtail's own editor: kept with the edition however the page is published."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.test.utils.form_data import querydict_from_html

from authoring import drafts
from authoring.capture import actions as capture
from authoring.models import Edition
from core.happenings import Happening
from tests.factories import make_case_study, make_playbook

pytestmark = pytest.mark.django_db

NOTE = "Said what froze <and why>"


@pytest.fixture
def item(municipality, area, publisher):
    return make_case_study(municipality, area, owner=publisher)


def address(item):
    return reverse("wagtailadmin_pages:edit", args=[item.pk])


def fields(html):
    found = querydict_from_html(html, form_id="page-edit-form")
    # Browsers leave out the line break with which Django begins a text area.
    for name, values in list(found.lists()):
        found.setlist(name, [value.removeprefix("\n") for value in values])
    # They send a ticked box that has no value as "on".
    if "change_minor" in found:
        found["change_minor"] = "on"
    return found


def form(client, item):
    return fields(client.get(address(item)).content.decode())


def save(client, item, button="action-publish", **values):
    data = form(client, item)
    # The editor's script draws streams; here they are empty.
    streams = [field.name for field in item._meta.fields if isinstance(field, StreamField)]
    data.update({f"{name}-count": "0" for name in streams})
    for name, value in values.items():
        data[name] = value
    if button:
        data[button] = "1"
    return client.post(address(item), data)


def last(item):
    return Edition.objects.of(item)[0]


def told(item):
    return list(
        Happening.objects.filter(item_id=item.pk, verb__startswith="item.").values_list("verb", flat=True)
    )


def test_the_note_is_kept_with_the_edition_and_asked_anew_for_the_next(client, publisher, item):
    client.force_login(publisher)
    assert save(client, item, title="Plough two", change_note=NOTE).status_code == 302
    edition = last(item)
    assert (edition.note, edition.minor, edition.by) == (NOTE, False, publisher)
    assert "change_said" not in edition.content
    assert told(item) == ["item.changed"]
    data = form(client, item)
    assert (data["change_note"], data.get("change_minor")) == ("", None)
    save(client, item, title="Plough three")
    assert last(item).note == ""


def test_a_minor_change_is_told_to_nobody(client, publisher, item):
    client.force_login(publisher)
    save(client, item, title="Plough two", change_minor="on")
    assert last(item).minor
    assert told(item) == []


def test_playbooks_ask_too(client, publisher, municipality, area):
    client.force_login(publisher)
    data = form(client, make_playbook(municipality, area, owner=publisher))
    assert data["change_note"] == ""


def test_the_first_publication_is_no_change(client, publisher, municipality, area):
    client.force_login(publisher)
    item = make_case_study(municipality, area, owner=publisher, live=False)
    assert "change_note" not in form(client, item)
    save(client, item, change_note=NOTE)
    item.refresh_from_db()
    assert item.live
    assert last(item).note == ""
    assert told(item) == ["item.published"]


def test_what_was_typed_stays_when_something_else_is_wrong(client, publisher, item):
    client.force_login(publisher)
    answer = save(client, item, summary="x" * 301, change_note=NOTE, change_minor="on")
    assert answer.status_code == 200
    data = fields(answer.content.decode())
    assert (data["change_note"], data["change_minor"]) == (NOTE, "on")
    answer = save(client, item, change_note="y" * 501)
    assert "y" * 501 in answer.content.decode()
    assert Edition.objects.of(item).count() == 1


def test_it_waits_in_the_draft_until_that_is_published(client, publisher, item):
    client.force_login(publisher)
    save(client, item, button=None, title="Plough two", change_note=NOTE, change_minor="on")
    data = form(client, item)
    assert (data["change_note"], data["change_minor"]) == (NOTE, "on")
    save(client, item)
    assert (last(item).note, last(item).minor) == (NOTE, True)
    assert told(item) == []


def test_an_approval_in_the_editor_publishes_the_note(client, reviewed, contributor, publisher, item):
    type(item).objects.filter(pk=item.pk).update(owner=contributor)
    client.force_login(contributor)
    save(client, item, "action-submit", title="Plough two", change_note=NOTE)
    client.force_login(publisher)
    state = type(item).objects.get(pk=item.pk).current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[item.pk, "approve", state.pk])
    client.post(approve)
    item.refresh_from_db()
    assert item.title == "Plough two"
    assert last(item).note == NOTE
    assert told(item) == ["item.changed"]


def test_a_day_that_was_set_publishes_the_note(client, publisher, item):
    client.force_login(publisher)
    save(client, item, button=None, title="Plough two", change_note=NOTE)
    item.refresh_from_db()
    revision = item.latest_revision
    revision.approved_go_live_at = timezone.now()
    revision.save()
    revision.publish()
    assert last(item).note == NOTE


def test_what_is_said_on_the_site_counts_there(client, publisher, item):
    client.force_login(publisher)
    save(client, item, button=None, title="Plough two", change_note="zqold words", change_minor="on")
    capture.publish(by=publisher, page=drafts.current(type(item).objects.get(pk=item.pk)), note=NOTE)
    assert (last(item).note, last(item).minor) == (NOTE, False)
    assert told(item) == ["item.changed"]


def test_a_published_note_is_not_said_again_of_the_next_draft(client, publisher, item):
    client.force_login(publisher)
    save(client, item, title="Plough two", change_note=NOTE)
    fresh = drafts.current(type(item).objects.get(pk=item.pk))
    fresh.title = "Plough three"
    fresh.save_revision(user=publisher).publish()
    assert last(item).note == ""
