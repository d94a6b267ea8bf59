"""One question to one server: to a checked address, in bounded time and size. Servers are ends of socket pairs."""

import errno
import socket
import ssl
import threading
import time

import pytest

from library.links import asking
from library.links.addresses import target_of
from library.links.asking import NoAnswer, Verdict, ask

TARGET = target_of("http://town.example.org/a?b=c")
PUBLIC = "93.184.215.14"


class Server:
    """Answers each connection with the pieces it is given; keeps where it was called and what was asked."""

    def __init__(self, *pieces, pause=0.0, close=True):
        self.pieces, self.pause, self.close = pieces, pause, close
        self.called, self.asked, self.threads = [], [], []

    def connect(self, address, seconds):
        self.called.append(address)
        ours, theirs = socket.socketpair()
        ours.settimeout(seconds)
        self.threads.append(threading.Thread(target=self._serve, args=[theirs], daemon=True))
        self.threads[-1].start()
        return ours

    def _serve(self, end):
        with end:
            self.asked.append(end.recv(65_536))
            try:
                for piece in self.pieces:
                    end.sendall(piece)
                    time.sleep(self.pause)
                if not self.close:
                    end.recv(1)
            except OSError:
                return

    def ask(self, *addresses, target=TARGET, method="HEAD", seconds=2.0):
        return ask(
            method,
            target,
            resolve=lambda host, port: list(addresses or [PUBLIC]),
            connect=self.connect,
            seconds=seconds,
        )


def verdict_of(server, *addresses, **more):
    with pytest.raises(NoAnswer) as none:
        server.ask(*addresses, **more)
    return none.value.verdict


def test_what_is_asked_and_answered(settings):
    settings.SITE_URL = "https://interurban.example"
    server = Server(b"HTTP/1.1 301 Moved\r\nLocation: /b\r\n\r\n", b"x" * 5000)
    answer = server.ask()
    assert (answer.status, answer.headers["location"]) == (301, "/b")
    assert server.called == [(PUBLIC, 80)]
    assert server.asked[0].decode().split("\r\n") == [
        "HEAD /a?b=c HTTP/1.1", "Host: town.example.org", "User-Agent: Interurban-link-check/1.0 (+https://interurban.example)",
        "Accept: */*", "Connection: close", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "::1",
        "10.0.0.1",
        "169.254.169.254",
        "::ffff:127.0.0.1",
        "fe80::1%eth0",
        "64:ff9b::7f00:1",
    ],
)
def test_nobody_inside_a_network_is_asked(address):
    server = Server(b"HTTP/1.1 200 OK\r\n\r\n")
    assert verdict_of(server, address) == Verdict.UNKNOWN
    assert verdict_of(server, PUBLIC, address) == Verdict.UNKNOWN, "one such address is enough"
    assert server.called == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "0x7f.1", "0177.0.0.1", "012.0.0.1", "169.254.43518", "[::ffff:7f00:1]"]
)
def test_numbers_however_written_are_looked_up_before_they_are_asked(host):
    server = Server(b"HTTP/1.1 200 OK\r\n\r\n")

    def resolve(host, port):
        # How the system's own resolver reads numbers.
        return [host if ":" in host else socket.inet_ntoa(socket.inet_aton(host))]

    with pytest.raises(NoAnswer) as none:
        ask("HEAD", target_of(f"http://{host}/"), resolve=resolve, connect=server.connect)
    assert none.value.verdict == Verdict.UNKNOWN
    assert server.called == []


def test_a_name_is_looked_up_once_and_its_address_is_what_is_called():
    """DNS rebinding: the second answer would be another one."""
    looked, server = [], Server(b"HTTP/1.1 200 OK\r\n\r\n")

    def rebinding(host, port):
        looked.append(host)
        return [PUBLIC] if len(looked) == 1 else ["127.0.0.1"]

    assert ask("HEAD", TARGET, resolve=rebinding, connect=server.connect).status == 200
    assert (looked, server.called) == (["town.example.org"], [(PUBLIC, 80)])
    with pytest.raises(NoAnswer):
        ask("HEAD", TARGET, resolve=rebinding, connect=server.connect)
    assert server.called == [(PUBLIC, 80)]


def test_the_certificate_must_be_the_names(monkeypatch):
    wrapped = []

    class Context:
        def wrap_socket(self, plain, server_hostname):
            wrapped.append(server_hostname)
            raise ssl.SSLCertVerificationError("another name")

    assert asking._tls().check_hostname
    assert asking._tls().verify_mode == ssl.CERT_REQUIRED
    monkeypatch.setattr(asking, "_tls", Context)
    server = Server()
    assert verdict_of(server, target=target_of("https://town.example.org/")) == Verdict.UNKNOWN
    assert (wrapped, server.called) == (["town.example.org"], [(PUBLIC, 443)])


def test_a_server_that_drips_is_left_when_its_time_is_over():
    server = Server(*[b"H"] * 100, pause=0.05)
    start = time.monotonic()
    assert verdict_of(server, seconds=0.3) == Verdict.TROUBLE
    assert time.monotonic() - start < 1.5


def test_a_server_that_says_nothing_is_left_when_its_time_is_over():
    start = time.monotonic()
    assert verdict_of(Server(close=False), seconds=0.2) == Verdict.TROUBLE
    assert time.monotonic() - start < 1.5


@pytest.mark.parametrize(
    ("head", "verdict"),
    [
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000, Verdict.UNKNOWN),
        (b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 500 + b"\r\n", Verdict.UNKNOWN),
        (b"HTTP/1.1 103 Early Hints\r\n\r\n" * 5_000, Verdict.UNKNOWN),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", Verdict.UNKNOWN),
        (b"HTTP/1.1 2000 OK\r\n\r\n", Verdict.UNKNOWN),
        (b"", Verdict.TROUBLE),
        (b"HTTP/1.1 200 OK\r\nX: a\r\n", Verdict.TROUBLE),
    ],
)
def test_answers_that_are_none(head, verdict):
    assert verdict_of(Server(head)) == verdict


def test_interim_answers_are_passed_over():
    server = Server(b"HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 404 Not", b" Found\r\n\r\n")
    assert server.ask().status == 404


@pytest.mark.parametrize(
    ("problem", "verdict"),
    [
        (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), Verdict.TROUBLE),
        (TimeoutError(), Verdict.TROUBLE),
        (OSError(errno.ENETUNREACH, "our own network"), Verdict.UNKNOWN),
    ],
)
def test_no_connection(problem, verdict):
    tried = []

    def connect(address, seconds):
        tried.append(address)
        raise problem

    with pytest.raises(NoAnswer) as none:
        ask("HEAD", TARGET, resolve=lambda host, port: [PUBLIC, "8.8.8.8", "8.8.4.4"], connect=connect)
    assert none.value.verdict == verdict
    assert tried == [(PUBLIC, 80), ("8.8.8.8", 80)]


@pytest.mark.parametrize(
    ("error", "others", "verdict"),
    [
        (socket.gaierror(socket.EAI_NONAME, "no such name"), True, Verdict.GONE),
        # Without a name server there is no name at all.
        (socket.gaierror(socket.EAI_NONAME, "no such name"), False, Verdict.UNKNOWN),
        (socket.gaierror(socket.EAI_AGAIN, "no server"), True, Verdict.UNKNOWN),
        (UnicodeError("label too long"), True, Verdict.UNKNOWN),
    ],
)
def test_names_that_are_not_found(monkeypatch, error, others, verdict):
    def getaddrinfo(host, *args, **kwargs):
        if others and host == "a.root-servers.net":
            return [(2, 1, 6, "", ("198.41.0.4", 443))]
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with pytest.raises(NoAnswer) as none:
        ask("HEAD", TARGET)
    assert none.value.verdict == verdict
