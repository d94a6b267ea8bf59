"""Health addresses that need no host name, the admin's own content policy, and what no cache may keep."""

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control

GetResponse = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """Answer `/healthz` (the process lives) and `/readyz` (it can do its work) before anything else.

    Probes come by address, not by name, so these come before the check of the host name.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path == "/readyz":
            return _readiness()
        return self.get_response(request)


def _readiness() -> JsonResponse:
    from core import health

    results = {name: probe() for name, probe in {"database": _database, **health.probes()}.items()}
    ready = all(results.values())
    return JsonResponse({"ready": ready, "checks": results}, status=200 if ready else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


class AdminPolicyMiddleware:
    """The Wagtail admin has inline scripts: its addresses, and no others, get a policy of their own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response["Content-Security-Policy"] = settings.ADMIN_CONTENT_SECURITY_POLICY
            response["X-Frame-Options"] = "SAMEORIGIN"
        return response


class PrivateResponseMiddleware:
    """Whatever goes to somebody with a session, or hands out a cookie, is kept by no cache at all.

    Everything else is asked for anew each time, unless its view says how long it may be kept.
    It asks for cookies and not for the person: also the redirects and errors that come before anybody
    knows who asks, and the page that signs somebody in or out.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
        if has_session or response.cookies:
            patch_cache_control(response, private=True, no_store=True)
        elif not response.has_header("Cache-Control"):
            # What is public may be narrowed any moment: a cache in front of us has to ask each time.
            patch_cache_control(response, no_cache=True)
        return response
