"""An adoption changes how its source is found and what pages count."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from adoptions.models import Adoption
from core.events import public_content_changed, record
from library.models import LibraryPage


@receiver([post_save, post_delete], sender=Adoption)
def adoption_changed(instance: Adoption, **kwargs: Any) -> None:
    if kwargs.get("raw"):
        return
    source = instance.source.specific
    if isinstance(source, LibraryPage):
        record(source.kind, source.pk)
    public_content_changed()
