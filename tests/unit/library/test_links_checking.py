"""The chore: off by default, polite, and slow to call a link broken."""

import datetime
import os
import subprocess
import sys
from email.message import Message
from itertools import pairwise

import pytest
import time_machine
from django.utils import timezone

from core import chores
from library.links import checking, finding, turns, visiting
from library.links.asking import Answer, NoAnswer, Verdict
from library.links.models import LinkHost, LinksTaken, OutboundLink
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.urls("config.urls")]
NOW = datetime.datetime(2026, 11, 26, 17, tzinfo=datetime.UTC)
URL = "https://town.example.org/a"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def on(settings):
    settings.LINK_CHECK = True


@pytest.fixture
def web(monkeypatch, clock):
    """What servers say by method and address; pausing takes no time, and every request is noted with its moment."""

    class Web:
        def __init__(self):
            self.says, self.asked = {}, []

        def ask(self, method, target):
            self.asked.append((method, target.url, timezone.now()))
            said = self.says.get((method, target.url), self.says.get(target.url, 200))
            if isinstance(said, Verdict):
                raise NoAnswer(said, "no answer")
            status, headers = said if isinstance(said, tuple) else (said, {})
            message = Message()
            for name, value in headers.items():
                message[name] = value
            return Answer(status, message)

        def visit(self, url):
            return visiting.visit(url, ask=self.ask, turn=self.turn)

        def turn(self, host):
            turns.take_turn(host, pause=lambda seconds: clock.shift(seconds))

    web = Web()
    monkeypatch.setattr(checking, "visit", web.visit)
    return web


@pytest.fixture
def item(municipality, area):
    return factories.make_case_study(municipality, area, source_url=URL)


def link():
    return OutboundLink.objects.get(url=URL)


def test_off_by_default():
    code = "from config.settings import production; print(production.LINK_CHECK)"
    clean = {name: value for name, value in os.environ.items() if name != "LINK_CHECK"}
    assert subprocess.check_output([sys.executable, "-c", code], env=clean, text=True).strip() == "False"


def test_switched_off_the_chores_do_nothing(web, item, settings):
    settings.LINK_CHECK = False
    assert (finding.take(), checking.check_next()) == (0, 0)
    assert not OutboundLink.objects.exists()
    settings.LINK_CHECK = True
    finding.take()
    settings.LINK_CHECK = False
    assert checking.check_next() == 0
    assert web.asked == []


def test_the_chores_have_a_lane_of_their_own():
    of_links = {chore.name for chore in chores._chores.values() if chore.lane == "links"}
    assert of_links == {"take links of items", "check links"}


def test_links_are_found_wherever_an_item_has_them(municipality, area):
    page = factories.make_case_study(
        municipality,
        area,
        source_url="https://a.example.org/",
        repository="https://b.example.org/code",
        lessons="See [this](https://c.example.org/x#part) and <https://c.example.org/x>, [ours](http://localhost/en/), "
        "[near](http://10.0.0.1:8080/), [mail](mailto:a@b.ca), [here](/en/) and https://d.example.org/é.",
        candid_note="[secret](https://e.example.org/) and [known](https://a.example.org)",
    )
    page.media = [
        ("video", {"video": "https://www.youtube.com/watch?v=x", "title": "Film", "transcript": ""})
    ]
    assert sorted(target.url for target in finding.links_of(page)) == [
        "https://a.example.org/",
        "https://b.example.org/code",
        "https://c.example.org/x",
        "https://d.example.org/%C3%A9",
        "https://e.example.org/",
        "https://www.youtube.com/watch?v=x",
    ]


def test_links_of_a_playbooks_steps(municipality, area):
    steps = [("step", {"title": "One", "instruction": "[x](https://x.example.org/)"})]
    page = factories.make_playbook(municipality, area, steps=steps)
    assert [target.url for target in finding.links_of(page)] == ["https://x.example.org/"]


def test_no_more_links_of_a_page_than_the_limit(municipality, area):
    text = "\n\n".join(f"https://a.example.org/{n}" for n in range(300))
    page = factories.make_case_study(municipality, area, lessons=text)
    assert len(finding.links_of(page)) == finding.MOST_LINKS


def test_rows_follow_what_is_published(item):
    assert finding.take() == 1
    assert finding.take() == 0
    OutboundLink.objects.update(failures=2)
    item.lessons = "[more](https://b.example.org/)"
    draft = item.save_revision()
    assert finding.take() == 0, "a draft changes nothing"
    draft.publish()
    assert finding.take() == 1
    assert set(OutboundLink.objects.values_list("url", "failures")) == {
        (URL, 2),
        ("https://b.example.org/", 0),
    }
    item.refresh_from_db()
    item.source_url = ""
    item.save_revision().publish()
    finding.take()
    assert [row.url for row in OutboundLink.objects.all()] == ["https://b.example.org/"]
    item.unpublish()
    finding.take()
    assert not OutboundLink.objects.exists()
    assert not LinksTaken.objects.exists()


def test_rows_go_with_the_page(item):
    finding.take()
    item.delete()
    assert not OutboundLink.objects.exists()


def check(clock=None, days=0):
    if days:
        clock.shift(datetime.timedelta(days=days))
    return checking.check_next()


def test_a_link_that_works_is_asked_again_after_the_days_of_the_setting(web, item, clock, settings):
    settings.LINK_CHECK_DAYS = 5
    finding.take()
    assert check() == 1
    assert (link().state, link().last_checked) == ("works", NOW)
    assert [method for method, _, _ in web.asked] == ["HEAD"]
    assert check(clock, days=4) == 0
    assert check(clock, days=1) == 1


@pytest.mark.parametrize(
    ("said", "days"), [(404, 3), (410, 3), (Verdict.GONE, 3), (500, 7), (Verdict.TROUBLE, 7)]
)
def test_a_link_is_broken_after_failing_on_so_many_days(web, item, clock, said, days):
    finding.take()
    answered(item, "https://fine.example.org/")
    web.says[URL] = said
    for day in range(days):
        assert check(clock, days=1 if day else 0) == 1
        assert check() == 0, "once a day"
        assert (link().state, link().failures) == ("broken" if day == days - 1 else "failing", day + 1)
    assert link().first_failed == datetime.date(2026, 11, 26)
    assert check(clock, days=6) == 0
    web.says[URL] = 200
    assert check(clock, days=1) == 1
    assert (link().state, link().failures, link().first_failed) == ("works", 0, None)


def answered(item, url):
    """Another link worked just now: the way out is open."""
    later = timezone.now() + datetime.timedelta(days=30)
    OutboundLink.objects.create(
        page_id=item.pk, url=url, host="x", state="works", last_checked=timezone.now(), due=later
    )


@pytest.mark.parametrize("worked", [True, False])
def test_our_own_way_out_closed_breaks_no_link(web, item, clock, worked):
    finding.take()
    if worked:
        answered(item, "https://fine.example.org/")
    web.says[URL] = Verdict.TROUBLE
    for _ in range(20):
        clock.shift(datetime.timedelta(days=1, minutes=1))
        check()
    assert link().state == "unknown"


def test_two_failures_on_one_day_count_once(web, item, municipality, area):
    finding.take()
    web.says[URL] = 404
    check()
    factories.make_case_study(municipality, area, slug="two", source_url=URL)
    finding.take()
    LinkHost.objects.all().delete()
    assert check() == 1
    assert set(OutboundLink.objects.values_list("failures", flat=True)) == {1}


@pytest.mark.parametrize("said", [429, 503, 401, 403, 451, Verdict.UNKNOWN])
def test_what_says_nothing_of_the_page_breaks_no_link(web, item, clock, said):
    finding.take()
    web.says[URL] = said
    for _ in range(10):
        assert check(clock, days=8) == 1
    assert (link().state, link().failures) == ("unknown", 0)


def test_an_address_on_many_pages_is_asked_once(web, item, municipality, area):
    factories.make_case_study(municipality, area, slug="two", source_url=URL)
    finding.take()
    assert check() == 1
    assert check() == 0
    assert len(web.asked) == 1
    assert set(OutboundLink.objects.values_list("state", flat=True)) == {"works"}


@pytest.mark.parametrize("refused", [400, 403, 404, 405, 501])
def test_get_where_head_is_refused_and_not_at_once(web, item, refused, settings):
    finding.take()
    web.says["HEAD", URL] = refused
    check()
    assert link().state == "works"
    (head, _, first), (get, _, second) = web.asked
    assert (head, get) == ("HEAD", "GET")
    assert (second - first).total_seconds() == settings.LINK_CHECK_HOST_SECONDS


def test_no_host_is_asked_twice_within_the_seconds_of_the_setting(web, municipality, area, clock, settings):
    text = " ".join(f"https://{host}.example.org/{n}" for n in range(4) for host in ("a", "b"))
    factories.make_case_study(municipality, area, lessons=text)
    finding.take()
    for _ in range(100):
        if not check():
            clock.shift(1)
    assert len(web.asked) == 8
    for host in ("a", "b"):
        moments = [when for _, url, when in web.asked if f"//{host}." in url]
        gaps = [(later - sooner).total_seconds() for sooner, later in pairwise(moments)]
        assert len(gaps) == 3
        assert min(gaps) >= settings.LINK_CHECK_HOST_SECONDS


def test_no_more_links_in_an_hour_than_the_setting(web, municipality, area, clock, settings):
    settings.LINK_CHECK_PER_HOUR = 3
    text = " ".join(f"https://h{n}.example.org/" for n in range(5))
    factories.make_case_study(municipality, area, lessons=text)
    finding.take()
    assert [check() for _ in range(5)] == [1, 1, 1, 0, 0]
    clock.shift(3601)
    assert [check() for _ in range(3)] == [1, 1, 0]


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("120", datetime.timedelta(minutes=2)),
        ("Fri, 27 Nov 2026 17:00:00 GMT", datetime.timedelta(days=1)),
        ("999999999999", datetime.timedelta(days=7)),
        ("-5", datetime.timedelta(hours=1)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", datetime.timedelta(seconds=10)),
        ("soon", datetime.timedelta(hours=1)),
        (None, datetime.timedelta(hours=1)),
    ],
)
def test_a_server_that_asks_for_quiet_gets_it(web, municipality, area, clock, said, rest):
    factories.make_case_study(municipality, area, source_url=URL, lessons="https://town.example.org/b")
    finding.take()
    for url in (URL, "https://town.example.org/b"):
        web.says[url] = (429, {"Retry-After": said} if said else {})
    assert check() == 1
    assert [check(), len(web.asked)] == [0, 1], "neither GET nor another page"
    clock.shift(rest - datetime.timedelta(seconds=1))
    assert check() == 0
    clock.shift(1)
    assert check() == 1


def moved(to):
    return 302, {"Location": to}


def test_redirects_are_followed_and_wait_their_turn(web, item):
    finding.take()
    web.says |= {URL: moved("/b"), "https://town.example.org/b": moved("http://other.example.org/Ã©")}
    web.says["http://other.example.org/%C3%A9"] = 404
    check()
    assert link().state == "failing"
    assert [(method, url) for method, url, _ in web.asked] == [
        ("HEAD", URL), ("HEAD", "https://town.example.org/b"),
        ("HEAD", "http://other.example.org/%C3%A9"), ("GET", "http://other.example.org/%C3%A9"),
    ]  # fmt: skip
    assert (web.asked[1][2] - web.asked[0][2]).total_seconds() == 10


@pytest.mark.parametrize(
    "to",
    [
        "http://localhost/", "http://user:pw@a.example.org/", "ftp://a.example.org/", "http://a.example.org:6379/", "http://[::1",
        "http://router.lan/", "javascript:alert(1)", "http://testserver/en/",
    ],
)  # fmt: skip
def test_a_redirect_is_checked_like_the_first_address(web, item, to):
    finding.take()
    web.says[URL] = moved(to)
    check()
    assert link().state == "unknown"
    assert len(web.asked) == 1


def test_a_redirect_into_the_network_calls_nobody(item):
    from library.links.asking import ask
    from tests.unit.library.test_links_asking import PUBLIC, Server

    server = Server(b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/meta-data/\r\n\r\n")
    looked = []

    def resolve(host, port):
        looked.append(host)
        return [host] if host[0].isdigit() else [PUBLIC]

    def asked(method, target):
        return ask(method, target, resolve=resolve, connect=server.connect)

    found = visiting.visit("http://town.example.org/", ask=asked, turn=lambda host: None)
    assert found.verdict == Verdict.UNKNOWN
    assert looked == ["town.example.org", "169.254.169.254"]
    assert server.called == [(PUBLIC, 80)]


def test_redirects_end(web, item):
    finding.take()
    web.says[URL] = moved(URL)
    check()
    assert link().state == "unknown"
    assert len(web.asked) == visiting.MOST_REDIRECTS + 1


def test_what_another_process_has_taken_is_left_to_it(web, item, monkeypatch):
    finding.take()
    visit = web.visit

    def meanwhile(url):
        assert checking.check_next() == 0
        return visit(url)

    monkeypatch.setattr(checking, "visit", meanwhile)
    assert check() == 1
    assert len(web.asked) == 1


def test_hosts_are_forgotten_when_they_have_rested(web, item, clock):
    finding.take()
    check()
    assert LinkHost.objects.count() == 1
    check(clock, days=2)
    assert not LinkHost.objects.exists()
