"""What happens to a person's addresses decides whether they are let in, and whether they stay."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver

from members.joining import actions


@receiver(email_confirmed)
def address_confirmed(email_address: EmailAddress, **kwargs: Any) -> None:
    """A confirmed address at a verified domain joins at once."""
    actions.join_by_domain(email_address.user)


@receiver(pre_save, sender=EmailAddress)
def remember_address(instance: EmailAddress, **kwargs: Any) -> None:
    """Keep what the address was: a change of it, or of its being confirmed, is a loss."""
    stored = EmailAddress.objects.filter(pk=instance.pk).first() if instance.pk else None
    instance._was = (stored.email, stored.user_id) if stored and stored.verified else None


@receiver(post_save, sender=EmailAddress)
def address_saved(instance: EmailAddress, **kwargs: Any) -> None:
    """Ask again on what ground the person belongs where they are."""
    was = getattr(instance, "_was", None)
    if was and (was != (instance.email, instance.user_id) or not instance.verified):
        actions.review_addresses(instance.user)


@receiver(post_delete, sender=EmailAddress)
def address_removed(instance: EmailAddress, **kwargs: Any) -> None:
    """Ask again, unless the account itself is being deleted."""
    from members.models import Person

    person = Person.objects.filter(pk=instance.user_id).first()
    if person:
        actions.review_addresses(person)
