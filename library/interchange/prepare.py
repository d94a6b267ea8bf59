"""From a row to a record: columns become fields, what is missing is filled in as far as that is honest."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core import markdown
from library.interchange import schema, words
from library.interchange.formats.markdown import BODY, sections
from library.interchange.mapping import IGNORE, Mapping
from library.interchange.nearest import fold
from library.interchange.problems import Problem, Refusal, RowRefusedError
from library.interchange.records import Record
from library.interchange.rows import Row
from library.interchange.values import checked_text, match_choice
from library.registry import kinds

EXAMPLES = "Imported examples"
# Texts that say nothing of a municipality are kept apart, as ideas to look at and nothing more.
_EXAMPLE_DEFAULTS = {"municipality": EXAMPLES, "service_areas": ["COR-04"], "stage": "idea"}
_SUMMARY_LIMIT = 300
_SENTENCE = re.compile(r".+?[.!?…](?=\s|$)", re.DOTALL)


@dataclass
class Prepared:
    """A record ready to be taken, with where its values come from and what was decided on the way."""

    kind: str
    record: Record
    row: Row
    notes: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def problem(self, name: str, message: str) -> Problem:
        """A problem with a field, at the place where the file has it."""
        column = self.columns.get(name, name)
        return Problem(name, message, self.lines.get(column) or self.row.line_of(column))


def prepare(row: Row, mapping: Mapping, defaults: Record) -> Prepared:
    """Return the row as a record. Raises RowRefusedError."""
    if row.problem:
        raise RowRefusedError([row.problem])
    defaults = mapping.defaults | defaults
    kind = _kind_of(row, mapping, defaults)
    prepared = Prepared(kind, {}, row, list(row.notes))
    _take_columns(prepared, mapping)
    _refuse_broken_text(prepared)
    given = {name: value for name, value in prepared.record.items() if value not in ("", None)}
    usable = {name: value for name, value in defaults.items() if name in schema.names(kind)}
    prepared.record = usable | (prepared.record if row.is_literal else given)
    _place_body(prepared)
    if not row.is_literal:
        _complete(prepared)
    return prepared


def _kind_of(row: Row, mapping: Mapping, defaults: Record) -> str:
    names = [column for column in row.values if mapping.field_of(column, next(iter(kinds()))) == "kind"]
    value = next((row.values[name] for name in names if row.values[name]), defaults.get("kind"))
    if value is None:
        return _guess_kind(row)
    try:
        text = checked_text(value)
        return _KIND_WORDS.get(fold(text)) or match_choice(text, _kind_choices())
    except Refusal as refusal:
        raise RowRefusedError([Problem("kind", str(refusal), row.line)]) from refusal


# What people call the kinds besides their names and labels.
_KIND_WORDS = {"case": "case_study", "etude de cas": "case_study", "cas": "case_study", "guide": "playbook",
               "guide pas a pas": "playbook"}  # fmt: skip


def _kind_choices() -> list[tuple[str, Any]]:
    return [(kind, model._meta.verbose_name) for kind, model in kinds().items()]


def _guess_kind(row: Row) -> str:
    """A case study, unless the row has what only another kind cannot do without (steps, for example)."""
    first, *others = kinds()
    for kind in others:
        own = {n for n, c in schema.columns(kind).items() if c.required and n not in schema.names(first)}
        if own & {words.field_of_column(column, kind) for column in row.values}:
            return kind
    return first


def _take_columns(prepared: Prepared, mapping: Mapping) -> None:
    problems = []
    for column, value in _values(prepared).items():
        name = mapping.field_of(column, prepared.kind)
        if name == IGNORE or (name is None and value in ("", None, [])):
            continue
        if name is None or name not in (*schema.names(prepared.kind), BODY):
            problems.append(Problem(column, _foreign(prepared.kind), prepared.row.line_of(column)))
        elif name in prepared.record:
            problems.append(Problem(column, _twice(prepared.columns[name]), prepared.row.line_of(column)))
        else:
            prepared.record[name] = value
            prepared.columns[name] = column
    if problems:
        raise RowRefusedError(problems)


def _refuse_broken_text(prepared: Prepared) -> None:
    """What no database holds is found before anything is looked up with it."""
    problems = []
    for name, value in prepared.record.items():
        try:
            _check_text(value)
        except Refusal as refusal:
            problems.append(prepared.problem(name, str(refusal)))
    if problems:
        raise RowRefusedError(problems)


def _check_text(value: Any) -> None:
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list):
        for part in value:
            _check_text(part)
    else:
        checked_text(value)


def _values(prepared: Prepared) -> dict[str, Any]:
    """The row's values, with the sections of a Markdown text as values of their own."""
    row = prepared.row
    if not row.has_sections or not isinstance(body := row.values.get(BODY), str):
        return row.values
    found = sections(body, prepared.kind)
    for name, (_text, place) in found.items():
        if name in row.values and name != BODY:
            message = _("“%(name)s” is in the front matter and in the text. Keep one.") % {"name": name}
            raise RowRefusedError([Problem(name, message, row.lines[BODY] + place)])
        prepared.lines[name] = row.lines[BODY] + place
    rest = {name: value for name, value in row.values.items() if name != BODY}
    return rest | {name: text for name, (text, _place) in found.items()}


def _foreign(kind: str) -> str:
    message = _("A %(kind)s has no such field. Empty it, or map the column to another field.")
    return message % {"kind": kinds()[kind]._meta.verbose_name}


def _twice(other: str) -> str:
    message = _("This means the same field as the column “%(other)s”. Ignore one of them in a mapping file.")
    return message % {"other": other}


def _complete(prepared: Prepared) -> None:
    _separate_source(prepared)
    _fit_summary(prepared)
    if not prepared.record.get("municipality"):
        _set_apart(prepared)


def _place_body(prepared: Prepared) -> None:
    body = prepared.record.pop(BODY, None)
    prose = schema.prose(prepared.kind)
    if not body or not prose:
        return
    name = "what_we_did" if "what_we_did" in prose else prose[0]
    before = prepared.record.get(name)
    prepared.record[name] = f"{body}\n\n{before}" if before else body
    prepared.columns.setdefault(name, prepared.columns.get(BODY, BODY))


def _separate_source(prepared: Prepared) -> None:
    """An address is an address; and what has a source elsewhere is not ours to put under a licence."""
    record = prepared.record
    source = str(record.get("source") or "").strip()
    if re.fullmatch(r"https?://\S+", source) and not record.get("source_url"):
        record["source_url"] = source
    if (source or record.get("source_url")) and not record.get("licence"):
        record["licence"] = "other"
        prepared.notes.append(_("no licence was given: “Other: see the source”"))


def _fit_summary(prepared: Prepared) -> None:
    record = prepared.record
    prose = [name for name in schema.prose(prepared.kind) if record.get(name)]
    summary = str(record.get("summary") or "").strip()
    if not summary and prose:
        record["summary"] = _first_sentence(str(record[prose[0]]))
        prepared.notes.append(_("no summary was given: the first sentence of the text was taken"))
    elif len(summary) > _SUMMARY_LIMIT:
        record["summary"] = _cut(summary)
        _keep_whole(prepared, summary)
        prepared.notes.append(
            _("the summary was longer than 300 characters: cut, and kept whole above the text")
        )


def _keep_whole(prepared: Prepared, summary: str) -> None:
    prose = schema.prose(prepared.kind)
    name = "what_we_did" if "what_we_did" in prose else prose[0]
    text = str(prepared.record.get(name) or "")
    if fold(summary) not in fold(text):
        prepared.record[name] = f"{summary}\n\n{text}".strip()


def _first_sentence(text: str) -> str:
    limited = text[: markdown.MAX_CHARACTERS]
    paragraphs = [
        part for part in limited.split("\n\n") if part.strip() and not part.lstrip().startswith("#")
    ]
    plain = (" ".join(markdown.plain(markdown.render(part)).split()) for part in paragraphs or [limited])
    first = next((part for part in plain if part), "")
    found = _SENTENCE.match(first)
    return _cut(found[0] if found else first)


def _cut(text: str) -> str:
    if len(text) <= _SUMMARY_LIMIT:
        return text
    return text[: _SUMMARY_LIMIT - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—") + "…"


def _set_apart(prepared: Prepared) -> None:
    for name, value in _EXAMPLE_DEFAULTS.items():
        if name in schema.names(prepared.kind) and not prepared.record.get(name):
            prepared.record[name] = value
    message = _("no municipality was given: put into “%(name)s”, as an idea")
    prepared.notes.append(message % {"name": EXAMPLES})
