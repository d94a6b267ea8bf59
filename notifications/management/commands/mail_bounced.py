"""`manage.py mail_bounced ADDRESS`: a mail came back after the mail server had taken it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from members.models import Person
from notifications.inbox import actions
from notifications.inbox.models import Pace


class Command(BaseCommand):
    """For mail servers to call; an address that bounces several times gets no more mail about news."""

    help = "Count a mail to this address that came back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(email__iexact=options["address"], is_active=True).first()
        if person is None:
            raise CommandError(f"nobody has the address {options['address']}")
        actions.note_refused(
            person=person, pace=Pace.AT_ONCE, thread="", count=0, now=timezone.now(), bounced=True
        )
        self.stdout.write("Noted.")
