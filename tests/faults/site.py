"""The site itself, in processes of its own, on the tests' database and indexes."""

import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from tests.faults.servers import ROOT, free_port

LIMITED = "The full search is not available"


@dataclass(frozen=True)
class Answer:
    """One page, and the seconds it took."""

    status: int
    html: str
    seconds: float

    @property
    def limited(self) -> bool:
        """Whether the page says that the search is limited."""
        return LIMITED in self.html


class Site:
    """Gunicorn with the tests' settings: no page is kept, so every request does its work."""

    def __init__(self, settings: Any, folder: Path) -> None:
        self.port = free_port()
        environment = {
            **{name: value for name, value in os.environ.items() if name != "CACHE_URL"},
            "DATABASE_URL": _database_url(),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "ELASTICSEARCH_URL": settings.ELASTICSEARCH_URL,
            "LOG_LEVEL": "CRITICAL",
            "SEARCH_INDEX_DIR": str(settings.SEARCH_INDEX_DIR),
            "SEARCH_INDEX_PREFIX": settings.SEARCH_INDEX_PREFIX,
            "VAR_DIR": str(folder),
            "WEB_CONCURRENCY": "2",
        }
        command = ["gunicorn", "--config", "config/gunicorn.py", "--bind", f"127.0.0.1:{self.port}"]
        self._process = subprocess.Popen(
            [sys.executable, "-m", *command, "config.wsgi:application"], cwd=ROOT, env=environment
        )
        for _ in range(300):
            assert self._process.poll() is None, "the site did not start"
            try:
                if self.get("/readyz").status == 200:
                    return
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the site did not answer")

    def get(self, path: str) -> Answer:
        """A page as an anonymous reader gets it."""
        started = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            html = answer.read().decode()
            return Answer(answer.status, html, time.monotonic() - started)
        finally:
            connection.close()

    def processes(self) -> set[int]:
        """The numbers of the web processes."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text()
        return {int(number) for number in children.split()}

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(30)


def _database_url() -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    password = f":{settings['PASSWORD']}" if settings["PASSWORD"] else ""
    host = f"{settings['HOST']}:{settings['PORT'] or 5432}"
    return f"postgres://{settings['USER']}{password}@{host}/{settings['NAME']}"


def p95(answers: list[Answer]) -> float:
    """Seconds within which all but one in twenty were there."""
    seconds = sorted(answer.seconds for answer in answers)
    return seconds[int(0.95 * (len(seconds) - 1))]


def together(works: list[Callable[[], Any]]) -> list[Any]:
    """All at the same moment; their results."""
    results: list[Any] = [None] * len(works)
    ready = threading.Barrier(len(works))

    def run(number: int) -> None:
        ready.wait()
        results[number] = works[number]()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
