"""Content licences: of an item, and what a municipality usually chooses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Licence(models.TextChoices):
    """Content licences, by SPDX identifier where there is one."""

    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC0 = "CC0-1.0", "CC0 1.0"
    OGL_CANADA = "OGL-Canada-2.0", _("Open Government Licence – Canada")
    OGL_ONTARIO = "OGL-Ontario-1.0", _("Open Government Licence – Ontario")
    OTHER = "other", _("Other: see the source")
