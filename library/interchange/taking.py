"""Taking one record: find the item it means, see whether it says anything new, write it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from library import care
from library.interchange import schema
from library.interchange.context import Reading
from library.interchange.prepare import Prepared
from library.interchange.problems import Refusal, RowRefusedError, UnresolvedError
from library.interchange.records import assign, to_record
from library.interchange.report import CREATED, UNCHANGED, UPDATED
from library.interchange.values import Codec, PageReference, PageReferences, as_list, from_cell, parse_boolean
from library.registry import kinds
from members.models import MunicipalityPage


class MissingReferenceError(RowRefusedError):
    """The only thing wrong is a reference to an item that may still come."""


def take(prepared: Prepared, reading: Reading, *, by: Any, leave_out: set[str]) -> tuple[Any, str]:
    """Create or update the item of a record. Raises RowRefusedError; call it inside a transaction.

    References to the identifiers in `leave_out` are left for a later round.
    """
    record = _without(prepared, leave_out)
    municipality = _municipality(prepared, reading)
    page = _find(prepared, record, municipality)
    live = _live(prepared, record)
    if page is None:
        return _create(prepared, record, reading, municipality, live, by), CREATED
    changed = _update(page, prepared, record, reading, municipality, live, by)
    return page, UPDATED if changed else UNCHANGED


def _without(prepared: Prepared, leave_out: set[str]) -> dict[str, Any]:
    if not leave_out:
        return prepared.record
    columns = schema.columns(prepared.kind)
    references = {n for n, c in columns.items() if isinstance(c.codec, (PageReference, PageReferences))}
    return {
        name: value
        for name, value in prepared.record.items()
        if name not in references or not leave_out & set(as_list(from_cell(value)))
    }


def _municipality(prepared: Prepared, reading: Reading) -> MunicipalityPage:
    name = str(prepared.record.get("municipality") or "").strip()
    try:
        if not name:
            raise Refusal(_("Name the municipality, or give --municipality NAME for all rows."))
        return reading.municipality(name)
    except Refusal as refusal:
        raise RowRefusedError([prepared.problem("municipality", str(refusal))]) from refusal


def _find(prepared: Prepared, record: dict[str, Any], municipality: MunicipalityPage) -> Any:
    """The item with the same identifier; without one, with the same address or title and language."""
    identifier = str(record.get("identifier") or "")
    if identifier:
        _refuse_other_kind(prepared, identifier)
        return _current(kinds()[prepared.kind].objects.filter(identifier=identifier).first())
    here = kinds()[prepared.kind].objects.child_of(municipality)
    if record.get("slug"):
        return _current(here.filter(slug=record["slug"]).first())
    same = here.filter(title=str(record.get("title") or "").strip())
    language = str(record.get("language") or "en").strip().lower()[:2]
    return _current(same.filter(language=language).first())


def _refuse_other_kind(prepared: Prepared, identifier: str) -> None:
    for kind, model in kinds().items():
        if kind != prepared.kind and model.objects.filter(identifier=identifier).exists():
            message = _("“%(name)s” is already the identifier of a %(kind)s. Choose another.")
            words = {"name": identifier, "kind": model._meta.verbose_name}
            raise RowRefusedError([prepared.problem("identifier", message % words)])


def _current(page: Any) -> Any:
    """A draft says what its latest revision says."""
    if page is None or page.live or not page.latest_revision_id:
        return page
    return page.get_latest_revision_as_object()


def _live(prepared: Prepared, record: dict[str, Any]) -> bool | None:
    value = record.get("live")
    if value is None or isinstance(value, bool):
        return value
    try:
        return parse_boolean(value)
    except Refusal as refusal:
        raise RowRefusedError([prepared.problem("live", str(refusal))]) from refusal


def _create(
    prepared: Prepared,
    record: dict[str, Any],
    reading: Reading,
    municipality: Any,
    live: bool | None,
    by: Any,
) -> Any:
    page = kinds()[prepared.kind](municipality=municipality, live=False, owner=by)
    _fill(page, prepared, record, reading)
    _refuse_gaps(page, prepared)
    page.slug = page.slug or _free_slug(municipality, page.title)
    try:
        municipality.add_child(instance=page)
    except ValidationError as error:
        raise _explained(prepared, error) from error
    _publish(page, live is not False, by)
    return page


def _update(
    page: Any, prepared: Prepared, record: dict[str, Any], reading: Reading, municipality: Any,
    live: bool | None, by: Any,
) -> bool:  # fmt: skip
    before = to_record(page)
    _fill(page, prepared, record, reading)
    moved = municipality.pk != page.municipality_id
    live = page.live if live is None else live
    if to_record(page) == before and not moved and live == page.live:
        return False
    _refuse_gaps(page, prepared)
    try:
        page.full_clean()
    except ValidationError as error:
        raise _explained(prepared, error) from error
    if moved:
        page.move(municipality, pos="last-child", user=by)
        page.refresh_from_db(fields=["path", "depth", "url_path", "municipality"])
    _rewrite(page, live, by)
    return True


def _rewrite(page: Any, live: bool, by: Any) -> None:
    type(page).objects.filter(pk=page.pk).update(first_published_at=page.first_published_at)
    care.write_said(page)
    if page.live and not live:
        page.save_revision(user=by)
        page.unpublish(user=by)
    else:
        _publish(page, live, by)


def _publish(page: Any, live: bool, by: Any) -> None:
    revision = page.save_revision(user=by)
    if live:
        revision.publish(user=by, skip_permission_checks=True)


def _fill(page: Any, prepared: Prepared, record: dict[str, Any], reading: Reading) -> None:
    """Put the record on the page, or raise everything that is wrong with it at once."""
    seed = str(record.get("identifier") or f"{page.municipality_id}/{record.get('title')}")
    problems = assign(page, record, reading, seed)
    found = [
        prepared.problem(name, message) for name, refusal in problems.items() for message in refusal.messages
    ]
    if found:
        only_missing = all(isinstance(refusal, UnresolvedError) for refusal in problems.values())
        raise MissingReferenceError(found) if only_missing else RowRefusedError(found)


def _refuse_gaps(page: Any, prepared: Prepared) -> None:
    gaps = [
        name
        for name, column in schema.columns(prepared.kind).items()
        if column.required and name != "slug" and _is_empty(page, column.codec)
    ]
    if gaps:
        raise RowRefusedError([prepared.problem(name, _what_to_do(name)) for name in gaps])


def _is_empty(page: Any, codec: Codec) -> bool:
    value = getattr(page, codec.name)
    return not value.all().exists() if hasattr(value, "all") else value in ("", None) or not len(value)


def _what_to_do(name: str) -> str:
    option = {"service_areas": "--service-area", "stage": "--stage"}.get(name)
    if option:
        return _("This is needed. Add it, or give %(option)s for all rows.") % {"option": option}
    return _("This is needed. Add it, or give it below `defaults:` in a mapping file.")


def _explained(prepared: Prepared, error: ValidationError) -> RowRefusedError:
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return RowRefusedError(
        [
            prepared.problem("" if name == "__all__" else name, message)
            for name, messages in by_field.items()
            for message in messages
        ]
    )


def _free_slug(municipality: Any, title: str) -> str:
    slug = slugify(title)[:240] or "item"
    taken = set(municipality.get_children().values_list("slug", flat=True))
    return next(s for s in (slug, *(f"{slug}-{n}" for n in range(2, 100_000))) if s not in taken)
