"""Addresses that an administrator says are somebody's, as the editor's form for people lets them do."""

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction

from core.events import after_commit
from members.joining.actions import join_by_domain
from members.models import Person


def is_anothers(address: str, person: Person) -> bool:
    """Whether somebody else has confirmed this address: it cannot be given to a second person."""
    taken = EmailAddress.objects.filter(email__iexact=address, verified=True)
    return taken.exclude(user_id=person.pk).exists()


@transaction.atomic
def vouch_for(person: Person, *, before: str) -> None:
    """Make the person's main address the one that lets them in; the main one `before` does so no more.

    Whoever signed in with what was there before has to sign in again.
    """
    if before and before != person.email:
        for lost in EmailAddress.objects.filter(user=person, email__iexact=before):
            lost.delete()
        for session in UserSession.objects.filter(user=person):
            after_commit(session.end)
    EmailAddress.objects.filter(email__iexact=person.email, verified=False).exclude(user=person).delete()
    EmailAddress.objects.filter(user=person, primary=True).exclude(email=person.email).update(primary=False)
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    join_by_domain(person)
