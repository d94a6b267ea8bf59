"""The controlled words of playbooks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """How far a playbook may be relied on."""

    DRAFT = "draft", _("Draft")
    BETA = "beta", _("Beta")
    STABLE = "stable", _("Stable")
    RETIRED = "retired", _("Retired")
