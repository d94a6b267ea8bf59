"""A library of questions to be changed while things go wrong, and what is true about it."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import connections, transaction
from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan

from core.log import LogEntry, Reason
from discussions.models import Hidden, Question
from members.audience import ANONYMOUS, labels_of
from search import log, pool, readers, service, worker
from search.models import ParkedItem
from search.values import ResultPage, SearchRequest

WORDS = "snow plow permit bridge culvert library transit sensor budget park arena water tax road tree".split()
BEACONS = 10
SECONDS_TO_CATCH_UP = 60
Truth = dict[str, tuple[str, frozenset[str]]]


class World:
    """Questions of one town. Some are beacons: they stay as they are and must always be found."""

    def __init__(self, count: int) -> None:
        from members.loading import prepare_site
        from tests.factories import make_area, make_municipality

        self.municipality = make_municipality(prepare_site(), "Town of Innisfil")
        self.area = make_area()
        random.seed(7)
        questions = [self._question(number, count) for number in range(count)]
        Question.objects.bulk_create(questions, batch_size=500)
        # Tests before may have left questions of other towns.
        own = Question.objects.filter(municipality=self.municipality)
        ids = list(own.order_by("pk").values_list("pk", flat=True))
        self.beacons, self.ids = ids[:BEACONS], ids[BEACONS:]
        mention(ids)

    def _question(self, number: int, count: int) -> Question:
        title = f"Beacon {number}" if number < BEACONS else f"Question {number} on {random.choice(WORDS)}"
        body = " ".join(random.choices(WORDS, k=60))
        return Question(
            title=title, rendered={"body": f"<p>{body}</p>"}, body=body,
            municipality=self.municipality, service_area=self.area,
        )  # fmt: skip

    def add(self, title: str) -> Question:
        return Question.objects.create(title=title, municipality=self.municipality, service_area=self.area)


def mention(ids: list[int], reason: str = Reason.CONTENT) -> None:
    """Entries in the log, as a mass edit writes them."""
    entries = [LogEntry(kind="question", item_id=pk, reason=reason) for pk in ids]
    with transaction.atomic():
        LogEntry.objects.bulk_create(entries, batch_size=1_000)


def in_database() -> Truth:
    """What every question that others see is called now, and who may see it."""
    hidden = set(Hidden.objects.filter(kind=Question.kind).values_list("item_id", flat=True))
    return {
        f"question:{each.pk}": (each.title, frozenset(labels_of(each)))
        for each in Question.objects.filter(withdrawn=None)
        if each.pk not in hidden
    }


def in_elasticsearch(url: str, prefix: str) -> Truth:
    """The same from the server itself, asked past everything of ours. Fails for what is there twice."""
    found: Truth = {}
    query = {
        "query": {"bool": {"filter": [{"term": {"facet_kind": "question"}}, {"term": {"state": "live"}}]}}
    }
    with Elasticsearch(url, request_timeout=60) as client:
        for hit in scan(client, index=f"{prefix}-read", query=query, size=1_000):
            assert hit["_id"] not in found
            source = hit["_source"]
            found[hit["_id"]] = (source["payload"]["title"], frozenset(source["labels"]))
    return found


def find(text: str, engine: str = "", **request: Any) -> ResultPage:
    """What an anonymous reader finds."""
    return service.search(SearchRequest(text, **request), ANONYMOUS, engine=engine)


def forget_trouble() -> None:
    """Nothing is parked, and nobody waits for an engine because of an earlier test."""
    ParkedItem.objects.all().delete()
    pool.breaker.cache_clear()
    pool.feeding_breaker.cache_clear()


def wait_until(done: Callable[[], Any], seconds: float, what: str) -> float:
    """Seconds until it was so; fails after that many."""
    started = time.monotonic()
    while not done():
        assert time.monotonic() - started < seconds, f"not within {seconds} s: {what}"
        time.sleep(0.05)
    return time.monotonic() - started


def caught_up(engine: Any) -> bool:
    """Whether this index has read the whole log."""
    try:
        return bool(engine.feed().cursor == log.head())
    except Exception:
        return False


@contextmanager
def threads(*works: Callable[[threading.Event], Any]) -> Iterator[threading.Event]:
    """Runs these until the block ends, each with its own database connection; their errors are the test's."""
    stop, errors = threading.Event(), []

    def guarded(work: Callable[[threading.Event], Any]) -> None:
        try:
            work(stop)
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    running = [threading.Thread(target=guarded, args=(work,), daemon=True) for work in works]
    for thread in running:
        thread.start()
    try:
        yield stop
    finally:
        stop.set()
        for thread in running:
            thread.join(90)
            assert not thread.is_alive(), "a thread never ended"
    if errors:
        raise errors[0]


def feeders() -> list[Callable[[threading.Event], None]]:
    """The worker's own loops, one for each index."""
    return [partial(_feed, engine) for engine in pool.engines()]


def _feed(engine: Any, stop: threading.Event) -> None:
    worker.run(stop, partial(readers.feed, engine), 0.1)


class Writer:
    """Saves about five items a second: edits, narrows, widens, deletes, adds. Saving must never fail."""

    def __init__(self, world: World, seed: int = 1, pause: float = 0.2) -> None:
        self.world, self.pause = world, pause
        self.random = random.Random(seed)
        self.saved = 0
        # What anonymous readers must not find, or count, since the moment it stands here.
        self.hidden: list[str] = []

    def __call__(self, stop: threading.Event) -> None:
        while not stop.wait(self.pause):
            self.save()
            self.saved += 1

    def save(self) -> None:
        """One change."""
        question = Question.objects.get(pk=self.random.choice(self.world.ids))
        kind = self.random.choice(["edit", "edit", "edit", "narrow", "narrow", "delete", "add"])
        secret = f"zq{self.random.getrandbits(40):x}zq"
        if kind == "add":
            self.world.ids.append(self.world.add(f"Added {secret}").pk)
            return
        if kind == "edit":
            question.title = f"Edited {secret}"
            question.save()
            return
        # First known by a word of its own, then hidden.
        question.title, question.audience = f"Open {secret}", "public"
        question.save()
        if kind == "narrow":
            question.audience = self.random.choice(["members", "municipality"])
            question.save()
        else:
            self.world.ids.remove(question.pk)
            question.delete()
        self.hidden.append(secret)
