"""Peers talk below a case study, and a moderator takes out what does not belong: in both languages, by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.walk import assert_accessible, say, tab_to


def case_address(page, demo, language):
    """A case study that everybody may read."""
    page.goto(f"{demo.url}/{language}/library/?kind=case_study")
    links = page.get_by_role("article").get_by_role("link").evaluate_all("links => links.map(l => l.href)")
    return next(link for link in links if "/municipalities/" in link)


def become(page, demo, role):
    """Sign in as somebody else; not everybody may go to the editor."""
    page.context.clear_cookies()
    email, password = demo.logins[role]
    page.goto(f"{demo.url}/en/account/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/account/login/" not in address)


def assert_fits(page):
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fr", 360)])
def test_comment_mention_help_edit_and_delete(page, demo, language, width):
    """I ask below a case study and name a colleague; she finds it helpful; I correct it, and take it back."""

    def text(english, **words):
        return say(language, english, **words)

    page.set_viewport_size({"width": width, "height": 800})
    become(page, demo, "contributor")
    address = case_address(page, demo, language)
    page.goto(address)
    box = page.get_by_label(text("Your comment"))
    tab_to(page, box)
    page.keyboard.type("Who walked along with it, @Pat")
    option = page.get_by_role("option", name="Pat Publisher")
    expect(option).to_be_visible(timeout=15_000)
    expect(option).to_have_attribute("aria-selected", "true")
    assert_accessible(page)
    page.keyboard.press("Enter")
    expect(box).to_have_value("Who walked along with it, @Pat Publisher ")
    page.keyboard.type("**and** for how long?")
    expect(page.get_by_text(text("Will be told:"))).to_contain_text("Pat Publisher")
    expect(page.locator(".comment-preview strong")).to_have_text("and")
    tab_to(page, page.get_by_role("button", name=text("Post"), exact=True))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"#comment-\d+$"))
    anchor = page.url.partition("#")[2]
    comment = page.locator(f"#{anchor}")
    expect(comment).to_contain_text("Cam Contributor")
    expect(comment.locator("strong", has_text="and")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)

    become(page, demo, "publisher")
    page.goto(address)
    tab_to(page, comment.locator("summary", has_text=text("Helpful")))
    page.keyboard.press("Enter")
    comment.get_by_label(text("What for?")).last.select_option("saved_time")
    comment.get_by_role("button", name=text("It was helpful")).click()
    expect(comment).to_contain_text(text("It saved us time"))
    assert_accessible(page)
    comment.get_by_role("link", name=text("Quote")).click()
    reply = page.get_by_label(text("Your comment"))
    expect(reply).to_have_value(re.compile("> Who walked along"))
    assert_accessible(page)
    reply.press("Control+End")
    reply.press_sequentially("Two of us.")
    page.get_by_role("button", name=text("Post"), exact=True).click()
    page.wait_for_url(re.compile(r"#comment-\d+$"))

    become(page, demo, "contributor")
    page.goto(address)
    comment.get_by_role("link", name=text("Edit")).click()
    assert_accessible(page)
    page.get_by_label(text("Your comment")).fill("Who walked along with it, and for how many hours?")
    page.get_by_role("button", name=text("Save"), exact=True).click()
    expect(comment).to_contain_text("how many hours")
    comment.get_by_role("link", name=text("edited")).click()
    expect(page.get_by_text("for how long?")).to_be_visible()
    assert_accessible(page)
    page.goto(address)
    comment.locator("summary", has_text=text("Delete")).click()
    comment.get_by_role("button", name=text("Delete this comment")).click()
    expect(comment).to_contain_text(text("This comment was deleted by its author."))
    expect(page.get_by_text("Two of us.").first).to_be_visible()
    expect(comment.get_by_text("how many hours")).to_have_count(0)
    assert_accessible(page)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_report_and_hide(page, demo, language):
    """I report what does not belong; a moderator hides it and says why; only its author still sees it."""

    def text(english, **words):
        return say(language, english, **words)

    become(page, demo, "member")
    address = case_address(page, demo, language)
    page.goto(address)
    words = f"Cheap watches for {language}, write to me"
    page.get_by_label(text("Your comment")).fill(words)
    page.get_by_role("button", name=text("Post"), exact=True).click()
    page.wait_for_url(re.compile(r"#comment-\d+$"))
    comment = page.locator(f"#{page.url.partition('#')[2]}")

    become(page, demo, "publisher")
    page.goto(address)
    comment.get_by_role("link", name=text("Report")).click()
    assert_accessible(page)
    page.get_by_role("radio", name=text("Advertising or spam")).check()
    page.get_by_role("button", name=text("Report"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(text("Thank you"))
    assert_accessible(page)

    become(page, demo, "moderator")
    page.goto(f"{demo.url}/{language}/account/profile/")
    page.get_by_role("link", name=text("Moderation"), exact=True).click()
    assert_accessible(page)
    page.get_by_role("link", name=text("What waits for you as a moderator")).click()
    assert_accessible(page)
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").last.click()
    expect(page.get_by_role("main")).to_contain_text(words)
    assert_accessible(page)
    page.get_by_label(text("Reason"), exact=True).select_option("advertising")
    page.get_by_label(text("In words, for the author")).fill("No advertising here, please.")
    page.get_by_role("button", name=text("Hide"), exact=True).click()
    expect(page.get_by_text(text("Done, and noted."))).to_be_visible()

    page.context.clear_cookies()
    page.goto(address)
    expect(page.get_by_text(words)).to_have_count(0)
    become(page, demo, "member")
    page.goto(address)
    expect(comment).to_contain_text("No advertising here, please.")
    expect(comment).to_contain_text(text("Hidden"))
    assert_accessible(page)
