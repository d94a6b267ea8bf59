"""Editions: what was published, by whatever door; who may read which; and nothing told of imports."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from authoring import drafts
from authoring.capture import actions as capture
from authoring.cards.known import Challenges
from authoring.models import Edition
from casestudies.models import CaseStudyPage
from core.models import Happening
from discussions.moderation import actions as moderation
from members.refusal import Refused
from tests.factories import make_case_study, make_person

pytestmark = pytest.mark.django_db


def address(page):
    return reverse("authoring:editions", args=[page.pk])


def shown(client, page, **query):
    response = client.get(address(page), query)
    return response.content.decode() if response.status_code == 200 else ""


def publish_as(page, **values):
    fresh = drafts.current(CaseStudyPage.objects.get(pk=page.pk))
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save_revision().publish()


def test_two_editions_are_compared_field_by_field(client, municipality, area):
    page = make_case_study(municipality, area, challenges="Frost broke the pump.")
    publish_as(
        page,
        challenges="Frost broke two pumps.",
        outcomes=[("outcome", {"metric": "Calls", "result": "80", "evidence": "measured"})],
    )
    html = shown(client, page, **{"from": 1, "to": 2})
    assert '<span class="deletion">' in html
    assert '<span class="addition">' in html
    assert "Challenges and failures" in html
    assert "Calls" in html
    assert "Nothing that readers see differs" in shown(client, page, **{"from": 2, "to": 2})


def test_drafts_between_editions_are_in_none(client, draft, publisher):
    capture.publish(by=publisher, page=draft)
    for text in ("zqdraft", "Frost"):
        current = drafts.current(CaseStudyPage.objects.get(pk=draft.pk))
        capture.save_card(
            by=publisher,
            page=draft,
            card=Challenges,
            data={"challenges-challenges": text},
            base=Challenges.base(current),
        )
    capture.publish(by=publisher, page=draft, note="Said what froze")
    html = shown(client, draft, **{"from": 1, "to": 2})
    assert "Frost" in html
    assert "Said what froze" in html
    assert "zqdraft" not in html + json.dumps([each.content for each in Edition.objects.all()])


def test_the_candid_note_is_in_no_edition(client, municipality, area):
    page = make_case_study(municipality, area, candid_note="zqcandid one")
    publish_as(page, candid_note="zqcandid two", candid_audience="public")
    assert "zqcandid" not in json.dumps([each.content for each in Edition.objects.all()])
    client.force_login(make_person(municipality=municipality))
    assert "zqcandid" not in shown(client, page, **{"from": 1, "to": 2})


def test_an_edition_for_few_stays_with_them_when_the_page_is_for_all(
    client, municipality, other_municipality, area
):
    page = make_case_study(municipality, area, summary="zqinternal", audience="municipality")
    publish_as(page, summary="For all", audience="public")
    # Numbered by their place among those one sees: a gap would tell of an edition that was for others.
    assert "Edition 1" in shown(client, page)
    assert "Edition 2" not in shown(client, page)
    assert client.get(address(page), {"from": 1, "to": 2}).status_code == 404
    assert "zqinternal" not in shown(client, page, **{"from": 1, "to": 1})
    client.force_login(make_person("a@b.ca", municipality=municipality))
    assert "zqinternal" in shown(client, page, **{"from": 1, "to": 2})


@pytest.mark.parametrize("fields", [{"audience": "municipality"}, {"live": False}])
def test_whoever_may_not_read_the_page_finds_no_editions(client, municipality, area, outsider, fields):
    page = make_case_study(municipality, area, **fields)
    client.force_login(outsider)
    hidden, never = client.get(address(page)), client.get(reverse("authoring:editions", args=[999_999]))
    assert hidden.status_code == never.status_code == 404
    assert hidden.content.replace(f"/editions/{page.pk}/".encode(), b"/editions/999999/") == never.content


def test_an_edition_that_is_not_there_is_not_found(client, municipality, area):
    page = make_case_study(municipality, area)
    for query in ({"from": 1, "to": 9}, {"from": "x", "to": "<script>"}):
        assert client.get(address(page), query).status_code == 404


def test_scripts_in_old_editions_are_text(client, municipality, area):
    page = make_case_study(
        municipality, area, title="<script>alert(1)</script>", challenges="<img src=x onerror=alert(1)>"
    )
    publish_as(page, title="<b>x</b>", challenges="<svg onload=alert(1)>")
    html = shown(client, page, **{"from": 1, "to": 2})
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "<svg onload" not in html


def test_imports_and_publishing_in_bulk_tell_nobody(client, admin, municipality, area, tmp_path):
    file = tmp_path / "cases.jsonl"
    row = {"kind": "case_study", "title": "Brine", "summary": "Brine.", "municipality": municipality.official_name,
           "service_areas": [area.code], "stage": "pilot"}  # fmt: skip
    file.write_text(json.dumps(row) + "\n")
    call_command("import_library", file, verbosity=0)
    assert CaseStudyPage.objects.get().live
    page = make_case_study(municipality, area, title="Other", slug="other", live=False)
    client.force_login(admin)
    client.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/", {})
    assert CaseStudyPage.objects.get(pk=page.pk).live
    assert Edition.objects.count() == 2
    assert not Happening.objects.exists()


def test_one_page_published_in_the_editor_is_told_of(client, publisher, draft, area):
    client.force_login(publisher)
    html = client.get(f"/admin/pages/{draft.pk}/edit/").content.decode()
    assert "Brine" in html
    from django.test import RequestFactory

    from authoring.wagtail_hooks import published_in_the_editor

    drafts.current(draft).get_latest_revision().publish(user=publisher)
    request = RequestFactory().get("/")
    request.user = publisher
    published_in_the_editor(request, CaseStudyPage.objects.get(pk=draft.pk))
    assert [each.verb for each in Happening.objects.all()] == ["item.published"]


def test_what_a_moderator_has_hidden_is_published_by_nobody_and_is_no_edition(
    client, admin, draft, publisher, area
):
    capture.publish(by=publisher, page=draft)
    moderation.hide(by=admin, kind=draft.kind, item_id=draft.pk, reason="insult", words="Not so.")
    current = drafts.current(CaseStudyPage.objects.get(pk=draft.pk))
    sent = {"challenges-challenges": "zqhidden"}
    capture.save_card(by=publisher, page=draft, card=Challenges, data=sent, base=Challenges.base(current))
    with pytest.raises(Refused, match="moderator has hidden"):
        capture.publish(by=publisher, page=draft, note="Anyway")
    publish_as(draft, challenges="zqhidden")
    assert Edition.objects.count() == 1
    assert not CaseStudyPage.objects.get(pk=draft.pk).live
