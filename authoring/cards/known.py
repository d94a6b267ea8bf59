"""All cards, in the order in which peers find them useful."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from authoring.cards.base import Card
from authoring.cards.essentials import Essentials
from authoring.cards.label import Label
from authoring.cards.outcomes import Outcomes
from library.models import LibraryPage
from members.audience import WITHOUT_GROUPS
from members.reach import describe_audience


class Cost(Card):
    """What it took."""

    name = "cost"
    heading = _("What it cost")
    lede = _("The first thing your peers are asked by their treasurer. A band is enough.")
    model_fields = (
        "setup_cost",
        "yearly_cost",
        "currency",
        "cost_year",
        "staff_months",
        "funding",
        "procurement",
    )


class Challenges(Card):
    """What went wrong."""

    name = "challenges"
    heading = _("What went wrong")
    lede = _("The part your peers read first. Be frank.")
    model_fields = ("challenges",)


class Transfer(Card):
    """What others can take over."""

    name = "transfer"
    heading = _("What transfers")
    lede = _("What would work elsewhere, and what was particular to you.")
    model_fields = ("transfer", "conditions")


class Inclusion(Card):
    """Who was reached."""

    name = "inclusion"
    heading = _("Who was reached")
    lede = _("How people who are seldom heard took part, and who is better off.")
    model_fields = ("inclusion", "beneficiaries")


class Story(Card):
    """The story itself."""

    name = "story"
    heading = _("The story")
    lede = _("Three short paragraphs do.")
    model_fields = ("problem", "what_we_did", "lessons")


class Contact(Card):
    """Whom to ask."""

    name = "contact"
    heading = _("Whom to ask")
    lede = _("A role mailbox outlives a job.")
    model_fields = ("contact_mailbox", "contact_role", "started", "went_live", "ended")


class Candid(Card):
    """What is for few readers only."""

    name = "candid"
    heading = _("Candid note")
    lede = _("For readers of its own: it is in no search, no link for clearance and no edition.")
    model_fields = ("candid_note", "candid_audience")
    needed = ("candid_audience",)
    radios = ("candid_audience",)

    def __init__(self, data: Any = None, *, item: LibraryPage, **kwargs: Any) -> None:
        super().__init__(data, item=item, **kwargs)
        field: Any = self.fields["candid_audience"]
        field.choices = WITHOUT_GROUPS
        describe_audience(self, "candid_audience", municipality=item.municipality)

    @classmethod
    def filled(cls, item: LibraryPage) -> bool:
        return bool(item.candid_note)


CARDS: tuple[type[Card], ...] = (
    Essentials, Cost, Challenges, Transfer, Outcomes, Label, Inclusion, Story, Contact, Candid,
)  # fmt: skip
_BY_NAME = {card.name: card for card in CARDS}


def named(name: str) -> type[Card] | None:
    """The card of this name."""
    return _BY_NAME.get(name)
