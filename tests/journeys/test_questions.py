"""From a search that found nothing to an answer that stands on the page it is about; by keyboard, in both languages."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.walk import assert_accessible, say, sign_in, sign_in_on_the_site, tab_to

LOOKS = {"en": (1280, "light"), "fr": (360, "dark")}
# Words that nothing has, with words that bring the page it is about.
ASKED = {
    "en": ("zamboniqqq", "Does the autonomous sidewalk snow plow stop at driveways?"),
    "fr": ("surfaceuseqqq", "Le chasse-neige autonome pour trottoirs s’arrête-t-il aux entrées de cour ?"),
}
AREA = {"en": "Winter", "fr": "hivernal"}


def press(page, target) -> None:
    """Reach it by keyboard and press it."""
    tab_to(page, target)
    page.keyboard.press("Enter")


def fill(page, target, text: str) -> None:
    tab_to(page, target)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def check(page) -> None:
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("language", ["en", "fr"])
def test_ask_from_an_empty_search_be_routed_claim_answer_accept_and_see_it_on_the_page(
    page, demo, browser, language
):
    def t(text: str, **words) -> str:
        return say(language, text, **words)

    width, scheme = LOOKS[language]
    missing, title = ASKED[language]
    sign_in(page, demo, "publisher")
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)

    # I find nothing, and ask instead; my words are there.
    page.goto(f"{demo.url}/{language}/search/?q={missing}")
    press(page, page.get_by_role("main").get_by_role("link", name=t("Ask your peers")))
    question = page.get_by_role("textbox", name=t("Your question"))
    expect(question).to_have_value(missing)
    fill(page, question, title)
    areas = page.get_by_label(t("Service area"))
    named = (text for text in areas.locator("option").all_inner_texts() if AREA[language] in text)
    areas.select_option(label=next(named))
    members = page.get_by_role("radio", name=t("People of all member municipalities"))
    members.focus()
    page.keyboard.press("Space")
    press(page, page.get_by_role("button", name=t("Preview")))
    expect(page.get_by_role("heading", name=t("Ask your peers"))).to_be_visible()
    expect(page).to_have_url(re.compile("/questions/ask/$"))
    expect(question).to_have_value(title)
    check(page)
    press(page, page.get_by_role("button", name=t("Ask"), exact=True))

    # What may answer it is shown first; it does not, but it is what I mean.
    expect(page.get_by_role("heading", name=t("Is it answered here already?"))).to_be_visible()
    check(page)
    about = page.get_by_role("radio", name=t("My question is about this")).first
    about.focus()
    page.keyboard.press("Space")
    press(page, page.get_by_role("button", name=t("None of these answers it: ask")))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    check(page)
    address = page.url
    item = page.get_by_role("article").get_by_role("link").filter(has_text=re.compile("plow|neige|Plow"))
    source = item.first.get_attribute("href")

    # A peer who offers help finds it, and says when.
    peer = browser.new_page()
    sign_in_on_the_site(peer, demo, "peer", language)
    peer.set_viewport_size({"width": width, "height": 800})
    peer.goto(f"{demo.url}/{language}/questions/mine/")
    check(peer)
    press(peer, peer.get_by_role("link", name=title))
    until = (datetime.date.today() + datetime.timedelta(days=4)).isoformat()
    peer.get_by_label(t("I’ll answer by")).fill(until)
    check(peer)
    press(peer, peer.get_by_role("button", name=t("I’ll answer"), exact=True))
    expect(peer.get_by_role("main")).to_contain_text("Samplebury")
    words = f"It does, with a **person** beside it ({language})."
    fill(peer, peer.get_by_role("textbox", name=t("Your answer")), words)
    press(peer, peer.get_by_role("button", name=t("Post the answer")))
    expect(peer.locator(".answer")).to_contain_text("with a person beside it")
    check(peer)
    peer.close()

    # I accept it, and it stands on the page.
    page.goto(address)
    press(page, page.locator("summary").filter(has_text=t("Accept this answer")))
    check(page)
    press(page, page.get_by_role("button", name=t("Accept"), exact=True))
    expect(page.locator(".answer-accepted")).to_contain_text("with a person beside it")
    page.goto(f"{demo.url}{source}" if source.startswith("/") else source)
    expect(page.locator("#addenda")).to_contain_text("with a person beside it")
    check(page)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_coordinator_s_list(page, demo, language):
    sign_in_on_the_site(page, demo, "coordinator", language)
    page.set_viewport_size({"width": LOOKS[language][0], "height": 800})
    page.goto(f"{demo.url}/{language}/questions/")
    check(page)
    press(page, page.get_by_role("link", name=say(language, "Unanswered questions")))
    expect(page.get_by_role("main")).to_contain_text(say(language, "asked without its name"))
    check(page)
