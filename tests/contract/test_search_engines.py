"""What every engine must do. Written once, run for each of them."""

import dataclasses
import time
from collections.abc import Iterator

import pytest

from search import attached, related, spelling
from search.documents import AttachedFile, Tombstone, Version, instead_for
from search.engines.base import Engine, EngineBusy, EngineError, EngineMissing
from search.nodes import Prefix
from search.plan import build_plan
from search.text import MARK_CLOSE, MARK_OPEN
from search.thesaurus import from_terms
from search.values import Range, SearchRequest
from tests.contract.search_documents import LIBRARY, PUBLIC, ask, document, fill, ids
from tests.contract.search_engines import ENGINES, new_engine


@pytest.fixture(scope="module", params=ENGINES)
def library(request, tmp_path_factory) -> Iterator[Engine]:
    """An engine that holds LIBRARY; tests only ask it."""
    engine = new_engine(request.param, tmp_path_factory.mktemp("library"))
    fill(engine)
    yield engine
    engine.destroy()


@pytest.fixture(params=ENGINES)
def engine(request, tmp_path) -> Iterator[Engine]:
    """An engine without an index, to be written to."""
    engine = new_engine(request.param, tmp_path)
    yield engine
    engine.destroy()


# Attached files


def test_text_of_an_attached_file_is_found_and_the_fragment_says_which_file(engine):
    files = (
        AttachedFile(
            "Tender 2026.pdf", "Terms and conditions. " * 60 + "A xylophone clause binds the vendor."
        ),
        AttachedFile("Map.pdf", "A zeppelin over the town hall."),
    )
    fill(engine, [document(1, "Snow contract", files=files, body="Nothing of that."), document(2, "Other")])
    for word, name in (("xylophone", "Tender 2026.pdf"), ("zeppelin", "Map.pdf")):
        found = ask(engine, word).hits
        assert [hit.item_id for hit in found] == [1]
        assert f"{MARK_OPEN}{word}{MARK_CLOSE}" in found[0].fragment
        assert attached.file_of(found[0].fragment, found[0].display["files"]) == name
    assert ids(ask(engine, '"conditions a xylophone clause"')) == [1]


def test_words_of_the_page_itself_are_shown_before_those_of_its_files(engine):
    files = (AttachedFile("Tender.pdf", "A plough is bought."),)
    fill(engine, [document(1, "Snow", body="The plough is ours.", files=files)])
    fragment = ask(engine, "plough").hits[0].fragment
    assert "ours" in fragment
    assert attached.file_of(fragment, ["Tender.pdf"]) == ""


def test_words_in_the_title_beat_words_in_a_file(engine):
    files = (AttachedFile("Tender.pdf", "plough " * 30),)
    fill(engine, [document(1, "Minutes", files=files), document(2, "A plough for sidewalks")])
    assert ids(ask(engine, "plough")) == [2, 1]


# Full text


def test_text_finds_words_in_title_summary_and_body(library):
    assert 1 in ids(ask(library, "sensors"))
    assert 3 in ids(ask(library, "rides"))
    assert 3 in ids(ask(library, "fare"))


def test_text_finds_other_forms_of_a_word(library):
    assert 1 in ids(ask(library, "sensor plows ploughing"))
    assert 3 in ids(ask(library, "booking resident"))


@pytest.mark.parametrize(
    "text",
    [
        "déneigement",
        "deneigement",
        "DENEIGEMENT",
        "trottoir",
        "municipalite",
        "municipalité",
        "électricité",
        "electricite",
        "l’électricité",
        "l'electricite",
        "d'école",
        "oeil",
        "œil",
    ],
)
def test_text_finds_french_with_and_without_accents(library, text):
    assert 2 in ids(ask(library, text))


def test_text_unaccented_document_is_found_with_accents(engine):
    fill(engine, [document(1, "Securite routiere pres des ecoles", language="fr")])
    assert ids(ask(engine, "sécurité écoles")) == [1]


def test_text_stop_words_do_not_matter(library):
    assert ids(ask(library, "the removal of the snow")) == ids(ask(library, "removal snow"))
    assert ids(ask(library, "le déneigement de la mairie")) == ids(ask(library, "déneigement mairie"))


def test_text_all_words_come_before_some_words(library):
    found = ids(ask(library, "shared ride plough"))
    assert found[0] == 3
    assert 1 in found


def test_text_title_counts_more_than_body(library):
    assert ids(ask(library, "snow"))[0] in {1, 6}
    assert ids(ask(library, "plough"))[-1] == 3


def test_text_neighbours_come_first(engine):
    apart = "winter " + "road gravel bridge culvert " * 5 + "control"
    together = "winter control " + "road gravel bridge culvert " * 5
    fill(engine, [document(1, "A", body=apart), document(2, "B", body=together)])
    assert ids(ask(engine, "winter control")) == [2, 1]


def test_text_words_in_service_areas_and_tags_are_found(engine):
    tagged = document(1, "A thing", tags=("Rats",), areas_text="Pest control Lutte antiparasitaire")
    fill(engine, [tagged, document(2, "Another")])
    assert ids(ask(engine, "rats")) == ids(ask(engine, "pest")) == ids(ask(engine, "antiparasitaires")) == [1]


def test_text_empty_lists_everything_newest_first(library):
    assert ids(ask(library)) == [2, 3, 1, 6]


def test_text_punctuation_only_finds_nothing(library):
    assert ask(library, '"!?*').total == 0


HOSTILE = [
    'zzzz"OR"CANARY',
    "zzzz OR title_en:snow",
    "zzzz) OR (snow",
    "zzzz AND NOT",
    "zzzz*",
    "/.*zzzz/",
    "zzzz~2^1000",
    "[zzzz TO *]",
    "_exists_:zzzz",
    "\x00zzzz\x01\x1b",
    "zzzz\ud800\udfff",
    "zzzz\ue000\ue001",
    "'; DROP TABLE zzzz; --",
    "<script>zzzz</script>",
    "zzzz\u202e\u2066",
    "zzzz" * 5000,
    "zzzz " * 5000,
    '"' * 3000,
    "(" * 3000,
    "\\" * 100,
    "🚋🚋🚋 zzzz",
    "ﬃzzzz",
    "l'l'l'l'zzzz",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_hostile_strings_are_words_and_never_err(library, text):
    everyone = {hit.item_id for hit in ask(library, text).hits}
    assert not everyone & {4, 5}
    assert ask(library, text, frozenset()).total == 0


def test_text_operators_are_not_operators(library):
    assert ask(library, 'zzzz"OR"CANARY').total == 0
    assert ask(library, "title_en:zzzz").total == 0
    assert ask(library, "sno*").total == 0
    assert 1 in ids(ask(library, "NOT snow"))


def test_text_of_many_words_is_answered(library):
    many = " ".join(f"word{number}" for number in range(31))
    assert 1 in ids(ask(library, f"snow {many}"))
    assert ask(library, f"{many} another snow").total == 0, "only 32 words count"


# The query language


def test_syntax_phrase_is_exact_but_for_accents_and_case(library):
    assert ids(ask(library, '"SNOW removal"')) == [1]
    assert ids(ask(library, '"removal snow"')) == []
    assert ids(ask(library, '"deneigement des trottoirs"')) == [2]
    assert ids(ask(library, "« l’école à la mairie »")) == [2]
    assert ids(ask(library, '"sensor"')) == [], "not another form of the word"


def test_syntax_phrase_and_words_are_both_needed(library):
    assert ids(ask(library, '"on every plough" snow')) == [1]
    assert ids(ask(library, '"on every plough" zzzz')) == []


def test_syntax_minus_refuses_in_hits_total_and_facets(library):
    result = ask(library, "snow -sensors")
    assert (ids(result), result.total) == ([6], 1)
    assert result.facets["municipality"] == {"hearst": 1}
    assert ids(ask(library, 'snow -"snow removal"')) == [6]
    assert ids(ask(library, "-snow")) == [2, 3], "without words, everything else"
    assert set(ids(ask(library, "plough-snow"))) == {1, 3, 6}, "a hyphen is no minus"


def test_syntax_fields_narrow_everything(library):
    assert ids(ask(library, "stage:pilot")) == [2]
    assert ids(ask(library, "plough STAGE:live by:innisfil lang:en")) == [1, 3]
    assert ids(ask(library, "snow -by:innisfil")) == [6]
    narrowed = ask(library, "by:innisfil", filters={"stage": ("live",)})
    assert narrowed.facets["municipality"] == {"innisfil": 2}
    assert ask(library, "by:nowhere").total == 0


def test_syntax_unknown_fields_are_plain_text(library):
    assert ids(ask(library, "labels:members")) == ids(ask(library, "labels members"))
    assert 1 in ids(ask(library, "foo:snow"))
    assert ask(library, "labels:municipality:17 state:gone").total == 0


def test_syntax_never_widens_the_audience(library):
    for text in ("by:barrie", "-zzzz", '"Members only"', "contract -zzzz", "stage:stopped", "-by:hearst"):
        assert not {4, 5} & set(ids(ask(library, text)))


SYNTAX_HOSTILE = [
    '"' + "a " * 500 + '"',
    '"a" ' * 200,
    "-a " * 300,
    "by:a " * 200,
    '-"' * 300,
    'area:"' * 150,
    'by:"zzzz" OR "x',
    "stage:[* TO *]",
    "-stage:",
    '"\\"',
    '-"-"-"-',
    "lang:*",
    'by:"\x00"',
    "- - - -",
    "::::",
    '"“”«»',
]


@pytest.mark.parametrize("text", SYNTAX_HOSTILE, ids=range(len(SYNTAX_HOSTILE)))
def test_syntax_hostile_strings_never_err_and_take_little(library, text):
    ask(library, text)
    started = time.process_time()
    assert not {4, 5} & set(ids(ask(library, text)))
    assert time.process_time() - started < 0.2


# Thesaurus and compounds

TERMS = from_terms(
    [
        (["snow removal", "snow clearing"], ["déneigement"]),
        (["PIA", "privacy impact assessment"], ["ÉFVP"]),
        (["ride", "taxi"], ["course"]),
    ]
)


def test_thesaurus_finds_across_languages(library):
    assert 2 in ids(ask(library, "snow clearing", thesaurus=TERMS))
    assert 1 in ids(ask(library, "deneigement", thesaurus=TERMS, language="fr"))
    assert 1 not in ids(ask(library, "deneigement"))
    assert ids(ask(library, "taxi", thesaurus=TERMS)) == [3]


def test_thesaurus_own_words_come_first(library):
    assert ids(ask(library, "snow removal", thesaurus=TERMS))[0] == 1
    assert ids(ask(library, "déneigement", thesaurus=TERMS, language="fr"))[0] == 2


def test_thesaurus_terms_of_several_words_are_phrases(engine):
    apart = document(1, "A", body="The impact of an assessment of fees on privacy")
    together = document(2, "B", body="Our privacy impact assessment is public")
    fill(engine, [apart, together])
    assert ids(ask(engine, "efvp", thesaurus=TERMS, language="fr")) == [2]


def test_thesaurus_marks_the_other_word(library):
    hit = ask(library, "taxi", thesaurus=TERMS).hits[0]
    assert f"{MARK_OPEN}rides{MARK_CLOSE}" in hit.fragment or f"{MARK_OPEN}ride{MARK_CLOSE}" in hit.fragment


def test_thesaurus_does_not_widen_the_audience(library):
    terms = from_terms([(["zzzz", "contract terms"], ["neige"])])
    assert ask(library, "zzzz", thesaurus=terms).total == 0
    assert ids(ask(library, "zzzz", frozenset({"members"}), thesaurus=terms)) == [4]


@pytest.mark.parametrize("text", ["snow plow", "snow-plow", "snowplow", "Snowplow", "snow plows"])
def test_compounds_are_found_however_they_are_written(engine, text):
    written = ("A snow plow for sidewalks", "A snow-plow for sidewalks", "A snowplow for sidewalks")
    fill(engine, [document(number, title) for number, title in enumerate(written, 1)])
    assert set(ids(ask(engine, text))) == {1, 2, 3}


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("e-permitting", "epermitting"),
        ("epermitting", "e-permitting"),
        ("3D views", "3-D"),
        ("3-D views", "3D"),
        ("e permits", "epermit"),
    ],
)
def test_compounds_with_letters_and_digits(engine, written, asked):
    fill(engine, [document(1, written), document(2, "Something else")])
    assert ids(ask(engine, asked)) == [1]


# Similar words


def texts_like(engine, word, labels=PUBLIC, excluded=()):
    plan = build_plan(SearchRequest(), labels, excluded=excluded)
    return {found.item_id: found.text for found in engine.texts(spelling.similar(word, plan))}


def test_texts_are_those_of_documents_with_a_similar_word(library):
    assert set(texts_like(library, "plouhg")) == {1, 3}
    assert set(texts_like(library, "munipicalites")) == {2}
    assert texts_like(library, "wholly") == {}
    assert "Shared rides" in texts_like(library, "residants")[3]


def test_texts_follow_the_audience_and_the_fence(library):
    assert texts_like(library, "vandor") == {}
    assert set(texts_like(library, "vandor", frozenset({"members"}))) == {4}
    assert texts_like(library, "vandor", frozenset()) == {}
    assert texts_like(library, "shored", excluded=("case_study:3",)) == {}


@pytest.mark.parametrize("word", ["*", "a" * 1000, "snow*", '"', "\\", "[a-z]", "été", "🚋🚋🚋🚋"])
def test_texts_like_hostile_words_never_err(library, word):
    assert not {4, 5} & set(texts_like(library, word))


# Words that are known, several questions at once, prefixes


def plan_of(text="", labels=PUBLIC, checked=(), **request):
    return build_plan(SearchRequest(text=text, **request), labels, checked=checked)


def test_known_tells_how_many_documents_have_a_word(library):
    words = ("snow", "ploughs", "contract", "sensers", "éléctricité")
    found = library.search(plan_of("snow ploughs contract sensers électricité", checked=words))
    assert found.known == {"snow": 2, "ploughs": 2, "contract": 0, "sensers": 0, "éléctricité": 1}
    members = library.search(plan_of("contract", frozenset({"members"}), ("contract",)))
    assert members.known == {"contract": 1}


def test_known_of_a_usual_word_tells_at_least_that_it_is_usual(library):
    words = ("snow", "contract", "sensers")
    found = library.search(dataclasses.replace(plan_of("snow contract sensers", checked=words), rare=0))
    assert found.known["snow"] > 0
    assert (found.known["contract"], found.known["sensers"]) == (0, 0), (
        "what others may see makes no word usual"
    )


def test_snippets_of_long_texts_are_cut_where_most_words_stand(engine):
    filler = "Nothing is said here of what anybody looks for, and that at some length. " * 40
    body = (
        f"Snow. {filler} The sidewalk plows cleared the snow. {filler} Le déneigement des trottoirs. {filler}"
    )
    fill(engine, [document(1, "Winter", body=body)])
    both = ask(engine, "snow plow").hits[0].fragment
    assert f"{MARK_OPEN}plows{MARK_CLOSE} cleared the {MARK_OPEN}snow{MARK_CLOSE}" in both
    accented = ask(engine, "deneigement").hits[0].fragment
    assert f"{MARK_OPEN}déneigement{MARK_CLOSE}" in accented, "an accent makes no difference"


def test_known_does_not_depend_on_chosen_facets(library):
    found = library.search(plan_of("sensors", checked=("sensors",), filters={"stage": ("pilot",)}))
    assert (found.total, found.known) == (0, {"sensors": 1})


def test_many_answers_each_plan_as_search_does(library):
    plans = [plan_of("snow"), plan_of("", frozenset()), plan_of("trottoirs", page_size=1)]
    for one, same in zip(library.many(plans), map(library.search, plans), strict=True):
        assert (ids(one), one.total, one.facets) == (ids(same), same.total, same.facets)
    assert library.many([]) == []


def test_counting_only_needs_no_hits(library):
    found = library.search(dataclasses.replace(plan_of("snow"), limit=0, counted=("kind",)))
    assert (found.hits, found.total) == ((), 2)
    assert found.facets == {"kind": {"case_study": 1, "playbook": 1}}


@pytest.mark.parametrize(
    ("word", "expected"),
    [("sno", {1, 6}), ("deneig", {2}), ("snow", {1, 6}), ("s", {1, 6}), ("zzz", set()), (".*", set())],
)
def test_prefix_finds_beginnings_of_words(library, word, expected):
    plan = dataclasses.replace(plan_of(), text=Prefix("title_exact", word), sort="relevance")
    assert set(ids(library.search(plan))) == expected


# Translations


TRANSLATED = [
    document(
        1,
        "Snow routes",
        body="Ploughs",
        versions=(Version("fr", "Circuits de déneigement", body="Charrues"),),
        instead=(instead_for("fr", "public"),),
        facets={"stage": ("live",)},
    ),
    document(
        2,
        "Circuits de déneigement",
        language="fr",
        body="Charrues",
        versions=(Version("en", "Snow routes", body="Ploughs"),),
        instead=(instead_for("en", "public"),),
        facets={"stage": ("live",)},
    ),
    document(3, "Snow fences", facets={"stage": ("pilot",)}),
]


@pytest.mark.parametrize("text", ["snow routes", "circuits", "ploughs", "charrues", "stage:live", ""])
def test_translations_are_one_hit_in_the_language_of_the_reader(engine, text):
    fill(engine, TRANSLATED)
    for language, own, other in (("en", 1, 2), ("fr", 2, 1)):
        found = ask(engine, text, language=language)
        assert own in ids(found), language
        assert other not in ids(found), language
        assert found.total == len(found.hits)
        assert found.facets["stage"]["live"] == 1


def test_translations_count_for_the_choice_of_a_language(engine):
    fill(engine, TRANSLATED)
    assert ask(engine, "snow").facets["language"] == {"en": 2, "fr": 1}
    chosen = ask(engine, "snow", filters={"language": ("fr",)})
    assert (ids(chosen), chosen.total) == ([2], 1)
    assert ids(ask(engine, "snow lang:fr")) == [2]
    assert chosen.facets["language"] == {"en": 2, "fr": 1}


def test_translations_give_way_only_to_what_the_reader_may_see(engine):
    members = document(
        5,
        "Terrasses",
        language="fr",
        labels=("members",),
        versions=(Version("en", "Patios"),),
    )
    public = document(4, "Patios", instead=(instead_for("fr", "members"), instead_for("fr", "*")))
    fill(engine, [public, members])
    assert ids(ask(engine, "patios", language="fr")) == [4]
    assert ids(ask(engine, "patios", frozenset({"public", "members"}), language="fr")) == [5]
    assert ids(ask(engine, "patios", None, language="fr")) == [5]
    assert ids(ask(engine, "patios", frozenset({"public", "members"}))) == [4, 5]
    assert ask(engine, "terrasses", language="fr").total == 0


# Audience


def test_audience_limits_hits_total_and_facets(library):
    result = ask(library, "snow")
    assert set(ids(result)) == {1, 6}
    assert result.total == 2
    assert result.facets["municipality"] == {"innisfil": 1, "hearst": 1}


def test_audience_labels_add_what_they_open(library):
    members = frozenset({"public", "members"})
    assert set(ids(ask(library, "snow", members))) == {1, 4, 6}
    own = frozenset({"public", "members", "municipality:17"})
    assert set(ids(ask(library, "snow", own))) == {1, 4, 5, 6}
    assert set(ids(ask(library, "snow", frozenset({"municipality:1"})))) == set()


def test_audience_none_sees_nothing_and_everything_sees_all(library):
    assert ask(library, "", frozenset()).total == 0
    assert ask(library, "", None).total == len(LIBRARY)


def test_audience_excluded_items_count_nowhere(library):
    result = ask(library, "snow", excluded=("case_study:1",))
    assert ids(result) == [6]
    assert result.total == 1
    assert "innisfil" not in result.facets["municipality"]


# Facets


def test_facets_count_every_value(library):
    facets = ask(library).facets
    assert facets["kind"] == {"case_study": 3, "playbook": 1}
    assert facets["language"] == {"en": 3, "fr": 1}
    assert facets["stage"] == {"live": 2, "pilot": 1}
    assert facets["tag"] == {"hiver": 1}


def test_facets_selection_narrows_and_keeps_its_siblings(library):
    result = ask(library, filters={"stage": ("pilot",)})
    assert ids(result) == [2]
    assert result.total == 1
    assert result.facets["stage"] == {"live": 2, "pilot": 1}
    assert result.facets["municipality"] == {"hearst": 1}


def test_facets_or_inside_and_across(library):
    either = ask(library, filters={"stage": ("pilot", "live")})
    assert set(ids(either)) == {1, 2, 3}
    both = ask(library, filters={"stage": ("pilot", "live"), "municipality": ("hearst",)})
    assert ids(both) == [2]
    assert both.facets["stage"] == {"pilot": 1}
    assert both.facets["municipality"] == {"hearst": 1, "innisfil": 2}


def test_facets_values_are_data(library):
    assert ask(library, filters={"stage": ('live" OR "pilot', "\x00")}).total == 0


SHELF = (
    document(1, "A", population=4_000, year=2019, facets={"service_area": ("winter", "roads"), "region": ("north",)}),
    document(2, "B", population=40_000, year=2022, facets={"service_area": ("transit", "roads"), "tier": ("lower",)}),
    document(3, "C", population=400_000, facets={"service_area": ("roads",), "has": ("tender-files",)}),
    document(
        4, "D", year=2022, facets={"service_area": ("budget", "money"), "adopted_by": ("hearst", "barrie"),
        "setup_cost": ("under-10k",), "yearly_cost": ("none",), "region": ("north",), "tier": ("lower",)},
    ),
    document(5, "E", labels=("members",), population=4_100, year=2022, facets={"adopted_by": ("hearst",)}),
)  # fmt: skip


@pytest.fixture(scope="module", params=ENGINES)
def shelf(request, tmp_path_factory) -> Iterator[Engine]:
    """An engine that holds SHELF; tests only ask it."""
    engine = new_engine(request.param, tmp_path_factory.mktemp("shelf"))
    fill(engine, SHELF)
    yield engine
    engine.destroy()


def test_facets_an_area_includes_what_is_below_it(shelf):
    whole = ask(shelf, filters={"service_area": ("roads",)})
    assert set(ids(whole)) == {1, 2, 3}
    assert whole.facets["service_area"] == {"roads": 3, "winter": 1, "transit": 1, "budget": 1, "money": 1}
    assert ids(ask(shelf, filters={"service_area": ("winter",)})) == [1]


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("adopted_by", "hearst", 4),
        ("adopted_by", "barrie", 4),
        ("has", "tender-files", 3),
        ("setup_cost", "under-10k", 4),
        ("yearly_cost", "none", 4),
    ],
)
def test_facets_of_every_sort_narrow_and_count(shelf, name, value, found):
    result = ask(shelf, filters={name: (value,)})
    assert (ids(result), result.total) == ([found], 1)
    assert ask(shelf).facets[name][value] == 1, "what only members see is not counted"


def test_facets_count_as_many_values_as_a_map_needs(engine):
    fill(engine, [document(n, f"T{n}", facets={"municipality": (f"town-{n}",)}) for n in range(1, 151)])
    assert len(ask(engine).facets["municipality"]) == 100
    assert len(ask(engine, view="map").facets["municipality"]) == 150


# Ranges and alternatives


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Range(4_000, 40_000), {1, 2}),
        (Range(4_001, None), {2, 3}),
        (Range(None, 39_999), {1}),
        (Range(0, 999_999_999), {1, 2, 3}),
        (Range(5, 6), set()),
    ],
)
def test_ranges_include_their_ends_and_nothing_unknown(shelf, limits, expected):
    result = ask(shelf, ranges={"population": limits})
    assert set(ids(result)) == expected
    assert result.total == len(expected)


def test_ranges_narrow_the_counts_of_all_facets(shelf):
    result = ask(shelf, ranges={"year": Range(2022, 2022)}, filters={"service_area": ("roads",)})
    assert ids(result) == [2]
    assert result.facets["service_area"] == {"transit": 1, "roads": 1, "budget": 1, "money": 1}
    both = {"year": Range(2022, None), "population": Range(None, 100_000)}
    assert ids(ask(shelf, ranges=both)) == [2]


def test_ranges_leave_the_score_alone(shelf):
    plain, limited = (ask(shelf, "b", ranges=ranges) for ranges in ({}, {"year": Range(2000, 2030)}))
    assert [hit.score for hit in plain.hits] == pytest.approx([hit.score for hit in limited.hits])


def test_alternatives_need_one_group_wholly(shelf):
    groups = ((("region", ("north",)), ("tier", ("lower",))), (("has", ("tender-files",)),))
    result = ask(shelf, alternatives=groups)
    assert set(ids(result)) == {3, 4}
    assert result.facets["service_area"] == {"roads": 1, "budget": 1, "money": 1}


# Similar items


def alike(engine, item, labels=PUBLIC, excluded=()):
    return engine.search(related.plan(item, labels, excluded=excluded, language="en"))


def test_similar_shares_an_area_and_is_not_the_item_itself(shelf):
    found = alike(shelf, SHELF[0])
    assert set(ids(found)) == {2, 3}
    assert found.facets == {}
    assert ids(alike(shelf, SHELF[3])) == []


def test_similar_words_and_tags_come_first(engine):
    item = document(1, "Snow plow", facets={"service_area": ("roads",), "tag": ("robots",)})
    others = [
        document(2, "Bridges", facets={"service_area": ("roads",)}),
        document(3, "Snow on roads", facets={"service_area": ("roads",)}),
        document(4, "Chatbots", facets={"tag": ("robots",), "service_area": ("roads",)}),
        document(5, "Snow plow budget"),
    ]
    fill(engine, [item, *others])
    assert set(ids(alike(engine, item))) == {2, 3, 4}
    assert ids(alike(engine, item))[0] == 4
    assert ids(alike(engine, item))[-1] == 2


def test_similar_follows_the_audience_and_the_fence(engine):
    same = {"facets": {"tag": ("robots",)}}
    fill(
        engine,
        [document(1, "A", **same), document(2, "B", labels=("members",), **same), document(3, "C", **same)],
    )
    item = document(1, "A", **same)
    assert ids(alike(engine, item)) == [3]
    assert set(ids(alike(engine, item, frozenset({"public", "members"})))) == {2, 3}
    assert ids(alike(engine, item, excluded=("case_study:3",))) == []
    assert ids(alike(engine, item, frozenset())) == []


# Order, pages, snippets


@pytest.mark.parametrize(("sort", "expected"), [("newest", [2, 3, 1, 6]), ("adopted", [2, 3, 1, 6])])
def test_sort_orders_by_number(library, sort, expected):
    assert ids(ask(library, sort=sort)) == expected
    assert ids(ask(library, "snow", sort=sort)) == [1, 6]


def test_pages_follow_each_other(library):
    pages = [ids(ask(library, page=page, page_size=2)) for page in (1, 2, 3)]
    assert pages == [[2, 3], [1, 6], []]
    assert ask(library, page=3, page_size=2).total == 4


def test_snippet_marks_the_word_where_it_is(library):
    hit = next(hit for hit in ask(library, "plough").hits if hit.item_id == 3)
    assert f"{MARK_OPEN}plough{MARK_CLOSE}" in hit.fragment
    assert len(hit.fragment) < 400


def test_snippet_falls_back_to_the_summary(library):
    hit = next(hit for hit in ask(library, "winter").hits if hit.item_id == 6)
    assert f"{MARK_OPEN}winter{MARK_CLOSE}" in hit.fragment


def test_snippet_of_french_bytes_is_cut_between_characters(library):
    fragment = ask(library, "electricite").hits[0].fragment
    assert MARK_OPEN in fragment
    assert "électricité" in fragment.replace(MARK_OPEN, "").replace(MARK_CLOSE, "")


def test_snippet_marks_cannot_be_forged(engine):
    forged = f"snow {MARK_OPEN}<b>{MARK_CLOSE} falls"
    fill(engine, [document(1, "A", body=forged)])
    fragment = ask(engine, "snow").hits[0].fragment
    assert fragment.count(MARK_OPEN) == fragment.count(MARK_CLOSE) == 1


def test_hit_carries_what_is_shown(engine):
    shown = document(
        7, "Title", kind="playbook", summary="Sum", url="/p/", display={"population": 9, "é": None}
    )
    fill(engine, [shown])
    hit = ask(engine).hits[0]
    assert (hit.key, hit.kind, hit.item_id, hit.title) == ("playbook:7", "playbook", 7, "Title")
    assert (hit.summary, hit.url, hit.language) == ("Sum", "/p/", "en")
    assert dict(hit.display) == {"population": 9, "é": None}


# Versions


def test_versions_older_never_overwrites_newer(engine):
    fill(engine, [document(1, "First", version=5)])
    engine.apply([document(1, "Older", version=4)])
    assert ask(engine).hits[0].title == "First"
    engine.apply([document(1, "Same", version=5)])
    assert ask(engine).hits[0].title == "Same"
    engine.apply([document(1, "Newer", version=6)])
    assert [hit.title for hit in ask(engine).hits] == ["Newer"]


def test_versions_deleted_never_comes_back(engine):
    fill(engine, [document(1, "Here", version=1)])
    engine.apply([Tombstone("case_study:1", 5)])
    engine.apply([document(1, "Late", version=4)])
    assert ask(engine).total == 0
    assert ask(engine, labels=None).total == 0
    assert engine.status().documents == 0
    engine.apply([document(1, "Restored", version=6)])
    assert ids(ask(engine)) == [1]


def test_versions_one_batch_keeps_the_newest(engine):
    fill(engine, [])
    engine.apply([document(1, "New", version=3), document(1, "Old", version=2), Tombstone("case_study:1", 1)])
    assert [hit.title for hit in ask(engine).hits] == ["New"]


def test_versions_repetition_changes_nothing(engine):
    fill(engine, [])
    for _ in range(3):
        engine.apply([document(1, "Once", version=3)])
    assert ask(engine).total == 1


def test_audience_narrowed_is_gone_at_once(engine):
    fill(engine, [document(1, "Soon secret", version=1)])
    engine.apply([document(1, "Soon secret", labels=("members",), version=2)])
    assert ask(engine).total == 0
    assert ask(engine).facets["kind"] == {}


# Cursor and rebuild


def test_cursor_is_kept_with_the_index(engine):
    fill(engine, [], cursor=3)
    assert engine.cursor() == 3
    engine.apply([document(1, "A", version=9)], cursor=9)
    assert engine.cursor() == engine.status().cursor == 9


def test_missing_index_is_said_so(engine):
    assert not engine.status().ready
    with pytest.raises(EngineMissing):
        engine.cursor()
    with pytest.raises(EngineError):
        ask(engine)


def test_rebuild_swaps_when_it_is_done(engine):
    fill(engine, [document(1, "Old")])
    with engine.build(7) as building:
        building.add([document(2, "New", version=7)])
        assert ids(ask(engine)) == [1], "the old index answers while the new one is built"
        building.apply([document(3, "Meanwhile", version=8)], 8)
    assert set(ids(ask(engine))) == {2, 3}
    assert engine.cursor() == 8


def test_rebuild_that_fails_changes_nothing(engine):
    fill(engine, [document(1, "Old")], cursor=2)
    with pytest.raises(RuntimeError), engine.build(7):
        raise RuntimeError
    assert ids(ask(engine)) == [1]
    assert engine.cursor() == 2


def test_rebuild_drops_what_no_longer_exists(engine):
    fill(engine, [document(1, "Old"), document(2, "Kept")])
    fill(engine, [document(2, "Kept")])
    assert ids(ask(engine, labels=PUBLIC)) == [2]


def test_status_tells_how_the_index_is(engine):
    fill(engine, LIBRARY, cursor=4)
    status = engine.status()
    assert status.ready
    assert (status.documents, status.cursor) == (len(LIBRARY), 4)
    assert status.size_bytes > 0
    assert status.fingerprint
    assert dataclasses.asdict(status)["engine"] == engine.name


@pytest.mark.elasticsearch
@pytest.mark.enable_socket
def test_elasticsearch_out_of_reach_is_said_so_quickly():
    from search.engines.elastic import ElasticEngine

    nobody = ElasticEngine("http://127.0.0.1:9", "test-nobody", timeout=1.5)
    started = time.monotonic()
    with pytest.raises(EngineError):
        ask(nobody, "snow")
    assert time.monotonic() - started < 2
    assert not nobody.status().ready


def test_embedded_second_writer_is_told_to_wait(tmp_path):
    from search.engines.embedded import EmbeddedEngine, writing

    first, second = EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)
    fill(first, [])
    with writing.writer(first._open().index), pytest.raises(EngineBusy):
        second.apply([document(1, "A")])
    second.apply([document(1, "A")])
    assert ids(ask(first)) == [1], "and the first one sees what the second wrote"


# What ranks besides words


def test_boosts_order_what_fits_equally_well(engine):
    now = int(time.time())
    plain = {number: document(number, f"Snow fence number {number}") for number in (1, 2, 3, 4)}
    taken_up = dataclasses.replace(plain[3], adoptions=4)
    still_true = dataclasses.replace(plain[4], verified=now - 1000)
    once_true = dataclasses.replace(plain[2], verified=now - 500 * 86_400)
    fill(engine, [plain[1], once_true, taken_up, still_true])
    assert ids(ask(engine, "snow fence")) == [4, 3, 2, 1]


def test_boosts_do_not_outweigh_words(engine):
    proved = document(1, "Other things", body="a fence once", adoptions=90, verified=int(time.time()))
    fits = document(2, "Snow fence", body="A snow fence keeps the road clear")
    fill(engine, [proved, fits, *(document(number, f"Filler {number}") for number in range(3, 20))])
    assert ids(ask(engine, "snow fence")) == [2, 1]
    assert ids(ask(engine, "fence")) == [2, 1]


def test_boosts_put_what_was_retired_or_replaced_after_what_fits_as_well(engine):
    now = int(time.time())
    proved = document(1, "Snow fence", adoptions=90, verified=now, published=now, current=False)
    plain = document(2, "Snow fence")
    less = document(3, "Other things", body="Snow once, and a fence")
    fill(engine, [proved, plain, less, *(document(number, f"Filler {number}") for number in range(4, 20))])
    for text in ("snow", "snow fence"):
        assert ids(ask(engine, text)) == [2, 1, 3]


def test_similar_begins_with_what_is_neither_retired_nor_replaced(engine):
    tags = {"tag": ("winter",), "service_area": ("roads",)}
    near = document(1, "Snow fence of wood", facets=tags, current=False)
    far = document(2, "Something else", facets={"service_area": ("roads",)})
    fill(engine, [near, far])
    asked = document(3, "Snow fence of wood", facets=tags)
    found = engine.search(related.plan(asked, PUBLIC, excluded=(), language="en"))
    assert ids(found) == [2, 1]


ALIKE = ((("population", ("small",)), ("tier", ("lower",))), (("region", ("north",)),))


@pytest.mark.parametrize("text", ["", "snow"])
def test_like_mine_begins_with_similar_municipalities(engine, text):
    towns = [
        document(1, "Snow snow snow", facets={"population": ("large",), "tier": ("lower",)}),
        document(2, "Snow", facets={"region": ("north",)}),
        document(3, "Snow", facets={"population": ("small",), "tier": ("lower",), "region": ("south",)}),
        document(4, "Snow", facets={"population": ("small",), "tier": ("lower",), "region": ("north",)}),
        document(5, "Snow", labels=("members",), facets={"region": ("north",)}),
    ]
    fill(engine, towns)
    request = SearchRequest(text=text, sort="like-mine")
    found = engine.search(build_plan(request, PUBLIC, alike=ALIKE))
    assert ids(found) == [4, 3, 2, 1]
    assert found.total == 4
    assert set(ids(engine.search(build_plan(request, PUBLIC)))) == {1, 2, 3, 4}, (
        "for readers of no municipality"
    )
