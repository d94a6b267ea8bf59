"""Journeys drive a real browser against a real server: the demo, prepared once, copied for each worker.

A server of its own, and not Django's live server, because Playwright's event loop and Django's
test connection do not mix, and because this way the journeys see what a person sees: hashed static
files, the page cache, the content policy.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_string, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from filelock import FileLock

from tests import database

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ALL = os.environ.get("INTERURBAN_ALL") == "1"


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" in str(item.path):
            item.add_marker(pytest.mark.journey)


def pytest_runtest_setup(item):
    if "journeys" in str(item.path) and not CHROMIUM:
        if ALL:
            pytest.fail("Journeys need Chromium: install Debian's package chromium.")
        pytest.skip("Journeys need Chromium.")


@dataclass(frozen=True)
class Demo:
    """A running demo: its address, who can sign in, and the folder it lives in."""

    url: str
    logins: dict[str, tuple[str, str]]
    folder: Path
    console: subprocess.Popen[str]

    def mails(self) -> list[EmailMessage]:
        """All mail that has left; the backend writes a line of dashes after each."""
        texts = (path.read_text() for path in sorted((self.folder / "mail").glob("*")))
        each = (mail.strip() for text in texts for mail in text.split("-" * 79))
        return [message_from_string(mail, policy=policy.default) for mail in each if mail]

    def shell(self, code: str) -> None:
        """Let something happen that a journey does not click through: a day goes by, a colleague publishes."""
        self.console.stdin.write(json.dumps(code) + "\n")
        self.console.stdin.flush()
        problem = json.loads(self.console.stdout.readline() or '"The console has ended."')
        assert not problem, problem


# What the tests' own settings put into the environment, and the services of other tests.
_NOT_THE_DEMOS = {"DATABASE_URL", "CACHE_URL", "ELASTICSEARCH_URL", "SEARCH_INLINE_READER", "LOG_LEVEL"}


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_THE_DEMOS}
    own = {
        "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
        "VAR_DIR": str(folder),
        "SECRET_KEY": "journeys" * 8,
        "EMAIL_URL": f"file:///{folder / 'mail'}",
    }
    return kept | own


def _prepare(folder: Path) -> None:
    folder.mkdir()
    database.start_from_copy(folder / "interurban.sqlite3")
    subprocess.run(
        [sys.executable, "manage.py", "prepare_demo"], cwd=ROOT, env=_environment(folder), check=True
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(url: str, process: subprocess.Popen) -> None:
    for _ in range(150):
        if process.poll() is not None:
            raise RuntimeError(f"The server stopped with {process.returncode}.")
        try:
            urllib.request.urlopen(url, timeout=2)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("The server did not answer within 30 seconds.")


@pytest.fixture(scope="session")
def template(tmp_path_factory, worker_id) -> Path:
    """The demo's files, prepared once for all workers."""
    base = tmp_path_factory.getbasetemp()
    # Parallel workers share the folder above; alone, that one would be shared with earlier runs.
    shared = (base if worker_id == "master" else base.parent) / "demo-template"
    with FileLock(str(shared) + ".lock"):
        if not (shared / "ready").exists():
            _prepare(shared)
            (shared / "ready").touch()
    return shared


@pytest.fixture(scope="session")
def demo(tmp_path_factory, template) -> Iterator[Demo]:
    """A demo of this worker's own."""
    with _running(template, tmp_path_factory.mktemp("demo") / "var") as demo:
        yield demo


@pytest.fixture(scope="session")
def demo_that_checks_links(tmp_path_factory, template) -> Iterator[Demo]:
    """A demo with the link check on, and without the loop that would ask other people's servers: a journey does that."""
    settings = {"LINK_CHECK": "1", "SEARCH_INLINE_READER": "0"}
    with _running(template, tmp_path_factory.mktemp("demo-links") / "var", **settings) as demo:
        yield demo


@contextmanager
def _running(template: Path, folder: Path, **settings: str) -> Iterator[Demo]:
    """A copy of the demo with a server and a console of its own."""
    shutil.copytree(template, folder)
    port, environment = _free_port(), _environment(folder) | settings
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "config/gunicorn.py",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    process = subprocess.Popen([*command, "config.wsgi:application"], cwd=ROOT, env=environment)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    command = [sys.executable, "-m", "tests.journeys.console"]
    console = subprocess.Popen(command, cwd=ROOT, env=environment, **pipes)
    try:
        _wait(f"http://127.0.0.1:{port}/readyz", process)
        lines = [line.split("\t") for line in (folder / "demo-logins.txt").read_text().splitlines()]
        logins = {role: (email, password) for role, email, password in lines}
        yield Demo(f"http://127.0.0.1:{port}", logins, folder, console)
    finally:
        process.terminate()
        process.wait(20)
        # Ends it, waits for it, and closes what we talked through.
        console.communicate(timeout=20)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        # No journey needs WebGL, and drawing every page with it in software takes a fifth of the browser's time.
        "--disable-gpu",
    ]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": quiet}


@pytest.fixture
def page(page, demo):
    """A page whose console must stay free of errors: a blocked script or style is one."""
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(_problem(message)))
    yield page
    assert not any(problems), problems


def _problem(message) -> str:
    """What a console message complains of; nothing for what a journey provokes on purpose."""
    address = message.location.get("url", "")
    told = ("404 (Not Found)", "410 (Gone)", "422 (Unprocessable", "429 (Too Many Requests)")
    missing = any(status in message.text for status in told)
    # The editor saves drafts by itself, and is told so when a required field is still empty.
    incomplete = "400 (Bad Request)" in message.text and "/admin/pages/" in address
    return message.text if message.type == "error" and not (missing or incomplete) else ""
