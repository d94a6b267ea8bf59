"""The controlled words of case studies."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where the project stands."""

    IDEA = "idea", _("Idea")
    DISCOVERY = "discovery", _("Discovery")
    PILOT = "pilot", _("Pilot")
    LIVE = "live", _("Live")
    SCALED = "scaled", _("Scaled")
    PAUSED = "paused", _("Paused")
    STOPPED = "stopped", _("Stopped")


class Verdict(models.TextChoices):
    """How well it worked, by the municipality's own judgement."""

    WORKED = "worked", _("Worked")
    MIXED = "mixed", _("Mixed")
    DID_NOT_WORK = "did-not-work", _("Did not work")
    TOO_EARLY = "too-early", _("Too early to say")


class Gate(models.TextChoices):
    """The data label's gate: personal data, sensing in public space, or AI?"""

    NO = "no", _("No")
    YES = "yes", _("Yes")
    AI = "ai", _("Yes, with artificial intelligence")
