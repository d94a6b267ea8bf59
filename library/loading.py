"""The service areas that the library starts with."""

import csv
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from library.models import ServiceArea

DATA = Path(__file__).parent / "data" / "service_areas.csv"


@transaction.atomic
def load_service_areas(path: Path = DATA) -> int:
    """Add the areas that are missing; leave those alone that coordinators may have edited. Return how many."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["level"])
    known = {area.code: area for area in ServiceArea.objects.all()}
    missing = [row for row in rows if row["code"] not in known]
    for row in missing:
        known[row["code"]] = ServiceArea.objects.create(
            code=row["code"],
            slug=slugify(row["label_en"]),
            parent=known.get(row["parent_code"]),
            label_en=row["label_en"],
            label_fr=row["label_fr"],
            scope_note=row["scope_note"],
        )
    return len(missing)
