"""`manage.py load_reference_data`: the frame of the site, Ontario's municipalities, the service areas."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand

from library.loading import load_service_areas
from members.loading import load_municipalities, prepare_site, read_rows


class Command(BaseCommand):
    """Adds what is missing; run twice, the second run changes nothing."""

    help = "Load the home page, 444 Ontario municipalities and the service areas, where they are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        address = urlsplit(settings.SITE_URL)
        default_port = 443 if address.scheme == "https" else 80
        prepare_site(hostname=address.hostname or "localhost", port=address.port or default_port)
        areas = load_service_areas()
        municipalities = load_municipalities(read_rows())
        self.stdout.write(f"Added {municipalities} municipalities and {areas} service areas.")
