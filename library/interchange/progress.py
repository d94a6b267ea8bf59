"""A bar for people who watch; silence for logs and pipes."""

from collections.abc import Callable
from typing import Any

_WIDTH = 30


def progress_bar(stream: Any) -> Callable[[int, int], None] | None:
    """Return a function that shows how much is done, or None where nobody watches."""
    if not stream.isatty():
        return None

    def show(done: int, total: int) -> None:
        full = _WIDTH * done // max(total, 1)
        end = "\n" if done >= total else ""
        stream.write(f"\r[{'#' * full}{'.' * (_WIDTH - full)}] {done}/{total}{end}", ending="")

    return show
