"""Roles follow where people belong, whatever way that was changed."""

from typing import Any

from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.signals import page_published

from members.models import MunicipalityPage, Person
from members.roles import sync
from members.roles.models import RoleGrant, Workplace


@receiver(pre_save, sender=Person)
def remember_municipality(
    instance: Person, update_fields: Any = None, raw: bool = False, **kwargs: Any
) -> None:
    """Keep where the person belonged."""
    may_move = update_fields is None or {"municipality", "municipality_id"} & set(update_fields)
    instance._moved_from = None  # type: ignore[attr-defined]
    if instance.pk and may_move and not raw:
        stored = Person.objects.filter(pk=instance.pk).values_list("municipality", flat=True).first()
        if stored and stored != instance.municipality_id:
            instance._moved_from = stored  # type: ignore[attr-defined]


@receiver(post_save, sender=Person)
def drop_roles_of_who_moved(instance: Person, **kwargs: Any) -> None:
    """Whoever leaves a municipality leaves every role that came with the job, in the same transaction."""
    left = getattr(instance, "_moved_from", None)
    if left is None:
        return
    instance._moved_from = None  # type: ignore[attr-defined]
    instance.__dict__.pop("known_roles", None)
    if RoleGrant.objects.filter(person=instance).delete()[0]:
        sync.sync_municipality(MunicipalityPage.objects.get(pk=left))
        sync.sync_site_roles()


@receiver(page_published, sender=MunicipalityPage)
def municipality_renamed(instance: MunicipalityPage, **kwargs: Any) -> None:
    """Its groups and collection carry its name."""
    place = Workplace.objects.filter(municipality=instance).first()
    if place:
        sync.rename(place, instance)


@receiver(pre_delete, sender=MunicipalityPage)
def municipality_deleted(instance: MunicipalityPage, **kwargs: Any) -> None:
    """Its groups go with it; its collection stays, for it may hold files."""
    place = Workplace.objects.filter(municipality=instance).first()
    if place:
        groups = [place.contributors, place.publishers, *filter(None, (place.workflow, place.task))]
        place.delete()
        for group in groups:
            group.delete()
