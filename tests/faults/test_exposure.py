"""Who may not see a thing gets none of it, whatever happens at the same moment, and can't even tell that it exists.

F20: somebody is put out of a group while their requests are under way. F35: a file is narrowed during a slow
download. F36: an ordinary shared cache stands in front. F38: refused and missing take the same time.
"""

import http.client
import os
import random
import shutil
import statistics
import subprocess
import threading
import time
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.files.base import ContentFile
from django.db import connection

from core.models import File
from members.groups import actions as groups
from tests import factories
from tests.faults.servers import free_port
from tests.faults.site import Site

CANARY = "zqcanary"
INTERLEAVINGS = 200
PAIRS = 200


@pytest.fixture(scope="module")
def stage(database, django_db_blocker):
    """A municipality of two people and a group, in the database that the servers read."""
    with django_db_blocker.unblock():
        from members.loading import prepare_site

        town = factories.make_municipality(prepare_site(), "Town of Exposure")
        elsewhere = factories.make_municipality(prepare_site(), "Town of Elsewhere")
        lead = factories.make_person("exposure-lead@example.org", municipality=elsewhere)
        return Stage(
            town,
            factories.make_area("EXP-01", slug="exposure"),
            lead,
            factories.make_person("exposure-member@example.org", municipality=elsewhere, first_name="Lou"),
            factories.make_group(lead, name="Exposure"),
        )


@dataclass
class Stage:
    """Who and what takes part."""

    town: object
    area: object
    lead: object
    member: object
    group: object
    made: list = field(default_factory=list)

    def item(self, **fields):
        """A case study that is gone after the test."""
        page = factories.make_case_study(self.town, self.area, **fields)
        self.made.append(page)
        return page


@pytest.fixture
def plain_site(stage, settings, tmp_path, django_db_blocker):
    """The site with its embedded index alone."""
    settings.ELASTICSEARCH_URL = ""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    settings.SEARCH_INDEX_PREFIX = "exposure"
    with django_db_blocker.unblock():
        site = Site(settings, configured.VAR_DIR)
        yield site
        site.stop()
        while stage.made:
            stage.made.pop().delete()


def cookie_of(person) -> str:
    """A session, as signing in makes one."""
    session = import_module(configured.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = configured.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"{configured.SESSION_COOKIE_NAME}={session.session_key}"


@dataclass(frozen=True)
class Reply:
    """What came back, and when the request was sent."""

    status: int
    headers: dict
    body: bytes
    sent: float


# What only somebody who is signed in has on every page.
MY_ACCOUNT = b"/account/profile/"


def ask(port: int, path: str, cookie: str = "", **headers: str) -> Reply:
    """One request with a connection of its own."""
    sent = time.monotonic()
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        link.request("GET", path, headers={**({"Cookie": cookie} if cookie else {}), **headers})
        answer = link.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return Reply(answer.status, told, answer.read(), sent)
    finally:
        link.close()


def _ask_on(replies: list[Reply], enough: threading.Event, port: int, address: str, cookie: str) -> None:
    """Again and again, until somebody says that it is enough; and once after that."""
    while not enough.is_set():
        replies.append(ask(port, address, cookie))
    replies.append(ask(port, address, cookie))


def test_whoever_is_put_out_of_a_group_gets_nothing_of_it_from_then_on(plain_site, stage):
    page = stage.item(title=f"Plough {CANARY}", slug="shared", audience="group", groups=[stage.group])
    cookie = cookie_of(stage.member)
    addresses = [page.url, stage.group.get_absolute_url(), "/en/"]
    factories.add_to_group(stage.group, stage.member)
    for address in addresses:
        assert CANARY.encode() in ask(plain_site.port, address, cookie).body, address
    groups.remove(by=stage.lead, group=stage.group, person=stage.member)
    seen_before = asked_late = 0
    for number in range(INTERLEAVINGS):
        factories.add_to_group(stage.group, stage.member)
        replies: list[Reply] = []
        enough = threading.Event()
        address = addresses[number % len(addresses)]
        threads = [
            threading.Thread(target=_ask_on, args=(replies, enough, plain_site.port, address, cookie))
            for _ in range(2)
        ]
        for thread in threads:
            thread.start()
        time.sleep(random.uniform(0, 0.03))
        groups.remove(by=stage.lead, group=stage.group, person=stage.member)
        committed = time.monotonic()
        enough.set()
        for thread in threads:
            thread.join(30)
        late = [reply for reply in replies if reply.sent > committed]
        assert not any(CANARY.encode() in reply.body for reply in late), address
        asked_late += len(late)
        seen_before += sum(CANARY.encode() in reply.body for reply in replies)
    assert seen_before, "no request was ever under way while the person still belonged"
    assert asked_late >= 2 * INTERLEAVINGS, "each thread asks once more after the commit"


def test_a_file_that_is_narrowed_during_a_download_is_denied_to_every_new_request(plain_site, stage):
    content = b"tender " * 1_000_000
    file = File.objects.create(title="Tender", file=ContentFile(content, "tender.txt"))
    page = stage.item(title="Tender", slug="tender")
    page.media = [("document", {"document": file, "description": ""})]
    page.save_revision().publish()
    link = http.client.HTTPConnection("127.0.0.1", plain_site.port, timeout=30)
    link.request("GET", file.url)
    slow = link.getresponse()
    assert slow.status == 200
    assert slow.read(64 * 1024)
    page.refresh_from_db()
    page.audience = "municipality"
    page.save_revision().publish()
    never = ask(plain_site.port, file.url.replace(str(file.pk), "999999"))
    for headers in ({}, {"Range": "bytes=65536-"}, {"Range": "bytes=0-1", "If-Range": "x"}):
        denied = ask(plain_site.port, file.url, **headers)
        assert denied.status == never.status == 404
        assert b"tender tender" not in denied.body
        assert "location" not in denied.headers
    # Whoever was let in before may read what they had begun, as with every connection that is open.
    slow.read()
    link.close()


def test_refused_and_missing_take_the_same_time_and_bytes(plain_site, stage):
    hidden = stage.item(title="Hidden", slug="hidden-page", audience="municipality").url
    missing = hidden.replace("hidden-page", "absent-page")
    cookie = cookie_of(stage.member)
    for who in ("", cookie):
        for address in (hidden, missing) * 5:
            ask(plain_site.port, address, who)
        differences = []
        for number in range(PAIRS):
            first, second = (hidden, missing) if number % 2 else (missing, hidden)
            took = {}
            for address in (first, second):
                reply = ask(plain_site.port, address, who)
                took[address] = time.monotonic() - reply.sent
                assert reply.status == 404
            differences.append(took[hidden] - took[missing])
        assert abs(statistics.median(differences)) <= 0.005, statistics.median(differences)
        one, other = ask(plain_site.port, hidden, who), ask(plain_site.port, missing, who)
        assert one.body.replace(b"hidden-page", b"") == other.body.replace(b"absent-page", b"")
        volatile = {"date"}
        assert {k: v for k, v in one.headers.items() if k not in volatile} == {
            k: v for k, v in other.headers.items() if k not in volatile
        }


NGINX = """
{user} daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 64; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  proxy_cache_path {folder}/cache keys_zone=shared:10m;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://127.0.0.1:{target}; proxy_set_header Host localhost;
      proxy_cache shared; proxy_cache_valid 200 404 10m;
      add_header X-Cache $upstream_cache_status always;
    }}
  }}
}}
"""


@pytest.fixture
def cached(plain_site, tmp_path):
    """nginx in front, with its own rules: keep what nothing forbids to keep, for ten minutes."""
    binary = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if binary is None:
        pytest.fail("This test needs Debian's package nginx-light.")
    folder = Path(tmp_path)
    folder.chmod(0o755)
    port = free_port()
    config = folder / "nginx.conf"
    config.write_text(
        NGINX.format(
            user="user root;" if os.getuid() == 0 else "", folder=folder, port=port, target=plain_site.port
        )
    )
    process = subprocess.Popen([binary, "-c", str(config), "-p", str(folder)])
    for _ in range(100):
        assert process.poll() is None, "nginx did not start"
        try:
            ask(port, "/healthz")
            break
        except OSError:
            time.sleep(0.05)
    yield port
    process.terminate()
    process.wait(10)


def test_a_shared_cache_in_front_gives_nobody_what_is_not_for_them(cached, stage):
    members = stage.item(title=f"Members {CANARY}", slug="members-page", audience="members")
    public = stage.item(title="Public", slug="public-page")
    cookie = cookie_of(stage.member)
    addresses = ["/en/", members.url, public.url, stage.town.url, "/en/people/", "/en/questions/", "/en/regions/",
                 "/en/service-areas/exposure/", "/en/library/", "/sitemap.xml", "/en/account/login/"]  # fmt: skip
    assert MY_ACCOUNT in ask(cached, "/en/regions/", cookie).body, "this is how one would know"
    for address in addresses:
        for who in (cookie, "", cookie, ""):
            reply = ask(cached, address, who)
            assert reply.headers.get("x-cache") != "HIT", address
            if not who:
                assert CANARY.encode() not in reply.body, address
                assert MY_ACCOUNT not in reply.body, address
            else:
                assert "no-store" in reply.headers["cache-control"], address


def test_what_is_narrowed_is_gone_from_the_shared_cache_at_once(cached, stage):
    page = stage.item(title=f"Plough {CANARY}", slug="narrowed")
    for _ in range(3):
        assert CANARY.encode() in ask(cached, page.url).body
    page.refresh_from_db()
    page.audience = "municipality"
    page.save_revision().publish()
    assert ask(cached, page.url).status == 404


def test_these_tests_run_on_a_database_that_commits(stage):
    assert not connection.in_atomic_block
