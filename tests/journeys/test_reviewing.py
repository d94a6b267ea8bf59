"""A contributor's draft: submitted, returned with a comment, submitted again, published."""

import re

from playwright.sync_api import expect

from tests.journeys.test_joining import TOWN, sign_out
from tests.journeys.test_publishing import start_case_study
from tests.journeys.walk import sign_in


def choose(page, name):
    """One of the actions below the editor's form."""
    footer = page.get_by_role("contentinfo").or_(page.locator("footer"))
    footer.get_by_role("button", name="More actions").first.click()
    page.get_by_role("button", name=name).first.click()


def test_a_draft_is_reviewed_returned_with_a_comment_and_published(page, demo):
    sign_in(page, demo, "publisher")
    page.goto(f"{demo.url}/en/municipalities/{TOWN}/manage/")
    page.get_by_role("button", name="Review drafts").click()
    expect(page.get_by_role("button", name="Stop reviewing")).to_be_visible()
    sign_out(page)

    sign_in(page, demo, "contributor")
    start_case_study(page, demo)
    page.locator("[name=title]").fill("Lights that dim by themselves")
    page.locator("[name=summary]").fill("Street lights dim when nobody is there.")
    page.locator("[name=service_areas]").select_option(label="Winter maintenance")
    page.locator("[name=stage]").select_option("pilot")
    choose(page, re.compile("^Submit to"))
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    sign_out(page)

    sign_in(page, demo, "publisher")
    page.goto(f"{demo.url}/admin/")
    page.get_by_role("link", name="Lights that dim by themselves").first.click()
    page.wait_for_url("**/edit/")
    edit = page.url
    choose(page, re.compile("^Request changes"))
    dialog = page.get_by_role("dialog").or_(page.locator(".modal-content"))
    dialog.locator("textarea").first.fill("What did it cost?")
    dialog.get_by_role("button", name="Submit").or_(dialog.locator("[type=submit]")).first.click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    sign_out(page)

    sign_in(page, demo, "contributor")
    page.goto(edit)
    page.get_by_role("button", name="Toggle status").first.click()
    page.locator("[data-a11y-dialog-show='workflow-status-dialog']").first.click()
    expect(page.get_by_role("dialog").get_by_text("What did it cost?").first).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("[name=summary]").fill("Street lights dim when nobody is there. It cost 12,000 dollars.")
    choose(page, re.compile("^(Resubmit|Restart|Submit)"))
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    sign_out(page)

    sign_in(page, demo, "publisher")
    page.goto(edit)
    choose(page, re.compile("^Approve and Publish$", re.IGNORECASE))
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    sign_out(page)
    page.goto(f"{demo.url}/en/municipalities/{TOWN}/lights-that-dim-by-themselves/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lights that dim by themselves")
