"""Pages, anonymous and signed in, against the bare view; queries and CPU of each; search against the raw engine."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.servers import load, serve
from benchmarks.world import PERSON
from casestudies.models import CaseStudyPage
from config.gunicorn import settle
from library.models import ServiceArea
from members.audience import ANONYMOUS
from members.models import MunicipalityPage, Person
from search.service import search
from search.values import SearchRequest

QUERY = "snow plow winter"


def addresses() -> dict[str, str]:
    """The pages that are measured."""
    case = CaseStudyPage.objects.first()
    return {
        "case study": case.get_url().replace("http://localhost", ""),
        "listing": "/en/library/",
        "home": "/en/",
        "service area": _fullest_area().get_absolute_url(),
        "municipality": _fullest_municipality().get_url().replace("http://localhost", ""),
        "search": f"/en/search/?q={QUERY.replace(' ', '+')}",
    }


def _fullest_area() -> ServiceArea:
    """The area with the most items: an empty page would be no measure."""
    counted = CaseStudyPage.objects.values("service_areas").annotate(n=Count("pk")).order_by("-n")
    return ServiceArea.objects.get(pk=counted[0]["service_areas"])


def _fullest_municipality() -> MunicipalityPage:
    counted = CaseStudyPage.objects.values("municipality").annotate(n=Count("pk")).order_by("-n")
    return MunicipalityPage.objects.get(pk=counted[0]["municipality"])


def measure(folder: Path, *, runs: int) -> dict[str, Any]:
    """Return all figures; times in milliseconds, rates in requests a second."""
    figures: dict[str, Any] = {"pages": {}, "runs": runs}
    cookie = _session_cookie()
    settle()
    with serve("benchmarks.hello:application") as bare, serve("config.wsgi:application") as site:
        # Alternated, so that both see the same machine.
        for name, path in addresses().items():
            figures["pages"][name] = _page(bare, site, path, cookie, runs) | _inside(path)
    figures["search"] = _search(runs)
    return figures


def _session_cookie() -> str:
    client = Client()
    client.force_login(Person.objects.get(email=PERSON))
    return f"session={client.cookies['session'].value}"


def _page(bare: int, site: int, path: str, cookie: str, runs: int) -> dict[str, float]:
    rows = []
    load(site, path, count=20)
    for _ in range(runs):
        hello = load(bare, "/", count=2000)
        anonymous = load(site, path, count=2000)
        member = load(site, path, cookie=cookie, count=80)
        alone = load(site, path, clients=1, count=200)
        rows.append(
            {
                "anonymous_slower": hello["rate"] / anonymous["rate"],
                "member_slower": hello["rate"] / member["rate"],
                "hello_rate": hello["rate"],
                "anonymous_rate": anonymous["rate"],
                "member_rate": member["rate"],
                "anonymous_alone_ms": alone["median_ms"],
            }
        )
    return {name: statistics.median(row[name] for row in rows) for name in rows[0]}


def _inside(path: str) -> dict[str, float]:
    """Queries and CPU of one uncached reading by a member, inside the process."""
    client = Client()
    client.force_login(Person.objects.get(email=PERSON))
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    # Counted now: the next request empties the log.
    queries = len(captured)
    cpu = _median(lambda: client.get(path), 15, clock=time.process_time)
    return {"queries": queries, "cpu_ms": cpu, "bytes": len(response.content)}


def _median(action: Callable[[], object], runs: int, clock: Callable[[], float] = time.perf_counter) -> float:
    times = []
    for _ in range(runs):
        start = clock()
        action()
        times.append(1000 * (clock() - start))
    return statistics.median(times)


def _search(runs: int) -> dict[str, float]:
    """The one door against the engine's own time within it, and the page around both."""
    request = SearchRequest(text=QUERY)
    results = [search(request, ANONYMOUS) for _ in range(20 * runs)]
    door = _median(lambda: search(request, ANONYMOUS), 20 * runs)
    client = Client()
    client.force_login(Person.objects.get(email=PERSON))
    page = _median(lambda: client.get("/en/search/", {"q": QUERY}), 4 * runs)
    engine = statistics.median(result.engine_ms for result in results)
    return {"engine_ms": engine, "door_ms": door, "page_ms": page, "total": results[0].total}
