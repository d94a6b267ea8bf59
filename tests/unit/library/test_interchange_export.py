"""The exporter: who may take out what, and files that travel along."""

import csv
import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.management import call_command
from wagtail.images.tests.utils import get_test_image_file

from casestudies.models import CaseStudyPage
from core.models import File, Picture
from library.interchange.exporter import Choice, export_path, records
from library.interchange.importer import import_path
from members.audience import ANONYMOUS, reader_for
from tests import factories

pytestmark = pytest.mark.django_db


def _identifiers(reader):
    return {record["identifier"] for record in records(Choice(reader))}


@pytest.fixture
def audiences(municipality, area):
    for audience in ("public", "members", "municipality"):
        factories.make_case_study(municipality, area, title=audience, identifier=audience, audience=audience)
    factories.make_case_study(municipality, area, title="draft", identifier="draft", live=False)


def test_everybody_gets_what_everybody_may_see(audiences):
    assert _identifiers(ANONYMOUS) == {"public"}


def test_a_member_gets_what_members_may_see(audiences, other_municipality):
    person = factories.make_person(municipality=other_municipality)
    assert _identifiers(reader_for(person)) == {"public", "members"}


def test_all_means_drafts_too(audiences):
    assert _identifiers(None) == {"public", "members", "municipality", "draft"}


def test_candid_note_keeps_its_audience(municipality, area):
    factories.make_case_study(municipality, area, candid_note="It broke.", candid_audience="members")
    notes = [record["candid_note"] for reader in (ANONYMOUS, None) for record in records(Choice(reader))]
    assert notes == ["", "It broke."]


def test_reference_to_a_hidden_item_is_left_out(municipality, area):
    hidden = factories.make_case_study(municipality, area, title="h", audience="members", identifier="h")
    factories.make_case_study(municipality, area, title="v", based_on=hidden)
    (record,) = records(Choice(ANONYMOUS))
    assert record["based_on"] is None


def test_cells_cannot_run_as_formulas(municipality, area, tmp_path):
    factories.make_case_study(municipality, area, summary='=HYPERLINK("http://x")', standards="@x")
    export_path(tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("file_format", ["markdown", "csv", "xlsx", "jsonl"])
def test_pictures_and_documents_travel_along(municipality, area, tmp_path, file_format):
    picture = Picture.objects.create(
        title="Plow", credit="Town", file=ImageFile(get_test_image_file(), "p.png")
    )
    document = File.objects.create(title="Tender", file=ContentFile(b"text", "tender.txt"))
    image = {"image": picture.pk, "alt_text": "A plow", "decorative": False}
    media = [
        {"type": "picture", "value": {"image": image, "caption": "c"}, "id": "1"},
        {"type": "document", "value": {"document": document.pk, "description": "d"}, "id": "2"},
    ]
    factories.make_case_study(municipality, area, media=json.dumps(media), identifier="m")
    before = list(records(Choice(None)))
    export_path(tmp_path / "out", file_format)
    for model in (CaseStudyPage, Picture, File):
        model.objects.all().delete()
    report = import_path(tmp_path / "out")
    assert report.counts == {"created": 1}, report.lines()
    assert list(records(Choice(None))) == before
    assert Picture.objects.get().credit == "Town"
    assert import_path(tmp_path / "out").counts == {"unchanged": 1}


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "files/none.txt"])
def test_files_outside_the_folder_are_refused(municipality, area, tmp_path, name):
    factories.make_case_study(municipality, area, identifier="m")
    media = [{"type": "document", "value": {"document": {"file": name}}}]
    record = {"kind": "case_study", "identifier": "m", "municipality": "Innisfil", "media": media}
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "in" / "a.jsonl").write_text(json.dumps(record))
    report = import_path(tmp_path / "in")
    assert report.counts == {"refused": 1}
    assert report.refused[0].problems[0].field == "media"
    assert not File.objects.exists()


def test_command_exports_and_filters(case_study, playbook, tmp_path, capsys):
    call_command("export_library", tmp_path / "out.jsonl", kind="playbook", municipality="Innisfil")
    assert "Exported 1 items" in capsys.readouterr().out
    record = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert record["identifier"] == playbook.identifier
