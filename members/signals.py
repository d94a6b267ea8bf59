"""Municipalities and people are found by search too: their changes go into the log."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from core.events import record, record_all
from core.log import Reason
from members.models import MunicipalityPage, Person


@receiver(page_published, sender=MunicipalityPage)
def municipality_published(instance: MunicipalityPage, **kwargs: Any) -> None:
    record(MunicipalityPage.kind, instance.pk)


@receiver(page_unpublished, sender=MunicipalityPage)
def municipality_unpublished(instance: MunicipalityPage, **kwargs: Any) -> None:
    record(MunicipalityPage.kind, instance.pk, Reason.DELETE)


@receiver(post_delete, sender=MunicipalityPage)
def municipality_deleted(instance: MunicipalityPage, **kwargs: Any) -> None:
    record(MunicipalityPage.kind, instance.pk, Reason.DELETE)


@receiver(page_published, sender=MunicipalityPage)
def colleagues_changed(instance: MunicipalityPage, **kwargs: Any) -> None:
    """People are found by the name of their municipality."""
    record_all(Person.kind, instance.people.values_list("pk", flat=True))


@receiver(page_unpublished, sender=MunicipalityPage)
def colleagues_withdrawn(instance: MunicipalityPage, **kwargs: Any) -> None:
    """People of a municipality that is not there are not listed."""
    record_all(Person.kind, instance.people.values_list("pk", flat=True), Reason.AUDIENCE)


@receiver(post_save, sender=Person)
def person_saved(instance: Person, update_fields: Any = None, **kwargs: Any) -> None:
    """Who leaves or is suspended must not be found any more; signing in changes nothing."""
    if update_fields is None or set(update_fields) - {"last_login", "password"}:
        record(Person.kind, instance.pk, Reason.AUDIENCE)


@receiver(post_delete, sender=Person)
def person_deleted(instance: Person, **kwargs: Any) -> None:
    record(Person.kind, instance.pk, Reason.DELETE)
