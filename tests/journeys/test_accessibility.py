"""WCAG 2.2 AA on every page of the site and every component, light and dark, narrow and wide; and their weight."""

import re

import brotli
import pytest

from tests.journeys.walk import assert_accessible, sign_in

CASE = "municipalities/town-of-innisfil/"
PAGES = {
    "home": "",
    "library": "library/",
    "search": "search/?q=residents",
    "search-cards": "library/?view=cards&service_area=roads-and-transportation&item=case-study:1",
    "search-map": "library/?view=map",
    "compare-nothing": "compare/",
    "search-nothing": "search/?q=zzzzqqq",
    "municipalities": "municipalities/",
    "municipality": CASE,
    "upper-tier": "municipalities/regional-municipality-of-durham/",
    "regions": "regions/",
    "region": "regions/simcoe-county/",
    "service-areas": "service-areas/",
    "service-area": "service-areas/winter-maintenance/",
    "questions": "questions/",
    "link-that-does-not-work": "invitations/never-was/",
    "privacy": "privacy/",
    "municipalities-map": "municipalities/?view=map&region=simcoe-county",
    "municipalities-like": "municipalities/?like=town-of-innisfil",
    "not-found": "nothing-here/",
    "sign-in": "account/login/",
    "sign-up": "account/signup/",
    "sign-in-by-code": "account/login/code/",
    "new-password": "account/password/reset/",
}
LOOKS = {"wide-light": (1280, "light"), "narrow-dark": (320, "dark")}


@pytest.fixture(params=LOOKS)
def look(request, page):
    width, scheme = LOOKS[request.param]
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    return request.param


def assert_fits(page):
    """Nothing but tables and code needs scrolling sideways."""
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{page.url} is {overflow} px too wide"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible(page, demo, look, language, name):
    page.goto(f"{demo.url}/{language}/{PAGES[name]}")
    assert_accessible(page)
    assert_fits(page)


OWN_PAGES = ["profile", "email", "password/change", "2fa", "sessions", "data", "providers", "logout"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_of_ones_account_are_accessible(page, demo, look, language):
    sign_in(page, demo, "publisher")
    for name in OWN_PAGES:
        page.goto(f"{demo.url}/{language}/account/{name}/")
        assert_accessible(page)
        assert_fits(page)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_of_comments_and_moderation_are_accessible(page, demo, look, language):
    sign_in(page, demo, "administrator")
    for name in ("moderation/", "moderation/suspended/", "moderation/mine/", "comments/kept/", "comments/1/thread/",
                 "comments/1/history/"):  # fmt: skip
        page.goto(f"{demo.url}/{language}/{name}")
        assert_accessible(page)
        assert_fits(page)


def first_link(page, demo, address, pattern):
    page.goto(demo.url + address)
    links = page.get_by_role("article").get_by_role("link")
    return next(h for h in links.evaluate_all("links => links.map(l => l.href)") if re.search(pattern, h))


@pytest.mark.parametrize("kind", ["case_study", "playbook"])
def test_item_is_accessible(page, demo, look, kind):
    page.goto(first_link(page, demo, f"/en/library/?kind={kind}", "/municipalities/"))
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_form_to_retire_an_item_is_accessible(page, demo, look, language):
    sign_in(page, demo, "administrator")
    page.goto(first_link(page, demo, f"/{language}/library/?kind=playbook", "/municipalities/"))
    page.locator("a[href*='/retire/']").click()
    assert_accessible(page)
    assert_fits(page)


def test_question_is_accessible(page, demo, look):
    page.goto(demo.url + "/en/questions/")
    page.get_by_role("main").get_by_role("link").filter(has_text="ploughed").first.click()
    assert_accessible(page)
    assert_fits(page)


def test_gallery_is_accessible(page, demo, look):
    page.goto(demo.url + "/components/")
    assert_accessible(page)
    links = page.get_by_role("main").get_by_role("link").evaluate_all("links => links.map(l => l.href)")
    components = sorted({link for link in links if re.search(r"/components/[\w-]+/$", link)})
    assert len(components) > 20
    for address in components:
        page.goto(address)
        assert_accessible(page)


@pytest.mark.parametrize(
    "name", ["home", "library", "search", "municipalities", "municipality", "service-area"]
)
def test_page_weighs_at_most_100_kb_compressed(page, demo, name):
    """HTML, style and script; pictures, fonts' later weights and 3-D models aside."""
    sizes = {}

    def weigh(response):
        if response.request.resource_type in {"document", "stylesheet", "script", "font"}:
            body = response.body()
            is_font = response.request.resource_type == "font"
            sizes[response.url] = len(body) if is_font else len(brotli.compress(body, quality=5))

    page.on("response", weigh)
    page.goto(f"{demo.url}/en/{PAGES[name]}", wait_until="networkidle")
    assert sum(sizes.values()) <= 100_000, sizes
