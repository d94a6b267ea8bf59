"""The gallery: every component is documented, has samples, and renders in both languages."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from core.gallery import FOLDER, components

ROOT = Path(__file__).resolve().parents[3]
NAMES = [component.name for component in components()]
VOID = {"br", "circle", "hr", "img", "input", "link", "meta", "path", "rect", "source", "use", "wbr"}
# A script of data is none: the policy lets it stand, and nothing runs it.
INLINE = r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*(?:\ssrc=|type=\"application/json\"))"


def component(name):
    return next(known for known in components() if known.name == name)


@pytest.mark.parametrize("name", NAMES)
def test_component_says_what_it_is_for(name):
    assert len(component(name).doc) > 30, f"templates/components/{name}/index.html must begin with a comment"


@pytest.mark.parametrize("name", NAMES)
def test_component_has_a_sample_that_uses_it(name):
    samples = component(name).samples
    assert samples, f"templates/components/{name}/samples.json is missing or empty"
    assert any(f"<{component(name).tag}" in sample.source for sample in samples)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_component_renders(client, language):
    response = client.get(f"/{language}/components/")
    assert response.status_code == 200
    assert "<c-" not in _without_sources(response.content.decode())


@pytest.mark.django_db
def test_gallery_lists_every_component(client):
    page = client.get("/components/").content.decode()
    assert [name for name in NAMES if f'id="{name}"' not in page] == []


@pytest.mark.django_db
def test_gallery_of_unknown_component_is_not_found(client):
    assert client.get("/en/components/nonesuch/").status_code == 404


@pytest.mark.django_db
def test_gallery_takes_the_name_as_written_in_templates(client):
    assert client.get("/en/components/item-card/").status_code == 200


@pytest.mark.django_db
def test_gallery_has_no_inline_style_or_script(client):
    page = client.get("/en/components/").content.decode()
    assert not re.search(INLINE, _without_sources(page))


@pytest.mark.django_db
def test_gallery_closes_what_it_opens(client):
    checker = _Balance()
    checker.feed(client.get("/en/components/").content.decode())
    assert checker.problems == []
    assert checker.open == []


def test_sample_text_is_escaped(rf):
    from core.gallery import Sample, rendered

    sample = Sample("Hostile", '<c-item-card :title="title" />', {"title": "<script>alert(1)</script>"})
    assert "<script>" not in rendered(sample, rf.get("/"))


def test_style_sheet_is_up_to_date():
    check = subprocess.run(
        [sys.executable, ROOT / "script/build-css", "--check"], capture_output=True, text=True, check=False
    )
    assert check.returncode == 0, check.stderr


def test_no_template_has_inline_style_or_script():
    offending = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(INLINE, path.read_text())
    ]
    assert offending == []


def test_templates_stay_short():
    lengths = {path: len(path.read_text().splitlines()) for path in (ROOT / "templates").rglob("*.html")}
    assert [str(path) for path, length in lengths.items() if length > 100] == []
    assert sorted(lengths.values())[len(lengths) // 2] <= 20


def test_every_icon_that_components_name_exists():
    symbols = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static/img/icons.svg").read_text()))
    named = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'(?:<c-icon name|\sicon)="([a-z-]+)"', path.read_text())
    }
    assert named - symbols == set()


def test_components_live_where_the_settings_say():
    assert FOLDER.is_dir()


def _without_sources(page: str) -> str:
    return re.sub(r"<code>.*?</code>", "", page, flags=re.DOTALL)


class _Balance(HTMLParser):
    """Finds elements that are never closed, or closed out of order."""

    def __init__(self):
        super().__init__()
        self.open, self.problems = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append((tag, self.getpos()))

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open[-1][0] != tag:
            self.problems.append((tag, self.getpos(), self.open[-1:]))
        else:
            self.open.pop()


def test_no_template_carries_a_merge_conflict():
    marked = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*")
        if path.is_file() and re.search(r"^(<{7}|>{7}) ", path.read_text(), re.MULTILINE)
    ]
    assert marked == []
