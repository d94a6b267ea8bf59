"""What becomes of what people offer when they close their account, or make two accounts one."""

from typing import Any

from members.identity.belongings import own


def _both(kept: Any, other: Any) -> None:
    """Of one service area said twice: whatever either account said of it."""
    kept.works_in = kept.works_in or other.works_in
    kept.can_help = kept.can_help or other.can_help
    kept.save(update_fields=["works_in", "can_help"])


def sort() -> None:
    """Say of each model what it is to its person. Called when the app loads."""
    own("library.Profile", "about", "may_be_written_to")
    own("library.SpokenLanguage", "code")
    own("library.PersonArea", "area", "works_in", "can_help", combine=_both)
    own("library.ContactMessage", "sent", "shared_address")
