"""What is done beside the requests: each in its time, none because of another's trouble."""

import threading

import pytest
import time_machine
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from core import chores, tasks
from core.models import HomePage


@pytest.fixture
def mine(monkeypatch):
    """A list of chores of our own."""
    monkeypatch.setattr(chores, "_chores", {})
    return chores


def test_chore_waits_its_time(mine):
    runs = []
    mine.register("dust", lambda: runs.append(1) or 0, every=10)
    for now in (0, 5, 10, 12):
        mine.run_due(clock=lambda now=now: now)
    assert len(runs) == 2


def test_chore_with_more_to_do_goes_on_at_once(mine):
    left = [3]

    def work():
        left[0] -= 1
        return max(left[0], 0)

    mine.register("dishes", work, every=100)
    for _ in range(10):
        mine.run_due(clock=lambda: 1.0)
    assert left == [0]


def test_trouble_stays_with_the_chore_that_has_it(mine, caplog):
    done = []
    mine.register("broken", lambda: 1 // 0, every=1)
    mine.register("good", lambda: done.append(1) or 0, every=1)
    mine.run_due(clock=lambda: 0.0)
    mine.run_due(clock=lambda: 2.0)
    assert done == [1, 1]
    assert caplog.text.count("the chore broken failed") == 1


def test_chores_of_one_lane_do_not_wait_for_another(mine):
    done = []
    mine.register("mail", lambda: done.append("mail") or 0, lane="mail")
    mine.register("dust", lambda: done.append("dust") or 0)
    assert mine.lanes() == ["mail", "main"]
    mine.run_due("mail", lambda: 0.0)
    assert done == ["mail"]


def test_each_lane_has_a_loop_of_its_own(monkeypatch):
    from search import worker

    started = []
    monkeypatch.setattr("threading.Thread.start", lambda thread: started.append(thread.name))
    worker.start(threading.Event())
    assert {"chores-main", "chores-mail"} < set(started)


@task()
def rename_home(title):
    HomePage.objects.update(title=title)


@pytest.mark.django_db
def test_queued_tasks_are_run(index, queued):
    rename_home.enqueue("Later")
    assert tasks.run_ready() == 1
    assert HomePage.objects.get().title == "Later"
    assert tasks.run_ready() == 0


@pytest.mark.django_db
def test_task_of_a_killed_worker_is_run_again(index, queued):
    result = rename_home.enqueue("Again")
    DBTaskResult.objects.get(pk=result.id).claim("a worker that is no more")
    assert tasks.tidy() == 0
    with time_machine.travel(timezone.now() + tasks.LOST_AFTER * 2):
        assert tasks.tidy() == 1
    tasks.run_ready()
    assert HomePage.objects.get().title == "Again"


@pytest.mark.django_db
def test_task_that_ends_its_workers_is_given_up(index, queued, caplog):
    result = rename_home.enqueue("Never")
    for number in range(tasks.MOST_WORKERS):
        DBTaskResult.objects.get(pk=result.id).claim(f"worker {number}")
        with time_machine.travel(timezone.now() + tasks.LOST_AFTER * 2):
            tasks.tidy()
    assert DBTaskResult.objects.get(pk=result.id).status == "FAILED"
    assert "is given up" in caplog.text
    assert tasks.run_ready() == 0


@pytest.mark.django_db
def test_wagtail_knows_where_a_picture_is_used_once_the_worker_has_run(queued, municipality):
    """Wagtail queues this; without a worker nobody would be warned before deleting."""
    assert DBTaskResult.objects.ready().exists()
    chores.finish()
    assert not DBTaskResult.objects.ready().exists()
