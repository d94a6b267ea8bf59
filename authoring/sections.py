"""What authoring says on the page of an item: what changed when, and, for those who write on it, the way to its draft."""

from typing import Any

from casestudies.models import CaseStudyPage
from core.slots import Section, register
from members.roles.models import Role
from members.roles.rules import roles_of


def editions(request: Any, item: Any) -> Section:
    """The way to the editions, and to the draft for whoever may write on it."""
    writes = _may_write(request.user, item)
    context = {"item": item, "writes": writes, "here": isinstance(item, CaseStudyPage)}
    return Section("authoring/sections/editions.html", context)


def _may_write(user: Any, item: Any) -> bool:
    """The editor's rule by what is known of whoever asks, so that reading a page costs no query more."""
    if not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    grants = [grant for grant in roles_of(user) if grant.municipality_id == item.municipality_id]
    return any(grant.role == Role.PUBLISHER or item.owner_id == user.pk for grant in grants)


register("item", editions, order=90)
