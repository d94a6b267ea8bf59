"""Whatever a record says survives every format, and the library survives leaving and coming back."""

import datetime
import tempfile
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library.interchange import formats
from library.interchange.exporter import Choice, export_path, records
from library.interchange.importer import Options, import_path, import_rows
from library.interchange.mapping import Mapping
from library.interchange.prepare import prepare
from library.interchange.rows import Row
from library.interchange.schema import columns
from library.interchange.values import from_cell
from library.registry import kinds
from tests import factories
from tests.unit.library import interchange_strategies as strategies

FORMATS = sorted(formats.WRITERS)
KINDS = sorted(kinds())
EVERYTHING = Choice(reader=None)
_PURE = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
_WITH_DATABASE = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def _filled(record):
    return {name: value for name, value in record.items() if value not in ("", None, [])}


def _as_said(record, kind):
    """What a reader returned, with what cells and front matter write in other words made equal."""
    plain = {}
    for name, value in _filled(record).items():
        column = columns(kind).get(name)
        value = from_cell(value) if column and column.is_list else value
        if column and column.is_list and isinstance(value, str):
            value = [part.strip() for part in value.split(";")]
        plain[name] = (
            value if isinstance(value, list) else str(value).replace("True", "true").replace("False", "false")
        )
    return plain


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_records_survive_each_format(file_format, kind):
    @_PURE
    @given(st.lists(strategies.records(kind), min_size=1, max_size=2))
    def check(written):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"out.{file_format}"
            formats.WRITERS[file_format](written, path)
            rows = formats.read(formats.sources(path))
            read = [prepare(row, Mapping(), {}).record for row in rows]
        key = "identifier"
        expected = sorted((_as_said(record, kind) for record in written), key=lambda r: r[key])
        assert sorted((_as_said(record, kind) for record in read), key=lambda r: r[key]) == expected

    check()


@pytest.fixture
def place(municipality):
    factories.make_area("TRN-02")
    factories.make_area("GOV-03", label_en="Clerk, records and privacy", label_fr="Greffe")
    founder = factories.make_person(municipality=municipality)
    for name in ("Winter roads", "Libraries"):
        factories.make_group(founder, name)
    return municipality


@pytest.mark.django_db
def test_library_survives_leaving_and_coming_back(place):
    @_WITH_DATABASE
    @given(
        st.lists(st.one_of(*map(strategies.records, KINDS)), min_size=1, max_size=2), st.sampled_from(FORMATS)
    )
    def check(written, file_format):
        with tempfile.TemporaryDirectory() as folder, transaction.atomic():
            rows = [Row(Path("made.jsonl"), n, record) for n, record in enumerate(written, start=1)]
            report = import_rows(rows, Path(folder), Options())
            assert not report.refused, report.lines()
            before = list(records(EVERYTHING))
            assert len(before) == len(written)
            export_path(Path(folder) / "out", file_format, EVERYTHING)
            again = import_path(Path(folder) / "out")
            assert again.counts == {"unchanged": len(written)}, again.lines()
            for model in kinds().values():
                model.objects.all().delete()
            assert not list(records(EVERYTHING))
            report = import_path(Path(folder) / "out")
            assert not report.refused, report.lines()
            by_identifier = sorted(before, key=lambda record: record["identifier"])
            assert sorted(records(EVERYTHING), key=lambda record: record["identifier"]) == by_identifier
            transaction.set_rollback(True)

    check()


@pytest.mark.parametrize("file_format", FORMATS)
def test_references_in_a_circle_come_back(place, tmp_path, file_format):
    first = factories.make_case_study(place, None, identifier="a", title="A", slug="a")
    second = factories.make_case_study(place, None, identifier="b", title="B", slug="b")
    for page, other in ((first, second), (second, first)):
        page.supersedes = page.see_instead = other
        page.retired_on, page.retired_why = datetime.date(2026, 6, 1), "Stopped; see the other."
        page.service_areas.set([])
        page.save()
    from library.models import ServiceArea

    for page in (first, second):
        page.service_areas.add(ServiceArea.objects.get(code="TRN-02"))
        page.save()
    before = list(records(EVERYTHING))
    export_path(tmp_path / "out", file_format, EVERYTHING)
    type(first).objects.all().delete()
    report = import_path(tmp_path / "out")
    assert report.counts == {"created": 2}
    assert list(records(EVERYTHING)) == before
