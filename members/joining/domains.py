"""When an e-mail address is at a domain: exactly, or not at all. Pure functions.

A domain is compared in its one canonical form (lower case, no trailing dot, IDNA), so that case and spelling never
matter and anything else always does: a sub-domain is another domain, so is whatever merely looks alike. What can be
read in two ways (a second @, quotes, comments, letters of several scripts) is at no domain.
"""

import re
import unicodedata
from urllib.parse import urlsplit

import idna

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
# What RFC 5321 allows without quotes, and letters of other languages.
_LOCAL = re.compile(r"[^\s@\"'(),:;<>\[\]\\\x00-\x1f\x7f]{1,64}")

# Domains at which anybody can have an address, and those that are parts of others' names.
FREE = frozenset(
    """gmail.com googlemail.com outlook.com outlook.fr hotmail.com hotmail.ca hotmail.fr live.com live.ca live.fr
    msn.com yahoo.com yahoo.ca yahoo.fr yahoo.co.uk ymail.com rocketmail.com icloud.com me.com mac.com aol.com
    proton.me protonmail.com pm.me tutanota.com tuta.io gmx.com gmx.net gmx.de web.de mail.com zoho.com yandex.com
    yandex.ru mail.ru qq.com 163.com 126.com fastmail.com hey.com duck.com mailinator.com guerrillamail.com
    10minutemail.com yopmail.com bell.net sympatico.ca rogers.com cogeco.ca cogeco.net videotron.ca shaw.ca telus.net
    eastlink.ca nexicom.net xplornet.com xplornet.ca teksavvy.com start.ca execulink.com hurontel.on.ca
    orange.fr free.fr laposte.net comcast.net verizon.net att.net""".split()
)
SHARED = frozenset(
    "ca on.ca qc.ca mb.ca nb.ca ns.ca nl.ca pe.ca sk.ca ab.ca bc.ca yk.ca nt.ca nu.ca gc.ca".split()
)

# Mailboxes that only whoever runs a domain has (RFC 2142, and what certificate authorities accept).
ROLE_MAILBOXES = ("postmaster", "hostmaster", "webmaster", "admin", "administrator")


def canonical(text: str) -> str:
    """The one form in which a domain is kept and compared; empty for what is no domain."""
    text = text.strip().removesuffix(".")
    if not text or len(text) > 253 or "." not in text or unicodedata.normalize("NFKC", text) != text:
        return ""
    try:
        labels = [_ascii(label) for label in text.lower().split(".")]
    except (idna.IDNAError, UnicodeError):
        return ""
    sound = all(_LABEL.fullmatch(label) for label in labels) and not labels[-1].isdigit()
    return ".".join(labels) if sound else ""


def _ascii(label: str) -> str:
    """A label as it stands in the domain name system. Raises IDNAError for what may not, or mixes scripts."""
    letters = idna.decode(label) if label.startswith("xn--") else label
    if _mixes_scripts(letters):
        raise idna.IDNAError(f"several scripts in {label!r}")
    plain = letters.isascii()
    return letters if plain else idna.encode(letters).decode()


def _mixes_scripts(label: str) -> bool:
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in label if letter.isalpha()}
    return len(scripts) > 1


def domain_of(address: str) -> str:
    """The canonical domain that an e-mail address is at; empty where that is in any doubt."""
    local, at, domain = address.strip().partition("@")
    return canonical(domain) if at and "@" not in domain and _LOCAL.fullmatch(local) else ""


def mailbox_of(address: str) -> str:
    """The mailbox that an address is delivered to: without a tag after `+`. Empty for no address."""
    domain = domain_of(address)
    local = address.strip().partition("@")[0].partition("+")[0].lower()
    return f"{local}@{domain}" if domain and local else ""


def is_at(address: str, domain: str) -> bool:
    """Whether an address is at exactly this domain."""
    return bool(domain) and domain_of(address) == canonical(domain)


def is_anybodys(domain: str) -> bool:
    """Whether addresses at this domain say nothing of whom one works for."""
    return domain in FREE or domain in SHARED


def domain_of_site(website: str) -> str:
    """The domain of a website's address, without `www`."""
    host = urlsplit(website).hostname or ""
    return canonical(host.removeprefix("www."))
