"""One question to one server: the head of its answer, in bounded time and size, from a public address only.

Python's own sockets and not `requests`: the connection goes to the very address that was checked, so a name that
leads elsewhere a moment later (DNS rebinding) leads nowhere; time counts for the whole answer and not for each
piece of it; no proxy, cookie or redirect comes in between; a body is never read.
"""

import errno
import http.client
import io
import re
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from enum import Enum
from functools import cache

from django.conf import settings

from library.links.addresses import Target, is_public

SECONDS = 6.0
MOST_BYTES = 32 * 1024
# Addresses of one name that are tried: a host may have one that we cannot reach.
TRIES = 2
_NO_WAY = {
    errno.ENETUNREACH,
    errno.EHOSTUNREACH,
    errno.ENETDOWN,
    errno.EADDRNOTAVAIL,
    errno.EACCES,
    errno.EPERM,
}
_END = re.compile(rb"\r?\n\r?\n")
# A name that is there as long as there are names; it is looked up, never called.
_ALWAYS_THERE = "a.root-servers.net"
_STATUS = re.compile(rb"HTTP/1\.\d (\d{3})\b[^\n]*(?:\n|$)")

Resolve = Callable[[str, int], list[str]]
Connect = Callable[[tuple[str, int], float], socket.socket]


class Verdict(Enum):
    """What an attempt says of a link."""

    WORKS = "works"
    GONE = "gone"
    TROUBLE = "trouble"
    UNKNOWN = "unknown"


class NoAnswer(Exception):
    """The server gave no answer that says something, or must not be asked."""

    def __init__(self, verdict: Verdict, why: str) -> None:
        super().__init__(why)
        self.verdict = verdict


@dataclass(frozen=True)
class Answer:
    """A status and its headers."""

    status: int
    headers: Message


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a name. Raises NoAnswer: there is no such name, or nobody could tell."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        no_such_name = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None))
        gone = no_such_name and _finds_names()
        raise NoAnswer(Verdict.GONE if gone else Verdict.UNKNOWN, "name not found") from error
    except UnicodeError as error:
        raise NoAnswer(Verdict.UNKNOWN, "not a name") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _finds_names() -> bool:
    """Whether names are found at all: a host without a name server says of every name that there is none."""
    try:
        return bool(socket.getaddrinfo(_ALWAYS_THERE, 443, type=socket.SOCK_STREAM))
    except OSError:
        return False


def connect(address: tuple[str, int], seconds: float) -> socket.socket:
    """A connection to an IP address."""
    return socket.create_connection(address, timeout=seconds)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def ask(
    method: str,
    target: Target,
    *,
    resolve: Resolve = resolve,
    connect: Connect = connect,
    seconds: float = SECONDS,
) -> Answer:
    """Ask once. Raises NoAnswer with what that says of the link."""
    addresses = resolve(target.host, target.port)
    if not all(is_public(address) for address in addresses):
        raise NoAnswer(Verdict.UNKNOWN, "leads to an address that is not public")
    deadline = time.monotonic() + seconds
    try:
        with (
            _connected(addresses, target.port, deadline, connect) as plain,
            _secured(plain, target, deadline) as wire,
        ):
            wire.settimeout(_left(deadline))
            wire.sendall(_request(method, target))
            return _answer(_head(wire, deadline))
    except ssl.SSLCertVerificationError as error:
        # Browsers fetch missing parts of a chain, and let people go on.
        raise NoAnswer(Verdict.UNKNOWN, "certificate") from error
    except OSError as error:
        # No way there from here is our own trouble.
        verdict = Verdict.UNKNOWN if error.errno in _NO_WAY else Verdict.TROUBLE
        raise NoAnswer(verdict, "no answer") from error


def _connected(addresses: list[str], port: int, deadline: float, connect: Connect) -> socket.socket:
    problem: OSError = OSError("no address")
    for address in addresses[:TRIES]:
        try:
            return connect((address, port), _left(deadline))
        except OSError as error:
            problem = error
    raise problem


def _secured(plain: socket.socket, target: Target, deadline: float) -> socket.socket:
    plain.settimeout(_left(deadline))
    return _tls().wrap_socket(plain, server_hostname=target.host) if target.scheme == "https" else plain


def _request(method: str, target: Target) -> bytes:
    lines = [
        f"{method} {target.path} HTTP/1.1",
        f"Host: {target.host_header}",
        f"User-Agent: {settings.WAGTAIL_SITE_NAME}-link-check/1.0 (+{settings.SITE_URL})",
        "Accept: */*",
        "Connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode("ascii", "replace")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _head(wire: socket.socket, deadline: float) -> bytes:
    """Everything before the body; interim answers (1xx) are passed over."""
    data, size = b"", 0
    while size <= MOST_BYTES:
        head = _END.split(data, maxsplit=1)
        if len(head) == 2 and not head[0].startswith(b"HTTP/1.1 1"):
            return head[0]
        if len(head) == 2:
            data = head[1]
            continue
        wire.settimeout(_left(deadline))
        piece = wire.recv(4096)
        if not piece:
            raise OSError("closed before it had answered")
        data, size = data + piece, size + len(piece)
    raise NoAnswer(Verdict.UNKNOWN, "an answer that is too long")


def _answer(head: bytes) -> Answer:
    status = _STATUS.match(head)
    if status is None:
        raise NoAnswer(Verdict.UNKNOWN, "no HTTP")
    try:
        headers = http.client.parse_headers(io.BytesIO(head[status.end() :] + b"\r\n\r\n"))
    except http.client.HTTPException as error:
        raise NoAnswer(Verdict.UNKNOWN, "headers that are too many or too long") from error
    return Answer(int(status[1]), headers)
