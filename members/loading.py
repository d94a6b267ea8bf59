"""The frame of the site, and Ontario's 444 municipalities in it."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page, Site

from core.events import record
from core.models import HomePage
from members.models import MunicipalityIndexPage, MunicipalityPage, Region
from members.municipalities import Tier

DATA = Path(__file__).parent / "data" / "ontario_municipalities.csv"
Row = dict[str, str]


@transaction.atomic
def prepare_site(*, hostname: str = "localhost", port: int = 80) -> MunicipalityIndexPage:
    """Make the home page, the list of municipalities and the site, where they are missing."""
    home = HomePage.objects.first() or _make_home()
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": hostname, "port": port, "root_page": home, "site_name": "Interurban"},
    )
    index = MunicipalityIndexPage.objects.first()
    if index is None:
        index = home.add_child(instance=MunicipalityIndexPage(title="Municipalities", slug="municipalities"))
    return index


def _make_home() -> HomePage:
    root = Page.get_first_root_node()
    # Wagtail's own first migration leaves a placeholder with the slug we want.
    placeholder = root.get_children().filter(slug="home").first()
    if placeholder:
        # Not saved: that would queue tasks about a page that is gone when they run.
        Page.objects.filter(pk=placeholder.pk).update(slug="placeholder")
    home: HomePage = root.add_child(instance=HomePage(title="Interurban", slug="home"))
    if placeholder:
        Site.objects.filter(root_page=placeholder).update(root_page=home)
        placeholder.delete()
    return home


def read_rows(path: Path = DATA) -> list[Row]:
    """The municipalities of a file with the columns of `ontario_municipalities.csv`."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def load_municipalities(rows: Iterable[Row]) -> int:
    """Add the municipalities that are missing; leave those alone that people may have edited. Return how many."""
    index = prepare_site()
    known = set(MunicipalityPage.objects.values_list("official_name", flat=True))
    rows = list(rows)
    regions = _regions(rows)
    added = list(_add(index, (row for row in rows if row["official_name"] not in known), regions))
    _link_upper_tiers(rows)
    return len(added)


def _regions(rows: Iterable[Row]) -> dict[str, Region]:
    names = sorted({row["geographic_area"] for row in rows if row["geographic_area"]})
    return {
        name: Region.objects.get_or_create(name=name, defaults={"slug": slugify(name)})[0] for name in names
    }


def _add(
    index: MunicipalityIndexPage, rows: Iterable[Row], regions: dict[str, Region]
) -> Iterator[MunicipalityPage]:
    for row in sorted(rows, key=lambda row: (row["name"], row["official_name"])):
        page = index.add_child(instance=_page(row, regions))
        record(MunicipalityPage.kind, page.pk)
        yield page


def _page(row: Row, regions: dict[str, Region]) -> MunicipalityPage:
    return MunicipalityPage(
        title=row["name"],
        slug=slugify(row["official_name"]),
        official_name=row["official_name"],
        status=row["status"],
        tier=row["tier"],
        region=regions.get(row["geographic_area"]),
        population=int(row["population_2021"]) if row["population_2021"] else None,
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        website=f"https://{row['website']}" if row["website"] else "",
        first_published_at=timezone.now(),
        last_published_at=timezone.now(),
    )


def _link_upper_tiers(rows: Iterable[Row]) -> None:
    upper = {page.title: page for page in MunicipalityPage.objects.filter(tier=Tier.UPPER)}
    wanted = {row["official_name"]: upper.get(row["upper_tier"]) for row in rows if row["upper_tier"]}
    for page in MunicipalityPage.objects.filter(upper_tier=None, official_name__in=wanted):
        MunicipalityPage.objects.filter(pk=page.pk).update(upper_tier=wanted[page.official_name])
