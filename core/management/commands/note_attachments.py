"""`manage.py note_attachments`: what pages show, and which files are to be read, worked out anew."""

from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Page

from core.attachments import links, reading
from core.models import File
from core.pages import BasePage


class Command(BaseCommand):
    help = (
        "Note anew which files and pictures each page shows. Needed once for content older than this record."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        pages = 0
        for page in Page.objects.specific().iterator(chunk_size=500):
            if isinstance(page, BasePage):
                links.note(page)
                pages += 1
        for file in File.objects.iterator():
            reading.expect(file)
        self.stdout.write(f"{pages} pages noted; the worker reads the files that wait.")
