"""Somebody new asks a first question; their publisher looks at it and lets it through; in both languages."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.walk import assert_accessible, make_person, say, sign_in, sign_in_with_password, tab_to

LOOKS = {"en": (1280, "light"), "fr": (360, "dark")}


def fits(page):
    assert_accessible(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_first_question_is_looked_at_before_others_see_it(page, demo, language):
    def t(text, **words):
        return say(language, text, **words)

    email, title = f"nora-{language}@demoville.example", f"Who sharpens plough blades, {language}?"
    make_person(demo, email, first_name="Nora", last_name="New")
    demo.shell(
        "from discussions.models import FirstPostCheck\n"
        "from members.models import Person\n"
        f"town = Person.objects.get(email={demo.logins['publisher'][0]!r}).municipality\n"
        f"Person.objects.filter(email={email!r}).update(municipality=town)\n"
        "FirstPostCheck.objects.get_or_create(municipality=town)"
    )
    width, scheme = LOOKS[language]
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)

    # I ask, and read that it is looked at first.
    sign_in_with_password(page, demo.url, email, language)
    page.wait_for_url(lambda address: "/account/login/" not in address)
    page.goto(f"{demo.url}/{language}/questions/ask/")
    page.get_by_label(t("Your question")).fill(title)
    page.get_by_label(t("Service area")).select_option(index=1)
    page.get_by_role("radio", name=t("Everybody, without an account")).check()
    page.get_by_role("button", name=t("Ask"), exact=True).click()
    anyway = page.get_by_role("button", name=t("None of these answers it: ask"))
    if anyway.count():
        anyway.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("article")).to_contain_text(t("Waiting for a check"))
    fits(page)
    address = page.url
    page.goto(f"{demo.url}/{language}/questions/mine/")
    expect(page.get_by_role("main")).to_contain_text(t("Waiting for a check"))
    fits(page)

    # To others it is not there.
    page.context.clear_cookies()
    page.goto(f"{demo.url}/{language}/questions/")
    expect(page.get_by_text(title)).to_have_count(0)
    assert page.goto(address).status == 404

    # Their publisher reads it in the queue, and lets it through by keyboard.
    sign_in(page, demo, "publisher")
    page.goto(f"{demo.url}/{language}/moderation/")
    held = page.get_by_role("article", name=title)
    expect(held).to_contain_text("Nora New")
    fits(page)
    tab_to(page, held.get_by_role("button", name=re.compile(f"^{t('Let it through')}")))
    page.keyboard.press("Enter")
    expect(page.get_by_text(t("Done, and noted."))).to_be_visible()
    expect(held).to_have_count(0)

    page.context.clear_cookies()
    page.goto(f"{demo.url}/{language}/questions/")
    expect(page.get_by_role("main").get_by_text(title).first).to_be_visible()
