"""A municipality takes something up: declared by keyboard, seen on the source, at home, and in the counter."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.walk import assert_accessible, say, sign_in, sign_in_on_the_site, tab_to

# Each language adopts its own version, so that both journeys begin where nothing has been declared.
SOURCES = {
    "en": "municipalities/city-of-kitchener/kitchener-3d-development-app/",
    "fr": "municipalities/city-of-kitchener/application-3d-projets-amenagement/",
}
LOOKS = {"en": (1280, "light"), "fr": (360, "dark")}


def months(page, demo, language: str) -> float:
    """The home page's counter."""
    page.goto(f"{demo.url}/{language}/")
    counted = page.get_by_label(say(language, "What sharing has saved")).locator(".stat__value").first
    return float(re.sub(r"[^\d.]", "", counted.inner_text().replace(",", ".")))


def assert_fits(page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("language", ["en", "fr"])
def test_adopt_and_see_it_on_the_source_and_in_the_counter(page, demo, language):
    """I run what another town began; two minutes, and everybody who looks at it knows."""
    width, scheme = LOOKS[language]
    before = months(page, demo, language)
    sign_in(page, demo, "contributor")
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{demo.url}/{language}/{SOURCES[language]}")
    adopt = page.get_by_role("link", name=say(language, "Adopt this"))
    tab_to(page, adopt)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(say(language, "Adopt this"))
    assert_accessible(page)
    assert_fits(page)

    # Stopped without a reason: asked for, and nothing typed is lost.
    stopped = page.get_by_role("radio", name=re.compile(f"^{say(language, 'stopped')}", re.IGNORECASE))
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    while not stopped.is_checked():
        page.keyboard.press("ArrowDown")
    saved = page.get_by_label(re.compile(say(language, "Months saved")))
    tab_to(page, saved)
    page.keyboard.type("3")
    save = page.get_by_role("button", name=say(language, "Save"), exact=True)
    tab_to(page, save)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(saved).to_have_value("3")
    assert_accessible(page)

    live = page.get_by_role("radio", name=re.compile(f"^{say(language, 'live')}", re.IGNORECASE))
    tab_to(page, stopped)
    while not live.is_checked():
        page.keyboard.press("ArrowUp")
    tab_to(page, save)
    page.keyboard.press("Enter")
    expect(page.locator("#adopters")).to_contain_text("Demoville")
    expect(page.locator("#adopters")).to_contain_text(say(language, "live"))
    assert_accessible(page)
    assert_fits(page)
    assert months(page, demo, language) == before + 3
    assert_accessible(page)

    # The record tells its history.
    page.goto(f"{demo.url}/{language}/{SOURCES[language]}")
    page.locator("#adopters").get_by_role("link", name=re.compile("Demoville")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Demoville")
    assert_accessible(page)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_plain_member_is_told_whom_to_ask(page, demo, language):
    sign_in_on_the_site(page, demo, "member", language)
    page.goto(f"{demo.url}/{language}/municipalities/city-of-hamilton/hamilton-human-centred-services/")
    expect(page.get_by_role("link", name=say(language, "Adopt this"))).to_have_count(0)
    panel = page.locator(".panel-action")
    expect(panel).to_contain_text("Pat Publisher")
    assert_accessible(page)
