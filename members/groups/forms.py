"""Forms of working groups."""

from django import forms

from members.groups.models import WorkingGroup


class GroupForm(forms.ModelForm):
    """A new working group."""

    class Meta:
        model = WorkingGroup
        fields = ("name", "purpose", "region", "joining")
        widgets = {"purpose": forms.Textarea(attrs={"rows": 4}), "joining": forms.RadioSelect}

    def problems(self) -> list[dict[str, str]]:
        """What is wrong, each with the address of its field in the page."""
        return [
            {"message": f"{self[name].label}: {error}", "href": f"#{self[name].id_for_label}"}
            if name in self.fields
            else {"message": str(error), "href": ""}
            for name, errors in self.errors.items()
            for error in errors
        ]
