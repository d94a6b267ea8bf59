"""Which part of a long text a fragment is cut from."""

import pytest

from search.engines.embedded.excerpts import FRAGMENT_CHARS, MARGIN_CHARS, beginnings, part_of

FILLER = "Nothing is said here of what anybody looks for, and that at some length. " * 20


def part(text, *words):
    return part_of(text, beginnings(words))


def test_the_part_is_where_most_different_words_stand():
    text = f"{FILLER}Snow, snow and more snow.{FILLER}A plow clears the snow.{FILLER}"
    found = part(text, "snow", "plows")
    assert "A plow clears the snow." in found
    assert len(found) < FRAGMENT_CHARS + 3 * MARGIN_CHARS


def test_of_equal_parts_the_first():
    assert "first snow" in part(f"{FILLER}The first snow.{FILLER}The second snow.{FILLER}", "snow")


@pytest.mark.parametrize(
    ("typed", "written"),
    [("policies", "policy"), ("deneigement", "deneigement"), ("DÉNEIGEMENT", "Déneigement")],
)
def test_inflection_and_case_make_no_difference(typed, written):
    assert len(part(f"{FILLER}Here it is: {written}.{FILLER}", typed)) < len(FILLER)


def test_where_nothing_seems_to_be_there_the_whole_text_is_looked_through():
    text = f"{FILLER}Le déneigement.{FILLER}"
    assert part(text, "deneigement") == text, "an accent may be all that differs"
    assert part(text) == text
    assert part("Short.", "snow") == "Short."


def test_words_are_not_cut():
    found = part(f"{FILLER}snow {FILLER}", "snow")
    assert f" {found} " in f" {FILLER}snow {FILLER} "


def test_of_a_word_that_stands_everywhere_only_the_first_places_are_looked_at():
    found = part("snow " * 40_000, "snow", "snowing", "snowy")
    assert found.startswith("snow")
    assert len(found) < FRAGMENT_CHARS + 2 * MARGIN_CHARS
