"""Writing an item on the site: five fields, cards that save themselves, two tabs, two editors."""

import uuid

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import PageLogEntry, Revision

from authoring import drafts
from authoring.capture import actions
from authoring.cards import known
from authoring.cards.known import CARDS, Challenges, Cost
from authoring.intake import actions as intake
from authoring.models import Draft, Edition
from casestudies.models import CaseStudyPage
from core.models import File, Happening
from members.refusal import Refused
from members.roles import actions as roles
from tests.unit.authoring.conftest import begun, stub

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


def edit(page):
    return reverse("authoring:edit", args=[page.pk])


def card(page, name):
    return reverse("authoring:card", args=[page.pk, name])


def latest(page):
    return drafts.current(CaseStudyPage.objects.get(pk=page.pk))


def save(client, page, name, base, **values):
    sent = {f"{name}-{field}": value for field, value in values.items()}
    return client.post(card(page, name), {"base": base, **sent}, **HTMX)


def test_a_stub_takes_less_than_ten_fields_and_is_published_at_once(client, publisher, municipality, area):
    client.force_login(publisher)
    form = client.get(reverse("authoring:start")).context["form"]
    assert len([field for field in form if not field.is_hidden]) < 10
    response = client.post(reverse("authoring:start"), stub(area, municipality, action="publish"))
    page = begun()
    assert page.live
    assert response["Location"] == page.url
    assert page.owner == publisher
    assert [each.verb for each in Happening.objects.all()] == ["item.published"]
    assert list(page.service_areas.all()) == [area]
    assert Edition.objects.get().number == 1


def test_the_first_form_sent_twice_begins_one_item(client, contributor, municipality, area):
    client.force_login(contributor)
    sent = stub(area, municipality)
    first, second = (client.post(reverse("authoring:start"), sent) for _ in range(2))
    assert first["Location"] == second["Location"] == edit(begun())
    assert CaseStudyPage.objects.count() == 1


def test_a_contributor_publishes_nothing_by_themselves(client, contributor, municipality, area):
    client.force_login(contributor)
    response = client.post(
        reverse("authoring:start"), stub(area, municipality, action="publish"), follow=True
    )
    assert "Only the publishers" in response.content.decode()
    assert not begun().live


def test_what_is_missing_is_said_and_what_was_typed_stays(client, contributor, municipality, area):
    client.force_login(contributor)
    response = client.post(reverse("authoring:start"), stub(area, municipality, stage="", summary=EVIL))
    html = response.content.decode()
    assert response.status_code == 422
    assert "Stage: This field is required." in html
    assert "&lt;script&gt;alert(1)" in html
    assert EVIL not in html
    assert not Draft.objects.exists()


def test_a_member_without_a_role_is_told_whom_to_ask(client, municipality, publisher, outsider, area):
    outsider.municipality = municipality
    outsider.save()
    client.force_login(outsider)
    assert "Pat Town" in client.get(reverse("authoring:start")).content.decode()
    response = client.post(reverse("authoring:start"), stub(area, municipality))
    assert response.status_code == 422
    assert not Draft.objects.exists()


ADDRESSES = ["edit", "preview", "review"]


@pytest.mark.parametrize("name", ADDRESSES)
def test_whoever_may_not_write_on_it_is_answered_as_if_it_never_was(
    client, draft, outsider, coordinator, name
):
    for person in (outsider, coordinator):
        client.force_login(person)
        hidden = client.get(reverse(f"authoring:{name}", args=[draft.pk]))
        never = client.get(reverse(f"authoring:{name}", args=[999_999]))
        assert hidden.status_code == never.status_code == 404
        own = f"/share/{draft.pk}/".encode()
        assert hidden.content.replace(own, b"/share/999999/") == never.content


def test_a_role_that_is_lost_closes_the_draft_with_the_next_request(
    client, draft, contributor, admin, municipality
):
    client.force_login(contributor)
    assert client.get(edit(draft)).status_code == 200
    roles.name_role(by=admin, person=contributor, municipality=municipality, role="")
    assert client.get(edit(draft)).status_code == 404
    assert save(client, draft, "challenges", Challenges.base(draft), challenges="x").status_code == 404


@pytest.mark.parametrize("name", [each.name for each in CARDS])
def test_every_card_shows_and_what_it_shows_saves_unchanged(client, draft, contributor, name):
    client.force_login(contributor)
    html = client.get(edit(draft)).content.decode()
    assert f'id="card-{name}"' in html
    assert f'id="title-{name}">{escape(known.named(name).heading)}</h2>' in html
    chosen = known.named(name)
    form = chosen(item=latest(draft))
    sent = {bound.html_name: bound.value() if bound.value() is not None else "" for bound in form}
    if hasattr(form, "rows"):
        sent |= {f"outcomes-rows-{part}": 0 for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    before = Revision.objects.count()
    response = client.post(card(draft, name), {"base": chosen.base(latest(draft)), **sent}, **HTMX)
    assert "Saved at" in response.content.decode(), response.content.decode()
    assert Revision.objects.count() == before


def test_cards_are_kept_by_themselves_in_one_revision(client, draft, contributor):
    client.force_login(contributor)
    before, lines = Revision.objects.count(), PageLogEntry.objects.count()
    for number in range(5):
        base = Challenges.base(latest(draft))
        response = save(client, draft, "challenges", base, challenges=f"Text {number}")
        base = Challenges.base(latest(draft))
        assert f'value="{base}" id="base-challenges" hx-swap-oob' in response.content.decode()
    save(
        client,
        draft,
        "cost",
        Cost.base(latest(draft)),
        setup_cost="10k-50k",
        currency="CAD",
        staff_months="1.5",
    )
    kept = latest(draft)
    assert (kept.challenges, kept.setup_cost, str(kept.staff_months)) == ("Text 4", "10k-50k", "1.5")
    assert Revision.objects.count() == before + 1
    assert PageLogEntry.objects.count() == lines + 1


def test_saving_by_itself_never_writes_over_what_is_published(client, draft, publisher):
    actions.publish(by=publisher, page=draft)
    client.force_login(publisher)
    save(client, draft, "challenges", Challenges.base(latest(draft)), challenges="Later")
    live = CaseStudyPage.objects.get(pk=draft.pk)
    assert live.challenges == live.live_revision.as_object().challenges == ""
    assert latest(draft).challenges == "Later"
    assert "Later" not in client.get(live.url).content.decode()


def test_two_editors_on_one_card_see_both_texts_and_nothing_is_lost(client, draft, contributor, publisher):
    base = Challenges.base(latest(draft))
    client.force_login(publisher)
    save(client, draft, "challenges", base, challenges="What Pat wrote")
    client.force_login(contributor)
    response = save(client, draft, "challenges", base, challenges="What Cam wrote")
    html = response.content.decode()
    assert response["HX-Retarget"] == "#card-challenges"
    assert "What Pat wrote" in html
    assert "What Cam wrote" in html
    assert "Pat Town saved another text" in html
    assert latest(draft).challenges == "What Pat wrote"
    new = Challenges.base(latest(draft))
    assert new in html
    sent = {"base": new, "challenges-challenges": "What Cam wrote", "settle": "both"}
    client.post(card(draft, "challenges"), sent)
    assert latest(draft).challenges == "What Pat wrote\n\nWhat Cam wrote"


def test_two_tabs_of_one_person_collide_too_and_either_text_can_stay(client, draft, contributor):
    client.force_login(contributor)
    base = Challenges.base(latest(draft))
    save(client, draft, "challenges", base, challenges="First tab")
    response = client.post(card(draft, "challenges"), {"base": base, "challenges-challenges": "Second tab"})
    assert response.status_code == 409
    assert "another tab" in response.content.decode()
    client.post(
        card(draft, "challenges"), {"base": "", "challenges-challenges": "Second tab", "settle": "theirs"}
    )
    assert latest(draft).challenges == "First tab"
    sent = {"base": Challenges.base(latest(draft)), "challenges-challenges": "Second tab", "settle": "mine"}
    client.post(card(draft, "challenges"), sent)
    assert latest(draft).challenges == "Second tab"


def test_different_cards_go_together(client, draft, contributor, publisher):
    page = latest(draft)
    client.force_login(publisher)
    save(client, draft, "transfer", known.named("transfer").base(page), transfer="All of it")
    client.force_login(contributor)
    save(client, draft, "challenges", Challenges.base(page), challenges="Frost")
    kept = latest(draft)
    assert (kept.transfer, kept.challenges) == ("All of it", "Frost")


def test_the_same_text_twice_is_no_collision(client, draft, contributor):
    client.force_login(contributor)
    base = Challenges.base(latest(draft))
    for _ in range(2):
        assert "Saved at" in save(client, draft, "challenges", base, challenges="Same").content.decode()


def test_what_cannot_be_kept_says_why(client, draft, contributor):
    client.force_login(contributor)
    base = Cost.base(latest(draft))
    html = save(client, draft, "cost", base, currency="CAD", staff_months="many").content.decode()
    assert "Not saved yet" in html
    response = client.post(
        card(draft, "cost"), {"base": base, "cost-currency": "CAD", "cost-staff_months": "many"}
    )
    assert response.status_code == 422
    assert 'value="many"' in response.content.decode()
    dense = save(client, draft, "challenges", Challenges.base(latest(draft)), challenges="[" * 5000)
    assert "marks" in dense.content.decode()
    assert latest(draft).challenges == ""


def test_outcomes_keep_their_rows_and_numbers(client, draft, contributor):
    client.force_login(contributor)
    outcomes = known.named("outcomes")

    def send(rows):
        sent = {"base": outcomes.base(latest(draft)), "outcomes-verdict": "mixed", "outcomes-rows-TOTAL_FORMS": len(rows),
                "outcomes-rows-INITIAL_FORMS": 0}  # fmt: skip
        for number, row in enumerate(rows):
            sent |= {f"outcomes-rows-{number}-{name}": value for name, value in row.items()}
        assert "Saved at" in client.post(card(draft, "outcomes"), sent, **HTMX).content.decode()

    send([{"metric": "Calls", "result": "80", "baseline": "120", "evidence": "measured"}, {"metric": ""}])
    (block,) = latest(draft).outcomes
    assert (block.value["metric"], block.value["evidence"]) == ("Calls", "measured")
    send([{"id": block.id, "metric": "Calls a week", "result": "80"}, {"metric": "Cost", "result": "less"}])
    assert [each.value["metric"] for each in latest(draft).outcomes] == ["Calls a week", "Cost"]
    assert latest(draft).outcomes[0].id == block.id


def test_a_data_label_that_lacks_something_keeps_the_page_from_being_published(client, draft, publisher):
    client.force_login(publisher)
    save(
        client, draft, "label", known.named("label").base(latest(draft)), gate="yes", purpose="Counting cars"
    )
    response = client.post(reverse("authoring:act", args=[draft.pk]), {"action": "publish"}, follow=True)
    assert "Something that is needed is missing" in response.content.decode()
    assert not CaseStudyPage.objects.get(pk=draft.pk).live


@pytest.mark.parametrize(
    "name", ["challenges", "transfer", "story", "inclusion", "contact", "candid", "essentials"]
)
def test_scripts_typed_into_any_card_are_text(client, draft, publisher, name):
    client.force_login(publisher)
    chosen = known.named(name)
    form = chosen(item=latest(draft))
    sent = {bound.html_name: bound.value() or "" for bound in form}
    for bound in form:
        if bound.field.widget.__class__.__name__ in {"Textarea", "TextInput"}:
            sent[bound.html_name] = EVIL
    client.post(card(draft, name), {"base": chosen.base(latest(draft)), **sent}, **HTMX)
    client.post(reverse("authoring:act", args=[draft.pk]), {"action": "publish"})
    live = CaseStudyPage.objects.get(pk=draft.pk)
    assert live.live
    for address in (
        live.url,
        edit(draft),
        reverse("authoring:preview", args=[draft.pk]),
        reverse("authoring:review", args=[draft.pk]),
    ):
        html = client.get(address).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_a_signed_out_save_is_told_so_and_a_form_is_asked_to_sign_in(client, draft):
    base = Challenges.base(latest(draft))
    assert save(client, draft, "challenges", base, challenges="x").status_code == 401
    response = client.post(card(draft, "challenges"), {"base": base})
    assert response["Location"] == f"{reverse('account_login')}?next={edit(draft)}"


def test_the_preview_is_private_and_shows_the_draft(client, draft, contributor, publisher):
    actions.publish(by=publisher, page=draft)
    client.force_login(publisher)
    save(client, draft, "challenges", Challenges.base(latest(draft)), challenges="Only **drafted**")
    response = client.get(reverse("authoring:preview", args=[draft.pk]))
    assert "Only <strong>drafted</strong>" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert "drafted" not in client.get(draft.url).content.decode()


def test_publishing_a_change_asks_what_changed_and_twice_has_one_effect(client, draft, publisher):
    actions.publish(by=publisher, page=draft)
    client.force_login(publisher)
    save(client, draft, "challenges", Challenges.base(latest(draft)), challenges="Frost")
    act = reverse("authoring:act", args=[draft.pk])
    assert "Say what changed" in client.post(act, {"action": "publish"}, follow=True).content.decode()
    for _ in range(2):
        client.post(act, {"action": "publish", "note": "Frost was forgotten"})
    assert [each.note for each in Edition.objects.order_by("number")] == ["", "Frost was forgotten"]
    assert list(Happening.objects.values_list("verb", flat=True)) == ["item.published", "item.changed"]


def test_a_minor_change_tells_nobody(client, draft, publisher):
    actions.publish(by=publisher, page=draft)
    Happening.objects.all().delete()
    client.force_login(publisher)
    save(client, draft, "challenges", Challenges.base(latest(draft)), challenges="Frost")
    client.post(reverse("authoring:act", args=[draft.pk]), {"action": "publish", "minor": "1"})
    assert Edition.objects.order_by("-number").first().minor
    assert not Happening.objects.exists()


@pytest.fixture
def secret(other_municipality):
    """A file that only another municipality's own people may have."""
    return File.objects.create(title="zqcanary", file=ContentFile(b"secret", "zqcanary.txt"))


def test_a_card_names_no_file_that_its_writer_may_not_have(client, draft, contributor, secret):
    client.force_login(contributor)
    words = f"[a](/documents/{secret.pk}/x)"
    answer = save(client, draft, "challenges", Challenges.base(latest(draft)), challenges=words)
    assert "does not exist (any more)" in answer.content.decode()
    assert "documents" not in latest(draft).challenges


def test_a_document_names_no_file_either(contributor, municipality, area, secret):
    with pytest.raises(Refused, match="does not exist"):
        intake.take(
            by=contributor, town=municipality, key=uuid.uuid4(), file=None, language="en", author=None,
            text=f"Challenges\n\n[a](/documents/{secret.pk}/x) was hard.",
        )  # fmt: skip


def test_what_a_draft_names_already_stays(client, draft, contributor, secret):
    page = CaseStudyPage.objects.get(pk=draft.pk)
    page.lessons = f"[a](/documents/{secret.pk}/x)"
    page.save_revision()
    client.force_login(contributor)
    save(client, draft, "challenges", Challenges.base(latest(draft)), challenges="Snow.")
    assert latest(draft).challenges == "Snow."
