"""Suggestions while typing, with the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.walk import assert_accessible, sign_in


def box_of(page):
    return page.get_by_role("combobox").first


@pytest.mark.parametrize(
    ("language", "typed", "heading"),
    [("en", "snow pl", "Autonomous sidewalk snow plow"), ("fr", "entretien hiv", "Entretien hivernal")],
)
def test_a_newcomer_types_a_few_letters_and_goes_there(page, demo, language, typed, heading):
    """I type the beginning of a word, hear how many suggestions there are, go down to one and press Enter."""
    page.goto(f"{demo.url}/{language}/")
    box = box_of(page)
    box.focus()
    page.keyboard.type(typed, delay=30)
    expect(page.get_by_role("listbox")).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="suggestion")).to_have_count(1)
    assert_accessible(page)
    option = page.get_by_role("option", name=re.compile(heading))
    for _ in range(10):
        page.keyboard.press("ArrowDown")
        if option.get_attribute("aria-selected") == "true":
            break
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    expect(box).to_be_focused()
    assert_accessible(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


@pytest.mark.parametrize("address", ["/en/", "/fr/search/?q=neige"])
def test_escape_closes_and_enter_searches(page, demo, address):
    """I don't want a suggestion: Escape, and Enter searches for what I typed."""
    page.goto(demo.url + address)
    box = box_of(page)
    box.fill("")
    box.press_sequentially("inn", delay=30)
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("inn")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q=inn"))


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_list_fits_the_screen(page, demo, width, scheme):
    """On my telephone nothing hangs over the edge."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(demo.url + "/fr/search/")
    box_of(page).press_sequentially("mun", delay=30)
    expect(page.get_by_role("listbox")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert_accessible(page)


def test_a_member_finds_a_colleague(page, demo):
    """I remember a first name. The page tells me the role and the municipality; strangers see nothing."""
    page.goto(demo.url + "/en/search/")
    box_of(page).press_sequentially("pat publ", delay=30)
    expect(page.get_by_role("status").filter(has_text="No suggestions")).to_have_count(1)
    sign_in(page, demo, "publisher")
    page.goto(demo.url + "/en/search/")
    box_of(page).press_sequentially("pat publ", delay=30)
    page.keyboard.press("ArrowDown")
    page.get_by_role("option", name="Pat Publisher").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pat Publisher")
    assert_accessible(page)
