"""What people change about themselves."""

from typing import Any

from django.db import transaction

from members.models import Person

_PROFILE = ("first_name", "last_name", "job_title", "language")


@transaction.atomic
def change_profile(*, by: Person, **fields: Any) -> None:
    """Change one's names, job title and language. Anything else raises ValueError."""
    if set(fields) - set(_PROFILE):
        raise ValueError("Only names, job title and language are a person's own to change.")
    person = Person.objects.select_for_update().get(pk=by.pk)
    for name, value in fields.items():
        setattr(person, name, value)
    person.save(update_fields=list(fields))
