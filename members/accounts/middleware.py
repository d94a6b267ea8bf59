"""Those on whom others depend set up a second factor before they do anything else."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from members.accounts.factors import has_second_factor, requires_mfa

# Names of pages for signing in and out and for what guards the account.
_OWN = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_")
_ALSO_OWN = {"end_session", "wagtailadmin_logout"}
# Pages with a form that ends at an identity provider: the content policy must let it.
_LEAVING = {"account_login", "account_signup", "socialaccount_connections", "openid_connect_login"}


class SecondFactorMiddleware:
    """Asks at every page but the account's own, so a role that was just given counts at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        if apps and _name(request) in _LEAVING:
            response._csp_update = {"form-action": ["https:", *map(_origin, apps)]}  # type: ignore[attr-defined]
        return response

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Send whoever lacks what their role asks for to where they get it."""
        if not settings.MFA_REQUIRED or not request.user.is_authenticated:
            return None
        request.mfa_missing = requires_mfa(request.user) and not has_second_factor(request.user)
        name = _name(request)
        if not request.mfa_missing or name.startswith(_OWN) or name in _ALSO_OWN:
            return None
        return redirect("mfa_index")


def _name(request: HttpRequest) -> str:
    return (request.resolver_match and request.resolver_match.url_name) or ""


def _origin(app: dict[str, Any]) -> str:
    parts = urlsplit(app["settings"]["server_url"])
    return f"{parts.scheme}://{parts.netloc}"
