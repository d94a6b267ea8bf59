"""Who must have a second factor, and who has one."""

from typing import Any

from allauth.mfa.models import Authenticator

from members.roles.rules import holds_responsibility

# Recovery codes alone are none: they are for when these are out of reach.
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def requires_mfa(person: Any) -> bool:
    """Whether a password or a code by mail is too little for this account, because others depend on it."""
    return holds_responsibility(person)


def has_second_factor(person: Any) -> bool:
    """Whether somebody has a passkey or an authenticator app; of whoever asks, as it was when the request came."""
    known = getattr(person, "known_second_factor", None)
    if known is not None:
        return known
    return Authenticator.objects.filter(user=person, type__in=SECOND_FACTORS).exists()
