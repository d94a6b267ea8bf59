"""The YAML at the top of a Markdown file: a small, safe part of YAML, written so that it reads back the same.

Only true, false, null and whole numbers are more than text: "version: 1.10" stays 1.10 and
"gate: no" stays no. Anchors are refused, so nothing can expand.
"""

import re
from typing import Any

import yaml
from django.utils.translation import gettext as _

MAX_CHARACTERS = 2_000_000
_TAG = "tag:yaml.org,2002:"


class FrontMatterError(ValueError):
    """The front matter cannot be read. `line` counts from its first line; the message says what to do."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            raise FrontMatterError(
                _("References (*name) are not accepted. Write the value out."), event.start_mark.line + 1
            )
        return super().compose_node(parent, index)


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if isinstance(key, (dict, list)):
            raise FrontMatterError(_("A name must be a single word or phrase, not a list."), line)
        if str(key) in found:
            raise FrontMatterError(_("“%(name)s” is there twice. Keep one.") % {"name": key}, line)
        found[str(key)] = loader.construct_object(value_node, deep=True)
    return found


_Loader.add_constructor(f"{_TAG}map", _mapping)
_Loader.add_implicit_resolver(f"{_TAG}bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver(f"{_TAG}null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
_Loader.add_implicit_resolver(f"{_TAG}int", re.compile(r"^(?:0|-?[1-9][0-9]{0,15})$"), list("-0123456789"))


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


class _QuotingDumper(_Dumper):
    pass


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text and text == text.strip() else None
    return dumper.represent_scalar(f"{_TAG}str", text, style=style)


_Dumper.add_representer(str, _text)
_QuotingDumper.add_representer(
    str, lambda dumper, text: dumper.represent_scalar(f"{_TAG}str", text, style='"')
)


def load(text: str) -> dict[str, Any]:
    """Return what the front matter says. Raises FrontMatterError."""
    if len(text) > MAX_CHARACTERS:
        raise FrontMatterError(_("The front matter is too long: move prose below it."))
    try:
        found = yaml.load(text, Loader=_Loader)  # noqa: S506 -- a SafeLoader that knows even less
    except yaml.YAMLError as error:
        raise FrontMatterError(*_explain(error)) from error
    except RecursionError as error:
        raise FrontMatterError(_("The front matter is nested too deeply. Make it flatter.")) from error
    except ValueError as error:
        if isinstance(error, FrontMatterError):
            raise
        raise FrontMatterError(_("The front matter cannot be read: %(why)s.") % {"why": error}) from error
    if not isinstance(found, dict):
        raise FrontMatterError(_("The front matter must be lines of the form “name: value”."))
    return found


def dump(values: dict[str, Any]) -> str:
    """Return values as front matter that `load` reads back the same."""
    return "".join(_dump_one({name: value}) for name, value in values.items())


def _dump_one(pair: dict[str, Any]) -> str:
    for dumper in (_Dumper, _QuotingDumper):
        text: str = yaml.dump(
            pair, Dumper=dumper, allow_unicode=True, sort_keys=False, width=10**9, default_flow_style=False
        )
        # What YAML makes of odd white space is checked, not believed.
        if _reads_back(text, pair):
            return text
    return yaml.dump(pair, Dumper=_QuotingDumper, sort_keys=False, width=10**9)


def _reads_back(text: str, pair: dict[str, Any]) -> bool:
    try:
        # Another line follows, as it will in the file.
        return (
            load(f"{text}~end~: end\n") == {**pair, "~end~": "end"}
            and "\n---" not in text
            and not any(c in text for c in "\r\x85\u2028\u2029")
        )
    except FrontMatterError:
        return False


def _explain(error: yaml.YAMLError) -> tuple[str, int]:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error).splitlines()[0]
    message = _(
        "The front matter is not valid YAML (%(what)s). Put texts with a colon, a quotation mark "
        "or a leading special character between double quotation marks."
    )
    return message % {"what": what}, mark.line + 1 if mark else 1
