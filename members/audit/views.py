"""The log, for those responsible; to everybody else it does not exist."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from core.cells import escape
from core.models import HomePage
from members.audit import lines, notes
from members.audit.forms import AuditForm
from members.audit.scope import Scope, scope_of
from members.groups.models import WorkingGroup
from members.municipalities import MunicipalityPage

PAGE_SIZE = 50
MOST_EXPORTED = 50_000
COLUMNS = ("when", "who", "action", "label", "kind", "thing", "details")


@login_required
@require_safe
def audit(request: Any) -> HttpResponse:
    """Who did what, newest first; `format=csv` or `format=json` for a file."""
    scope = scope_of(request.user)
    if not scope:
        raise Http404
    form = AuditForm(request.GET, lines.actions(scope, request.GET.get("action", "")))
    rows = lines.found(scope, form.wanted())
    make = {"csv": _csv, "json": _json}.get(request.GET.get("format", ""))
    if make:
        told = lines.told(rows[:MOST_EXPORTED])
        return _file(request, scope, make(told), request.GET["format"], len(told))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {"form": form, "page": page, "lines": lines.told(page.object_list), "kept": kept.urlencode()}
    return render(request, "members/audit/log.html", context)


def _file(request: Any, scope: Scope, text: str, form: str, count: int) -> HttpResponse:
    notes.exported(_subject(scope), by=request.user, form=form, count=count)
    response = HttpResponse(text, content_type={"csv": "text/csv", "json": "application/json"}[form])
    response["Content-Disposition"] = f'attachment; filename="log.{form}"'
    return response


def _subject(scope: Scope) -> Any:
    """What the export is noted with, so that those who are responsible for it read of it."""
    if scope.municipality_ids and not scope.everything:
        return MunicipalityPage.objects.get(pk=scope.municipality_ids[0])
    if scope.group_ids and not scope.everything:
        return WorkingGroup.objects.get(pk=scope.group_ids[0])
    return HomePage.objects.first()


def _values(told: Sequence[lines.Line]) -> Iterator[dict[str, Any]]:
    for line in told:
        values = {name: getattr(line, name) for name in COLUMNS}
        yield values | {"when": localtime(line.when).isoformat(timespec="seconds")}


def _csv(told: Sequence[lines.Line]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for values in _values(told):
        writer.writerow(
            [escape(str(value)) for value in (values | {"details": "; ".join(values["details"])}).values()]
        )
    # Spreadsheets take a file for UTF-8 only when it begins like this.
    return "\ufeff" + text.getvalue()


def _json(told: Sequence[lines.Line]) -> str:
    return json.dumps(list(_values(told)), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
