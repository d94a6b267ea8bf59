"""I follow a page, hear of it on the site and in a weekly digest, and stop the mail with one click."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.walk import assert_accessible, say, sign_in, tab_to

COMMENT = """
from discussions.models import Comment
from core.happenings import happened
from django.db import transaction
from members.models import Person
from wagtail.models import Page
mel = Person.objects.get(email="member@demoville.example")
page = Page.objects.get(slug={slug!r})
with transaction.atomic():
    written = Comment.objects.create(page=page, author=mel, municipality=mel.municipality, body={body!r})
    happened("comment.added", Comment.kind, written.pk, by=mel)
"""
A_WEEK_GOES_BY = """
from datetime import timedelta
from django.db.models import F
from notifications.models import News
News.objects.update(when=F("when") - timedelta(days=8))
"""
LANGUAGE = """
from members.models import Person
Person.objects.filter(email="publisher@demoville.example").update(language={language!r})
"""


def first_item(page, demo, language, number):
    """A case study of the library, and the last part of its address."""
    page.goto(f"{demo.url}/{language}/library/?kind=case_study&lang={language}")
    link = page.locator("article h2 a, article h3 a").nth(number)
    title = link.inner_text()
    link.click()
    page.wait_for_url("**/municipalities/**")
    return title, page.url.rstrip("/").rsplit("/", 1)[1]


def until(page, address, locator):
    for _ in range(60):
        page.goto(address)
        if locator.count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{locator} never came")


@pytest.mark.parametrize(("language", "width", "number"), [("en", 1280, 1), ("fr", 360, 2)])
def test_follow_a_page_and_hear_of_it_once_a_week(page, demo, language, width, number):
    page.set_viewport_size({"width": width, "height": 900})
    demo.shell(LANGUAGE.format(language=language))
    sign_in(page, demo, "publisher")
    title, slug = first_item(page, demo, language, number)
    tab_to(page, page.get_by_role("link", name=say(language, "Follow, and be told of news")))
    page.keyboard.press("Enter")
    page.wait_for_url("**/follow/case_study/**")
    assert_accessible(page)
    button = page.locator(".follow form").first.get_by_role("button")
    tab_to(page, button)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").or_(page.locator(".messages"))).to_be_visible()
    assert_accessible(page)

    page.goto(f"{demo.url}/{language}/my/follows/")
    row = page.locator("li.panel").filter(has_text=title)
    row.locator("select").select_option("weekly")
    row.get_by_role("button", name=re.compile(say(language, "Save"))).click()
    expect(page.locator("li.panel").filter(has_text=title).locator("select")).to_have_value("weekly")
    assert_accessible(page)

    body = f"And what did it cost? ({language})"
    demo.shell(COMMENT.format(slug=slug, body=body))
    until(page, f"{demo.url}/{language}/inbox/", page.get_by_text(body))
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    page.get_by_role("button", name=re.compile(say(language, "Mark all as read"))).click()
    expect(page.locator(".panel--new")).to_have_count(0)

    demo.shell(A_WEEK_GOES_BY)
    digest = page.get_by_role("link", name=re.compile(f"Mel Member.*{re.escape(title)}"))
    until(page, f"{demo.url}/{language}/demo/mail/", digest)
    digest.first.click()
    expect(page.get_by_text(body)).to_be_visible()
    assert_accessible(page)
    (letter,) = [mail for mail in demo.mails() if body in mail.get_body(("plain",)).get_content()]
    path = re.fullmatch(r"<https?://[^/]+(/.+)>", "".join(letter["List-Unsubscribe"].split()))[1]

    page.context.clear_cookies()
    page.goto(demo.url + path)
    assert_accessible(page)
    page.get_by_role("button", name=say(language, "Yes, no more mail")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say(language, "No more mail about it"))
    sign_in(page, demo, "publisher")
    page.goto(f"{demo.url}/{language}/my/follows/")
    expect(page.locator("li.panel").filter(has_text=title).locator("select")).to_have_value("off")
    demo.shell(LANGUAGE.format(language=""))
