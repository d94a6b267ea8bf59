"""The controlled words of the library."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.licences import Licence

__all__ = ["CostBand", "EvidenceGrade", "Language", "Licence"]


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")


class CostBand(models.TextChoices):
    """Bands, since exact figures are rarely comparable and often not public."""

    NONE = "none", _("no extra cost")
    UNDER_10K = "under-10k", _("under 10,000")
    FROM_10K = "10k-50k", _("10,000 to 50,000")
    FROM_50K = "50k-250k", _("50,000 to 250,000")
    FROM_250K = "250k-1m", _("250,000 to 1 million")
    OVER_1M = "over-1m", _("over 1 million")


class EvidenceGrade(models.TextChoices):
    """How sure we are of an outcome, from weakest to strongest."""

    ANECDOTE = "anecdote", _("anecdote")
    SELF_REPORTED = "self-reported", _("self-reported")
    MEASURED = "measured", _("measured")
    INDEPENDENT = "independent", _("independently evaluated")
    REPLICATED = "replicated", _("replicated by an adopter")
