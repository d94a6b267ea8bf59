"""Starts the site and the yardstick on ports of their own, one gunicorn process each."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serve(application: str, **environment: str) -> Iterator[int]:
    """Serve a WSGI application; the port is the value of the with-statement."""
    port = _free_port()
    config = ["--config", "config/gunicorn.py"] if application.startswith("config") else []
    threads = ["--worker-class", "gthread", "--threads", "8", "--log-level", "warning"]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        *config,
        *threads,
        "--bind",
        f"127.0.0.1:{port}",
        application,
    ]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    for _ in range(150):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise RuntimeError("The server did not start within 30 seconds.")


def load(port: int, path: str, *, cookie: str = "", clients: int = 4, count: int = 400) -> dict[str, float]:
    """Ask `count` times over `clients` connections; requests a second, and the median in milliseconds."""
    arguments = [str(port), path, cookie, str(clients), str(count)]
    command = [sys.executable, "benchmarks/client.py", *arguments]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return dict(json.loads(answer.stdout))
