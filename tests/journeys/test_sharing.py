"""Sharing a project: on a telephone, from a document, and through review and clearance to publication."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.test_joining import TOWN, sign_out
from tests.journeys.walk import assert_accessible, link_in_mail, say, sign_in, tab_to

SAMPLES = Path(__file__).resolve().parents[2] / "static/samples"
TELEPHONE = {"width": 390, "height": 844}


def start(page, demo, language, role):
    sign_in(page, demo, role)
    page.goto(f"{demo.url}/{language}/")
    if page.get_by_role("button", name=say(language, "Menu")).is_visible():
        page.get_by_role("button", name=say(language, "Menu")).click()
    page.get_by_role("link", name=say(language, "Share a project")).first.click()
    page.wait_for_url(f"**/{language}/share/")


def answer(page, language, title, stage="pilot"):
    form = page.locator("form").filter(has=page.locator("[name=title]"))
    form.get_by_label(say(language, "Title"), exact=True).fill(title)
    form.get_by_label(say(language, "In one sentence")).fill("A sentence about it.")
    form.locator("[name=area]").select_option(index=2)
    form.locator("[name=stage]").select_option(stage)
    return form


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_stub_from_a_telephone_is_found_by_search(page, demo, language):
    """Under ten fields, by keyboard alone, published at once."""
    page.set_viewport_size(TELEPHONE)
    start(page, demo, language, "publisher")
    assert_accessible(page)
    fits(page)
    title = {"en": "Beavers watched by telephone", "fr": "Castors surveillés par téléphone"}[language]
    form = answer(page, language, title)
    assert form.locator("input:visible:not([type=radio]), select, textarea, fieldset").count() < 10
    publish = form.get_by_role("button", name=say(language, "Publish this now"))
    tab_to(page, publish)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    found = page.get_by_role("link", name=title)
    for _ in range(25):
        page.goto(f"{demo.url}/{language}/search/?q={title.split()[0]}")
        if found.count():
            break
        time.sleep(0.2)
    expect(found.first).to_be_visible()


@pytest.mark.parametrize(
    ("language", "sample", "problem"),
    [("en", "case-study-sample.docx", "night crew"), ("fr", "etude-de-cas-modele.docx", "équipe de nuit")],
)
def test_the_sample_document_becomes_a_draft(page, demo, language, sample, problem):
    start(page, demo, language, "contributor")
    page.locator("[name=file]").set_input_files(SAMPLES / sample)
    page.get_by_role("button", name=say(language, "Begin with this")).click()
    page.wait_for_url(re.compile(r"/share/\d+/$"))
    assert_accessible(page)
    expect(page.locator("[name=story-problem]")).to_have_value(re.compile(problem))
    expect(page.locator("#left-over form")).to_have_count(2)
    page.locator("#left-over form").first.get_by_role("button").click()
    expect(page.locator("#left-over form")).to_have_count(1)
    page.locator("#pictures").get_by_role("button").click()
    page.get_by_role("link", name=say(language, "See how it will look")).click()
    expect(page.get_by_role("img").first).to_be_visible()
    assert_accessible(page)


def test_nothing_typed_is_lost_when_the_connection_drops(context, demo):
    # A page of its own: a broken connection is an error on every browser's console.
    page = context.new_page()
    start(page, demo, "en", "contributor")
    answer(page, "en", "Ice that reports itself").get_by_role("button", name="Save and go on").click()
    page.wait_for_url(re.compile(r"/share/\d+/$"))
    address = page.url
    status = page.locator("[data-saving] [role=status]")
    field = page.locator("[name=challenges-challenges]")
    field.fill("The first sentence")
    expect(status).to_contain_text("Saved at")
    page.route("**/card/**", lambda route: route.abort())
    field.fill("The first sentence, and a second")
    expect(status).to_contain_text("no connection")
    page.goto(f"{demo.url}/en/")
    page.unroute("**/card/**")
    page.goto(address)
    expect(field).to_have_value("The first sentence, and a second")
    expect(status).to_contain_text("Saved at")
    page.reload()
    expect(field).to_have_value("The first sentence, and a second")
    # Looked at again and again from here: the content policy lets no page wait for a script of ours.
    for _ in range(50):
        # The editor keeps its own icons there.
        kept = page.evaluate("Object.keys(localStorage).filter(key => !key.startsWith('wagtail:'))")
        if not kept:
            break
        page.wait_for_timeout(100)
    assert not kept, "what was sent is kept in the browser no longer"


def test_two_tabs_on_one_card_show_both_texts(page, demo, context):
    start(page, demo, "en", "contributor")
    answer(page, "en", "Two tabs and one plough").get_by_role("button", name="Save and go on").click()
    page.wait_for_url(re.compile(r"/share/\d+/$"))
    other = context.new_page()
    other.goto(page.url)
    field = "[name=challenges-challenges]"
    other.locator(field).fill("From the second tab")
    expect(other.locator("#said-challenges")).to_contain_text("Saved at")
    page.locator(field).fill("From the first tab")
    card = page.locator("#card-challenges")
    expect(card).to_contain_text("From the second tab")
    expect(card).to_contain_text("From the first tab")
    assert_accessible(page)
    card.get_by_role("button", name="Keep both").click()
    expect(page.locator(field)).to_have_value("From the second tab\n\nFrom the first tab")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_drafted_returned_resubmitted_cleared_by_link_and_published(page, demo, language, context):
    sign_in(page, demo, "publisher")
    page.goto(f"{demo.url}/en/municipalities/{TOWN}/manage/")
    if page.get_by_role("button", name="Review drafts").count():
        page.get_by_role("button", name="Review drafts").click()
    sign_out(page)

    start(page, demo, language, "contributor")
    title = f"Salt counted by the grain ({language})"
    answer(page, language, title).get_by_role("button", name=say(language, "Send for review")).click()
    page.wait_for_url("**/review/")
    review = page.url
    assert_accessible(page)
    sign_out(page)

    sign_in(page, demo, "publisher")
    page.goto(review)
    page.locator("[name=return-text]").fill("What did it cost?")
    page.get_by_role("button", name=say(language, "Return it")).click()
    expect(page.get_by_text("What did it cost?").first).to_be_visible()
    page.locator("[name=comment-field]").select_option("setup_cost")
    page.locator("[name=comment-text]").fill("A band is enough.")
    page.locator("[name=comment-please]").check()
    page.get_by_role("button", name=say(language, "Comment"), exact=True).click()
    expect(page.get_by_text("A band is enough.")).to_be_visible()
    assert_accessible(page)
    sign_out(page)

    sign_in(page, demo, "contributor")
    page.goto(review.replace("review/", ""))
    page.locator("[name=cost-setup_cost]").select_option("under-10k")
    expect(page.locator("#said-cost")).not_to_be_empty()
    page.goto(review)
    page.locator("[name=clearance-name]").fill("Legal office")
    page.locator("[name=clearance-email]").fill(f"legal-{language}@demoville.example")
    page.get_by_role("button", name=say(language, "Send the link")).click()
    expect(page.get_by_text("Legal office").first).to_be_visible()

    link = link_in_mail(demo, f"legal-{language}@demoville.example", "/clear/")
    stranger = context.browser.new_context()
    manager = stranger.new_page()
    manager.goto(demo.url + re.sub(r"^https?://[^/]+", "", link))
    expect(manager.get_by_role("heading", level=1)).to_have_text(title)
    assert_accessible(manager)
    manager.get_by_role("button", name=say(language, "Approve this version")).click()
    expect(manager.get_by_text(say(language, "Thank you: you have approved this version."))).to_be_visible()
    stranger.close()

    page.reload()
    page.get_by_role("button", name=say(language, "Send it again")).click()
    page.wait_for_url("**/review/")
    sign_out(page)
    sign_in(page, demo, "publisher")
    page.goto(review)
    page.get_by_role("button", name=say(language, "Approve and publish")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_text("Legal office")).to_be_visible()
    page.get_by_role("link", name=say(language, "Editions and changes")).click()
    assert_accessible(page)
