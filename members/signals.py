"""Municipalities are found by search too: their changes go into the log."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from core.events import record
from core.log import Reason
from members.models import MunicipalityPage


@receiver(page_published, sender=MunicipalityPage)
def municipality_published(instance: MunicipalityPage, **kwargs: Any) -> None:
    record(MunicipalityPage.kind, instance.pk)


@receiver(page_unpublished, sender=MunicipalityPage)
def municipality_unpublished(instance: MunicipalityPage, **kwargs: Any) -> None:
    record(MunicipalityPage.kind, instance.pk, Reason.DELETE)


@receiver(post_delete, sender=MunicipalityPage)
def municipality_deleted(instance: MunicipalityPage, **kwargs: Any) -> None:
    record(MunicipalityPage.kind, instance.pk, Reason.DELETE)
