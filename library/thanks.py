"""A word of thanks, from who took something up or asked to who helped; shown only where both sides agree."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Thanked(models.Model):
    """A record that may carry a thank-you note. Abstract.

    Its author says whether it may be shown; whoever is thanked may have it hidden. Who may read it is the
    record's own audience.
    """

    thanks = models.CharField(
        _("a word of thanks"), max_length=300, blank=True,
        help_text=_("One or two sentences to those who wrote it."),
    )  # fmt: skip
    thanks_shown = models.BooleanField(_("they may show it on their municipality’s page"), default=False)
    thanks_hidden = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    @property
    def shown_thanks(self) -> str:
        """The note, where it may be shown to whoever may see the record."""
        return self.thanks if self.thanks_shown and not self.thanks_hidden else ""
