"""Roles that people hold, and what Wagtail keeps for a municipality because of them."""

from typing import ClassVar

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, GroupApprovalTask, Workflow

from members.roles.querysets import RoleGrantQuerySet


class Role(models.TextChoices):
    """What somebody may do besides reading. Belonging to a municipality needs no grant; administrators are Django's."""

    CONTRIBUTOR = "contributor", _("contributor")
    PUBLISHER = "publisher", _("publisher")
    COORDINATOR = "coordinator", _("coordinator")
    MODERATOR = "moderator", _("moderator")


# The weaker first.
OF_A_MUNICIPALITY = (Role.CONTRIBUTOR, Role.PUBLISHER)


class RoleGrant(models.Model):
    """One role of one person: of a municipality, of a region, or for the whole site."""

    person = models.ForeignKey("members.Person", on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    municipality = models.ForeignKey(
        "members.MunicipalityPage", on_delete=models.CASCADE, null=True, related_name="role_grants"
    )
    region = models.ForeignKey(
        "members.Region", on_delete=models.CASCADE, null=True, related_name="role_grants"
    )
    by = models.ForeignKey("members.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    since = models.DateTimeField(_("since"), auto_now_add=True)

    objects: ClassVar[models.Manager["RoleGrant"]] = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "municipality"], condition=Q(municipality__isnull=False),
                name="one_role_in_a_municipality",
            ),
            models.UniqueConstraint(
                fields=["person", "region"], condition=Q(region__isnull=False), name="one_role_in_a_region"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(role="moderator"), name="moderator_once"
            ),
            models.CheckConstraint(
                condition=Q(role__in=("contributor", "publisher"), municipality__isnull=False, region=None)
                | Q(role="coordinator", municipality=None, region__isnull=False)
                | Q(role="moderator", municipality=None, region=None),
                name="role_has_its_place",
            ),
        ]  # fmt: skip
        verbose_name = _("role")
        verbose_name_plural = _("roles")

    def __str__(self) -> str:
        place = self.municipality or self.region
        return f"{self.person}: {self.get_role_display()}{f' · {place}' if place else ''}"


class Workplace(models.Model):
    """What Wagtail keeps for a municipality: groups, a collection of pictures and files, the review of drafts.

    Made when its first role is granted, kept in step by `members.roles.sync`.
    """

    municipality = models.OneToOneField(
        "members.MunicipalityPage", on_delete=models.CASCADE, primary_key=True, related_name="workplace"
    )
    contributors = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="+")
    publishers = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="+")
    collection = models.OneToOneField(Collection, on_delete=models.PROTECT, related_name="+")
    workflow = models.OneToOneField(Workflow, on_delete=models.SET_NULL, null=True, related_name="+")
    task = models.OneToOneField(GroupApprovalTask, on_delete=models.SET_NULL, null=True, related_name="+")
    reviews = models.BooleanField(_("drafts are reviewed before they are published"), default=False)

    class Meta:
        verbose_name = _("workplace")
        verbose_name_plural = _("workplaces")

    def __str__(self) -> str:
        return str(self.municipality)
