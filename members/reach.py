"""Who will be able to read a thing, in plain words with numbers, for the places where things are written."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.audience import Audience
from members.groups.models import WorkingGroup
from members.municipalities import MunicipalityPage
from members.people import Person


def sentence(audience: str, municipality: MunicipalityPage | None = None) -> str:
    """Who belongs to an audience just now; an empty text for one that nobody knows."""
    if audience == Audience.PUBLIC:
        return _("Read by everybody, search engines included.")
    if audience == Audience.MEMBERS:
        return _of_members()
    if audience == Audience.MUNICIPALITY:
        return _of_municipality(municipality)
    return _("Read by the members of the groups that you name, and nobody else.") if audience else ""


def _of_members() -> str:
    towns = MunicipalityPage.objects.live().filter(people__is_active=True).distinct().count()
    text = ngettext(
        "Read by all people of the %(count)d member municipality.",
        "Read by all people of the %(count)d member municipalities.",
        towns,
    )
    return text % {"count": towns}


def _of_municipality(municipality: MunicipalityPage | None) -> str:
    if municipality is None or municipality.pk is None:
        return _("Read by the people of the municipality it belongs to.")
    people = Person.objects.filter(municipality=municipality, is_active=True).count()
    text = ngettext(
        "Read by the %(count)d person of %(town)s.", "Read by the %(count)d people of %(town)s.", people
    )
    return text % {"count": people, "town": municipality.title}


def of_group(group: WorkingGroup) -> str:
    """A group with how many people of how many municipalities are in it (as `with_counts` counted them)."""
    people = ngettext("%(count)d member", "%(count)d members", group.people) % {"count": group.people}  # type: ignore[attr-defined]
    towns = ngettext("%(count)d municipality", "%(count)d municipalities", group.municipalities) % {  # type: ignore[attr-defined]
        "count": group.municipalities  # type: ignore[attr-defined]
    }
    return _("%(group)s: %(people)s from %(towns)s") % {"group": group.name, "people": people, "towns": towns}


def described(choices: Iterable[tuple[str, Any]], said: Callable[[str], str]) -> list[tuple[str, Any]]:
    """The choices of an audience, each with the line that says who will be able to read it."""
    return [
        (value, format_html('{}<br><span class="reach">{}</span>', label, said(value)))
        for value, label in choices
        if value
    ]


class GroupsField(forms.ModelMultipleChoiceField):
    """Working groups, each with how many people would read it."""

    def label_from_instance(self, obj: WorkingGroup) -> str:
        return of_group(obj)


def describe_audience(form: forms.BaseForm, *names: str, municipality: MunicipalityPage | None) -> None:
    """Make a form's fields of an audience radio buttons that say who will be able to read it."""
    # Each audience is counted once, however many fields offer it.
    said = cache(lambda audience: sentence(audience, municipality))
    for name in names:
        if name in form.fields:
            form.fields[name] = _radios(form.fields[name], said)


def _radios(field: Any, said: Callable[[str], str]) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=described(field.choices, said), widget=forms.RadioSelect, label=field.label,
        help_text=_("Administrators of the site can open everything; when they do, it is noted."),
        initial=field.initial, required=field.required,
    )  # fmt: skip


def describe_groups(form: forms.BaseForm, name: str, groups: Any) -> None:
    """Have a form's field of working groups say how many people each has."""
    field: Any = form.fields[name]
    form.fields[name] = GroupsField(
        groups.with_counts(),
        widget=field.widget, label=field.label, help_text=field.help_text, required=field.required,
    )  # fmt: skip
