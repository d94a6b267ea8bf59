"""What a publisher does: share a stub in the editor, and see it found."""

import re
import time

from playwright.sync_api import expect

from tests.journeys.walk import sign_in


def start_case_study(page, demo, language="en"):
    """From the editor's first page to an empty case study of my own municipality."""
    page.goto(demo.url + "/admin/pages/")
    page.locator("a[href$='/add_subpage/']").first.click()
    page.get_by_role("main").get_by_role(
        "link", name={"en": "Case study", "fr": "Étude de cas"}[language], exact=True
    ).click()


def publish(page):
    page.get_by_role("contentinfo").or_(page.locator("footer")).get_by_role(
        "button", name="More actions"
    ).first.click()
    page.get_by_role("button", name="Publish", exact=True).click()


def test_a_publisher_shares_a_stub_and_finds_it(page, demo):
    """Title, summary, service area, stage: published, and found by search within seconds."""
    sign_in(page, demo, "publisher")
    start_case_study(page, demo)
    page.locator("[name=title]").fill("Chatbot for arena bookings")
    page.locator("[name=summary]").fill("Residents ask a chatbot when the ice is free.")
    page.locator("[name=service_areas]").select_option(label="Winter maintenance")
    page.locator("[name=stage]").select_option("pilot")
    publish(page)
    expect(page.get_by_text(re.compile("published", re.IGNORECASE)).first).to_be_visible()

    found = page.get_by_role("link", name="Chatbot for arena bookings")
    for _ in range(25):
        page.goto(demo.url + "/en/search/?q=chatbot+arena")
        if found.count():
            break
        time.sleep(0.2)
    found.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chatbot for arena bookings")


def test_a_publisher_is_told_what_is_missing_and_loses_nothing(page, demo):
    """I forgot the stage: I am told so, and what I wrote is still there."""
    sign_in(page, demo, "publisher")
    start_case_study(page, demo)
    page.locator("[name=title]").fill("Half a case study")
    publish(page)
    expect(page.get_by_text("This field is required.").first).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value("Half a case study")


def test_tab_leaves_the_markdown_editor(page, demo):
    """No keyboard trap: Tab goes on to the next field."""
    sign_in(page, demo, "publisher")
    start_case_study(page, demo)
    page.get_by_role("tab", name="Story").click()
    editor = page.locator(".CodeMirror").first
    editor.click()
    page.keyboard.type("We **ploughed**.")
    page.keyboard.press("Tab")
    assert not editor.evaluate("element => element.contains(document.activeElement)")
