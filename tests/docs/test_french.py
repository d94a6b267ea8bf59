"""French is equal to English: every text of the interface has its translation."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "locale/fr/LC_MESSAGES/django.po"


@pytest.fixture(scope="module")
def catalogue():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="fr")


def test_everything_is_translated(catalogue):
    missing = [message.id for message in catalogue if message.id and not all(_strings(message))]
    assert not missing


def test_nothing_is_fuzzy(catalogue):
    assert not [message.id for message in catalogue if message.id and message.fuzzy]


def test_placeholders_survive_translation(catalogue):
    lost = [
        message.id
        for message in catalogue
        if message.id
        and {p for s in _strings(message) for p in _placeholders(s)} - _placeholders(_all_ids(message))
    ]
    assert not lost


def test_catalogue_has_every_text_of_the_templates(catalogue):
    known = {
        text
        for message in catalogue
        for text in ([message.id] if isinstance(message.id, str) else message.id)
    }
    missing = []
    for path in (ROOT / "templates").rglob("*.html"):
        for text in re.findall(r"""{%\s*translate\s+(?:"([^"]*)"|'([^']*)')""", path.read_text()):
            wanted = text[0] or text[1]
            if wanted not in known:
                missing.append(f"{path.name}: {wanted}")
    assert not missing


def test_no_template_writes_a_colon_between_two_texts():
    """French has a space before it: it belongs to a translated text, or is `{% colon %}`.

    Those that begin what is for screen readers alone are not looked for: they are not seen.
    """
    written = []
    for path in (path for kind in ("html", "txt") for path in (ROOT / "templates").rglob(f"*.{kind}")):
        text = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", path.read_text(), flags=re.S)
        written += [f"{path.name}: {line}" for line in text.splitlines() if re.search(r"[}%]}: ", line)]
    assert not written


def _strings(message):
    return [message.string] if isinstance(message.string, str) else list(message.string)


def _all_ids(message):
    return message.id if isinstance(message.id, str) else " ".join(message.id)


def _placeholders(text):
    return set(re.findall(r"%\(\w+\)s|%s|{\w+}", text))
