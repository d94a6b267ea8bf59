"""The importer: what it understands, what it refuses and how it says so."""

import json
import os
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from casestudies.models import CaseStudyPage
from core.models import LogEntry
from library.interchange.importer import Options, import_path
from library.interchange.mapping import load_mapping
from library.interchange.problems import InterchangeError, MappingNeededError
from members.models import MunicipalityPage
from playbooks.models import PlaybookPage
from tests import factories

pytestmark = pytest.mark.django_db
HEADER = "Titre,Résumé,Municipalité,Domaine de service,Étape\n"
GOOD = "Déneigement,Un essai.,Innisfil,Entretien hivernal,Pilot\n"


@pytest.fixture
def place(municipality, area):
    factories.make_area("COR-04", label_en="Technology, data and mapping", label_fr="Technologies")
    return municipality


def _csv(folder, text, encoding="utf-8"):
    path = folder / "cases.csv"
    path.write_bytes(text.encode(encoding))
    return path


def _markdown(folder, text, name="case.md"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _only_problem(report):
    (outcome,) = report.refused
    (problem,) = outcome.problems
    return outcome, problem


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_table_with_french_columns_in_what_spreadsheets_write(place, tmp_path, separator, encoding):
    path = _csv(tmp_path, (HEADER + GOOD).replace(",", separator), encoding)
    report = import_path(path)
    assert report.counts == {"created": 1}, report.lines()
    page = CaseStudyPage.objects.get()
    assert (page.title, page.stage, page.municipality, page.live) == ("Déneigement", "pilot", place, True)
    assert [area.code for area in page.service_areas.all()] == ["TRN-02"]


def test_workbook_with_dates_and_numbers(place, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Title", "Summary", "Town", "Service area", "Stage", "Start date", "Cost year"])
    book.active.append(["A", "B", "Town of Innisfil", "TRN-02", "live", "2020-01-31", 2021])
    book.save(tmp_path / "cases.xlsx")
    assert import_path(tmp_path / "cases.xlsx").counts == {"created": 1}
    page = CaseStudyPage.objects.get()
    assert (str(page.started), page.cost_year) == ("2020-01-31", 2021)


def test_second_run_changes_nothing(place, tmp_path):
    path = _csv(tmp_path, HEADER + GOOD)
    import_path(path)
    page = CaseStudyPage.objects.get()
    before = (page.revisions.count(), LogEntry.objects.count())
    assert import_path(path).counts == {"unchanged": 1}
    assert (page.revisions.count(), LogEntry.objects.count()) == before


def test_change_updates_the_same_item(place, tmp_path):
    import_path(_csv(tmp_path, HEADER + GOOD))
    identifier = CaseStudyPage.objects.get().identifier
    assert import_path(_csv(tmp_path, HEADER + GOOD.replace("Pilot", "Live"))).counts == {"updated": 1}
    page = CaseStudyPage.objects.get()
    assert (page.stage, page.identifier) == ("live", identifier)


def test_dry_run_changes_nothing(place, tmp_path):
    report = import_path(_csv(tmp_path, HEADER + GOOD), Options(dry_run=True))
    assert report.counts == {"created": 1}
    assert not CaseStudyPage.objects.exists()


def test_bad_rows_are_reported_and_good_ones_taken(place, tmp_path):
    bad = "Autre,Un essai.,Inisfil,Entretien hivernal,Pilot\n"
    report = import_path(_csv(tmp_path, HEADER + bad + GOOD))
    assert report.counts == {"created": 1, "refused": 1}
    outcome, problem = _only_problem(report)
    assert (outcome.line, problem.field) == (2, "municipality")
    assert "“Town of Innisfil”" in problem.message


@pytest.mark.parametrize(
    ("old", "new", "field", "hint"),
    [
        ("Entretien hivernal", "Entretien d'hiver", "service_areas", "Entretien hivernal"),
        ("Entretien hivernal", "", "service_areas", "--service-area"),
        ("Pilot", "Pilott", "stage", "“pilot”"),
        ("Pilot", "", "stage", "--stage"),
        ("Innisfil", "Xyzzy", "municipality", "“Xyzzy”"),
        ("Déneigement", "", "title", "needed"),
    ],
)
def test_what_is_wrong_with_a_row_says_what_to_do(place, tmp_path, old, new, field, hint):
    report = import_path(_csv(tmp_path, HEADER + GOOD.replace(old, new)))
    outcome, problem = _only_problem(report)
    assert (outcome.line, problem.field) == (2, field)
    assert hint in problem.message
    assert not CaseStudyPage.objects.exists()


def test_unknown_columns_ask_for_a_mapping_file(place, tmp_path):
    path = _csv(tmp_path, HEADER.replace("Étape", "Wibble,Reference no.") + GOOD.replace("Pilot", "Pilot,7"))
    with pytest.raises(MappingNeededError) as needed:
        import_path(path)
    assert needed.value.columns == ["Wibble", "Reference no."]
    assert not CaseStudyPage.objects.exists()
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("columns:\n  Wibble: stage\n  Reference no.: ignore\n", encoding="utf-8")
    assert import_path(path, Options(mapping=load_mapping(mapping))).counts == {"created": 1}


def test_example_of_a_mapping_file_is_one(place, tmp_path):
    with pytest.raises(MappingNeededError) as needed:
        import_path(_csv(tmp_path, "Título: x,b\n1,2\n"))
    (tmp_path / "m.yaml").write_text(needed.value.example, encoding="utf-8")
    assert len(load_mapping(tmp_path / "m.yaml").columns) == 2


def test_mapping_to_an_unknown_field_names_the_nearest(tmp_path):
    (tmp_path / "m.yaml").write_text("columns:\n  A: sumary\n", encoding="utf-8")
    with pytest.raises(InterchangeError, match="“summary”"):
        load_mapping(tmp_path / "m.yaml")


def test_ambiguous_short_name_lists_the_official_ones(index, area, tmp_path):
    for name in ("City of Hamilton", "Township of Hamilton"):
        factories.make_municipality(index, name)
    _outcome, problem = _only_problem(
        import_path(_csv(tmp_path, HEADER + GOOD.replace("Innisfil", "Hamilton")))
    )
    assert "“City of Hamilton”" in problem.message
    assert "“Township of Hamilton”" in problem.message


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("no front matter", "front matter"),
        ("---\ntitle: a: b\n---\n", "YAML"),
        ("---\ntitle: [a\n---\n", "YAML"),
        ("---\ntitle: x\ntitle: y\n---\n", "twice"),
        ("---\na: &a [x]\nb: *a\n---\n", "Write the value out"),
        ("---\n- a\n---\n", "name: value"),
        ("---\ntitle: !!python/object:os.system x\n---\n", "YAML"),
        (f"---\na: {'[' * 5000}\n---\n", ""),
    ],
)
def test_broken_front_matter_is_one_broken_row(place, tmp_path, text, hint):
    _markdown(tmp_path, text, "a.md")
    _markdown(
        tmp_path,
        "---\ntitle: T\nsummary: S\nstage: live\nservice_area: TRN-02\ntown: Innisfil\n---\n",
        "b.md",
    )
    report = import_path(tmp_path)
    assert report.counts == {"refused": 1, "created": 1}
    assert hint in _only_problem(report)[1].message


@pytest.mark.parametrize(
    ("name", "data", "hint"),
    [
        ("a.csv", b"title\n\xff\xfa\x81\n", "UTF-8"),
        ("a.csv", b"title\nx\x00\n", "NUL"),
        ("a.csv", b'title\n"x', "quotation marks"),
        ("a.csv", b"title,title\nx,y\n", "twice"),
        ("a.csv", b"", "empty"),
        ("a.xlsx", b"not a workbook", "XLSX"),
        ("a.docx", b"", "known format"),
    ],
)
def test_unusable_file_says_what_to_do(place, tmp_path, name, data, hint):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InterchangeError, match=hint):
        import_path(tmp_path / name)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("{", "not valid JSON"),
        ("[1]", "object"),
        ('{"title": "a", "title": "b"}', "twice"),
        ("[" * 100_000, "deeply"),
        ('{"title": "\\ud800", "summary": "s", "stage": "live", "service_areas": ["TRN-02"], "town": "Innisfil"}',
         "surrogate"),
        ('{"title": "a\\u0000b", "summary": "s", "stage": "live", "service_areas": ["TRN-02"], "town": "Innisfil"}',
         "NUL"),
    ],
)  # fmt: skip
def test_broken_json_line_is_one_broken_row(place, tmp_path, line, hint):
    path = tmp_path / "a.jsonl"
    path.write_text(f"{line}\n", encoding="utf-8")
    assert hint in _only_problem(import_path(path))[1].message


def test_text_over_the_limit_is_refused(place, tmp_path):
    record = {"title": "a", "summary": "s", "stage": "live", "service_areas": "TRN-02", "town": "Innisfil"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record | {"lessons": "x" * 100_001}), encoding="utf-8")
    report = import_path(tmp_path / "a.jsonl")
    assert report.counts == {"refused": 1}
    assert "100000" in report.lines()[0].replace(",", "")


def test_same_item_twice_in_a_file_is_refused_once(place, tmp_path):
    report = import_path(_csv(tmp_path, HEADER + GOOD + GOOD.replace("Un essai", "Deux essais")))
    assert report.counts == {"created": 1, "refused": 1}
    assert CaseStudyPage.objects.get().summary == "Un essai."


def test_article_without_municipality_is_set_apart_as_an_example(place, tmp_path):
    text = "---\ntitle: T\nlang: fr\ndate: 2021-07-27\nsource: https://example.org/x\n---\n# H\n\nUne phrase. Une autre.\n"
    report = import_path(_markdown(tmp_path, text))
    assert report.counts == {"created": 1}, report.lines()
    page = CaseStudyPage.objects.get()
    assert page.municipality.official_name == "Imported examples"
    assert (page.summary, page.language, page.licence) == ("Une phrase.", "fr", "other")
    assert (page.source_url, str(page.first_published_at.date())) == ("https://example.org/x", "2021-07-27")
    assert len(report.outcomes[0].notes) == 3


def test_long_summary_is_cut_and_kept(place, tmp_path):
    text = f"---\ntitle: T\nsummary: {'mot ' * 100}\n---\nTexte.\n"
    import_path(_markdown(tmp_path, text))
    page = CaseStudyPage.objects.get()
    assert len(page.summary) <= 300
    assert page.what_we_did == f"{('mot ' * 100).strip()}\n\nTexte."


def test_headings_become_fields_of_their_kind(place, tmp_path):
    text = "---\ntitle: T\nsummary: S\n---\nA\n\n## Leçons\n\nB\n\n## Prerequisites\n\nC\n"
    import_path(_markdown(tmp_path, text))
    page = CaseStudyPage.objects.get()
    assert (page.what_we_did, page.lessons) == ("A", "B\n\n## Prerequisites\n\nC")


def test_steps_keep_their_ids_when_a_file_without_ids_changes_them(place, tmp_path):
    factories.make_playbook(place, title="P", identifier="p")
    before = [step.id for step in PlaybookPage.objects.get().steps]
    steps = [{"title": "New", "instruction": "Do."}, {"title": "Other", "instruction": "Do."}]
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"kind": "playbook", "identifier": "p", "municipality": "Innisfil", "steps": steps,
                    "service_areas": ["TRN-02"]}), encoding="utf-8"
    )  # fmt: skip
    assert import_path(tmp_path / "a.jsonl").counts == {"updated": 1}
    page = PlaybookPage.objects.get()
    assert [step.id for step in page.steps] == before
    assert page.steps[0].value["title"] == "New"


@pytest.mark.parametrize(
    ("steps", "hint"),
    [
        ("x", "list"),
        ([{"title": "a"}], "instruction"),
        ([{"titel": "a", "instruction": "b"}], "“title”"),
        ([{"title": "a" * 200, "instruction": "b"}], "160"),
        ([{"type": "stepp", "value": {}}], "type"),
    ],
)
def test_wrong_steps_say_where(place, tmp_path, steps, hint):
    record = {"title": "P", "summary": "S", "kind": "playbook", "town": "Innisfil", "service_area": "TRN-02",
              "when_to_use": "a", "when_not_to_use": "b", "steps": steps}  # fmt: skip
    (tmp_path / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    _outcome, problem = _only_problem(import_path(tmp_path / "a.jsonl"))
    assert problem.field == "steps"
    assert hint in problem.message


def test_formula_cells_come_in_as_text(place, tmp_path):
    import_path(_csv(tmp_path, HEADER + GOOD.replace("Un essai.", "'=1+1")))
    assert CaseStudyPage.objects.get().summary == "=1+1"


def test_command_creates_the_organisation_and_writes_a_report(place, tmp_path, capsys):
    path = _csv(tmp_path, "Title,Summary\nA,B\n")
    call_command(
        "import_library", path, municipality="Snow club", service_area=["TRN-02"], stage="idea",
        create_organisation=True, report=tmp_path / "report.csv",
    )  # fmt: skip
    assert MunicipalityPage.objects.get(title="Snow club").status == "organisation"
    assert "1 created" in capsys.readouterr().out
    assert "created" in (tmp_path / "report.csv").read_text(encoding="utf-8-sig")


def test_command_refuses_what_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="Check the path"):
        call_command("import_library", tmp_path / "nothing")


def _articles():
    default = Path(django_settings.BASE_DIR).parent / "shared" / "data"
    return Path(os.environ.get("SHARED_DATA_DIR", default)) / "articles"


@pytest.mark.skipif(not _articles().is_dir(), reason="other people's texts stay out of the repository")
def test_real_articles_import_and_a_second_run_changes_nothing(place):
    report = import_path(_articles())
    assert report.counts == {"created": 300}, report.lines()
    assert import_path(_articles()).counts == {"unchanged": 300}
    organisation = MunicipalityPage.objects.get(official_name="Imported examples")
    assert organisation.get_children().count() == 300
