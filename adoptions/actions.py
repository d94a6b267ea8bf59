"""What a municipality says of what it takes up. Each is one transaction; who may is asked in it, not before."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext, log

from adoptions import history
from adoptions.models import NEED_A_REASON, Adoption, State
from adoptions.permissions import may_declare
from adoptions.states import source_of
from core.events import public_content_changed
from core.happenings import happened
from members.audience import can_see, reader_for
from members.models import MunicipalityPage, Person, RoleGrant
from members.refusal import Refused
from members.roles.rules import may_manage

# What a municipality says; the rest of a record is the site's business.
FIELDS = (
    "state", "since", "reason", "version", "changes", "months_saved", "may_contact", "audience", "thanks",
    "thanks_shown",
)  # fmt: skip


@transaction.atomic
def declare(
    *, by: Person, source_id: int, said: Mapping[str, Any], corrects: bool = False, seen: str = ""
) -> Adoption:
    """Say how one's municipality stands with a case study or playbook: anew, or further on.

    `corrects` says that the last state was wrong, and not only that another follows. `seen` is the stamp of the
    record that the person had before them: where it has changed since, nothing is overwritten. The same twice has
    one effect. Raises Refused with what to do instead.
    """
    town = _town_of(by)
    source = source_of(source_id, reader_for(by))
    if source is None:
        raise Refused(_("This case study or playbook is not there (any more)."))
    if source.municipality_id == town.pk:
        raise Refused(
            _("This is your own. Others adopt it; you keep its stage up to date on the page itself.")
        )
    adoption = Adoption.objects.filter(municipality=town, source_id=source_id).first()
    if adoption is not None and _says(adoption, said):
        return adoption
    _require_current(adoption, seen)
    _require_order(adoption, said, corrects)
    verb = "adoption.changed" if adoption else "adoption.declared"
    adoption = _write(adoption or Adoption(municipality=town, source_id=source_id), said, corrects, by)
    happened(verb, Adoption.kind, adoption.pk, by=by, to=_responsible(source, adoption))
    return adoption


def _town_of(by: Person) -> MunicipalityPage:
    """The person's municipality, locked: two colleagues who declare at once wait for one another."""
    town = MunicipalityPage.objects.select_for_update().filter(pk=by.municipality_id, live=True).first()
    if town is None or not may_declare(by):
        raise Refused(
            _("Contributors and publishers of a municipality declare what it adopts: ask one of yours.")
        )
    return town


def _says(adoption: Adoption, said: Mapping[str, Any]) -> bool:
    return all(getattr(adoption, name) == said[name] for name in FIELDS if name in said)


def stamp(adoption: Adoption | None) -> str:
    """What tells one state of a record from another; empty where there is no record yet."""
    return adoption.updated.isoformat() if adoption else ""


def _require_current(adoption: Adoption | None, seen: str) -> None:
    if adoption is not None and stamp(adoption) != seen:
        raise Refused(
            _(
                "A colleague has changed this record meanwhile: %(state)s since %(since)s. Check it, then save again."
            )
            % {"state": adoption.get_state_display(), "since": date_format(adoption.since)}
        )


def _require_order(adoption: Adoption | None, said: Mapping[str, Any], corrects: bool) -> None:
    """The record is honest: nothing of the future, no state before the one it follows, no end without a reason."""
    if said["since"] > timezone.localdate():
        raise Refused(_("This day has not come yet: choose “planning”, and say so when it has."))
    if said["state"] in NEED_A_REASON and not said.get("reason", "").strip():
        raise Refused(_("Say why: nobody learns from a “no” without its reason."))
    moves_on = adoption is not None and said["state"] != adoption.state and not corrects
    if moves_on and adoption is not None and said["since"] < adoption.since:
        raise Refused(
            _("The state before this one is dated %(since)s. If that was wrong, tick that you correct it.")
            % {"since": date_format(adoption.since)}
        )


def _write(adoption: Adoption, said: Mapping[str, Any], corrects: bool, by: Person) -> Adoption:
    # The same state with another date or reason is never a new one.
    same_state = adoption.pk and said["state"] == adoption.state
    tells_otherwise = any(said[name] != getattr(adoption, name) for name in ("state", "since", "reason"))
    if adoption.pk and tells_otherwise and (corrects or same_state):
        history.mark_corrected(adoption)
    for name in FIELDS:
        setattr(adoption, name, said.get(name, getattr(adoption, name)))
    with LogContext(user=by):
        adoption.save()
    return adoption


def _responsible(source: Any, adoption: Adoption) -> list[int]:
    """Those who answer for the source and may see the adoption."""
    publishers = RoleGrant.objects.publishers(source.municipality).select_related("person")
    return [grant.person_id for grant in publishers if can_see(reader_for(grant.person), adoption)]


@transaction.atomic
def erase(*, by: Person, adoption: Adoption) -> None:
    """Remove a record that never should have been; what was stopped is “stopped” instead. Twice has one effect."""
    town = _town_of(by)
    found = Adoption.objects.select_related("source").filter(pk=adoption.pk, municipality=town).first()
    if found is None:
        return
    log(
        instance=town,
        action="adoption.erase",
        user=by,
        data={"source": found.source_id, "state": State(found.state)},
    )
    found.delete()


@transaction.atomic
def hide_thanks(*, by: Person, adoption: Adoption, hidden: bool) -> None:
    """Whoever is thanked decides whether the note stands on their municipality's page."""
    source = adoption.source.specific
    if not may_manage(by, source.municipality):
        raise Refused(_("Only the publishers of the municipality that is thanked decide that."))
    Adoption.objects.filter(pk=adoption.pk).update(thanks_hidden=hidden)
    public_content_changed()
