"""Working groups and who belongs to them."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.groups.querysets import GroupMembershipQuerySet, WorkingGroupQuerySet


class Joining(models.TextChoices):
    """How people come into a group."""

    OPEN = "open", _("Anybody from a member municipality joins at once")
    REQUEST = "request", _("A lead decides on each request")
    INVITATION = "invitation", _("Only by invitation of a lead")


class WorkingGroup(models.Model):
    """People from several municipalities who work on something together, run by two leads."""

    kind = "group"

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    purpose = models.TextField(
        _("purpose"), max_length=600, help_text=_("In two or three sentences: what for, and for whom.")
    )
    region = models.ForeignKey(
        "members.Region", on_delete=models.SET_NULL, null=True, blank=True, related_name="groups",
        verbose_name=_("region"),
    )  # fmt: skip
    joining = models.CharField(
        _("how people join"), max_length=10, choices=Joining.choices, default=Joining.REQUEST
    )
    founded = models.DateField(_("founded"), auto_now_add=True)
    archived = models.BooleanField(_("archived"), default=False)

    objects: ClassVar[models.Manager["WorkingGroup"]] = WorkingGroupQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:group", args=[self.slug])


class State(models.TextChoices):
    """Where somebody stands with a group."""

    ACTIVE = "active", _("member")
    ASKED = "asked", _("asked to join")
    INVITED = "invited", _("invited")


class GroupMembership(models.Model):
    """One person's place in one group."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey("members.Person", on_delete=models.CASCADE, related_name="group_memberships")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ACTIVE)
    is_lead = models.BooleanField(_("leads the group"), default=False)
    since = models.DateTimeField(_("since"), auto_now_add=True)
    message = models.CharField(_("message"), max_length=300, blank=True)

    objects: ClassVar[models.Manager["GroupMembership"]] = GroupMembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="one_place_in_a_group"),
            models.CheckConstraint(
                condition=models.Q(is_lead=False) | models.Q(state="active"), name="leads_are_members"
            ),
        ]
        verbose_name = _("group membership")
        verbose_name_plural = _("group memberships")

    def __str__(self) -> str:
        return f"{self.person} · {self.group}"
