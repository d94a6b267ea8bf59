"""Two accounts of one person become one. Both are proven: one by being signed in, the other by its mail."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import IntegrityError, models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from members.accounts.factors import has_second_factor
from members.identity.belongings import Belonging, belonging, records, relations
from members.identity.closing import retire
from members.mail import send_later
from members.models import Person
from members.refusal import Refused
from members.roles import actions as roles
from members.roles import sync

_SALT = "members.merge"
_DAY = 24 * 60 * 60
A_DAY = 5


def ask(*, by: Person, email: str, url_of: Any) -> None:
    """Send the other account's address a link, if there is such an account; the asker is told the same."""
    email = email.strip().lower()
    address = EmailAddress.objects.filter(email=email, verified=True, user__is_active=True).first()
    since = timezone.now() - timedelta(days=1)
    asked = ModelLogEntry.objects.filter(user=by, action="person.ask_merge", timestamp__gte=since)
    if asked.count() >= A_DAY:
        raise Refused(_("You have asked several times today: go on tomorrow."))
    log(instance=by, action="person.ask_merge", user=by)
    if address is None or address.user_id == by.pk:
        return
    token = token_for(by=by, other=address.user, email=email)
    send_later(
        "members/identity/mail/merge",
        email,
        address.user.language or translation.get_language() or "",
        {"site": settings.WAGTAIL_SITE_NAME, "email": by.email, "url": url_of(token)},
    )


def token_for(*, by: Person, other: Person, email: str) -> str:
    """What a link holds: bound to both accounts and to the address it goes to."""
    return signing.dumps([by.pk, other.pk, email], salt=_SALT)


def other_of(*, by: Person, token: str) -> Person:
    """The account that a link is about. Raises Refused for a link that is old, used, or somebody else's."""
    try:
        keeper, other, email = signing.loads(token, salt=_SALT, max_age=_DAY)
    except signing.BadSignature:
        keeper = other = email = None
    found = Person.objects.filter(pk=other, is_active=True, emailaddress__email=email).first()
    if found is None or keeper != by.pk:
        raise Refused(_("This link has been used, is older than a day, or belongs to another account."))
    return found


@transaction.atomic
def merge(*, by: Person, token: str) -> None:
    """Make the other account part of the one that is signed in. Twice has one effect: the second is refused."""
    other = other_of(by=by, token=token)
    email = other.email
    locked = {
        p.pk: p for p in Person.objects.select_for_update().filter(pk__in=[by.pk, other.pk]).order_by("pk")
    }
    keeper, other = locked[by.pk], locked[other.pk]
    _require_mergeable(keeper, other)
    _move_municipality(keeper, other)
    EmailAddress.objects.filter(user=other).update(primary=False)
    for model, field in relations():
        _move(model, field, keeper, other)
    _fill_profile(keeper, other)
    retire(other, former_municipality=None, merged_into=keeper)
    if keeper.municipality_id:
        sync.sync_municipality(keeper.municipality)
    sync.sync_site_roles()
    log(instance=keeper, action="person.merge", user=keeper, data={"merged": other.pk})
    words = {"site": settings.WAGTAIL_SITE_NAME, "email": email}
    send_later("members/identity/mail/merged", keeper, keeper.language, words)


def _require_mergeable(keeper: Person, other: Person) -> None:
    if other.closed or not other.is_active or other.pk == keeper.pk:
        raise Refused(_("The other account is not in use any more."))
    if has_second_factor(other):
        # Mail alone would be a way round it.
        raise Refused(_("The other account has a second step: sign in there and turn it off first."))
    if other.is_superuser and not keeper.is_superuser:
        raise Refused(_("Sign in with the administrator’s account, and make this one part of it."))


def _move_municipality(keeper: Person, other: Person) -> None:
    """Who belongs nowhere yet takes the other's place; otherwise the other leaves its municipality."""
    if other.municipality_id in (None, keeper.municipality_id):
        return
    if keeper.municipality_id:
        roles.leave(by=other)
    else:
        roles.place_person(person=keeper, municipality=other.municipality)


def _move(model: type[models.Model], field: str, keeper: Person, other: Person) -> None:
    owned = belonging(model, field)
    if owned and not owned.follows:
        owned.end(records(model, field, other))
        return
    for record in records(model, field, other):
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=record.pk).update(**{field: keeper})
        except IntegrityError:
            _combine(model, field, keeper, record, owned)


def _combine(model: Any, field: str, keeper: Person, record: Any, owned: Belonging | None) -> None:
    """Both have what one person can have once: the stronger stays."""
    unique = [list(c.fields) for c in model._meta.constraints if field in getattr(c, "fields", ())]
    unique += [list(names) for names in model._meta.unique_together if field in names]
    for names in unique or [[field]]:
        same = {name: getattr(record, name) for name in names if name != field}
        kept = model._base_manager.filter(**same, **{field: keeper}).first()
        if kept is not None and owned and owned.combine:
            owned.combine(kept, record)
    record.delete()


def _fill_profile(keeper: Person, other: Person) -> None:
    for name in ("first_name", "last_name", "job_title", "language"):
        setattr(keeper, name, getattr(keeper, name) or getattr(other, name))
    keeper.save()
