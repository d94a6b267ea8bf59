"""`manage.py sync_roles`: Wagtail's groups and permissions as the roles say."""

from typing import Any

from django.core.management.base import BaseCommand

from members.roles.sync import sync_all


class Command(BaseCommand):
    """Needed only after roles were changed behind the site's back; twice changes nothing."""

    help = "Bring Wagtail's groups, page and collection permissions in step with the roles people hold."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Municipalities with roles: {sync_all()}")
