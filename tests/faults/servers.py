"""An Elasticsearch of our own to be killed and stopped, and something between it and us that misbehaves."""

import http.client
import json
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Elastic:
    """A real server; `script/elasticsearch` starts it."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._run("start")

    def _run(self, command: str) -> str:
        script = [str(ROOT / "script/elasticsearch"), command, str(self.port)]
        done = subprocess.run(script, capture_output=True, text=True, timeout=240)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def _signal(self, number: int) -> None:
        os.kill(int(self._run("pid")), number)

    def kill(self) -> None:
        """As a power cut does."""
        self._signal(signal.SIGKILL)

    def resume(self) -> None:
        """Start it again with its data."""
        self._run("resume")

    def freeze(self) -> None:
        """Connections are taken, nothing is answered."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def stop(self) -> None:
        self.thaw()
        self._run("stop")

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """A plain request, past everything of ours."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json"}
        request = urllib.request.Request(f"{self.url}{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"{}")


# What the proxy makes of a request: None lets it pass; otherwise a status and a body.
Fault = Callable[[str, str], tuple[int, bytes] | None]
Twist = Callable[[str, bytes], bytes]


class Proxy:
    """Passes requests on to a server, unless a test says otherwise."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.requests: list[tuple[float, str]] = []
        self.behave()
        self._server: ThreadingHTTPServer | None = None
        self.listen()

    def behave(self) -> None:
        """Pass everything on as it is."""
        self.delay = 0.0
        self.fault: Fault = lambda method, path: None
        self.twist: Twist = lambda path, body: body

    def refuse(self) -> None:
        """Connection refused, as when no server runs."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def listen(self) -> None:
        """Take connections (again)."""
        if self._server is None:
            proxy = self

            class Handler(_Handler):
                owner = proxy

            self._server = _Server(("127.0.0.1", self.port), Handler)
            threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that gave up, or a server that is gone, is what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    owner: Proxy
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *arguments: Any) -> None:
        pass

    def _pass_on(self) -> None:
        proxy = self.owner
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length)
        if proxy._server is None:
            # A connection from before the refusal.
            self.close_connection = True
            self.connection.close()
            return
        proxy.requests.append((time.monotonic(), self.path))
        fault = proxy.fault(self.command, self.path)
        if fault:
            self._answer(fault[0], {"content-type": "application/json"}, fault[1])
            return
        time.sleep(proxy.delay)
        status, headers, answer = self._ask(body)
        self._answer(status, headers, proxy.twist(self.path, answer))

    def _ask(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.owner.target, timeout=60)
        try:
            kept = {name: value for name, value in self.headers.items() if name.lower() != "accept-encoding"}
            connection.request(self.command, self.path, body, kept)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in {"content-length", "transfer-encoding", "connection"}:
                self.send_header(name, value)
        if "x-elastic-product" not in {name.lower() for name in headers}:
            self.send_header("x-elastic-product", "Elasticsearch")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pass_on
