"""Hostile and clumsy input: markup, sizes, quotes, files that are not what they say, names that are paths."""

import io
import re
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from discussions.comments import limits
from discussions.comments.files import safe_name
from discussions.comments.models import Comment, new_token
from discussions.models import Report
from discussions.moderation import actions as moderation
from members.roles import actions as roles
from tests import factories
from tests.unit.core.test_files import small_png

pytestmark = pytest.mark.django_db

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    '![x](x"onerror="alert(1))',
    '<a href="jAvAsCrIpT:alert(1)">x</a>',
    "`<script>alert(1)</script>`",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
    "<style>*{background:url(//evil.example)}</style>",
    "<form action=//evil.example><input name=q>",
    "{{ request.user.password }}{% debug %}",
    "\u202e\u0000<b onmouseover=alert(1)>".replace("\u0000", ""),
    "'; DROP TABLE discussions_comment; --",
    "@<script>alert(1)</script>",
]


@pytest.fixture
def sam(other_municipality):
    return factories.make_person(
        "sam@whitby.ca",
        municipality=other_municipality,
        first_name="<b>Sam",
        last_name="<script>alert(1)</script>",
    )


@pytest.fixture
def signed_in(client, sam):
    client.force_login(sam)
    return client


def post(client, page, body, **more):
    return client.post(f"/en/comments/on/{page.pk}/", {"body": body, "token": new_token(), **more})


def live_markup(html):
    """What a browser would run, of all that the hostile texts bring; quoted or encoded it is just words."""
    tags = re.findall(r"<[a-z][^<>]*>", html, flags=re.IGNORECASE)
    runs = re.compile(
        r"""[\s"'/]on[a-z]+\s*=|(?:href|src|action)\s*=\s*["']?\s*(?:javascript|data:text)|srcdoc""",
        re.IGNORECASE,
    )
    brought = re.compile(r"<(?:style|iframe|math|form action=//|svg/)|<script>", re.IGNORECASE)
    return [tag for tag in tags if runs.search(tag) or brought.match(tag)]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_stays_text_in_every_field(signed_in, case_study, sam, text):
    assert post(signed_in, case_study, f"zq {text}").status_code == 302
    comment = Comment.objects.get()
    moderation_reader = factories.make_person("root@example.org", is_superuser=True)
    Report.objects.create(
        kind="comment", item_id=comment.pk, by=moderation_reader, reason="other", words=text
    )
    moderation.warn(by=moderation_reader, kind="comment", item_id=comment.pk, reason="other", words=text)
    addresses = [
        case_study.url, f"/en/comments/{comment.pk}/thread/", f"/en/comments/{comment.pk}/history/",
        f"/en/comments/{comment.pk}/edit/", f"/en/comments/on/{case_study.pk}/?reply={comment.pk}&quote=1",
        "/en/moderation/mine/",
    ]  # fmt: skip
    pages = [signed_in.get(address) for address in addresses]
    pages.append(signed_in.post("/en/comments/preview/", {"page": case_study.pk, "body": text}))
    signed_in.force_login(moderation_reader)
    pages.append(signed_in.get(f"/en/moderation/case/comment/{comment.pk}/"))
    pages.append(signed_in.get(f"/en/comments/on/{case_study.pk}/?reply={comment.pk}"))
    for page in pages:
        if page.status_code == 200:
            assert live_markup(page.content.decode()) == [], page.request["PATH_INFO"]


def test_100_kb_are_refused_with_what_to_do_and_the_text_stays(signed_in, case_study):
    text = "zqlong " * 15_000
    answer = post(signed_in, case_study, text)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "10000 is the limit" in html or "10,000 is the limit" in html
    assert "attach the rest as a file" in html
    assert html.count("zqlong") >= 14_999
    assert not Comment.objects.exists()


def test_quotes_in_quotes_are_bounded(signed_in, case_study):
    answer = post(signed_in, case_study, "> " * 400 + "deep")
    assert answer.status_code == 422
    assert "5 deep at most" in answer.content.decode()
    assert post(signed_in, case_study, "> > > > > five are fine").status_code == 302


@pytest.mark.parametrize(
    "text", ["[" * 9_000, "> " * 4_900, "1. " * 3_000, "`" * 9_999, "@a " * 3_300, "*a " * 3_000]
)
def test_whatever_is_typed_is_answered_soon(signed_in, case_study, text):
    began = time.process_time()
    answer = post(signed_in, case_study, text)
    assert answer.status_code in (302, 422)
    assert time.process_time() - began < 3


def test_nothing_is_no_comment(signed_in, case_study):
    for text in ("", "  \n ", "\x00"):
        answer = post(signed_in, case_study, text)
        assert answer.status_code == 422
    assert "Write something first" in post(signed_in, case_study, " ").content.decode()


@pytest.mark.parametrize(
    "bad",
    [
        {"token": ""},
        {"token": "x" * 100},
        {"answers_to": "x"},
        {"answers_to": "-1"},
        {"answers_to": "9" * 30},
    ],
)
def test_a_forged_form_is_refused_and_the_text_stays(signed_in, case_study, bad):
    answer = post(signed_in, case_study, "zqtyped", **bad)
    assert answer.status_code == 422
    assert "zqtyped" in answer.content.decode()


def test_answering_what_is_gone_keeps_the_text(signed_in, case_study, sam):
    answer = post(signed_in, case_study, "zqtyped", answers_to=98_765)
    assert answer.status_code == 409
    assert "zqtyped" in answer.content.decode()


def zipped(**files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def bomb():
    return zipped(**{"word/document.xml": b"0" * (limits.MAX_UNPACKED_BYTES + 1)})


REFUSED = {
    "program": ("run.exe", b"MZ"),
    "page": ("page.html", b"<script>alert(1)</script>"),
    "svg": ("x.svg", b"<svg onload=alert(1)>"),
    "disguised page": ("notes.pdf", b"<html><script>alert(1)</script></html>"),
    "disguised program": ("photo.png", b"MZ\x90\x00"),
    "archive as Word": ("letter.docx", zipped(**{"evil.txt": b"x"})),
    "broken archive": ("letter.docx", b"PK\x03\x04 nothing"),
    "binary as text": ("notes.txt", b"\x00\x01\x02"),
    "empty": ("notes.txt", b""),
    "no name": ("noextension", b"text"),
    "two names": ("photo.png.exe", small_png()),
}


@pytest.mark.parametrize("case", REFUSED)
def test_files_that_are_not_what_they_say_are_refused(signed_in, case_study, case):
    name, content = REFUSED[case]
    answer = post(signed_in, case_study, "zqtyped", attached=SimpleUploadedFile(name, content))
    assert answer.status_code == 422, case
    assert "zqtyped" in answer.content.decode()
    assert not Comment.objects.exists()


def test_bombs_are_refused_without_being_unpacked(signed_in, case_study):
    began = time.process_time()
    content = bomb()
    packed = time.process_time() - began
    began = time.process_time()
    assert post(signed_in, case_study, "x", attached=SimpleUploadedFile("a.docx", content)).status_code == 422
    assert time.process_time() - began < packed + 2
    big = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(big, "PNG")
    assert (
        post(signed_in, case_study, "x", attached=SimpleUploadedFile("a.png", big.getvalue())).status_code
        == 422
    )


def test_too_large_and_too_many(signed_in, case_study):
    large = SimpleUploadedFile("a.txt", b"a" * (limits.MAX_FILE_BYTES + 1))
    assert "larger than 10" in post(signed_in, case_study, "x", attached=large).content.decode()
    many = [SimpleUploadedFile(f"{n}.txt", b"a") for n in range(limits.FILES_EACH + 1)]
    assert "5 files at most" in post(signed_in, case_study, "x", attached=many).content.decode()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\windows\\a.txt", "a.txt"),
        ("<script>.txt", "script.txt"),
        ('a"\r\nSet-Cookie: x.txt', "a_Set-Cookie_ x.txt"),
        ("été à l’hôtel.PDF", "été à l’hôtel.pdf"),
        ("..txt", "file.txt"),
    ],
)
def test_names_of_files_are_made_safe(name, safe):
    assert safe_name(name) == safe


def test_a_file_goes_to_the_pages_readers_as_a_file_and_nothing_else(
    client, case_study, sam, other_municipality
):
    files = [SimpleUploadedFile("plan.txt", b"zqplan"), SimpleUploadedFile("photo.png", small_png())]
    comment = factories.make_comment(case_study, sam, "see", files=files)
    first = comment.files.first()
    address = f"/en/comments/files/{first.pk}/plan.txt"
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == b"zqplan"
    assert answer["Content-Disposition"] == 'attachment; filename="plan.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "application/octet-stream"
    assert address in client.get(case_study.url).content.decode()
    assert client.get(first.file.url).status_code == 404, (
        "the site's other address for files does not have it"
    )
    case_study.audience = "municipality"
    case_study.save_revision().publish()
    assert client.get(address).status_code == 404


def test_a_moderators_queue_bears_hostile_names(client, case_study, sam):
    root = factories.make_person("root@example.org", is_superuser=True)
    roles.name_moderator(by=root, person=factories.make_person("m@example.org"))
    comment = factories.make_comment(case_study, sam, "x")
    moderation.suspend(
        by=root, kind="comment", item_id=comment.pk, reason="other", words="<script>alert(1)</script>"
    )
    client.force_login(root)
    for address in (
        "/en/moderation/suspended/",
        f"/en/moderation/case/comment/{comment.pk}/",
        case_study.url,
    ):
        assert live_markup(client.get(address).content.decode()) == []


def test_numbers_that_no_comment_has_are_not_found(signed_in, case_study):
    huge = 10**30
    for address in (f"/en/comments/{huge}/", f"/en/comments/{huge}/thread/", f"/en/comments/files/{huge}/x.txt",
                    f"/en/comments/on/{huge}/", f"/en/comments/on/{case_study.pk}/?reply={huge}",
                    f"/en/moderation/report/comment/{huge}/", f"/en/moderation/report/case_study/{huge}/"):  # fmt: skip
        expected = 200 if "reply" in address else 404
        assert signed_in.get(address).status_code == expected, address
    kept = signed_in.post(f"/en/comments/on/{huge}/", {"body": "zqkept\x00", "token": "a\x00b"})
    assert kept.status_code == 404
    assert "zqkept" in kept.content.decode()
