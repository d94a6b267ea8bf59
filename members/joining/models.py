"""Domains, requests and invitations, and on what ground somebody belongs to a municipality."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.joining.querysets import DomainQuerySet, InvitationQuerySet, JoinRequestQuerySet

INVITATION_DAYS = 14


class Domain(models.Model):
    """A mail domain of a municipality. Only a verified one lets people in; it is verified for one municipality."""

    municipality = models.ForeignKey(
        "members.MunicipalityPage", on_delete=models.CASCADE, related_name="domains"
    )
    # In canonical form: see `members.joining.domains`.
    name = models.CharField(_("domain"), max_length=253)
    added_by = models.ForeignKey("members.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    added = models.DateTimeField(_("added"), auto_now_add=True)
    verified = models.DateTimeField(_("verified"), null=True, blank=True)
    verified_by = models.ForeignKey("members.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    # The role mailbox whose holder confirmed it by a link.
    verified_through = models.EmailField(_("verified through"), blank=True)

    objects: ClassVar[models.Manager["Domain"]] = DomainQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="domain_once_in_a_municipality"),
            models.UniqueConstraint(
                fields=["name"], condition=Q(verified__isnull=False), name="domain_verified_for_one"
            ),
        ]
        verbose_name = _("domain")
        verbose_name_plural = _("domains")

    def __str__(self) -> str:
        return self.name


class Ground(models.TextChoices):
    """Why somebody belongs to a municipality."""

    DOMAIN = "domain", _("by the domain of an address")
    REQUEST = "request", _("accepted by a person")
    INVITATION = "invitation", _("invited by a person")


class Affiliation(models.Model):
    """Since when and on what ground somebody belongs where they belong. Without one, an administrator placed them."""

    person = models.OneToOneField("members.Person", on_delete=models.CASCADE, related_name="affiliation")
    municipality = models.ForeignKey("members.MunicipalityPage", on_delete=models.CASCADE, related_name="+")
    ground = models.CharField(_("ground"), max_length=10, choices=Ground.choices)
    # The confirmed address that let them in, for the domain's ground.
    address = models.EmailField(_("address"), blank=True)
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")

    def __str__(self) -> str:
        return f"{self.person} · {self.municipality}"


class Departure(models.Model):
    """Somebody left or was put out: no domain and no older invitation lets them in again, only a person does."""

    person = models.ForeignKey("members.Person", on_delete=models.CASCADE, related_name="departures")
    municipality = models.ForeignKey("members.MunicipalityPage", on_delete=models.CASCADE, related_name="+")
    when = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "municipality"], name="departure_once"),
        ]
        verbose_name = _("departure")
        verbose_name_plural = _("departures")

    def __str__(self) -> str:
        return f"{self.person} ← {self.municipality}"


class RequestState(models.TextChoices):
    """Where a request stands."""

    WAITING = "waiting", _("waiting")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("taken back")


class JoinRequest(models.Model):
    """Somebody asks to join a municipality; a person decides."""

    person = models.ForeignKey("members.Person", on_delete=models.CASCADE, related_name="join_requests")
    municipality = models.ForeignKey(
        "members.MunicipalityPage", on_delete=models.CASCADE, related_name="join_requests"
    )
    message = models.TextField(_("message"), max_length=600, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.WAITING
    )
    asked = models.DateTimeField(_("asked"), auto_now_add=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    decided = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey("members.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=600, blank=True)

    objects: ClassVar[models.Manager["JoinRequest"]] = JoinRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="waiting"), name="one_waiting_request"
            ),
        ]
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")

    def __str__(self) -> str:
        return f"{self.person} → {self.municipality}"


def _in_two_weeks() -> object:
    return timezone.now() + timedelta(days=INVITATION_DAYS)


class InvitationState(models.TextChoices):
    """Where an invitation stands; whether it has expired, the date says."""

    WAITING = "waiting", _("waiting")
    ACCEPTED = "accepted", _("accepted")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Invitation(models.Model):
    """An address is invited to a municipality, in a role. The link in the mail works once; its hash is kept."""

    municipality = models.ForeignKey(
        "members.MunicipalityPage", on_delete=models.CASCADE, related_name="invitations"
    )
    address = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=12, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    token_hash = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey("members.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    sent = models.DateTimeField(_("sent"), auto_now_add=True)
    expires = models.DateTimeField(_("expires"), default=_in_two_weeks)
    state = models.CharField(
        _("state"), max_length=10, choices=InvitationState.choices, default=InvitationState.WAITING
    )
    accepted_by = models.ForeignKey("members.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    accepted = models.DateTimeField(_("accepted"), null=True, blank=True)

    objects: ClassVar[models.Manager["Invitation"]] = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "address"],
                condition=Q(state="waiting"),
                name="one_waiting_invitation",
            ),
        ]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.address} → {self.municipality}"
