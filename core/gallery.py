"""The live gallery of components: each one with its samples, as a page would render it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from django_cotton.compiler_regex import CottonCompiler

FOLDER = Path(settings.BASE_DIR) / "templates" / settings.COTTON_DIR
_DOCSTRING = re.compile(r"\A\{% comment %\}\s*(.+?)\s*\{% endcomment %\}", re.DOTALL)


@dataclass(frozen=True)
class Sample:
    """One use of a component: the source somebody would write, and what it is given."""

    title: str
    source: str
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def given(self) -> str:
        """The context as text, empty where there is none."""
        return json.dumps(self.context, indent=2, ensure_ascii=False) if self.context else ""


@dataclass(frozen=True)
class Component:
    """A folder of templates/components/."""

    name: str
    folder: Path

    @property
    def tag(self) -> str:
        """What templates write: `item_card` is `<c-item-card>`."""
        return f"c-{self.name.replace('_', '-')}"

    @property
    def source(self) -> str:
        """The template's text."""
        return (self.folder / "index.html").read_text(encoding="utf-8")

    @property
    def doc(self) -> str:
        """The comment the template begins with; empty when it has none."""
        found = _DOCSTRING.match(self.source)
        return found[1] if found else ""

    @property
    def samples(self) -> list[Sample]:
        """The uses that samples.json lists; none when there is no such file."""
        path = self.folder / "samples.json"
        entries = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
        return [_sample(self.tag, entry) for entry in entries]


def components() -> list[Component]:
    """Return every component by name."""
    return [Component(path.parent.name, path.parent) for path in sorted(FOLDER.glob("*/index.html"))]


def _sample(tag: str, entry: Mapping[str, Any]) -> Sample:
    """An entry has either a `source` with its `context`, or only the `attrs` of the component."""
    if "source" in entry:
        return Sample(entry["title"], entry["source"], entry.get("context", {}))
    attrs = entry["attrs"]
    plain = "".join(f' {name}="{value}"' for name, value in attrs.items() if isinstance(value, str))
    given = {name: value for name, value in attrs.items() if not isinstance(value, str)}
    bound = "".join(f' :{name}="{name}"' for name in given)
    return Sample(entry["title"], f"<{tag}{plain}{bound} />", given)


@cache
def _compiled(source: str) -> Any:
    return engines["django"].from_string(CottonCompiler().process(source))


def rendered(sample: Sample, request: HttpRequest) -> SafeString:
    """Return the sample's HTML."""
    return _compiled(sample.source).render(dict(sample.context), request)


def _shown(component: Component, request: HttpRequest) -> dict[str, Any]:
    uses = [{"sample": sample, "html": rendered(sample, request)} for sample in component.samples]
    return {"component": component, "uses": uses}


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """All components."""
    shown = [_shown(component, request) for component in components()]
    return render(request, "core/gallery.html", {"shown": shown, "single": False})


@require_safe
def gallery_component(request: HttpRequest, name: str) -> HttpResponse:
    """One component alone."""
    for component in components():
        if component.name == name.replace("-", "_"):
            context = {"shown": [_shown(component, request)], "single": True}
            return render(request, "core/gallery.html", context)
    raise Http404
