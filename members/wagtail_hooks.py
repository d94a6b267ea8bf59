"""What the log of who did what knows of members' doings."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from members.editor import hooks as editor_hooks  # noqa: F401

GROUP_ACTIONS = {
    "group.found": (_("Found a working group"), _("Founded the working group")),
    "group.join": (_("Join a working group"), _("Joined the working group")),
    "group.ask": (_("Ask to join a working group"), _("Asked to join the working group")),
    "group.invite": (_("Invite to a working group"), _("Invited somebody to the working group")),
    "group.accept": (_("Accept into a working group"), _("Accepted somebody into the working group")),
    "group.remove": (_("Remove from a working group"), _("Removed somebody from the working group")),
    "group.leave": (_("Leave a working group"), _("Left the working group")),
    "group.name_lead": (_("Name a lead"), _("Named a lead of the working group")),
    "group.step_down": (_("Stop leading"), _("Stopped leading the working group")),
}

OTHER_ACTIONS = {
    "audience.change": (_("Change an audience"), _("Changed who may read it")),
    "export": (_("Export"), _("Exported")),
    "private.view": (_("Private view of an administrator"), _("Opened as an administrator")),
}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Names for what is kept about working groups, audiences, exports and administrators."""
    for name, (label, message) in {**GROUP_ACTIONS, **OTHER_ACTIONS}.items():
        actions.register_action(name, label, message)


ROLE_ACTIONS = {
    "role.change": (_("Change a role"), _("Changed somebody’s role")),
    "role.remove_person": (_("Remove from a municipality"), _("Removed somebody from the municipality")),
    "role.leave": (_("Leave a municipality"), _("Left the municipality")),
    "role.name_coordinator": (_("Name a coordinator"), _("Named a coordinator")),
    "role.name_moderator": (_("Name a moderator"), _("Named a moderator")),
    "role.drop": (_("End a role"), _("Ended somebody’s role")),
}


@hooks.register("register_log_actions")
def role_log_actions(actions: Any) -> None:
    """Names for what is kept about roles."""
    for name, (label, message) in ROLE_ACTIONS.items():
        actions.register_action(name, label, message)


PERSON_ACTIONS = {
    "person.close": (_("Close an account"), _("Closed their account")),
    "person.merge": (_("Make two accounts one"), _("Made two accounts one")),
}


@hooks.register("register_log_actions")
def person_log_actions(actions: Any) -> None:
    """Names for what is kept about accounts."""
    for name, (label, message) in PERSON_ACTIONS.items():
        actions.register_action(name, label, message)
