"""The words of all mail about accounts, by the names that allauth gives it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Text:
    """Subject and body; `notice` is added where something changed that the reader may not have done."""

    subject: Any
    body: Any
    notice: bool = False


IGNORE = gettext_lazy("If this was not you, nothing happens: ignore this mail.")

TEXTS: dict[str, Text] = {
    "account/email/email_confirmation_signup": Text(
        gettext_lazy("Confirm your address"),
        gettext_lazy(
            "Welcome to %(site)s. "
            "Confirm your address, and your account is ready:\n\n"
            "%(activate_url)s\n\n"
            "The link works for one day, once."
        ),
    ),
    "account/email/email_confirmation": Text(
        gettext_lazy("Confirm your address"),
        gettext_lazy(
            "Somebody has entered this address on %(site)s, probably you. "
            "Confirm that it is yours:\n\n"
            "%(activate_url)s\n\n"
            "The link works for one day, once."
        ),
    ),
    "account/email/account_already_exists": Text(
        gettext_lazy("You have an account already"),
        gettext_lazy(
            "Somebody wanted to sign up to %(site)s with this address, probably you. "
            "You have an account already: sign in with a code that we send you.\n\n"
            "%(login_url)s\n\n"
            "Or choose a new password:\n\n"
            "%(password_reset_url)s"
        ),
    ),
    "account/email/unknown_account": Text(
        gettext_lazy("There is no account with this address"),
        gettext_lazy(
            "Somebody asked for access to %(site)s with this address, probably you. "
            "No account has it. "
            "Perhaps you signed up with another one? "
            "If you have no account yet, sign up:\n\n"
            "%(signup_url)s"
        ),
    ),
    "account/email/login_code": Text(
        gettext_lazy("Your code: %(code)s"),
        gettext_lazy(
            "Your code for signing in to %(site)s:\n\n"
            "%(code)s\n\n"
            "Or open this link in the browser that asked for the code:\n\n"
            "%(code_url)s\n\n"
            "Both work for ten minutes, once. "
            "Give them to nobody."
        ),
    ),
    "account/email/password_reset_key": Text(
        gettext_lazy("Choose a new password"),
        gettext_lazy(
            "Choose a new password for %(site)s:\n\n"
            "%(password_reset_url)s\n\n"
            "The link works for one day, once."
        ),
    ),
    "account/email/email_changed": Text(
        gettext_lazy("Your main address has changed"),
        gettext_lazy("The main address of your account is now %(to_email)s instead of %(from_email)s."),
        True,
    ),
    "account/email/email_confirm": Text(
        gettext_lazy("Your address is confirmed"),
        gettext_lazy("An address of your account has been confirmed."),
        True,
    ),
    "account/email/email_deleted": Text(
        gettext_lazy("An address was removed"),
        gettext_lazy("%(deleted_email)s has been removed from your account."),
        True,
    ),
    "account/email/password_changed": Text(
        gettext_lazy("Your password has changed"),
        gettext_lazy("The password of your account has been changed."),
        True,
    ),
    "account/email/password_reset": Text(
        gettext_lazy("Your password has changed"),
        gettext_lazy("A new password has been chosen for your account, with a link that we sent you."),
        True,
    ),
    "account/email/password_set": Text(
        gettext_lazy("Your account has a password"),
        gettext_lazy("A password has been set for your account."),
        True,
    ),
    "mfa/email/recovery_codes_generated": Text(
        gettext_lazy("New recovery codes"),
        gettext_lazy("New recovery codes have been made for your account. The old ones no longer work."),
        True,
    ),
    "mfa/email/totp_activated": Text(
        gettext_lazy("Authenticator app set up"),
        gettext_lazy("Your account now asks for a code of an authenticator app."),
        True,
    ),
    "mfa/email/totp_deactivated": Text(
        gettext_lazy("Authenticator app turned off"),
        gettext_lazy("Your account no longer asks for a code of an authenticator app."),
        True,
    ),
    "mfa/email/webauthn_added": Text(
        gettext_lazy("Passkey set up"),
        gettext_lazy("A passkey has been added to your account."),
        True,
    ),
    "mfa/email/webauthn_removed": Text(
        gettext_lazy("Passkey removed"),
        gettext_lazy("A passkey has been removed from your account."),
        True,
    ),
    "socialaccount/email/account_connected": Text(
        gettext_lazy("Sign-in connected"),
        gettext_lazy("Your account can now be opened with the sign-in of %(provider)s."),
        True,
    ),
    "socialaccount/email/account_disconnected": Text(
        gettext_lazy("Sign-in disconnected"),
        gettext_lazy("Your account can no longer be opened with the sign-in of %(provider)s."),
        True,
    ),
}
