"""Signing up and in, guarding an account, and leaving: with a browser, a mailbox and a passkey."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.journeys.walk import (
    assert_accessible,
    link_in_mail,
    make_person,
    say,
    sign_in_with_password,
    tab_to,
)

LANGUAGES = ["en", "fr"]


@pytest.fixture
def url(demo):
    """By name: browsers keep no passkey for a number."""
    return demo.url.replace("127.0.0.1", "localhost")


def at(demo, url, link):
    """A link from a mail, on this journey's server."""
    return re.sub(r"https?://[^/]+", url, link)


def press(page, language, text):
    page.get_by_role("button", name=say(language, text), exact=True).first.click()


def prove_it_is_me(page, language):
    """Asked once more, I give my password."""
    page.get_by_label(say(language, "Password"), exact=True).fill("correct horse battery")
    press(page, language, "Continue")


def is_signed_in(page, language):
    expect(page.get_by_role("banner").get_by_role("link", name=say(language, "My account"))).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_sign_up_confirm_and_be_in(page, demo, url, language):
    """I sign up by keyboard alone, without a password, open the link in my mail, and am in."""
    email = f"new-{language}@town.example"
    page.goto(f"{url}/{language}/account/signup/")
    assert_accessible(page)
    tab_to(page, page.get_by_label(say(language, "E-mail address")))
    page.keyboard.type(email)
    page.keyboard.press("Tab")
    page.keyboard.type("Noé")
    page.keyboard.press("Tab")
    page.keyboard.type("Roy")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(say(language, "Look into your mail"))
    assert_accessible(page)
    page.goto(at(demo, url, link_in_mail(demo, email, "confirm-email")))
    assert_accessible(page)
    press(page, language, "Yes, confirm it")
    is_signed_in(page, language)


def test_sign_up_without_a_name_is_told_what_is_missing_and_keeps_the_rest(page, url):
    page.goto(f"{url}/en/account/signup/")
    page.get_by_label("E-mail address").fill("half@town.example")
    page.get_by_label("Password").fill("short")
    page.locator("form.form").evaluate("form => form.noValidate = true")
    press(page, "en", "Sign up")
    expect(page.get_by_role("alert")).to_contain_text("First name")
    expect(page.get_by_label("E-mail address")).to_have_value("half@town.example")
    assert_accessible(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sign_in_by_the_link_with_the_code(page, demo, url, language):
    """I ask for a code and open the link in the same browser: nothing to type."""
    email = f"coder-{language}@town.example"
    make_person(demo, email, language=language)
    page.goto(f"{url}/{language}/account/login/code/")
    page.get_by_label(say(language, "E-mail address")).fill(email)
    press(page, language, "Send me a code")
    expect(page.get_by_label(say(language, "Code"), exact=True)).to_be_visible()
    assert_accessible(page)
    page.goto(at(demo, url, link_in_mail(demo, email, "#")))
    is_signed_in(page, language)
    assert "#" not in page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_turn_on_a_passkey_and_sign_in_with_it_alone(page, demo, url, language):
    """My laptop keeps the passkey; next time one button is enough."""
    email = f"passkey-{language}@town.example"
    make_person(demo, email)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in_with_password(page, url, email, language)
    is_signed_in(page, language)
    page.goto(f"{url}/{language}/account/2fa/webauthn/add/")
    prove_it_is_me(page, language)
    assert_accessible(page)
    page.get_by_label(say(language, "A name for this passkey")).fill("Laptop")
    page.get_by_label(say(language, "Sign in with this passkey alone, without password or code")).check()
    press(page, language, "Add a passkey")
    expect(page.get_by_role("heading", level=1)).to_have_text(say(language, "Recovery codes"))
    assert_accessible(page)
    page.goto(f"{url}/{language}/account/2fa/webauthn/")
    expect(page.get_by_text("Laptop").first).to_be_visible()
    assert_accessible(page)
    page.goto(f"{url}/{language}/account/logout/")
    press(page, language, "Sign out")
    page.goto(f"{url}/{language}/account/login/")
    press(page, language, "Sign in with a passkey")
    is_signed_in(page, language)


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.mark.parametrize("language", LANGUAGES)
def test_set_up_an_app_and_get_in_with_a_recovery_code_when_the_phone_is_lost(page, demo, url, language):
    email = f"app-{language}@town.example"
    make_person(demo, email)
    sign_in_with_password(page, url, email, language)
    page.goto(f"{url}/{language}/account/2fa/totp/activate/")
    prove_it_is_me(page, language)
    assert_accessible(page)
    page.get_by_label(say(language, "Code"), exact=True).fill(code_of(page.locator("code").inner_text()))
    press(page, language, "Set up the app")
    spare = page.locator(".codes code").first.inner_text()
    for number in range(2):
        page.context.clear_cookies()
        sign_in_with_password(page, url, email, language)
        expect(page.get_by_role("heading", level=1)).to_have_text(say(language, "Second step"))
        assert_accessible(page)
        page.get_by_label(say(language, "Code"), exact=True).fill(spare)
        press(page, language, "Sign in")
        if number == 0:
            is_signed_in(page, language)
    # Each code works once.
    expect(page.get_by_role("alert")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_end_the_session_on_another_computer(page, demo, url, browser, language):
    email = f"sessions-{language}@town.example"
    make_person(demo, email)
    elsewhere = browser.new_context().new_page()
    sign_in_with_password(elsewhere, url, email, language)
    sign_in_with_password(page, url, email, language)
    is_signed_in(elsewhere, language)
    page.goto(f"{url}/{language}/account/sessions/")
    assert_accessible(page)
    page.get_by_role("button", name=re.compile(say(language, "End this session"))).click()
    expect(page.get_by_text(say(language, "The session has ended."))).to_be_visible()
    elsewhere.goto(f"{url}/{language}/account/profile/")
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text(say(language, "Sign in"))
    elsewhere.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_close_the_account(page, demo, url, language):
    email = f"leaving-{language}@town.example"
    make_person(demo, email)
    sign_in_with_password(page, url, email, language)
    page.goto(f"{url}/{language}/account/data/")
    assert_accessible(page)
    page.get_by_role("link", name=say(language, "Close the account")).click()
    prove_it_is_me(page, language)
    assert_accessible(page)
    press(page, language, "Close my account for good")
    expect(
        page.get_by_text(say(language, "Your account is closed. Thank you for what you shared."))
    ).to_be_visible()
    sign_in_with_password(page, url, email, language)
    expect(page.get_by_role("alert")).to_be_visible()


def test_two_accounts_become_one(page, demo, url):
    make_person(demo, "first@town.example")
    make_person(demo, "second@town.example")
    sign_in_with_password(page, url, "first@town.example")
    page.goto(f"{url}/en/account/data/")
    page.get_by_label("E-mail address").fill("second@town.example")
    press(page, "en", "Send the link")
    page.goto(at(demo, url, link_in_mail(demo, "second@town.example", "merge")))
    prove_it_is_me(page, "en")
    assert_accessible(page)
    press(page, "en", "Make them one")
    expect(page.get_by_text("The two accounts are one now.")).to_be_visible()
    page.goto(f"{url}/en/account/email/")
    expect(page.get_by_text("second@town.example").first).to_be_visible()
    assert_accessible(page)


def test_a_stranger_on_the_way_to_the_editor_signs_in_at_the_sites_own_door(page, demo, url):
    email, password = demo.logins["publisher"]
    page.goto(f"{url}/admin/")
    expect(page).to_have_url(re.compile(r"/en/account/login/\?next=/admin/"))
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    press(page, "en", "Sign in")
    page.wait_for_url("**/admin/")


def test_who_signs_in_wrongly_too_often_is_told_when_to_come_back(page, demo, url):
    for _ in range(11):
        sign_in_with_password(page, url, "nobody-at-all@town.example")
    expect(page.get_by_role("heading", level=1)).to_have_text("That was too often")
    assert_accessible(page)
