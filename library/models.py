"""What case studies and playbooks have in common."""

from library.areas import ServiceArea
from library.items import LibraryPage
from library.links.models import LinkHost, LinksTaken, OutboundLink
from library.people.models import ContactMessage, PersonArea, Profile, SpokenLanguage
from library.reminders import Reminder

__all__ = [
    "ContactMessage", "LibraryPage", "LinkHost", "LinksTaken", "OutboundLink", "PersonArea", "Profile", "Reminder",
    "ServiceArea", "SpokenLanguage",
]  # fmt: skip
