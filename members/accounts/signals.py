"""A line in the log for everything that has to do with signing in; never a password, code or address."""

from typing import Any

import structlog
from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.mfa import signals as mfa
from allauth.socialaccount import signals as social
from django.contrib.auth import signals as auth

log = structlog.get_logger("accounts")


def _note(event: str, level: str = "info") -> Any:
    def receiver(sender: Any, request: Any = None, user: Any = None, **kwargs: Any) -> None:
        said = {name: str(kwargs[name]) for name in ("method", "reauthenticated") if kwargs.get(name)}
        if "authenticator" in kwargs:
            said["factor"] = str(kwargs["authenticator"].type)
        getattr(log, level)(event, person=getattr(user, "pk", None), ip=_ip(request), **said)

    return receiver


def _ip(request: Any) -> str:
    return get_adapter().get_client_ip(request) if request is not None and request.META else ""


_EVENTS = (
    (account.user_signed_up, "signed_up", "info"),
    (account.user_logged_in, "signed_in", "info"),
    (account.authentication_step_completed, "factor_accepted", "info"),
    (account.login_code_rejected, "code_rejected", "warning"),
    (account.password_changed, "password_changed", "info"),
    (account.password_set, "password_set", "info"),
    (account.password_reset, "password_reset", "info"),
    (account.email_added, "address_added", "info"),
    (account.email_removed, "address_removed", "info"),
    (account.email_changed, "main_address_changed", "info"),
    (mfa.authenticator_added, "factor_added", "info"),
    (mfa.authenticator_removed, "factor_removed", "info"),
    (mfa.authenticator_reset, "recovery_codes_made", "info"),
    (mfa.authentication_failed, "factor_rejected", "warning"),
    (social.social_account_added, "provider_connected", "info"),
    (social.social_account_removed, "provider_disconnected", "info"),
    (auth.user_logged_out, "signed_out", "info"),
)


def connect() -> None:
    """Listen, for as long as the process lives."""
    for signal, event, level in _EVENTS:
        signal.connect(_note(event, level), weak=False, dispatch_uid=f"accounts.{event}")
