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

ROLE_ACTIONS = {
    "role.change": (_("Change a role"), _("Changed somebody’s role")),
    "role.remove_person": (_("Remove from a municipality"), _("Removed somebody from the municipality")),
    "role.leave": (_("Leave a municipality"), _("Left the municipality")),
    "role.name_coordinator": (_("Name a coordinator"), _("Named a coordinator")),
    "role.name_moderator": (_("Name a moderator"), _("Named a moderator")),
    "role.review_on": (_("Begin reviewing drafts"), _("Had drafts reviewed before publishing")),
    "role.review_off": (_("Stop reviewing drafts"), _("Stopped having drafts reviewed")),
    "role.profile": (_("Change a municipality’s profile"), _("Changed the municipality’s profile")),
    "role.drop": (_("End a role"), _("Ended somebody’s role")),
}

JOINING_ACTIONS = {
    "joining.by_domain": (_("Join by a domain"), _("Joined by the domain of an address")),
    "joining.address_lost": (_("Lose the address that let in"), _("Lost the address that had let them in")),
    "joining.ask": (_("Ask to join a municipality"), _("Asked to join the municipality")),
    "joining.take_back": (_("Take a request back"), _("Took the request to join back")),
    "joining.accept": (_("Accept into a municipality"), _("Accepted somebody into the municipality")),
    "joining.decline": (_("Decline a request"), _("Declined a request to join")),
    "joining.move_away": (_("Move away"), _("Moved to another municipality")),
    "joining.invite": (_("Invite to a municipality"), _("Invited somebody to the municipality")),
    "joining.withdraw_invitation": (_("Withdraw an invitation"), _("Withdrew an invitation")),
    "joining.accept_invitation": (_("Accept an invitation"), _("Accepted an invitation")),
    "joining.add_domain": (_("Add a domain"), _("Added a mail domain")),
    "joining.remove_domain": (_("Remove a domain"), _("Removed a mail domain")),
    "joining.send_domain_link": (_("Send a domain’s link"), _("Sent a link to verify a domain")),
    "joining.verify_domain": (_("Verify a domain"), _("Verified a mail domain")),
}

PERSON_ACTIONS = {
    "person.close": (_("Close an account"), _("Closed their account")),
    "person.ask_merge": (_("Ask to make two accounts one"), _("Asked to make two accounts one")),
    "person.merge": (_("Make two accounts one"), _("Made two accounts one")),
}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Names for what the site keeps beyond Wagtail's own."""
    for named in (GROUP_ACTIONS, OTHER_ACTIONS, ROLE_ACTIONS, JOINING_ACTIONS, PERSON_ACTIONS):
        for name, (label, message) in named.items():
            actions.register_action(name, label, message)
