"""Choosing among what towns have done, as in a good shop: narrow, look at the map, compare, save the search."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.journeys.walk import assert_accessible, sign_in, tab_to


def checkbox(page, name):
    return page.get_by_role("checkbox", name=re.compile(f"^{name}", re.IGNORECASE))


def found(page) -> int:
    return int(re.sub(r"\D", "", page.locator(".results-head__count").inner_text().split("result")[0]))


def test_i_narrow_by_two_facets_and_take_one_back_by_keyboard(page, demo):
    """I want live projects about roads. My mouse is broken, and my screen reader tells me what happens."""
    page.goto(demo.url + "/en/library/")
    everything = found(page)
    tab_to(page, checkbox(page, "Roads and transportation"))
    page.keyboard.press("Space")
    page.wait_for_url(re.compile("service_area=roads-and-transportation"))
    expect(checkbox(page, "Roads and transportation")).to_be_focused()
    expect(checkbox(page, "Winter maintenance")).to_be_visible()
    roads = found(page)
    assert 0 < roads < everything
    expect(page.locator("#search-status")).to_have_text(re.compile(f"{roads} results?"))
    tab_to(page, checkbox(page, "Live"))
    page.keyboard.press("Space")
    page.wait_for_url(re.compile("stage=live"))
    assert "population_min" not in page.url, "empty fields are not in the address"
    assert 0 < found(page) < roads
    assert_accessible(page)
    chip = page.get_by_role("link", name=re.compile("Remove filter: Live"))
    tab_to(page, chip)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "stage=live" not in address)
    assert found(page) == roads
    expect(checkbox(page, "Roads and transportation")).to_be_checked()


def test_i_give_a_size_of_my_own(page, demo):
    """Towns between 20,000 and 50,000, please. I type it as I write it."""
    page.goto(demo.url + "/en/library/")
    page.locator("summary").filter(has_text="Population").click()
    page.locator("[name=population_min]").fill("20,000")
    page.locator("[name=population_min]").press("Tab")
    page.wait_for_url(re.compile("population_min=20000"))
    page.locator("[name=population_max]").fill("50 000")
    page.locator("[name=population_max]").press("Tab")
    page.wait_for_url(re.compile("population_max=50000"))
    expect(page.get_by_role("link", name=re.compile("Population: 20,000 to 50,000"))).to_be_visible()
    expect(page.get_by_role("article").first).to_contain_text("Innisfil")


def test_i_go_back_and_find_my_filters_and_my_place(page, demo):
    """I look at one result and come back: same filters, same place on the page."""
    page.goto(demo.url + "/en/library/")
    checkbox(page, "Case study").check()
    page.wait_for_url(re.compile("kind=case_study"))
    expect(page.get_by_role("link", name=re.compile("Remove filter: Case study"))).to_be_visible()
    last = page.get_by_role("article").nth(8).get_by_role("link")
    last.scroll_into_view_if_needed()
    place = page.evaluate("window.scrollY")
    assert place > 300
    title = last.inner_text()
    last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.go_back()
    expect(checkbox(page, "Case study")).to_be_checked()
    page.wait_for_function("y => Math.abs(window.scrollY - y) < 200", arg=place)
    page.go_back()
    expect(checkbox(page, "Case study")).not_to_be_checked()
    expect(page.get_by_role("banner")).to_be_visible()


def test_i_look_at_the_map_and_choose_a_town(page, demo):
    """Who near me has done something? I switch to the map, and choose a town in the table under it."""
    page.goto(demo.url + "/en/library/?kind=case_study")
    tab_to(page, page.get_by_role("link", name="Map"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("view=map"))
    expect(page.locator("svg.result-map__drawing circle").first).to_be_visible()
    assert_accessible(page)
    row = page.get_by_role("row").filter(has_text="Innisfil")
    count = int(row.get_by_role("cell").inner_text())
    tab_to(page, row.get_by_role("link"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("municipality=town-of-innisfil"))
    assert found(page) == count
    expect(page.get_by_role("article").first).to_contain_text("Innisfil")
    expect(page.get_by_role("link", name=re.compile("Remove filter: Innisfil"))).to_be_visible()


def test_je_choisis_une_ville_sur_la_carte(page, demo):
    """En français, et d’un clic sur le point lui-même."""
    page.goto(demo.url + "/fr/library/?view=map")
    expect(page.get_by_text("Résultats par municipalité")).to_be_visible()
    page.locator("svg.result-map__drawing a").filter(has_text="Innisfil").first.click()
    page.wait_for_url(re.compile("/fr/library/.*municipality=town-of-innisfil"))
    expect(page.get_by_role("article").first).to_contain_text("Innisfil")


def pick(page, number):
    page.get_by_role("checkbox", name=re.compile("^Compare")).nth(number).check()


def test_i_compare_three(page, demo):
    """Three projects look alike. I put them side by side, and take one away again."""
    page.goto(demo.url + "/en/library/?kind=case_study&view=cards")
    for number in range(3):
        pick(page, number)
        words = "item" if number == 0 else "items"
        expect(page.get_by_role("link", name=f"Compare {number + 1} {words}")).to_be_visible()
    assert_accessible(page)
    titles = [page.get_by_role("article").nth(n).get_by_role("link").inner_text() for n in range(3)]
    tab_to(page, page.get_by_role("link", name="Compare 3 items"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Side by side")
    for title in titles:
        expect(page.get_by_role("columnheader").filter(has_text=title)).to_be_visible()
    expect(page.get_by_role("rowheader", name="Stage")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name=f"Take away {titles[0]}").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    page.set_viewport_size({"width": 320, "height": 900})
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert_accessible(page)
    page.get_by_role("link", name="Pick more to compare").click()
    expect(page.get_by_role("link", name="Compare 2 items")).to_be_visible()


def test_i_compare_no_more_than_four(page, demo):
    """I get carried away, and am told."""
    page.goto(demo.url + "/en/library/?kind=case_study&view=cards")
    for number in range(5):
        pick(page, number)
        page.wait_for_url(lambda address, n=number: address.count("item=") == n + 1)
    expect(page.get_by_role("alert")).to_contain_text("Only 4 fit side by side")
    pick_again = page.get_by_role("checkbox", name=re.compile("^Compare")).first
    pick_again.uncheck()
    expect(page.get_by_role("link", name="Compare 4 items")).to_be_visible()


def test_i_compare_without_scripts(browser, demo):
    """A proxy strips scripts: I tick, and press the button under the results."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(demo.url + "/en/search/?q=residents")
    pick(page, 0)
    pick(page, 1)
    page.get_by_role("button", name="Compare what you picked").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    page.get_by_role("link", name="Pick more to compare").click()
    expect(page.get_by_role("checkbox", name=re.compile("^Compare")).first).to_be_checked()
    expect(page.locator("#q")).to_have_value("residents")
    context.close()


def test_i_see_what_else_is_like_it(page, demo):
    """At the end of a case I see what else there is, and why; from there I compare."""
    page.goto(demo.url + "/en/municipalities/town-of-innisfil/")
    page.get_by_role("link", name="Residents in control of their own data").first.click()
    section = page.locator("#similar")
    section.scroll_into_view_if_needed()
    expect(section.get_by_role("article").first).to_be_visible()
    assert 1 <= section.get_by_role("article").count() <= 4
    expect(section.locator(".item-card__why").first).to_contain_text("In common:")
    assert_accessible(page)
    section.get_by_role("link", name="Compare with others").click()
    expect(page.get_by_role("columnheader")).to_have_count(1)


PUBLISH = """
from casestudies.models import CaseStudyPage
from library.models import ServiceArea
from members.models import MunicipalityPage
town = MunicipalityPage.objects.get(slug="town-of-whitby")
page = town.add_child(instance=CaseStudyPage(
    title="Plows that report their potholes", summary="Every plow counts potholes on its way.",
    stage="pilot", municipality=town, live=False,
))
page.service_areas.add(ServiceArea.objects.get(code="TRN-02"))
page.save_revision().publish()
"""
A_WEEK_LATER = """
from datetime import timedelta
from django.db.models import F
from notifications.models import SavedSearch
SavedSearch.objects.update(looked=F("looked") - timedelta(days=8))
"""
SEND = "from django.core.management import call_command; call_command('send_search_news')"


def until(condition, seconds=30):
    """Wait for what happens beside the requests."""
    for _ in range(seconds * 5):
        if condition():
            return
        time.sleep(0.2)
    raise AssertionError("It did not happen in time.")


def test_i_save_a_search_and_hear_of_news(page, demo, browser):
    """Nothing suits me today. I save my search, and a week later mail tells me of a new project."""
    sign_in(page, demo, "publisher")
    page.goto(demo.url + "/en/search/?q=plow&service_area=roads-and-transportation")
    page.get_by_role("link", name="Save this search").click()
    expect(page.get_by_label("Name")).to_have_value("plow")
    page.get_by_label("Name").fill("Plows of our peers")
    assert_accessible(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("The search is saved.")
    page.get_by_role("button", name="Make a feed address").click()
    feed = page.locator(".feed-address a").get_attribute("href")
    assert_accessible(page)

    demo.shell(PUBLISH)
    demo.shell(A_WEEK_LATER)
    stranger = browser.new_context()
    until(lambda: "potholes" in stranger.request.get(feed).text())
    demo.shell(SEND)

    def news():
        return [each for each in demo.mails() if each["Subject"] == "1 new result for “Plows of our peers”"]

    until(news)
    (mail,) = news()
    assert mail["To"] == demo.logins["publisher"][0]
    assert "Plows that report their potholes" in mail.get_body(("plain",)).get_content()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    # The address in the mail works without signing in; it bears the site's public name, not this test's port.
    stop = re.fullmatch(r"<https?://[^/]+(/.+)>", "".join(mail["List-Unsubscribe"].split()))[1]
    away = stranger.new_page()
    away.goto(demo.url + stop)
    assert_accessible(away)
    away.get_by_role("button", name="Stop the mail").click()
    expect(away.get_by_role("status")).to_contain_text("No more mail comes about these searches")
    page.reload()
    expect(page.get_by_label("News by mail")).to_have_value("off")

    page.get_by_role("button", name="Put this address out of use").click()
    assert stranger.request.get(feed).status == 404
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("You have not saved a search yet")).to_be_visible()
    stranger.close()


def test_i_see_towns_like_mine(page, demo):
    """I work for a small lower-tier town: what have others of our size done?"""
    sign_in(page, demo, "publisher")
    page.goto(demo.url + "/en/library/?kind=case_study")
    page.get_by_role("link", name="Municipalities like mine").click()
    page.wait_for_url(re.compile("like=mine"))
    expect(
        page.get_by_role("link", name=re.compile("Remove filter: Municipalities like mine"))
    ).to_be_visible()
    expect(page.get_by_role("article").filter(has_text="Innisfil").first).to_be_visible()
    for card in page.get_by_role("article").all():
        # My own town is like mine; other journeys may have published there.
        expect(card).to_contain_text(re.compile("Innisfil|Demoville"))
    assert_accessible(page)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_stranger_takes_the_feed_of_a_search(page, demo, language):
    """No account, but a feed reader: the page names the feed."""
    page.goto(f"{demo.url}/{language}/search/?q=plow")
    address = page.locator('link[type="application/atom+xml"]').get_attribute("href")
    answer = page.request.get(demo.url + address)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert "<entry>" in answer.text()
