"""Organisations that are not municipalities but publish items: imported examples, the project itself."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from library.interchange.problems import InterchangeError
from members.models import MunicipalityIndexPage, MunicipalityPage
from members.municipalities import Status, Tier


@transaction.atomic
def ensure_organisation(name: str, *, by: Any = None, about: str = "") -> bool:
    """Add the organisation below the list of municipalities if nothing has its name. Say whether it did."""
    if MunicipalityPage.objects.named(name).exists():
        return False
    index = MunicipalityIndexPage.objects.first()
    if index is None:
        raise InterchangeError(_("The site is empty. Run `manage.py load_reference_data` first."))
    page = MunicipalityPage(
        title=name,
        slug=_free_slug(index, name),
        official_name=name,
        status=Status.ORGANISATION,
        tier=Tier.NONE,
        about=about,
    )
    index.add_child(instance=page)
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    return True


def _free_slug(index: MunicipalityIndexPage, name: str) -> str:
    slug = slugify(name) or "organisation"
    taken = set(index.get_children().values_list("slug", flat=True))
    return next(s for s in (slug, *(f"{slug}-{n}" for n in range(2, 1000))) if s not in taken)
