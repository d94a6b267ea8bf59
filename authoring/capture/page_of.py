"""What the pages of writing show."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from authoring import access, drafts
from authoring.capture.forms import DocumentForm, StartForm
from authoring.cards import known
from authoring.cards.base import Card
from authoring.cards.outcomes import Outcomes
from authoring.intake import places
from authoring.models import Draft
from casestudies.models import CaseStudyPage
from members.models import Person

MOST_DRAFTS = 20


def start(
    request: Any,
    *,
    form: StartForm | None = None,
    document_form: DocumentForm | None = None,
    sent: Any = None,
) -> HttpResponse:
    """The page on which an item is begun; for whoever may not, whom to ask."""
    user = request.user
    allowed = access.towns_of(user).exists()
    context: dict[str, Any] = {
        "allowed": allowed,
        "drafts": _drafts_of(user),
        "problems": sent.problems() if sent else [],
        "publishers": _whom_to_ask(user),
    }
    if allowed:
        context["form"] = form or StartForm(user=user)
        context["document_form"] = document_form or DocumentForm(user=user)
        context["may_publish"] = any(
            town.permissions_for_user(user).can_publish_subpage() for town in context["form"].towns
        )
    return render(request, "authoring/capture/start.html", context, status=422 if sent else 200)


def _drafts_of(user: Any) -> list[CaseStudyPage]:
    """What one has begun, or a coordinator has written down for others, and what waits."""
    begun = Draft.objects.filter(drafted_by=user, confirmed=None).values("page")
    unfinished = CaseStudyPage.objects.filter(has_unpublished_changes=True).select_related("municipality")
    mine = unfinished.filter(owner=user) | unfinished.filter(pk__in=begun)
    found = mine.order_by("-latest_revision_created_at")[:MOST_DRAFTS]
    return [page for page in found if access.may_edit(user, page)]


def _whom_to_ask(user: Any) -> list[Person]:
    if user.municipality_id is None:
        return []
    return list(Person.objects.listed().filter(pk__in=access.publishers_of(user.municipality)))


def cards(
    request: Any, page: CaseStudyPage, *, sent: Card | None = None, problems: Any = (), status: int = 200
) -> HttpResponse:
    """A draft as cards; one that was sent keeps what was typed in it."""
    draft = drafts.current(page)
    page.note_private_view(request)
    forms = [sent if sent and sent.name == card.name else card(item=draft) for card in known.CARDS]
    rows = [
        {"form": form, "base": type(form).base(draft), "open": _is_open(form, sent, draft)} for form in forms
    ]
    user = request.user
    context = {
        "page": page, "draft": draft, "cards": rows, "problems": problems, "reading": draft.completeness,
        "record": drafts.record_of(page), "locked": access.is_locked_for(user, page),
        "may_publish": access.may_publish(user, page), "may_confirm": access.may_confirm(user, page),
        "state": page.current_workflow_state, "leftovers": page.leftovers.all(),
        "pictures": page.brought_pictures.select_related("picture"), "places": places.choices(),
    }  # fmt: skip
    return render(request, "authoring/capture/cards.html", context, status=status)


def _is_open(form: Any, sent: Card | None, draft: Any) -> bool:
    """Cards that say something, and the first ones, begin unfolded."""
    early = known.CARDS.index(type(form)) < 3
    return early or form is sent or type(form).filled(draft)


@dataclass(frozen=True)
class Pair:
    """One field of two colliding cards."""

    label: str
    theirs: str
    mine: str
    field: Any
    # Whether both texts can stand one after the other.
    joins: bool


def pairs(mine: Card, theirs: Card) -> list[Pair]:
    """The fields in which two states of a card differ."""
    found = []
    for name in mine.fields:
        stored = theirs.initial.get(name)
        typed = mine.cleaned_data.get(name)
        if _plain(stored) != _plain(typed):
            joins = name in CaseStudyPage.markdown_fields
            found.append(
                Pair(str(mine[name].label), _shown(theirs, name), _shown(mine, name), mine[name], joins)
            )
    if isinstance(mine, Outcomes) and isinstance(theirs, Outcomes):
        rows = (theirs.stored_rows(), mine.typed_rows())
        if rows[0] != rows[1]:
            found.append(Pair(str(mine.heading), *rows, None, False))
    return found


def _plain(value: Any) -> str:
    return str(getattr(value, "pk", value) or "")


def _shown(card: Card, name: str) -> str:
    """A value in words."""
    value = card.cleaned_data.get(name) if card.is_bound else card.initial.get(name)
    value = getattr(value, "pk", value)
    choices = dict(_flat(getattr(card.fields[name], "choices", ())))
    return str(choices.get(value, choices.get(str(value or ""), value or "")))


def _flat(choices: Any) -> Any:
    for value, label in choices() if callable(choices) else choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield value, label
