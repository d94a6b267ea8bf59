"""From a stranger to somebody who publishes: joining, inviting, roles, review."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.walk import assert_accessible, link_in_mail, say, sign_in

TOWN = "township-of-demoville-fictional"
PASSWORD = "a long walk along the old line"


def sign_out(page):
    page.context.clear_cookies()


def check(page):
    """Accessible, and nothing needs scrolling sideways."""
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def enter(page, demo, email, password=PASSWORD, then="/en/welcome/"):
    """Sign in, as somebody who is not one of the demo's people."""
    sign_out(page)
    page.goto(f"{demo.url}/en/account/login/?next={then}")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**{then}")


def make_stranger(demo, email):
    """Somebody who signed up earlier, confirmed their address and belongs nowhere."""
    demo.shell(
        "from members.models import Person;"
        f"Person.objects.create_user({email!r}, {PASSWORD!r}, first_name='Gil', last_name='Guest')"
    )


def here(demo, link):
    """A link from a mail, on this journey's server."""
    return re.sub(r"https?://[^/]+", demo.url, link)


def new_address(domain="home.example"):
    return f"guest-{uuid.uuid4().hex[:8]}@{domain}"


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "fr")])
def test_join_by_domain(page, demo, width, language):
    """I sign up with my work address, confirm it, and am in."""
    page.set_viewport_size({"width": width, "height": 900})
    address = new_address("demoville.example")
    page.goto(f"{demo.url}/{language}/account/signup/")
    page.locator("[name=email]").fill(address)
    page.locator("[name=first_name]").fill("Gil")
    page.locator("[name=last_name]").fill("Guest")
    page.locator("[name=last_name]").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(say(language, "Look into your mail"))
    page.goto(here(demo, link_in_mail(demo, address, "confirm-email")))
    page.get_by_role("button", name=say(language, "Yes, confirm it"), exact=True).first.click()
    page.wait_for_url("**/welcome/")
    expect(
        page.get_by_role("main").get_by_role("link", name="Township of Demoville (fictional)")
    ).to_be_visible()
    check(page)


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "fr")])
def test_ask_to_join_and_be_accepted(page, demo, width, language):
    """My address says nothing about where I work: somebody decides."""
    page.set_viewport_size({"width": width, "height": 900})
    address = new_address()
    make_stranger(demo, address)
    enter(page, demo, address, then=f"/{language}/welcome/")
    check(page)
    town = page.locator("[name=municipality] option").filter(has_text="Demoville")
    page.locator("[name=municipality]").select_option(town.get_attribute("value"))
    page.locator("[name=message]").fill(f"I run the arena of {address}.")
    page.locator("main form [type=submit]").last.click()
    expect(page.locator("[name=municipality]")).to_have_count(0)
    check(page)
    sign_out(page)
    sign_in(page, demo, "coordinator")
    page.goto(f"{demo.url}/{language}/joining/")
    check(page)
    case = page.locator("li.panel").filter(has_text=address)
    case.locator("[name=action][value=accept]").click()
    expect(page.locator("li.panel").filter(has_text=address)).to_have_count(0)
    enter(page, demo, address, then=f"/{language}/welcome/")
    expect(
        page.get_by_role("main").get_by_role("link", name="Township of Demoville (fictional)")
    ).to_be_visible()
    check(page)


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "fr")])
def test_invite_and_accept_then_make_a_contributor(page, demo, width, language):
    """A publisher invites somebody, who accepts by the link in the mail and is made a contributor."""
    page.set_viewport_size({"width": width, "height": 900})
    address, name = new_address(), f"Gil {uuid.uuid4().hex[:6]}"
    make_stranger(demo, address)
    demo.shell(
        f"from members.models import Person; Person.objects.filter(email={address!r}).update(first_name={name!r})"
    )
    sign_in(page, demo, "publisher")
    page.goto(f"{demo.url}/{language}/municipalities/{TOWN}/manage/")
    check(page)
    page.locator("[name=address]").fill(address)
    page.locator("form:has([name=address]) [name=language]").select_option(language)
    page.get_by_role("button", name=say(language, "Send the invitation")).click()
    expect(page.get_by_text(address).first).to_be_visible()
    link = here(demo, link_in_mail(demo, address, "/invitations/"))
    assert f"/{language}/" in link
    sign_out(page)
    page.goto(link)
    check(page)
    page.get_by_role("main").get_by_role("link", name=say(language, "Sign in")).click()
    page.get_by_label(say(language, "E-mail address")).fill(address)
    page.get_by_label(say(language, "Password"), exact=True).fill(PASSWORD)
    page.get_by_role("button", name=say(language, "Sign in"), exact=True).click()
    page.get_by_role("main").get_by_role("button", name=re.compile("Township")).click()
    page.wait_for_url("**/welcome/")
    page.goto(link)
    used = say(language, "This invitation has been used. Sign in with the account that accepted it.")
    expect(page.get_by_text(used)).to_be_visible()
    check(page)
    sign_out(page)
    sign_in(page, demo, "publisher")
    page.goto(f"{demo.url}/{language}/municipalities/{TOWN}/manage/")
    row = page.locator(".people > li").filter(has_text=name)
    row.locator("[name=role]").select_option("contributor")
    row.get_by_role("button", name=say(language, "Change role")).click()
    expect(page.get_by_text(say(language, "Done."))).to_be_visible()
    expect(page.locator(".people > li").filter(has_text=name).locator("[name=role]")).to_have_value(
        "contributor"
    )


def test_a_strange_link_says_what_to_do(page, demo):
    for language in ("en", "fr"):
        page.goto(f"{demo.url}/{language}/invitations/never-was/")
        check(page)
