"""What becomes of the text people type."""

import pytest

from search.documents import Document
from search.schema import prose
from search.snippets import to_html
from search.text import MARK_CLOSE, MARK_OPEN, clean, content_words, normalise, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Snow removal", ("snow", "removal")),
        ("  snow \n snow ", ("snow",)),
        ("l’école d'Ottawa", ("école", "ottawa")),
        ("qu'est-ce aujourd'hui", ("est", "ce", "aujourd'hui")),
        ("gc.ca 3.5 1,000 a,b", ("gc.ca", "3.5", "1,000", "a", "b")),
        ("snow-removal/ice", ("snow", "removal", "ice")),
        ('zzzz"OR"CANARY', ("zzzz", "or", "canary")),
        ("\x00\ud800\ue000", ()),
        ("🚋 tram", ("tram",)),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


def test_words_at_most_32():
    assert len(words(" ".join(f"w{number}" for number in range(99)))) == 32


def test_normalise_at_most_one_kilobyte():
    assert len(normalise("é" * 5000).encode()) <= 1024
    assert normalise("é" * 5000).endswith("é")


def test_content_words_leave_out_what_means_nothing_in_either_language():
    assert content_words("the removal of snow") == ("removal", "snow")
    assert content_words("le déneigement de la rue") == ("déneigement", "rue")
    assert content_words("IT strategy and AI") == ("it", "strategy", "ai")


def test_content_words_are_all_words_if_none_means_anything():
    assert content_words("who are you") == ("who", "are", "you")


def test_clean_removes_what_an_engine_should_not_meet():
    assert clean("a\x00b\ud800c\ue000d") == "a b c d"
    assert clean("e\u0301") == "é"


def test_prose_is_clean_and_keeps_tags_apart():
    document = Document("k:1", "k", 1, f"A{MARK_OPEN}", ("public",), tags=("ice", "snow"))
    assert prose(document)["title"] == "A "
    assert prose(document)["tags"] == "ice , snow"


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</mark><b>",
        "&lt;script&gt;",
        "\" onclick='x'",
    ],
)
def test_to_html_never_has_live_html(attack):
    html = to_html(f"{attack} {MARK_OPEN}{attack}{MARK_CLOSE}")
    bare = html.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert '"' not in bare
    assert html.count("<mark>") == html.count("</mark>") == 1
