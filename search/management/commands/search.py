"""The site's search on the command line."""

import dataclasses
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from members.audience import ANONYMOUS, Reader, reader_for
from members.models import Person
from search import pool, service
from search.addresses import RANGE_ENDS, from_mapping
from search.engines.base import EngineError
from search.schema import FACETS, RANGES
from search.values import ResultPage, SearchRequest

# Facets, and the limits of ranges: `--facet population_min=5000`.
NARROWING = (*FACETS, *(f"{name}_{end}" for name in RANGES for end in RANGE_ENDS))


class Command(BaseCommand):
    help = "Search as the site does, through the same door."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "query", nargs="?", default="", help="The words to search for; none lists everything."
        )
        parser.add_argument(
            "--as", dest="email", default="", help="Search as this person (default: anonymous)."
        )
        parser.add_argument("--engine", choices=pool.NAMES, default="", help="Ask this engine only.")
        parser.add_argument(
            "--facet", action="append", default=[], metavar="NAME=VALUE", help="Narrow the search."
        )
        parser.add_argument(
            "--language", choices=["en", "fr"], default="en", help="Language of the interface."
        )
        parser.add_argument("--json", action="store_true", help="Print the whole result page as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        request = from_mapping(options["query"], _facets(options["facet"]), language=options["language"])
        with translation.override(options["language"]):
            found = self._search(request, _reader(options["email"]), options["engine"])
            self.stdout.write(_as_json(found) if options["json"] else _as_text(found))

    def _search(self, request: SearchRequest, reader: Reader, engine: str) -> ResultPage:
        try:
            return service.search(request, reader, engine=engine)
        except (EngineError, LookupError) as error:
            raise CommandError(str(error)) from error


def _reader(email: str) -> Reader:
    if not email:
        return ANONYMOUS
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        raise CommandError(f"nobody has the address {email}")
    return reader_for(person)


def _facets(given: list[str]) -> dict[str, tuple[str, ...]]:
    chosen: dict[str, tuple[str, ...]] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if name not in NARROWING or not equals:
            raise CommandError(f"--facet takes NAME=VALUE with one of: {', '.join(NARROWING)}")
        chosen[name] = (*chosen.get(name, ()), value)
    return chosen


def _as_json(found: ResultPage) -> str:
    page = dataclasses.asdict(dataclasses.replace(found, request=_plain(found.request)))
    return json.dumps(page, ensure_ascii=False, indent=2, default=str)


def _plain(request: SearchRequest) -> SearchRequest:
    return dataclasses.replace(request, filters=dict(request.filters))


def _as_text(found: ResultPage) -> str:
    limited = ", limited" if found.limited else ""
    lines = [f"{found.total} found ({found.engine}{limited}, {found.took_ms:.1f} ms)"]
    for hit in found.hits:
        lines += ["", f"{hit.title} [{hit.kind_label}, {hit.language}]", f"  {hit.summary}", f"  {hit.url}"]
    for facet in found.facets:
        values = ", ".join(f"{bucket.label} {bucket.count}" for bucket in facet.buckets[:8])
        lines += ["", f"{facet.label}: {values}"]
    return "\n".join(lines)
