"""What becomes of the records below us: Wagtail's, allauth's and our own. Called when the app loads."""

from typing import Any

from core.events import after_commit
from members.identity.belongings import contributed, own
from members.roles.models import Role

_STRENGTH = [Role.CONTRIBUTOR, Role.PUBLISHER]


def _stronger_place(kept: Any, other: Any) -> None:
    """Of two places in one group: a member rather than a request, a lead rather than a member."""
    if other.state == "active":
        kept.state = "active"
        kept.is_lead = kept.is_lead or other.is_lead
        kept.save(update_fields=["state", "is_lead"])


def _stronger_role(kept: Any, other: Any) -> None:
    """Of two roles in one municipality: the one that may do more."""
    if other.municipality_id and _STRENGTH.index(other.role) > _STRENGTH.index(kept.role):
        kept.role = other.role
        kept.save(update_fields=["role"])


def _end_sessions(sessions: Any) -> None:
    """With the session itself, which lies in no table of ours; it must outlive a change that is rolled back."""
    for session in sessions:
        after_commit(session.end)


def sort() -> None:
    """Say of each model what it is to its person."""
    own("account.EmailAddress", "email", "verified", "primary")
    own("mfa.Authenticator", "type", "created_at", "last_used_at", follows=False)
    own("socialaccount.SocialAccount", "provider", "uid", "date_joined")
    own("usersessions.UserSession", "created_at", "ip", "user_agent", follows=False, end=_end_sessions)
    own("members.GroupMembership", "group", "state", "is_lead", "since", "message", combine=_stronger_place)
    own("members.RoleGrant", "role", "municipality", "region", "since", combine=_stronger_role)
    own("members.Departure", "municipality", "when")
    own("members.Affiliation", "municipality", "ground", "address", "since")
    own("members.JoinRequest", "municipality", "message", "state", "asked", "decided", "reason")
    own("members.Person_groups", "group")
    own("members.Person_user_permissions", "permission")
    own("wagtailusers.UserProfile", "preferred_language", "current_time_zone", "theme")
    own("wagtailadmin.EditingSession", "last_seen_at", follows=False)
    own("wagtailadmin.FormState", follows=False)
    own("wagtailcore.APIToken", follows=False)
    own("wagtailcore.PageSubscription", "page", "comment_notifications")
    contributed(
        "members.Person", "core.Happening", "core.Picture", "core.File", "wagtaildocs.Document", "wagtailimages.Image",
        "wagtailcore.ModelLogEntry", "wagtailcore.PageLogEntry", "wagtailcore.Revision",
        "wagtailcore.UploadedFile", "wagtailcore.WorkflowState", "wagtailcore.TaskState", "wagtailcore.Page",
        "wagtailcore.Comment", "wagtailcore.CommentReply", "members.Domain", "members.Invitation",
    )  # fmt: skip
