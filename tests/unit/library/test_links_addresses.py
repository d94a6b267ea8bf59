"""Which addresses the link check may ask at all."""

import pytest

from library.links.addresses import NotForUs, is_public, outbound, target_of

pytestmark = pytest.mark.urls("config.urls")


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 127.8.8.8 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1
    100.100.100.200 192.0.0.192 192.0.2.1 198.18.0.1 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
    192.88.99.1 168.63.129.16 ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 fec0::1 ff02::1 2001:db8::1
    ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1 64:ff9b::7f00:1
    64:ff9b::a9fe:a9fe 64:ff9b:1::1 2002:7f00:1::1 2002:a00:1::1 2001:0:53aa:64c::1 100::1
    localhost 2130706433 0x7f000001 0177.0.0.1 127.1 nonsense""".split(),
)
def test_addresses_that_are_not_public(address):
    assert not is_public(address)
    assert not is_public("")


@pytest.mark.parametrize(
    "address",
    "8.8.8.8 93.184.215.14 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808 172.32.0.1 11.0.0.1".split(),
)
def test_addresses_that_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://town.example.org/", "file:///etc/passwd", "javascript:alert(1)", "gopher://town.example.org/",
        "//town.example.org/",
        "mailto:a@town.example.org", "http://", "http:///path", "http://user@town.example.org/", "http://user:pw@town.example.org/",
        "http://town.example.org:22/", "http://town.example.org:8000/", "http://town.example.org:99999/", "http://town.example.org:0/",
        "http://town.example.org:x/", "http://town.example.org/a b", "http://town.example.org/a\r\nHost: evil", "http://town\t.example.org/",
        "http://town.example.org\\@10.0.0.1/", "http://[::1/", "http://[nonsense]/", "http://a..b/", "http://-a.org/", "http://a%2eb.org/",
        "http://localhost/", "http://intranet/", "http://2130706433/", "http://0x7f000001/", "http://017700000001/",
        "http://printer.local/", "http://db.internal/", "http://metadata.google.internal/", "http://nas.home.arpa/", "http://x.lan./",
        "http://a.localhost/", "http://" + "a" * 300 + ".org/", "http://town.example.org/" + "a" * 1000, "", "http://ⓛocalhost/",
    ],
)  # fmt: skip
def test_what_is_no_address_for_us(url):
    with pytest.raises(NotForUs):
        target_of(url)


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://Town.Example.ORG", "https://town.example.org/"),
        ("HTTP://town.example.org.:80/a#part", "http://town.example.org/a"),
        ("https://town.example.org:80/", "https://town.example.org:80/"),
        ("https://ville.example.org/é?q=ü&a=%20", "https://ville.example.org/%C3%A9?q=%C3%BC&a=%20"),
        ("https://québec.example.org//x", "https://xn--qubec-csa.example.org//x"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
        # Other ways to write numbers are looked up like names, and their address is what counts.
        ("http://１２７.0.0.1/", "http://127.0.0.1/"),
    ],
)
def test_an_address_has_one_form(url, same):
    assert target_of(url).url == same


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    [
        "https://interurban.example/x",
        "http://WWW.interurban.example./",
        "http://site.example.net/",
        "http://a.wild.example/",
    ],
)
def test_our_own_site_is_not_another(settings, index, url):
    from wagtail.models import Site

    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://www.interurban.example", ["*", ".wild.example"]
    Site.objects.update(hostname="site.example.net")
    from library.links.addresses import own_names

    with pytest.raises(NotForUs, match="our own"):
        outbound(url, own_names())
    assert outbound("https://interurban.example.org/", own_names())
