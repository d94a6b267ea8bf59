"""The form in which somebody says why an item is retired."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Problems
from library.models import LibraryPage
from library.retiring.actions import MOST_WHY
from library.retiring.finding import meant
from members.audience import Reader

MOST_TEXT = 500


class WhyField(forms.CharField):
    """A text whose line breaks count once, as browsers count them."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class RetireForm(Problems, forms.Form):
    """Why, and what to read instead. Where words mean several pages, the form comes back with these to choose from."""

    why = WhyField(
        label=_("Why is it retired?"), max_length=MOST_WHY, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Readers of the page see it, for example: the vendor stopped the product in June."),
    )  # fmt: skip
    instead = forms.CharField(
        label=_("What should readers see instead?"), max_length=MOST_TEXT, required=False,
        help_text=_(
            "The address of a page of this library, or words of its title. "
            "Readers who may not see that page get no link."
        ),
    )  # fmt: skip
    chosen = forms.CharField(label=_("Which of these pages?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, item: LibraryPage, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = str(self.data.get("instead", ""))[:MOST_TEXT] if self.is_bound else ""
        self._meant = meant(text, reader, besides=item)
        self.fields["chosen"].widget.choices = [(str(page.pk), _shown(page)) for page in self._meant.pages]

    @property
    def asks_which(self) -> bool:
        """Whether there is something to choose from."""
        return bool(self._meant.pages) and self._meant.page is None

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        picked = {str(page.pk): page for page in self._meant.pages}.get(values.get("chosen") or "")
        values["page"] = self._meant.page or picked
        if self.asks_which and picked is None:
            self.add_error("chosen", _("Choose the page that you mean, or say it in other words above."))
        elif values.get("instead") and values["page"] is None:
            self.add_error("instead", _("You can see no other page in use with this address or these words."))
        return values


def _shown(page: LibraryPage) -> str:
    return f"{page.title} ({page._meta.verbose_name}, {page.municipality.title})"
