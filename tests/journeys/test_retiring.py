"""I retire a page that is not true any more, send its readers to another one, and take it back."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.walk import assert_accessible, say, sign_in, tab_to

WHY = "The vendor stopped the product in June; the new contract works in another way."


def items(page, demo, language):
    """The addresses and titles of case studies in the library."""
    page.goto(f"{demo.url}/{language}/library/?kind=case_study&lang={language}")
    links = page.locator("article h2 a, article h3 a")
    return links.evaluate_all("links => links.map(l => [l.href, l.innerText])")


def assert_fits(page):
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fr", 360)])
def test_retire_a_page_with_a_pointer_and_use_it_again(page, demo, language, width):
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, demo, "administrator")
    (address, title), (other, other_title) = items(page, demo, language)[-2:]
    page.goto(address)
    tab_to(page, page.get_by_role("link", name=say(language, "Not true any more? Retire this page")))
    page.keyboard.press("Enter")
    page.wait_for_url("**/retire/")
    assert_accessible(page)
    assert_fits(page)

    # Words that mean several pages: the form comes back with what was typed, and asks which.
    page.get_by_label(say(language, "Why is it retired?")).fill(WHY)
    instead = page.get_by_label(re.compile(re.escape(say(language, "What should readers see instead?"))))
    instead.fill(max(other_title.split(), key=len))
    tab_to(page, page.locator("form.form").get_by_role("button"))
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    expect(page.get_by_label(say(language, "Why is it retired?"))).to_have_value(WHY)
    tab_to(page, page.get_by_role("radio").first)
    page.get_by_role("radio", name=re.compile(re.escape(other_title))).check()
    tab_to(page, page.locator("form.form").get_by_role("button"))
    page.keyboard.press("Enter")

    expect(page.locator(".banner-warn")).to_contain_text(WHY)
    assert_accessible(page)
    assert_fits(page)
    page.locator(".banner-warn").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(other_title)

    page.goto(address)
    tab_to(page, page.get_by_role("button", name=say(language, "Use it again")))
    page.keyboard.press("Enter")
    expect(page.locator(".messages, [role=status]").first).to_be_visible()
    expect(page.get_by_text(WHY)).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
