"""Files and pictures that came before a municipality had anybody to look after them."""

from typing import Any

from wagtail.models import Collection

from core.models import Attachment, File, Picture
from members.roles.models import Workplace


def gather(place: Workplace) -> int:
    """Bring what only this municipality's pages show, and lies in nobody's collection, into its own.

    Returns how many that was.
    """
    nobodys = Collection.get_first_root_node()
    shown = Attachment.objects.filter(page__path__startswith=place.municipality.path)
    elsewhere = Attachment.objects.exclude(page__path__startswith=place.municipality.path)
    moved = 0
    for model, field in ((File, "file"), (Picture, "picture")):
        mine: Any = model.objects.filter(collection=nobodys, pk__in=shown.values(field))
        others = elsewhere.filter(**{f"{field}__isnull": False}).values(field)
        moved += mine.exclude(pk__in=others).update(collection=place.collection)
    return moved
