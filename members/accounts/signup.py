"""Signing up takes as long for an address that is known as for one that is new."""

from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.account.models import EmailAddress
from allauth.account.utils import has_verified_email, setup_user_email
from django.db import transaction
from django.utils.crypto import get_random_string

from members.models import Person


class SignupForm(AllauthSignupForm):
    """As allauth's, which works for a new person only: the time it takes would tell."""

    def try_save(self, request: Any) -> Any:
        if self.account_already_exists:
            self._work_for_nothing(request)
        return super().try_save(request)

    def _work_for_nothing(self, request: Any) -> None:
        """Hash the password and save somebody, and undo it: what a new address would have cost."""
        with transaction.atomic():
            person = Person(email=f"{get_random_string(24).lower()}@nobody.invalid", first_name="x")
            person.set_password(self.cleaned_data.get("password1") or None)
            person.save()
            self.custom_signup(request, person)
            setup_user_email(request, person, [EmailAddress(email=person.email)])
            # As allauth asks, to see whether a new person must still show that the address is theirs.
            has_verified_email(person)
            EmailAddress.objects.filter(user=person).first()
            transaction.set_rollback(True)
