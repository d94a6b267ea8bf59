"""Sends the news of saved searches that are due."""

from typing import Any

from django.core.management.base import BaseCommand

from notifications import delivery


class Command(BaseCommand):
    help = "Mail people what is new in their saved searches, where it is time; the worker does the same."

    def handle(self, *args: Any, **options: Any) -> None:
        sent = delivery.send_due()
        self.stdout.write(f"{sent} mail{'' if sent == 1 else 's'} sent.")
