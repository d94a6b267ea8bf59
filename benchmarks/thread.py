"""One page with very many comments (fault F21): people read and write at once, beside the same page without comments."""

import random
import statistics
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from http import HTTPStatus
from typing import Any

from django.test import Client

from benchmarks import world
from benchmarks.servers import serve
from casestudies.models import CaseStudyPage
from discussions.comments import limits
from discussions.comments.models import Comment, new_token
from members.models import MunicipalityPage, Person

READERS, WRITERS, SECONDS = 20, 2, 60
# A reader looks at a page for a while before the next one.
PAUSE = 8.0
# With so many each process gets some of them.
WARM_POSTS = 10
Times = dict[str, list[float]]


def measure(comments: int) -> dict[str, Any]:
    """Milliseconds of reading and posting on a page with so many comments, and of reading one without any."""
    world.build(20)
    full, empty = CaseStudyPage.objects.live().filter(audience="public").order_by("pk")[:2]
    author = Person.objects.get(email=world.PERSON)
    _seed(full, author, comments)
    nearly_last = Comment.objects.filter(page=full).order_by("-pk")[1]
    addresses = {
        "first page": _path(full),
        "one comment": nearly_last.get_absolute_url(),
        "page without comments": _path(empty),
    }
    # As compose.yaml starts it.
    with serve("config.wsgi:application", WEB_CONCURRENCY="2") as port:
        times = _together(port, addresses, full.pk)
    return {name: _spread(taken) for name, taken in times.items()}


def _path(page: CaseStudyPage) -> str:
    return urllib.parse.urlsplit(page.get_url()).path


def _seed(page: CaseStudyPage, author: Person, number: int) -> None:
    """Threads, every tenth comment a reply."""
    html = {"body": "<p>We ploughed at night and salted in the morning, it took two people.</p>"}
    common = {
        "page_id": page.pk,
        "author": author,
        "municipality": author.municipality,
        "body": "We ploughed.",
    }
    first = Comment.objects.create(**common, rendered=html, token=new_token())
    below = {"thread_id": first.pk, "answers_to_id": first.pk}
    rows = (
        Comment(**common, **(below if at % 10 == 0 else {}), rendered=html, token=new_token())
        for at in range(1, number)
    )
    Comment.objects.bulk_create(rows, batch_size=1_000)


def _together(port: int, addresses: dict[str, str], page_id: int) -> Times:
    """Everybody reads and writes until the time is over."""
    times: Times = defaultdict(list)
    form = f"/en/comments/on/{page_id}/"
    cookies = [_session(number, form) for number in range(READERS + WRITERS)]
    _warm_up(port, (*addresses.values(), form), cookies, form)
    until = time.monotonic() + SECONDS
    readers = [
        threading.Thread(target=_read, args=(port, own, addresses, until, times)) for own in cookies[WRITERS:]
    ]
    writers = [
        threading.Thread(target=_write, args=(port, own, form, until, times)) for own in cookies[:WRITERS]
    ]
    for each in (*readers, *writers):
        each.start()
    for each in (*readers, *writers):
        each.join()
    return times


def _warm_up(port: int, paths: tuple[str, ...], cookies: list[dict[str, str]], form: str) -> None:
    """A process that has just started loads its templates first, and what a post needs: that is not what is asked here."""
    for own in cookies:
        for path in paths:
            _asked(port, path, own)
    for own in cookies[WRITERS:][:WARM_POSTS]:
        _asked(port, form, own, _said(own))


def _said(cookies: dict[str, str]) -> dict[str, str]:
    return {"body": "Said now.", "token": new_token(), "csrfmiddlewaretoken": cookies["csrf"]}


def _session(number: int, form: str) -> dict[str, str]:
    """Somebody who is signed in, as cookies."""
    town = MunicipalityPage.objects.get(official_name="Town of Whitby")
    person = Person.objects.create_user(f"reader{number}@example.org", first_name="R", last_name=str(number))
    person.municipality = town
    person.save()
    client = Client()
    client.force_login(person)
    client.get(form)
    return {name: morsel.value for name, morsel in client.cookies.items()}


class _StaysThere(urllib.request.HTTPRedirectHandler):
    """Where an answer leads is another question, timed by itself."""

    def redirect_request(self, *arguments: Any) -> None:
        return None


_opener = urllib.request.build_opener(_StaysThere)


def _asked(
    port: int, path: str, cookies: dict[str, str], data: dict[str, str] | None = None
) -> tuple[float, str]:
    """Milliseconds that an answer took, and where it leads, if anywhere."""
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    body = urllib.parse.urlencode(data).encode() if data else None
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, {"Cookie": cookie})
    start = time.perf_counter()
    try:
        with _opener.open(request, timeout=60) as answer:
            answer.read()
    except urllib.error.HTTPError as answer:
        if answer.status != HTTPStatus.FOUND:
            raise
        return 1000 * (time.perf_counter() - start), urllib.parse.urldefrag(answer.headers["Location"]).url
    return 1000 * (time.perf_counter() - start), ""


def _read(port: int, cookies: dict[str, str], addresses: dict[str, str], until: float, times: Times) -> None:
    # People do not come all at once.
    time.sleep(random.uniform(0, PAUSE))
    while time.monotonic() < until:
        for name, path in addresses.items():
            took, further = _asked(port, path, cookies)
            times[name].append(took + (_asked(port, further, cookies)[0] if further else 0))
            time.sleep(PAUSE)


def _write(port: int, cookies: dict[str, str], form: str, until: float, times: Times) -> None:
    time.sleep(random.uniform(0, PAUSE))
    while time.monotonic() < until:
        took, further = _asked(port, form, cookies, _said(cookies))
        times["posting"].append(took)
        times["what was posted"].append(_asked(port, further, cookies)[0])
        time.sleep(60 / limits.A_MINUTE + PAUSE)


def _spread(taken: list[float]) -> dict[str, float]:
    ordered = sorted(taken)
    return {
        "p50": statistics.median(ordered),
        "p95": ordered[int(len(ordered) * 0.95)],
        "count": len(ordered),
    }
