"""What must work before a process takes requests. Apps above register their own probes."""

from collections.abc import Callable

Probe = Callable[[], bool]
_probes: dict[str, Probe] = {}


def register(name: str, probe: Probe) -> None:
    """Add a probe: it returns quickly, never raises, and says whether its part is ready."""
    _probes[name] = probe


def probes() -> dict[str, Probe]:
    """All registered probes by name."""
    return dict(_probes)
