"""What the account's pages call things. Templates say the rest; mail has its words in `mails`."""

from typing import Any

from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Any] = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "password1": _("Password"),
    "password2": _("The same password again"),
    "oldpassword": _("Your password until now"),
    "code": _("Code"),
    "name": _("A name for this passkey"),
    "passwordless": _("Sign in with this passkey alone, without password or code"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
}

HINTS: dict[str, Any] = {
    "email": _("Your work address, so that your municipality recognises you."),
    "password1": _(
        "At least 12 characters. Leave it empty to sign in by codes that we send you, or by passkey."
    ),
    "new": _("At least 12 characters, and none of the well-known ones."),
    "name": _("For example “Laptop at the town hall”."),
}

# What allauth says after an action, by the name of its template.
MESSAGES: dict[str, Any] = {
    "account/messages/cannot_delete_primary_email.txt": _(
        "%(email)s is your main address: make another one the main address first."
    ),
    "account/messages/email_confirmation_failed.txt": _("%(email)s belongs to another account."),
    "account/messages/email_confirmation_sent.txt": _("We have sent a link to %(email)s."),
    "account/messages/email_confirmed.txt": _("%(email)s is confirmed."),
    "account/messages/email_deleted.txt": _("%(email)s has been removed."),
    "account/messages/logged_in.txt": _("You are signed in."),
    "account/messages/logged_out.txt": _("You have signed out."),
    "account/messages/login_code_sent.txt": _("We have sent a code to %(recipient)s."),
    "account/messages/password_changed.txt": _("Your password is changed. Your other sessions have ended."),
    "account/messages/password_set.txt": _("Your password is set. Your other sessions have ended."),
    "account/messages/primary_email_set.txt": _("Your main address is changed."),
    "account/messages/unverified_primary_email.txt": _(
        "An address must be confirmed before it can be the main one."
    ),
    "mfa/messages/recovery_codes_generated.txt": _(
        "Here are your recovery codes. Keep them safe: they are shown only now."
    ),
    "mfa/messages/totp_activated.txt": _("Your authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("Your authenticator app is no longer asked for."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is set up."),
    "mfa/messages/webauthn_removed.txt": _("The passkey has been removed."),
    "socialaccount/messages/account_connected.txt": _("Your municipality’s sign-in is connected."),
    "socialaccount/messages/account_connected_updated.txt": _("Your municipality’s sign-in is connected."),
    "socialaccount/messages/account_connected_other.txt": _(
        "This sign-in is connected to another account already."
    ),
    "socialaccount/messages/account_disconnected.txt": _("Your municipality’s sign-in is disconnected."),
    "usersessions/messages/sessions_logged_out.txt": _("All other sessions have ended."),
}

ERRORS: dict[str, Any] = {
    "account_inactive": _("This account is not in use."),
    "cannot_remove_primary_email": _("This is your main address: make another one the main address first."),
    "duplicate_email": _("This address is on your account already."),
    "email_password_mismatch": _(
        "The address and the password do not belong together. Try again, or ask for a code."
    ),
    "email_taken": _("This address belongs to an account already."),
    "enter_current_password": _("This is not your password until now."),
    "incorrect_code": _(
        "This code is wrong, or older than ten minutes. Copy it again, or ask for a new one."
    ),
    "incorrect_password": _("This password is wrong."),
    "max_email_addresses": _("An account has at most %d addresses: remove one first."),
    "too_many_login_attempts": _(
        "Too many attempts with this address. Wait five minutes, or ask for a code."
    ),
    "rate_limited": _("That was too often. Wait a few minutes, then try again."),
    "invalid_password_reset": _("This link has been used, or is older than a day."),
}

# How somebody who is signed in shows that it is still they.
WAYS: dict[str, Any] = {
    "reauthenticate": _("With my password"),
    "reauthenticate_by_code": _("With a code by mail"),
    "mfa_reauthenticate": _("With my authenticator app or a recovery code"),
    "mfa_reauthenticate:webauthn": _("With a passkey"),
}
