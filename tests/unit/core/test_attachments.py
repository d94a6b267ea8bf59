"""Files go to whoever may read a page that shows them, and to nobody else; their words are taken out safely."""

import io
import time
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.test import override_settings

from core import chores
from core.attachments import child, links, reading
from core.attachments.extract import Outcome, extract
from core.log import Reason
from core.models import Attachment, File, FileText, LogEntry
from tests import factories

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R"
    b"/Resources<</Font<</F1 5 0 R>>>>>>endobj 4 0 obj<</Length 44>>stream\n"
    b"BT /F1 24 Tf 50 100 Td (Snow tender 2026) Tj ET\nendstream endobj "
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj trailer<</Root 1 0 R>>"
)


def docx(body, *, filler=0):
    """A Word file with one paragraph; `filler` bytes of white space make it a bomb."""
    out = io.BytesIO()
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    package = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r" Type="{office}" Target="word/document.xml"/></Relationships>',
        )
        with archive.open("word/document.xml", "w") as part:
            text = f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>{body}</w:t></w:r></w:p>'
            part.write(text.encode())
            for _ in range(filler // 1_000_000):
                part.write(b"<w:p/>" * 166_666)
            part.write(b"</w:body></w:document>")
    return out.getvalue()


def xlsx():
    import openpyxl

    out, book = io.BytesIO(), openpyxl.Workbook()
    book.active.append(["Snow tender", 2026])
    book.save(out)
    return out.getvalue()


def pptx():
    import pptx as powerpoint

    out, deck = io.BytesIO(), powerpoint.Presentation()
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = "Snow tender 2026"
    deck.save(out)
    return out.getvalue()


def odt():
    import odfdo

    out, text = io.BytesIO(), odfdo.Document("text")
    text.body.append(odfdo.Header(1, "Contract"))
    text.body.append(odfdo.List(["Snow tender 2026"]))
    text.save(out)
    return out.getvalue()


GOOD = {
    "pdf": lambda: PDF,
    "docx": lambda: docx("Snow tender 2026"),
    "xlsx": xlsx,
    "pptx": pptx,
    "odt": odt,
    "txt": lambda: b"Snow tender 2026",
    "csv": lambda: b"Snow tender,2026",
}


def test_every_format_is_tried():
    assert set(GOOD) == set(child.FORMATS)


@pytest.mark.parametrize("extension", sorted(GOOD))
def test_words_come_out(extension):
    found = extract(io.BytesIO(GOOD[extension]()), extension)
    assert found.outcome == Outcome.READ, found.problem
    assert "Snow tender" in found.text
    assert "2026" in found.text
    assert "ContractSnow" not in found.text


def test_text_of_older_computers_keeps_its_accents():
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert extract(io.BytesIO("Déneigement".encode(encoding)), "txt").text == "Déneigement"


@pytest.mark.parametrize("extension", sorted(set(GOOD) - {"txt", "csv"}))
@pytest.mark.parametrize("data", [b"", b"junk", b"PK\x03\x04junk", b"%PDF-1.4 junk"])
def test_damaged_file_is_no_error(extension, data):
    found = extract(io.BytesIO(data), extension)
    assert (found.outcome, found.text) == (Outcome.DAMAGED, "")
    assert found.problem


def test_bomb_costs_only_its_own_words():
    bomb = docx("boom", filler=600_000_000)
    assert len(bomb) < 5_000_000
    started = time.monotonic()
    found = extract(io.BytesIO(bomb), "docx")
    assert found.outcome == Outcome.TOO_LARGE
    assert time.monotonic() - started < 60


def test_reader_that_hangs_is_ended():
    started = time.monotonic()
    assert (
        extract(io.BytesIO(docx("slow", filler=50_000_000)), "docx", seconds=0.3).outcome == Outcome.TOO_LARGE
    )
    assert time.monotonic() - started < 10


def test_long_text_is_cut():
    assert len(extract(io.BytesIO(b"word " * 100_000), "txt").text) <= child.MAX_CHARS


def status(client, address):
    """How the address answers; what it sends is read to its end, which closes it, and not kept."""
    response = client.get(address)
    response.getvalue()
    return response.status_code


def make_file(name="tender.txt", data=b"Xylophone clause"):
    return File.objects.create(title=name, file=ContentFile(data, name))


@pytest.fixture
def shown(case_study):
    """A file that a public case study shows."""
    file = make_file()
    case_study.media = [("document", {"document": file, "description": ""})]
    case_study.save_revision().publish()
    return file


@pytest.mark.django_db
def test_words_are_read_by_the_worker_and_the_page_is_indexed_again(shown, case_study):
    assert FileText.objects.get().outcome == Outcome.WAITING
    newest = LogEntry.objects.latest("seq").seq
    chores.finish()
    assert FileText.objects.get().text == "Xylophone clause"
    assert LogEntry.objects.filter(seq__gt=newest, kind="case_study", item_id=case_study.pk).exists()


@pytest.mark.django_db
def test_new_content_is_read_anew_and_old_words_go(shown):
    chores.finish()
    shown.file = ContentFile(b"Other words", "tender.txt")
    shown._set_document_file_metadata()
    shown.save()
    assert FileText.objects.get().text == ""
    chores.finish()
    assert FileText.objects.get().text == "Other words"


def urgent_since(seq, case_study):
    """Whether the page is kept out of searches until its new state is indexed."""
    entries = LogEntry.objects.filter(seq__gt=seq, item_id=case_study.pk, reason=Reason.AUDIENCE)
    return entries.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["scan.txt", "tender.zip"])
def test_words_of_a_file_replaced_by_one_without_words_are_withdrawn_at_once(shown, case_study, name):
    chores.finish()
    newest = LogEntry.objects.latest("seq").seq
    shown.file = ContentFile(b" ", name)
    shown._set_document_file_metadata()
    shown.save()
    assert urgent_since(newest, case_study)
    assert not FileText.objects.exclude(text="").exists()


@pytest.mark.django_db
def test_words_of_a_deleted_file_are_withdrawn_at_once(shown, case_study):
    chores.finish()
    newest = LogEntry.objects.latest("seq").seq
    shown.delete()
    assert urgent_since(newest, case_study)


@pytest.mark.django_db
def test_file_that_cannot_be_read_does_not_hold_up_the_others(shown, monkeypatch):
    make_file("second.txt", b"a\x00b")

    def refuse(file):
        if file.pk == shown.pk:
            raise RuntimeError("the storage says no\x00")
        return open_file(file)

    open_file = File.open_file
    monkeypatch.setattr(File, "open_file", refuse)
    assert chores_done() == 2
    assert set(FileText.objects.values_list("outcome", "text")) == {("damaged", ""), ("read", "a b")}


def chores_done():
    """How many files were read."""
    done = 0
    while reading.read_waiting():
        done += 1
    return done


@pytest.mark.django_db
def test_words_of_a_replaced_file_are_not_stored(shown):
    """The file was replaced while the old one was being read."""
    row = FileText.objects.get()
    FileText.objects.update(digest="another")
    reading._store(row, extract(io.BytesIO(b"old words"), "txt"))
    assert FileText.objects.get().text == ""


@pytest.mark.django_db
def test_file_missing_from_the_storage_is_no_error(shown):
    shown.file.storage.delete(shown.file.name)
    chores.finish()
    assert FileText.objects.get().outcome == Outcome.DAMAGED


@pytest.mark.django_db
def test_draft_does_not_open_a_file(client, case_study):
    file = make_file()
    case_study.media = [("document", {"document": file, "description": ""})]
    case_study.save_revision()
    assert not Attachment.objects.exists()
    assert status(client, file.url) == 404


@pytest.mark.django_db
def test_file_taken_off_the_page_is_closed_again(client, shown, case_study):
    assert status(client, shown.url) == 200
    case_study.media = []
    case_study.save_revision().publish()
    assert status(client, shown.url) == 404


@pytest.mark.django_db
def test_file_linked_in_markdown_goes_with_its_page(client, case_study):
    file = make_file()
    case_study.problem = f"See [the tender]({file.url})."
    case_study.save_revision().publish()
    assert status(client, file.url) == 200


@pytest.mark.django_db
def test_file_linked_in_a_candid_note_does_not_go_with_the_page(client, case_study):
    file = make_file()
    case_study.candid_note = f"See [the letter]({file.url})."
    case_study.candid_audience = "members"
    case_study.save_revision().publish()
    assert status(client, file.url) == 404


@pytest.mark.django_db
def test_saving_one_field_does_not_note_what_is_only_drafted(case_study):
    case_study.media = [("document", {"document": make_file(), "description": ""})]
    case_study.save(update_fields=["rendered"])
    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_page_that_shows_a_deleted_file_can_be_saved(shown, case_study):
    shown.delete()
    links.note(type(case_study).objects.get(pk=case_study.pk))
    assert not Attachment.objects.exists()


READERS = ("anonymous", "elsewhere", "member", "colleague", "editor")
ALLOWED = {
    "public": {"anonymous", "elsewhere", "member", "colleague", "editor"},
    "members": {"member", "colleague", "editor"},
    "municipality": {"colleague", "editor"},
}


@pytest.fixture
def sign_in(client, municipality, other_municipality):
    def sign_in(reader):
        people = {
            "elsewhere": {"municipality": None},
            "member": {"municipality": other_municipality},
            "colleague": {"municipality": municipality},
            "editor": {"is_superuser": True},
        }
        if reader in people:
            client.force_login(factories.make_person(f"{reader}@example.org", **people[reader]))
        return client

    return sign_in


def small_png():
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    return out.getvalue()


@pytest.fixture(params=["file", "rendition"])
def address(request, case_study):
    """The direct address of something that the case study shows."""
    if request.param == "file":
        file = make_file()
        case_study.media = [("document", {"document": file, "description": ""})]
        case_study.save_revision().publish()
        return file.url
    from core.models import Picture

    picture = Picture.objects.create(title="Plough", file=ContentFile(small_png(), "plough.png"))
    case_study.media = [("picture", {"image": picture, "caption": ""})]
    case_study.save_revision().publish()
    return picture.get_rendition("width-20").url


@pytest.mark.django_db
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("audience", sorted(ALLOWED))
def test_direct_address_asks_who_is_reading(address, case_study, sign_in, audience, reader):
    case_study.audience = audience
    case_study.save_revision().publish()
    response = sign_in(reader).get(address)
    response.getvalue()
    assert response.status_code == (200 if reader in ALLOWED[audience] else 404)
    assert "public" not in response.get("Cache-Control", "")


@pytest.mark.django_db
def test_nobody_but_editors_has_it_once_the_page_is_unpublished(address, case_study, sign_in):
    case_study.unpublish()
    assert status(sign_in("colleague"), address) == 404
    assert status(sign_in("editor"), address) == 200


@pytest.mark.django_db
@override_settings(DEBUG=False)
def test_denied_is_the_same_page_as_never_existed(address, case_study, client):
    case_study.audience = "municipality"
    case_study.save_revision().publish()
    denied = client.get(address)
    missing = client.get(address.replace(address.rsplit("/", 1)[-1], "never-was.txt"))
    assert denied.status_code == missing.status_code == 404
    bodies = [
        response.content.replace(response.request["PATH_INFO"].encode(), b"")
        for response in (denied, missing)
    ]
    assert bodies[0] == bodies[1]


@pytest.mark.django_db
def test_second_look_at_a_picture_sends_nothing(case_study, client):
    from core.models import Picture

    picture = Picture.objects.create(title="Plough", file=ContentFile(small_png(), "plough.png"))
    case_study.media = [("picture", {"image": picture, "caption": ""})]
    case_study.save_revision().publish()
    address = picture.get_rendition("width-20").url
    first = client.get(address)
    assert first.getvalue()
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
