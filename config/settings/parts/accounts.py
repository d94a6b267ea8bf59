"""Accounts: how people sign up and in (django-allauth), and what is asked of those with power."""

import json
from datetime import timedelta
from typing import Any

from django.core.exceptions import ImproperlyConfigured

ACCOUNT_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]

AUTHENTICATION_BACKENDS = ["members.backends.PersonBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
# One door for site and editor: a second form that asks for a password only would go round the second factor.
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_RESET_ENABLED = False
# Addresses and passwords change on the account's own pages, where who asks is asked who they are.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False

# The e-mail address is the login; people have no other name for signing in.
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 8
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "members.accounts.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "members.accounts.forms.NameForm"
ACCOUNT_FORMS = {"signup": "members.accounts.signup.SignupForm"}
# Links in mail work for a day, codes for ten minutes, each once. Mail scanners open links: a button confirms.
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
PASSWORD_RESET_TIMEOUT = int(timedelta(days=1).total_seconds())
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = int(timedelta(minutes=10).total_seconds())
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# What could lock somebody out of their account asks who they are, once in five minutes.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(timedelta(minutes=5).total_seconds())
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
# A session ends by itself after two weeks.
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
ACCOUNT_RATE_LIMITS = {
    "login": "60/5m/ip",
    "login_failed": "10/5m/key,50/5m/ip",
    "signup": "5/h/ip",
    "reset_password": "20/h/ip,5/d/key",
    "request_login_code": "20/h/ip,5/10m/key",
    "confirm_email": "1/1m/key",
}

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
# Without a confirmed address nobody gets in at all, so another one may wait for confirmation beside it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Interurban"
# A code that was typed as its half minute ended is taken, too (RFC 6238, section 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True

SOCIALACCOUNT_ADAPTER = "members.accounts.social.SocialAdapter"
# An address of its own domains that a provider says it has confirmed may sign in to the account that has it;
# one that it has not confirmed joins nothing and links nothing.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "mandatory"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False

_NEEDED = ("id", "name", "domains", "server_url", "client_id", "secret")


def oidc_providers(text: str) -> dict[str, Any]:
    """Return allauth's SOCIALACCOUNT_PROVIDERS for the setting OIDC_PROVIDERS, a JSON list of objects.

    Raises ImproperlyConfigured where something is missing, and says what.
    """
    try:
        entries = json.loads(text or "[]")
        apps = [_app(entry) for entry in entries]
    except (ValueError, TypeError, AttributeError) as error:
        raise ImproperlyConfigured(
            f"OIDC_PROVIDERS must be a JSON list of objects with {', '.join(_NEEDED)}: {error}"
        ) from error
    return {"openid_connect": {"APPS": apps, "OAUTH_PKCE_ENABLED": True}}


def _app(entry: dict[str, Any]) -> dict[str, Any]:
    missing = [name for name in _NEEDED if not entry.get(name)]
    if missing:
        raise ValueError(f"{', '.join(missing)} missing in the entry “{entry.get('id', '?')}”")
    if not isinstance(entry["domains"], list):
        raise ValueError(f"domains must be a list in the entry “{entry['id']}”")
    return {
        "provider_id": entry["id"],
        "name": entry["name"],
        "client_id": entry["client_id"],
        "secret": entry["secret"],
        "settings": {
            "server_url": entry["server_url"],
            "domains": [domain.lower() for domain in entry["domains"]],
        },
    }
