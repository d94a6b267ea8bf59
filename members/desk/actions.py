"""What publishers change about their municipality's page."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from wagtail.log_actions import log

from core.models import Picture
from members.models import MunicipalityPage, Person
from members.roles import actions as roles
from members.roles.models import Workplace

FIELDS = ("about", "website", "contact_mailbox", "default_licence", "default_audience")


@transaction.atomic
def change_profile(
    *, by: Person, municipality: MunicipalityPage, values: dict[str, Any], logo: UploadedFile | None = None
) -> None:
    """Write the profile down and publish it; a new logo goes into the municipality's own collection."""
    town = roles.locked(municipality)
    roles.require_manager(by, town)
    changed = [name for name in FIELDS if name in values and getattr(town, name) != values[name]]
    for name in changed:
        setattr(town, name, values[name])
    if logo is not None:
        town.logo = _picture(town, logo, by)
        changed.append("logo")
    if changed:
        town.save_revision(user=by).publish(user=by, skip_permission_checks=True)
        log(instance=town, action="role.profile", user=by, data={"fields": changed})


def _picture(town: MunicipalityPage, file: UploadedFile, by: Person) -> Picture:
    place = Workplace.objects.filter(municipality=town).first()
    picture = Picture(
        title=town.official_name, file=file, uploaded_by_user=by, description=town.official_name
    )
    if place is not None:
        picture.collection = place.collection
    picture.save()
    return picture
