"""How often somebody may try: allauth counts, and here is what it says when it was too often."""

import hashlib
import math
import time
from typing import Any

from allauth.account import app_settings
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Names of errors that mean “too often”.
CODES = ("too_many_login_attempts", "rate_limited")
# Of each page, what is counted.
_COUNTED = {
    "account_login": ("login", "login_failed"),
    "account_request_login_code": ("request_login_code",),
    "account_signup": ("signup",),
    "account_reset_password": ("reset_password",),
    "mfa_authenticate": ("login_failed",),
}
_SHORTEST = 60


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429, with the time after which it is worth trying again."""
    seconds = _wait(request)
    response = render(request, "429.html", {"minutes": math.ceil(seconds / 60)}, status=429)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "private, no-store"
    return response


def _wait(request: Any) -> int:
    """Seconds until the fullest of the counts that stopped this request has room again."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    now = time.time()
    waits = [_SHORTEST]
    for action in _COUNTED.get(name, ()):
        for rate in ratelimit.parse_rates(app_settings.RATE_LIMITS.get(action)):
            for key in _keys(request) if rate.per == "key" else [None]:
                waits.append(_until_free(request, action, rate, key, now))
    return max(waits)


def _until_free(request: Any, action: str, rate: Any, key: str | None, now: float) -> int:
    if rate.per == "user":
        return 0
    stored = ratelimit.get_cache_key(request, app="allauth.account", action=action, rate=rate, key=key)
    history = cache.get(stored, [])
    return math.ceil(history[-1] + rate.duration - now) if len(history) >= rate.amount else 0


def _keys(request: HttpRequest) -> list[str]:
    """By what allauth may have counted: the address, with the site's name where it was a password."""
    address = (request.POST.get("login") or request.POST.get("email") or "").strip().lower()
    return [address, f"{request.get_host()}:{address}"]


def masked(address: str) -> str:
    """A name for an address that tells two apart and says neither."""
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()[:12]
