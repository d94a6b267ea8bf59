"""Beginning from a document: what lands where, what is left over, and files that are not what they say."""

import io
import uuid
import zipfile
from pathlib import Path

import odfdo
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from authoring import drafts
from authoring.intake import sorting
from authoring.models import BroughtPicture, Draft, Leftover
from casestudies.models import CaseStudyPage
from core.attachments.extract import take_apart
from core.models import Picture
from tests.unit.authoring.conftest import begun

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).resolve().parents[3] / "static/samples"
ENGLISH, FRENCH = SAMPLES / "case-study-sample.docx", SAMPLES / "etude-de-cas-modele.docx"


def latest(page):
    return drafts.current(CaseStudyPage.objects.get(pk=page.pk))


def send(client, town, name="", data=b"", text="", key=None, language="en"):
    sent = {"key": str(key or uuid.uuid4()), "town": town.pk, "text": text}
    if name:
        sent["file"] = SimpleUploadedFile(name, data)
    return client.post(f"/{language}/share/from-document/", sent)


@pytest.mark.parametrize(
    ("path", "language", "problem"), [(ENGLISH, "en", "night crew"), (FRENCH, "fr", "équipe de nuit")]
)
def test_the_projects_own_sample_lands_in_the_right_fields(
    client, contributor, municipality, path, language, problem
):
    client.force_login(contributor)
    response = send(client, municipality, path.name, path.read_bytes(), language=language)
    page = begun()
    assert response["Location"] == f"/{language}/share/{page.pk}/"
    draft = latest(page)
    assert problem in draft.problem
    assert draft.what_we_did
    assert draft.challenges
    assert draft.lessons
    assert draft.transfer
    assert (draft.stage, draft.setup_cost, draft.language) == ("pilot", "10k-50k", language)
    assert [(block.value["baseline"], block.value["result"]) for block in draft.outcomes][1] == ("90", "52")
    assert len(page.leftovers.all()) == 2
    html = client.get(response["Location"]).content.decode()
    assert Leftover.objects.last().text.split(";")[0][:30] in html
    assert BroughtPicture.objects.get().suggested in html.replace("&#x27;", "'")


def test_a_picture_stands_on_the_page_once_it_is_described(client, contributor, publisher, municipality):
    client.force_login(contributor)
    send(client, municipality, ENGLISH.name, ENGLISH.read_bytes())
    page, brought = begun(), BroughtPicture.objects.get()
    assert brought.picture.collection == municipality.workplace.collection
    assert not len(latest(page).media)
    sent = {"action": "describe", "picture": brought.pk, "words": "A sensor <b>on</b> a bridge"}
    for _ in range(2):
        client.post(reverse("authoring:act", args=[page.pk]), sent)
    (block,) = latest(page).media
    assert block.value["image"].contextual_alt_text == "A sensor <b>on</b> a bridge"
    assert not BroughtPicture.objects.exists()
    assert (
        'alt="A sensor &lt;b&gt;' in client.get(reverse("authoring:preview", args=[page.pk])).content.decode()
    )


def test_left_over_parts_go_where_they_belong_and_only_there(client, contributor, municipality):
    client.force_login(contributor)
    send(
        client,
        municipality,
        text="A title\n\nA sentence.\n\n## Weather\n\nIt snowed.\n\n## Lessons\n\nAsk first.",
    )
    page, part = begun(), Leftover.objects.get()
    act = reverse("authoring:act", args=[page.pk])
    assert part.text == "It snowed."
    assert (
        "Choose where"
        in client.post(
            act, {"action": "place", "part": part.pk, "field": "owner"}, follow=True
        ).content.decode()
    )
    for _ in range(2):
        client.post(act, {"action": "place", "part": part.pk, "field": "lessons"})
    assert latest(page).lessons == "Ask first.\n\nIt snowed."
    assert not Leftover.objects.exists()


def test_parts_of_another_page_cannot_be_moved(client, contributor, municipality, begin):
    other = begin(contributor, title="Other")
    part = Leftover.objects.create(page_id=other.pk, text="Theirs")
    page = begin(contributor)
    client.force_login(contributor)
    client.post(
        reverse("authoring:act", args=[page.pk]), {"action": "place", "part": part.pk, "field": "lessons"}
    )
    assert Leftover.objects.filter(pk=part.pk).exists()
    assert latest(page).lessons == ""


def test_the_same_form_twice_begins_one_draft(client, contributor, municipality):
    client.force_login(contributor)
    key = uuid.uuid4()
    for _ in range(2):
        send(client, municipality, ENGLISH.name, ENGLISH.read_bytes(), key=key)
    assert (CaseStudyPage.objects.count(), Leftover.objects.count(), Picture.objects.count()) == (1, 2, 1)


TEXT = """Salt brine on bridges

We spray brine before it freezes.

Problem:
Bridges freeze first.

1. What we did
- Bought a tank
- Trained two drivers

DÉFIS ET ÉCHECS
La pompe gelait.

Stage: live

Weather

Nobody can change it."""


def test_pasted_text_is_sorted_by_headings_of_both_languages():
    found = sorting.sort(sorting.from_text(TEXT))
    assert found.values["title"] == "Salt brine on bridges"
    assert found.values["summary"] == "We spray brine before it freezes."
    assert found.values["problem"] == "Bridges freeze first."
    assert found.values["what_we_did"] == "- Bought a tank\n- Trained two drivers"
    assert found.values["challenges"] == "La pompe gelait."
    assert found.values["stage"] == "live"
    assert "Nobody can change it." in str(found.left_over)


@pytest.mark.parametrize(
    "text", [TEXT, "x", "Only one line that is no heading of ours", "\n\n\n", "a\r\nb\r\rc", "# #\n\n#"]
)
def test_nothing_is_lost(text):
    found = sorting.sort(sorting.from_text(text))
    kept = " ".join([*map(str, found.values.values()), *(f"{head} {part}" for head, part in found.left_over)])
    words = [word.strip("#:") for word in text.split()]
    headings = {"Problem", "1.", "What", "we", "did", "DÉFIS", "ET", "ÉCHECS", "Stage"}
    assert [word for word in words if word and word not in kept and word not in headings] == []


def test_a_long_title_and_a_long_first_paragraph_are_kept_whole():
    found = sorting.sort(sorting.from_text(f"Title\n\n{'long ' * 100}"))
    assert "summary" not in found.values
    assert found.left_over[0][1] == ("long " * 100).strip()


def odt(*elements):
    document = odfdo.Document("text")
    document.body.clear()
    for element in elements:
        document.body.append(element)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_an_opendocument_text_is_read_too(client, contributor, municipality):
    client.force_login(contributor)
    data = odt(
        odfdo.Header(1, "Brine"),
        odfdo.Paragraph("We spray."),
        odfdo.Header(2, "Leçons"),
        odfdo.Paragraph("Tôt."),
    )
    send(client, municipality, "brine.odt", data)
    draft = latest(begun())
    assert (draft.title, draft.summary, draft.lessons) == ("Brine", "We spray.", "Tôt.")


def pdf(*lines):
    """A page of text, as small as a PDF can be."""
    text = "\n".join(f"({line}) Tj 0 -20 Td" for line in lines)
    stream = f"BT /F1 12 Tf 50 750 Td {text} ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]  # fmt: skip
    body = "%PDF-1.4\n" + "".join(f"{n} 0 obj\n{text}\nendobj\n" for n, text in enumerate(objects, 1))
    return f"{body}trailer << /Root 1 0 R >>\n%%EOF".encode()


def test_a_pdf_is_read_too(client, contributor, municipality):
    client.force_login(contributor)
    send(
        client,
        municipality,
        "brine.pdf",
        pdf("Brine on bridges", "We spray before it", "freezes.", "Lessons", "Begin early."),
    )
    draft = latest(begun())
    assert draft.title == "Brine on bridges"
    assert draft.lessons == "Begin early."
    assert "We spray before it freezes." in f"{draft.summary} {Leftover.objects.all()}"


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with zipfile.ZipFile(ENGLISH) as sample:
            for name in sample.namelist():
                if name != "word/document.xml":
                    archive.writestr(name, sample.read(name))
        with archive.open("word/document.xml", "w") as file:
            file.write(
                b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
            )
            for _ in range(1500):
                file.write(b"<w:p/>" * 200_000)
    return out.getvalue()


REFUSED = {
    "not what it says": ("memo.docx", b"MZ this is a program", "not what its name says"),
    "a page of the web": ("memo.odt", b"<html><script>alert(1)</script>", "not what its name says"),
    "an old Word file": ("memo.doc", b"\xd0\xcf\x11\xe0", "can’t be read"),
    "empty": ("memo.docx", b" ", "not what its name says"),
    "no words": ("scan.pdf", pdf(), "may be a scan"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_says_what_to_do(client, contributor, municipality, name):
    file, data, words = REFUSED[name]
    client.force_login(contributor)
    response = send(client, municipality, file, data, text="What I typed")
    html = response.content.decode()
    assert response.status_code == 422
    assert words in html
    assert "What I typed" in html
    assert not Draft.objects.exists()


def test_a_bomb_costs_its_own_process_and_nothing_else(client, contributor, municipality):
    client.force_login(contributor)
    response = send(client, municipality, "bomb.docx", bomb())
    assert response.status_code == 422
    assert "too much memory or time" in response.content.decode()
    assert not Draft.objects.exists()


SCRIPTS = """<script>alert(1)</script>

Summary <img src=x onerror=alert(2)>

Lessons

<svg onload=alert(3)>

Not ours

<script>x</script>"""


def test_scripts_in_a_document_are_text(client, contributor, municipality):
    client.force_login(contributor)
    send(
        client,
        municipality,
        text=SCRIPTS,
    )
    page = begun()
    for name in ("edit", "preview", "review"):
        html = client.get(reverse(f"authoring:{name}", args=[page.pk])).content.decode()
        assert "<script>alert" not in html
        assert "<svg onload" not in html
        assert "<img src=x" not in html


def test_damaged_pictures_and_too_many_are_left_out_and_said(client, contributor, municipality):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, zipfile.ZipFile(ENGLISH) as sample:
        for name in sample.namelist():
            archive.writestr(name, b"\x89PNG broken" if name.endswith(".png") else sample.read(name))
    client.force_login(contributor)
    response = send(client, municipality, "sample.docx", out.getvalue())
    assert "too large to take over" in client.get(response["Location"]).content.decode()
    assert not BroughtPicture.objects.exists()


def test_a_picture_in_a_pdf_comes_along():
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "navy").save(out, "PDF")
    outcome, parts = take_apart(io.BytesIO(out.getvalue()), "pdf")
    assert outcome == "read"
    assert [part["kind"] for part in parts] == ["picture"]
