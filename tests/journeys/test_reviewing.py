"""A contributor's draft: submitted, returned with a comment, submitted again, published."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.test_joining import TOWN, sign_out
from tests.journeys.test_publishing import start_case_study
from tests.journeys.walk import edit_in, say, sign_in

WORDS = {
    "en": {"title": "Lights that dim by themselves", "summary": "Street lights dim when nobody is there.",
           "comment": "What did it cost?", "cost": " It cost 12,000 dollars."},
    "fr": {"title": "Des lampadaires qui baissent seuls", "summary": "Les lampadaires baissent quand il n’y a personne.",
           "comment": "Combien cela a-t-il coûté ?", "cost": " Cela a coûté 12 000 dollars."},
}  # fmt: skip


def choose(page, name, language):
    """One of the actions below the editor's form."""
    footer = page.get_by_role("contentinfo").or_(page.locator("footer"))
    footer.get_by_role("button", name=say(language, "More actions")).first.click()
    page.get_by_role("button", name=name).first.click()


def saved(page):
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))


@pytest.fixture(params=["en", "fr"])
def language(request, demo):
    """The publisher and the contributor work in this language."""
    for role in ("publisher", "contributor"):
        edit_in(demo, role, request.param)
    yield request.param
    for role in ("publisher", "contributor"):
        edit_in(demo, role, "en")


def have_drafts_reviewed(page, demo, language):
    sign_in(page, demo, "publisher")
    page.goto(f"{demo.url}/{language}/municipalities/{TOWN}/manage/")
    begin = page.get_by_role("button", name=say(language, "Review drafts"))
    stop = page.get_by_role("button", name=say(language, "Stop reviewing"))
    expect(begin.or_(stop)).to_be_visible()
    if begin.count():
        begin.click()
    expect(stop).to_be_visible()
    sign_out(page)


def test_a_draft_is_reviewed_returned_with_a_comment_and_published(page, demo, language):
    words = WORDS[language]
    have_drafts_reviewed(page, demo, language)

    sign_in(page, demo, "contributor")
    start_case_study(page, demo, language)
    page.locator("[name=title]").fill(words["title"])
    page.locator("[name=summary]").fill(words["summary"])
    page.locator("[name=service_areas]").select_option(index=3)
    page.locator("[name=stage]").select_option("pilot")
    choose(page, re.compile({"en": "^Submit to", "fr": "^Soumettre à"}[language]), language)
    saved(page)
    sign_out(page)

    sign_in(page, demo, "publisher")
    page.goto(f"{demo.url}/admin/")
    page.get_by_role("link", name=words["title"]).first.click()
    page.wait_for_url("**/edit/")
    edit = page.url
    choose(page, re.compile("^" + re.escape(say(language, "Request changes"))), language)
    dialog = page.get_by_role("dialog").or_(page.locator(".modal-content"))
    dialog.locator("textarea").first.fill(words["comment"])
    dialog.locator("[type=submit]").first.click()
    saved(page)
    sign_out(page)

    sign_in(page, demo, "contributor")
    page.goto(edit)
    page.get_by_role("button", name=say(language, "Toggle status")).first.click()
    page.locator("[data-a11y-dialog-show='workflow-status-dialog']").first.click()
    expect(page.get_by_role("dialog").get_by_text(words["comment"]).first).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("[name=summary]").fill(words["summary"] + words["cost"])
    again = {"en": "^(Resubmit|Restart|Submit)", "fr": "^(Resoumettre|Relancer|Soumettre)"}[language]
    choose(page, re.compile(again), language)
    saved(page)
    sign_out(page)

    sign_in(page, demo, "publisher")
    page.goto(edit)
    approve = {"en": "Approve and Publish", "fr": "Approuver et Publier"}[language]
    choose(page, re.compile(rf"^\s*{approve}$", re.IGNORECASE), language)
    saved(page)
    sign_out(page)
    found = page.get_by_role("link", name=words["title"])
    for _ in range(40):
        page.goto(f"{demo.url}/{language}/search/?q={words['title'].replace(' ', '+')}")
        if found.count():
            break
        page.wait_for_timeout(250)
    found.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words["title"])
