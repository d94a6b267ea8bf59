"""What somebody who only reads does: browse to a case, search with facets, read in French."""

import re

from playwright.sync_api import expect

from tests.journeys.walk import assert_accessible


def test_a_newcomer_browses_from_the_home_page_to_a_case(page, demo):
    """I know my problem is snow. I look for the service area, and see who has done something about it."""
    page.goto(demo.url + "/en/")
    page.get_by_role("link", name="Roads and transportation").click()
    page.get_by_role("main").get_by_role("link", name="Winter maintenance").first.click()
    page.get_by_role("link", name=re.compile("snow plow", re.IGNORECASE)).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Autonomous sidewalk snow plow")
    expect(page.get_by_text("Town of Innisfil").first).to_be_visible()
    expect(page.get_by_text("IT World Canada").first).to_be_visible()


def test_a_newcomer_searches_and_narrows_by_facets(page, demo):
    """Three words, then a click on a facet; the address can be sent to a colleague."""
    page.goto(demo.url + "/en/")
    page.get_by_role("combobox").first.fill("residents data")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("results")
    page.get_by_role("checkbox", name=re.compile("^Case study", re.IGNORECASE)).check()
    page.wait_for_url(re.compile("kind=case_study"))
    chip = page.get_by_role("link", name=re.compile("Remove.*Case study", re.IGNORECASE))
    expect(chip).to_be_visible()
    expect(page.locator("mark").first).to_be_visible()
    shared = page.url
    page.goto("about:blank")
    page.goto(shared)
    expect(page.get_by_role("checkbox", name=re.compile("^Case study", re.IGNORECASE))).to_be_checked()
    page.get_by_role("link", name=re.compile("Remove.*Case study", re.IGNORECASE)).click()
    expect(page.get_by_role("checkbox", name=re.compile("^Case study", re.IGNORECASE))).not_to_be_checked()


def test_search_works_without_javascript(browser, demo):
    """An old browser, or a proxy that strips scripts: the form still works."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(demo.url + "/en/search/?q=residents")
    page.get_by_role("checkbox", name=re.compile("^Case study", re.IGNORECASE)).check()
    page.get_by_role("button", name="Apply filters").click()
    assert "kind=case_study" in page.url
    assert page.get_by_role("article").count() > 0
    context.close()


def test_search_by_keyboard_alone(page, demo):
    """No mouse: skip link, search box, first result."""
    page.goto(demo.url + "/en/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("snow plow")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    result = page.get_by_role("article").get_by_role("link").first
    for _ in range(60):
        if result.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(result).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Autonomous sidewalk snow plow")


def test_a_francophone_reads_in_french(page, demo):
    """Je cherche le déneigement, sans accents, et je lis en français."""
    page.goto(demo.url + "/en/")
    page.get_by_role("link", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.get_by_role("combobox").first.fill("deneigement trottoirs")
    page.keyboard.press("Enter")
    page.get_by_role("article").get_by_role(
        "link", name=re.compile("chasse-neige", re.IGNORECASE)
    ).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Un chasse-neige autonome pour les trottoirs")
    expect(page.get_by_role("link", name="Entretien hivernal")).to_be_visible()
    page.get_by_role("banner").get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Autonomous sidewalk snow plow")
    assert_accessible(page)


def test_the_reader_finds_what_a_municipality_shares(page, demo):
    """Who are they, how large, and what have they done?"""
    page.goto(demo.url + "/en/municipalities/")
    page.get_by_role("main").get_by_role("textbox").or_(
        page.get_by_role("main").get_by_role("searchbox")
    ).first.fill("innisfil")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name="Innisfil").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Innisfil")
    expect(page.get_by_text("43,326").first).to_be_visible()
    expect(page.get_by_role("link", name="Simcoe County").first).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(5)


def test_a_page_that_does_not_exist_helps_on(page, demo):
    page.goto(demo.url + "/en/nothing-here/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("combobox").first).to_be_visible()
