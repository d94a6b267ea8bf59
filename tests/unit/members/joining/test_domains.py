"""Exactly at the domain, or not at all."""

import pytest

from members.joining.domains import canonical, domain_of, domain_of_site, is_anybodys, is_at, mailbox_of

AT = [
    "user@town.ca", "User@Town.CA", " user@town.ca ", "user@town.ca.", "user+tag@town.ca", "a.b-c_d@TOWN.CA",
    "élodie@town.ca",
]  # fmt: skip
NOT_AT = [
    "user@sub.town.ca", "user@town.ca.evil.org", "user@eviltown.ca", "user@town.ca@evil.org", "user@evil.org@town.ca",
    '"user@town.ca"@evil.org', '"user@evil.org"@town.ca', '"user"@town.ca', "user@town.ca..", "user@.town.ca",
    "user@town..ca", "user@town.ca/evil.org", "user@town.ca?x=evil.org", "user@town.ca\nevil.org", "us er@town.ca",
    "user@town.ca (comment)", "user(comment)@town.ca", "user@[127.0.0.1]", "user@127.0.0.1", "@town.ca", "user@",
    "town.ca", "", "user@town", "user@tоwn.ca", "user@ｔｏｗｎ.ca", "user@town。ca", "user@xn--twn-8cd.ca",
    "user@town.са", "user@town.ca\x00", "user@town.ca,evil.org", "user@to\u200bwn.ca", "user@to\u00adwn.ca",
    "x" * 65 + "@town.ca", "user@" + "a" * 64 + ".ca", "user@-town.ca", "user@town-.ca", "user@t_own.ca",
    "user@town.ca:25", "user%evil.org@sub.town.ca", "user@ca",
]  # fmt: skip


@pytest.mark.parametrize("address", AT)
def test_at(address):
    assert is_at(address, "town.ca")
    assert is_at(address, "TOWN.ca.")


@pytest.mark.parametrize("address", NOT_AT)
def test_not_at(address):
    assert not is_at(address, "town.ca")


def test_no_domain_has_nobody():
    assert not is_at("user@", "")
    assert not is_at("", "")


def test_a_sub_domain_is_a_domain_of_its_own():
    assert is_at("user@mail.town.ca", "mail.town.ca")
    assert not is_at("user@town.ca", "mail.town.ca")


def test_letters_and_their_ascii_form_are_the_same_domain():
    assert canonical("Montréal.ca") == canonical("xn--montral-fya.ca") == "xn--montral-fya.ca"
    assert is_at("user@montréal.ca", "xn--montral-fya.ca")
    # The same letters, put together of two characters each, are not what somebody registered.
    assert canonical("montre\u0301al.ca") == ""


@pytest.mark.parametrize("text", ["tоwn.ca", "xn--twn-8cd.ca", "tοwn.ca", "pаypal.com"])
def test_look_alikes_of_mixed_scripts_are_no_domain(text):
    assert canonical(text) == ""


def test_a_whole_label_of_another_script_is_another_domain():
    assert canonical("город.ca") not in ("", "town.ca")


@pytest.mark.parametrize(
    "text",
    ["", " ", "ca", ".", "..", "town.ca:25", "http://town.ca", "town .ca", "1.2.3.4", "a" * 300 + ".ca"],
)
def test_what_is_no_domain(text):
    assert canonical(text) == ""


def test_tags_do_not_make_another_mailbox():
    assert mailbox_of("User+tag@Town.ca") == mailbox_of("user@town.ca.") == "user@town.ca"
    assert mailbox_of("user.name@town.ca") != mailbox_of("username@town.ca")
    assert mailbox_of("+tag@town.ca") == ""


@pytest.mark.parametrize("name", ["gmail.com", "outlook.com", "bell.net", "on.ca", "gc.ca"])
def test_what_anybody_can_have_stands_for_nobody(name):
    assert is_anybodys(name)
    assert not is_anybodys("innisfil.ca")


def test_the_domain_of_a_website():
    assert domain_of_site("https://www.Innisfil.ca/en/") == "innisfil.ca"
    assert domain_of_site("https://innisfil.on.ca:8080") == "innisfil.on.ca"
    assert domain_of_site("") == ""


def test_domain_of_is_canonical():
    assert domain_of("A@B.Town.CA.") == "b.town.ca"
