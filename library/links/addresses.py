"""Which addresses the site may ask at all. What people write must not make it knock at doors inside a network."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urldefrag, urlsplit

import idna
from django.conf import settings
from django.http.request import validate_host
from wagtail.models import Site

from library.links.models import MAX_URL

_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
# Names that mean something on one network only: asking for them would tell who is there.
_LOCAL = re.compile(
    r".*\.(local|localhost|localdomain|internal|intranet|private|corp|home|lan|home\.arpa|onion)"
)
_NAT64 = ip_network("64:ff9b::/96")
# All that IPv6 has given out so far; the rest is special or nobody's.
_GIVEN_OUT = ip_network("2000::/3")
_REFUSED = [
    ip_network(network)
    for network in (
        "2002::/16",  # 6to4, which leads to any IPv4 address
        "2001::/32",  # Teredo, likewise
        "192.88.99.0/24",  # relays of 6to4
        "192.0.0.0/24",  # protocols' own, and some clouds' metadata
        "168.63.129.16/32",  # Azure's own services, at an address that looks public
    )
]


class NotForUs(ValueError):
    """An address that the site does not ask."""


@dataclass(frozen=True)
class Target:
    """An address in its one form, and its parts."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """What the request says of the host."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == _PORTS[self.scheme] else f"{name}:{self.port}"


def target_of(url: str) -> Target:
    """The address in parts. Raises NotForUs: no web address, a password, another port, a local name."""
    url = urldefrag(url.strip()).url
    if _UNSAFE.search(url):
        raise NotForUs("an address has no spaces or control characters")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _host(parts.hostname or "")
    except ValueError as error:
        raise NotForUs("not an address") from error
    if parts.scheme not in _PORTS or "@" in parts.netloc:
        raise NotForUs("http and https only, and nobody's password")
    port = _PORTS[parts.scheme] if port is None else port
    if port not in _PORTS.values():
        raise NotForUs("ports 80 and 443 only")
    path = quote(f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}", safe="%/:?[]@!$&'()*+,;=~|")
    return _short(Target("", parts.scheme, host, port, path))


def _short(target: Target) -> Target:
    url = f"{target.scheme}://{target.host_header}{target.path}"
    if len(url) > MAX_URL:
        raise NotForUs("too long")
    return Target(url, target.scheme, target.host, target.port, target.path)


def _host(name: str) -> str:
    if ":" in name:
        return str(IPv6Address(name))
    name = name.rstrip(".").lower()
    if not name.isascii():
        name = idna.encode(name, uts46=True).decode()
    if len(name) > 253 or "." not in name or not _NAME.fullmatch(name) or _LOCAL.fullmatch(name):
        raise ValueError(name)
    return name


def is_public(address: str) -> bool:
    """Whether an IP address is somewhere on the internet, and not here, next door or everywhere."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        within = IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else ip.ipv4_mapped
        ip = within or ip
    if isinstance(ip, IPv6Address) and ip not in _GIVEN_OUT:
        return False
    if any(ip in network for network in _REFUSED):
        return False
    special = ip.is_private or ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_link_local
    return ip.is_global and not special and not ip.is_loopback


def own_names() -> list[str]:
    """The names under which this site is known."""
    names = {urlsplit(settings.SITE_URL).hostname or "", *settings.ALLOWED_HOSTS}
    names |= set(Site.objects.values_list("hostname", flat=True))
    return [name.lower().removeprefix("www.") for name in names - {"*", ""}]


def outbound(url: str, own: Iterable[str]) -> Target:
    """The address of another site. Raises NotForUs: not to be asked, or our own."""
    target = target_of(url)
    if validate_host(target.host.removeprefix("www."), own):
        raise NotForUs("our own site")
    return target
