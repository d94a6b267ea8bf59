"""What may be done to a municipality's own page in the Wagtail admin: its publishers add below it, no more.

Its profile is kept on the site (`members.desk`); name, tier and region are an administrator's.
"""

from wagtail.models import PagePermissionTester


class MunicipalityTester(PagePermissionTester):
    """Answers no to whatever would change the page itself, unless an administrator asks."""

    def can_edit(self) -> bool:
        return self._administrator()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self._administrator() and super().can_delete(ignore_bulk)

    def can_publish(self) -> bool:
        return self._administrator()

    def can_unpublish(self) -> bool:
        return self._administrator() and super().can_unpublish()

    def can_lock(self) -> bool:
        return self._administrator()

    def can_unlock(self) -> bool:
        return self._administrator()

    def can_submit_for_moderation(self) -> bool:
        return self._administrator() and super().can_submit_for_moderation()

    def can_view_revisions(self) -> bool:
        return self._administrator()

    def _administrator(self) -> bool:
        return bool(self.user.is_active and self.user.is_superuser)
