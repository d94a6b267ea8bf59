"""Whether an address leads somewhere: asked politely, with the redirects it takes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urljoin

from library.links import turns
from library.links.addresses import Target, outbound, own_names
from library.links.asking import Answer, NoAnswer, Verdict, ask

MOST_REDIRECTS = 5
_REDIRECTS = {301, 302, 303, 307, 308}
_GONE = {404, 410}
_QUIET = {429, 503}

Ask = Callable[[str, Target], Answer]
Turn = Callable[[str], None]


@dataclass(frozen=True)
class Finding:
    """What a visit says of a link, and how long its server wants to be left alone."""

    verdict: Verdict
    rest: timedelta = timedelta()


def visit(url: str, *, ask: Ask = ask, turn: Turn = turns.take_turn) -> Finding:
    """Follow an address to its end. Each step is checked and waits its turn like the first."""
    try:
        return _follow(url, ask, turn)
    except NoAnswer as none:
        return Finding(none.verdict)
    except ValueError:
        # Not an address, or none that we ask.
        return Finding(Verdict.UNKNOWN)


def _follow(url: str, ask: Ask, turn: Turn) -> Finding:
    own = own_names()
    for _ in range(MOST_REDIRECTS + 1):
        target = outbound(url, own)
        answer = _asked(target, ask, turn)
        onward = answer.headers.get("Location") if answer.status in _REDIRECTS else None
        if not onward:
            return _judged(target, answer)
        url = urljoin(target.url, _as_written(onward))
    # Some servers send round in circles whoever keeps no cookies: that says nothing of the page.
    return Finding(Verdict.UNKNOWN)


def _asked(target: Target, ask: Ask, turn: Turn) -> Answer:
    """HEAD; where that is refused GET, of which the body is not read."""
    turn(target.host)
    answer = ask("HEAD", target)
    if answer.status < 400 or answer.status in _QUIET:
        return answer
    turn(target.host)
    return ask("GET", target)


def _as_written(location: str) -> str:
    """Headers are read as Latin-1; servers that break the rules mostly mean UTF-8."""
    try:
        return location.encode("latin-1").decode()
    except UnicodeError:
        return location


def _judged(target: Target, answer: Answer) -> Finding:
    if answer.status in _QUIET:
        return Finding(Verdict.UNKNOWN, turns.leave_alone(target.host, answer.headers.get("Retry-After")))
    if answer.status < 400:
        return Finding(Verdict.WORKS)
    if answer.status in _GONE:
        return Finding(Verdict.GONE)
    # Other refusals (401, 403 …) are of us and may not be of people with a browser.
    return Finding(Verdict.TROUBLE if answer.status >= 500 else Verdict.UNKNOWN)
