"""`manage.py prepare_demo`: everything between an empty folder and a site worth showing."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from core.attachments import reading
from demo.fingerprint import Fingerprint
from demo.people import make_people


class Command(BaseCommand):
    """Skips what the last start already did, so a second start takes seconds."""

    help = "Migrate, load reference data and demo content, build the index, collect static files."

    def handle(self, *args: Any, **options: Any) -> None:
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        fingerprint = Fingerprint(settings.VAR_DIR / "demo-prepared")
        if fingerprint.changed():
            for label, step in self._steps():
                self.stdout.write(f"{label} …")
                step()
            fingerprint.keep()
        self._print_logins()

    def _steps(self) -> list[tuple[str, Callable[[], object]]]:
        from demo.discussion import load_discussion
        from demo.loading import load_demo_content
        from demo.takeup import load_takeup

        return [
            ("Preparing the database", lambda: call_command("migrate", verbosity=0)),
            ("Loading municipalities and service areas", lambda: call_command("load_reference_data")),
            ("Loading the thesaurus", lambda: call_command("load_thesaurus", stdout=self.stdout)),
            ("Loading demo content", load_demo_content),
            ("Adding people and what they took up", lambda: load_takeup(self._logins_file())),
            ("Adding what they say", load_discussion),
            ("Reading attached files", self._read_files),
            ("Building the search index", lambda: call_command("search_rebuild", engine="embedded")),
            (
                "Collecting static files",
                lambda: call_command("collectstatic", interactive=False, verbosity=0),
            ),
        ]

    def _read_files(self) -> None:
        call_command("note_attachments", stdout=self.stdout)
        while reading.read_waiting():
            pass

    def _logins_file(self) -> Any:
        return settings.VAR_DIR / "demo-logins.txt"

    def _print_logins(self) -> None:
        self.stdout.write(f"\nThe site: {settings.SITE_URL}/   The editor: {settings.SITE_URL}/admin/\n")
        for login in make_people(self._logins_file()):
            self.stdout.write(f"  {login.role:14} {login.email:30} {login.password}")
        self.stdout.write(f"\nMail that would have been sent: {settings.SITE_URL}/en/demo/mail/\n")
