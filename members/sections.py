"""What this app says on its own pages to those who answer for them."""

from typing import Any

from core.slots import Section, register
from members.audit.scope import scope_of
from members.municipalities import Tier
from members.roles import rules


def log_of_municipality(request: Any, municipality: Any) -> Section | None:
    """The way to the log, for those who answer for this municipality."""
    return Section("members/audit/link.html") if rules.may_manage(request.user, municipality) else None


def log_of_group(request: Any, group: Any) -> Section | None:
    """The way to the log, for the leads of this group."""
    scope = scope_of(request.user)
    return Section("members/audit/link.html") if scope.everything or group.pk in scope.group_ids else None


def municipalities_alike(request: Any, municipality: Any) -> Section | None:
    """The way to municipalities like this one."""
    if municipality.tier == Tier.NONE:
        return None
    return Section("members/alike_link.html", {"municipality": municipality})


register("municipality", municipalities_alike, order=90)
register("municipality", log_of_municipality, order=95)
register("group", log_of_group, order=95)
