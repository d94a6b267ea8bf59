"""What case studies and playbooks have in common."""

from library.areas import ServiceArea
from library.items import LibraryPage

__all__ = ["LibraryPage", "ServiceArea"]
