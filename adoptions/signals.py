"""An adoption changes how its source is found and what pages count."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from adoptions import history
from adoptions.models import Adoption
from core.events import public_content_changed, record
from core.log import Reason
from library.models import LibraryPage
from members.models import MunicipalityPage


@receiver(post_save, sender=Adoption)
def state_kept(instance: Adoption, raw: bool = False, **kwargs: Any) -> None:
    """By whatever way a record is changed, its states over time are kept."""
    if not raw:
        history.keep(instance)


@receiver([post_save, post_delete], sender=Adoption)
def adoption_changed(instance: Adoption, **kwargs: Any) -> None:
    if kwargs.get("raw"):
        return
    _source_changed(instance)
    public_content_changed()


@receiver([page_published, page_unpublished], sender=MunicipalityPage)
def adopter_changed(instance: MunicipalityPage, **kwargs: Any) -> None:
    """Its name is shown with what it took up."""
    for adoption in instance.adoptions.in_use().select_related("source"):
        _source_changed(adoption)


def _source_changed(adoption: Adoption) -> None:
    source = adoption.source.specific
    if isinstance(source, LibraryPage):
        # What the index says of adopters is shown as it stands: fenced until it has heard of the change.
        record(source.kind, source.pk, Reason.AUDIENCE)
