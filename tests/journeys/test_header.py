"""The top of every page is one line, whoever reads and however wide the window is."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.walk import assert_accessible, sign_in

WIDTHS = [320, 768, 1024, 1167, 1168, 1280, 1440]
# As much as the highest single line in it needs.
ONE_LINE = 80


def assert_one_line(page):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        height = page.locator(".site-header").first.evaluate("header => header.offsetHeight")
        assert height <= ONE_LINE, f"{height} px high at {width} px"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_one_line_for_everybody(page, demo, language):
    page.goto(f"{demo.url}/{language}/")
    assert_one_line(page)
    sign_in(page, demo, "publisher")
    page.goto(f"{demo.url}/{language}/")
    assert_one_line(page)


@pytest.mark.parametrize(
    ("language", "inbox"), [("en", r"^Inbox( \d+ new)?$"), ("fr", r"^Boîte de réception( \d+ nouvelles?)?$")]
)
def test_the_inbox_says_what_it_is_in_the_bar_and_in_the_menu(page, demo, language, inbox):
    sign_in(page, demo, "publisher")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{demo.url}/{language}/")
    expect(page.get_by_role("link", name=re.compile(inbox))).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 800})
    page.get_by_role("button", name="Menu").press("Enter")
    expect(page.get_by_role("link", name=re.compile(inbox))).to_be_visible()
    assert_accessible(page)
