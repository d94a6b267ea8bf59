"""Nobody has shared it yet: from a search that found nothing to a question that peers can answer."""

import pytest
from playwright.sync_api import expect

from tests.journeys.walk import assert_accessible, sign_in


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_a_member_asks_what_the_search_did_not_find(page, demo, width, scheme):
    """I search, find nothing, and ask instead; my words are already there."""
    sign_in(page, demo, "publisher")
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(demo.url + "/en/search/?q=zamboniqqq")
    page.get_by_role("link", name="Ask your peers").click()
    title = page.get_by_role("textbox", name="Your question")
    expect(title).to_have_value("zamboniqqq")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    title.fill(f"Does anybody run an electric ice resurfacer, {width}?")
    page.get_by_label("Service area").select_option(index=1)
    page.get_by_role("radio", name="People of all member municipalities").check()
    page.get_by_role("button", name="Ask", exact=True).click()
    # The second time the first question is shown, for it may be answered already.
    known = page.get_by_role("button", name="None of these answers it: ask")
    if known.count():
        assert_accessible(page)
        known.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("electric ice resurfacer")
    expect(page.get_by_text("Your question is here")).to_be_visible()
    assert_accessible(page)


def test_a_stranger_is_asked_to_sign_in_first(page, demo):
    page.goto(demo.url + "/fr/search/?q=zamboniqqq")
    page.get_by_role("link", name="Demander à vos pairs").click()
    page.wait_for_url("**/fr/account/login/?next=/fr/questions/ask/**")
