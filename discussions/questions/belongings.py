"""What becomes of questions and answers when people close their account, or make two accounts one."""

from typing import Any

from discussions.questions.routes import RouteState
from members.identity.belongings import contributed, own

# What says more comes last.
_STRENGTH = [RouteState.ASKED, RouteState.DECLINED, RouteState.CLAIMED, RouteState.ANSWERED]


def _further(kept: Any, other: Any) -> None:
    """Of one question put to both accounts: how far either of them came with it."""
    if _STRENGTH.index(other.state) > _STRENGTH.index(kept.state):
        kept.state, kept.until = other.state, other.until
        kept.save(update_fields=["state", "until"])


def sort() -> None:
    """Say of each model what it is to its person. Called when the app loads."""
    contributed("discussions.Question", "discussions.Answer")
    own("discussions.QuestionRoute", "why", "state", "asked", "until", combine=_further)
