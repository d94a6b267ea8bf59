"""Forms of working groups."""

from django import forms

from core.forms import Problems
from members.groups.models import WorkingGroup


class GroupForm(Problems, forms.ModelForm):
    """A new working group."""

    class Meta:
        model = WorkingGroup
        fields = ("name", "purpose", "region", "joining")
        widgets = {"purpose": forms.Textarea(attrs={"rows": 4}), "joining": forms.RadioSelect}
