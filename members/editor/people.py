"""People in the Wagtail admin: an address that an administrator enters is one that lets in, and the only such."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet


class AddressForm(forms.ModelForm):
    """The part that both forms share."""

    def clean_email(self) -> str:
        """In lower case, and nobody else's."""
        from members.accounts import vouching

        address = str(self.cleaned_data["email"]).strip().lower()
        if vouching.is_anothers(address, self.instance):
            raise forms.ValidationError(_("Somebody else has confirmed this address as theirs."))
        return address

    def save(self, commit: bool = True) -> Any:
        """With the address, whoever signs in with it."""
        from members.accounts import vouching
        from members.models import Person

        stored = Person.objects.filter(pk=self.instance.pk).values_list("email", flat=True)
        before = stored.first() or ""
        person = super().save(commit)
        if commit and before != person.email:
            vouching.vouch_for(person, before=before)
        return person


class PersonCreationForm(AddressForm, UserCreationForm):
    """A new account."""


class PersonEditForm(AddressForm, UserEditForm):
    """Somebody's account."""


class PersonViewSet(UserViewSet):
    """Wagtail's own, with our forms."""

    def get_form_class(self, for_update: bool = False) -> type[AddressForm]:
        """The form to add or to change somebody with."""
        return PersonEditForm if for_update else PersonCreationForm
