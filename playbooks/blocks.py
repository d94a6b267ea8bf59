"""The parts of a playbook."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class StepBlock(blocks.StructBlock):
    """One step. The block's own id is the step's stable identifier: adopters' progress hangs on it."""

    title = blocks.CharBlock(max_length=160, label=_("Title"))
    goal = blocks.CharBlock(max_length=300, required=False, label=_("Goal"))
    instruction = blocks.TextBlock(
        label=_("Instruction"), help_text=_("Markdown. What to do, in order."), rows=6
    )
    role = blocks.CharBlock(max_length=160, required=False, label=_("Who does it"))
    effort = blocks.CharBlock(
        max_length=80, required=False, label=_("Effort"), help_text=_("For example: 2 days.")
    )
    output = blocks.CharBlock(max_length=300, required=False, label=_("Output"))
    done_when = blocks.CharBlock(max_length=300, required=False, label=_("Done when"))
    decision = blocks.TextBlock(required=False, max_length=1000, label=_("Risk or decision point"))
    checklist = blocks.ListBlock(
        blocks.CharBlock(max_length=250), required=False, default=[], label=_("Checklist")
    )

    class Meta:
        icon = "tasks"
        label = _("Step")
        preview_value = {"title": "Name one owner", "instruction": "Ask who answers for the label."}


class RoleBlock(blocks.StructBlock):
    """Somebody the work needs."""

    role = blocks.CharBlock(max_length=160, label=_("Role"))
    time = blocks.CharBlock(
        max_length=160, required=False, label=_("Time"), help_text=_("For example: half a day a week.")
    )

    class Meta:
        icon = "user"
        label = _("Role")
        preview_value = {"role": "Project lead", "time": "1 day a week"}


class ChangeBlock(blocks.StructBlock):
    """One entry of the changelog."""

    version = blocks.CharBlock(max_length=20, label=_("Version"))
    date = blocks.DateBlock(label=_("Date"))
    change = blocks.CharBlock(max_length=300, label=_("What changed"))

    class Meta:
        icon = "history"
        label = _("Change")
        preview_value = {"version": "1.1", "date": "2026-01-15", "change": "Step 4 is shorter."}
