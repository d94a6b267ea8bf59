"""What we change in django-allauth: our words, mail that may fail, limits that say when to come back."""

from smtplib import SMTPException
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from members.accounts import limits, mails
from members.accounts.wording import ERRORS, MESSAGES, WAYS

log = structlog.get_logger("accounts")


class AccountAdapter(DefaultAccountAdapter):
    """Signing up and in."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ERRORS}

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """What is wrong with a form; whoever tries too often is told so with a status of its own."""
        if code in limits.CODES:
            raise ImmediateHttpResponse(limits.too_many(allauth_context.request))
        return super().validation_error(code, *args)

    def add_message(
        self,
        request: Any,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what was done, in our own words."""
        if message is None and message_template in MESSAGES:
            message = str(MESSAGES[message_template]) % (message_context or {})
        super().add_message(request, level, message_template, message_context, extra_tags, message)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send at once. A mail server that is down is told to whoever waits for the mail, known or not."""
        request = allauth_context.request
        words = {"email": email, **_addresses(request, context), **context}
        try:
            mails.render(template_prefix, email, words).send()
        except (OSError, SMTPException) as error:
            log.error("mail_failed", mail=template_prefix, error=type(error).__name__)
            messages.error(request, _("We could not send mail just now. Try again in a few minutes."))

    def authentication_failed(self, request: Any, **credentials: Any) -> None:
        """Note that somebody failed, without saying who it was or what they typed."""
        log.warning(
            "sign_in_failed", login=limits.masked(credentials.get("email", "")), ip=_ip(self, request)
        )

    def get_login_redirect_url(self, request: Any) -> str:
        """The home page; for whoever belongs nowhere yet, the page that says how to join."""
        settled = request.user.municipality_id or request.user.is_superuser
        return _page_for(request, "" if settled else "welcome/")

    def get_signup_redirect_url(self, request: Any) -> str:
        """The newcomer's page, unless the page they came from is waiting."""
        return _page_for(request, "welcome/")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """The newcomer's page says where the address has led; whoever is not signed in does that first."""
        if self.request.user.is_authenticated:
            return _page_for(self.request, "welcome/")
        return reverse("account_login")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """How somebody who is signed in can show that it is still they, in our words."""
        methods = super().get_reauthentication_methods(user)
        return [
            {**method, "description": WAYS.get(method["id"], method["description"])} for method in methods
        ]


def _page_for(request: Any, path: str) -> str:
    """In the language that the person has chosen, or was reading."""
    return f"/{request.user.language or get_language()}/{path}"


def _ip(adapter: DefaultAccountAdapter, request: Any) -> str:
    return adapter.get_client_ip(request)


def _addresses(request: Any, context: dict[str, Any]) -> dict[str, str]:
    """Where a mail leads. A code stands behind the #, which no browser sends and no server logs."""
    code_url = request.build_absolute_uri(reverse("account_confirm_login_code"))
    following = request.POST.get("next") or request.GET.get("next")
    query = f"?{urlencode({'next': following})}" if following else ""
    return {
        "login_url": request.build_absolute_uri(reverse("account_login")),
        "code_url": f"{code_url}{query}#{context.get('code', '')}",
    }
