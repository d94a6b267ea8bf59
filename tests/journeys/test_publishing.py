"""What a publisher does: share a stub in the editor, and see it found."""

import re
import time

from playwright.sync_api import expect

from tests.journeys.walk import sign_in


def test_a_publisher_shares_a_stub_and_finds_it(page, demo):
    """Title, summary, service area, stage: published, and found by search within seconds."""
    sign_in(page, demo, "publisher")
    page.goto(demo.url + "/admin/")
    page.get_by_role("link", name=re.compile("Demoville")).first.click()
    page.get_by_role("link", name=re.compile("Add child page|Add a child page")).first.click()
    page.get_by_role("link", name="Case study", exact=True).click()
    page.get_by_label("Title", exact=False).first.fill("Chatbot for arena bookings")
    page.locator("[name=summary]").fill("Residents ask a chatbot when the ice is free.")
    page.locator("[name=service_areas]").select_option(label="Arenas and recreation") if page.locator(
        "[name=service_areas] option", has_text="Arenas and recreation"
    ).count() else page.locator("[name=service_areas]").select_option(index=3)
    page.locator("[name=stage]").select_option("pilot")
    page.get_by_role("button", name="More actions").or_(
        page.locator("[data-w-dropdown-target=toggle].button")
    ).last.click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text(re.compile("published", re.IGNORECASE)).first).to_be_visible()

    for _ in range(25):
        page.goto(demo.url + "/en/search/?q=chatbot+arena")
        if page.get_by_role("link", name="Chatbot for arena bookings").count():
            break
        time.sleep(0.2)
    page.get_by_role("link", name="Chatbot for arena bookings").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chatbot for arena bookings")


def test_a_publisher_cannot_add_to_another_municipality(page, demo):
    """The tree's permissions say who edits what."""
    sign_in(page, demo, "publisher")
    response = page.goto(demo.url + "/admin/pages/add/casestudies/casestudypage/5/")
    assert response.status in {302, 403, 404} or "/admin/pages/add" not in page.url
