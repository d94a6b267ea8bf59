"""Writing a draft: under the page's lock, into a revision, and never over somebody else's."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState

from authoring import access
from authoring.models import BroughtPicture, Draft
from core.models import Picture
from discussions.moderation import guard
from library import naming
from library.models import LibraryPage
from members.models import Person
from members.refusal import Refused


def current(page: LibraryPage) -> LibraryPage:
    """The item as its latest draft has it."""
    return page.get_latest_revision_as_object()


def locked(pk: int) -> LibraryPage:
    """The latest draft, with whoever else writes on it waiting. Inside a transaction only."""
    Page.objects.select_for_update().get(pk=pk)
    return current(Page.objects.get(pk=pk).specific)


def require_editor(by: Person, draft: LibraryPage) -> None:
    """Raise Refused unless `by` may write on this draft at this moment."""
    person = Person.objects.get(pk=by.pk)
    if not access.may_edit(person, draft):
        raise Refused(_("You may not change this page any more. Copy what you typed before you leave."))
    if access.is_locked_for(person, draft):
        raise Refused(
            _(
                "This draft is with its reviewers and can’t be changed now. Comment on it, or take it back first."
            )
        )


def record_of(page: Any) -> Draft:
    """What the site keeps of the draft, also of one that was begun in the editor."""
    found, _made = Draft.objects.get_or_create(page_id=page.pk)
    return found


def write(draft: LibraryPage, *, by: Person | None, by_itself: bool = False) -> Revision:
    """Keep the draft as a revision: its writer's own last one again where it was saved by itself, else a new one."""
    _require_nameable(draft, by)
    record = record_of(draft)
    latest = draft.get_latest_revision()
    over = latest if by_itself and _may_write_over(latest, record, draft, by) else None
    # One line of the log for each revision, not one for each pause in typing.
    revision = draft.save_revision(user=by, clean=False, overwrite_revision=over, log_action=over is None)
    if by_itself and record.autosave_id != revision.pk:
        record.autosave = revision
        record.save(update_fields=["autosave"])
    return revision


def _require_nameable(draft: LibraryPage, by: Person | None) -> None:
    """Raise Refused where a draft begins to name a file, picture or page that its writer may not have.

    Publishing it would open that to every reader: the editor's form asks the same.
    """
    named = naming.named_by(draft)
    if by is None or not named:
        return
    brought = BroughtPicture.objects.filter(page_id=draft.pk).values_list("picture", flat=True)
    held = naming.named_by(current(Page.objects.get(pk=draft.pk).specific)) | {
        (Picture, pk) for pk in brought
    }
    if not naming.may_name_all(by, named - held):
        raise Refused(str(naming.NOT_THERE))


def _may_write_over(latest: Any, record: Draft, draft: LibraryPage, by: Person | None) -> bool:
    if latest is None or by is None or latest.pk != record.autosave_id or latest.user_id != by.pk:
        return False
    if latest.pk == draft.live_revision_id or latest.approved_go_live_at:
        return False
    # What somebody reviews stays as they saw it.
    return not TaskState.objects.filter(revision=latest).exists()


def keep_as_it_is(page: Any) -> None:
    """Have no save by itself write over the latest revision any more: somebody is about to read it."""
    Draft.objects.filter(page_id=page.pk).update(autosave=None)


def gaps(draft: LibraryPage) -> dict[str, list[str]]:
    """What keeps a draft from being published, by field; empty when nothing does."""
    found: dict[str, list[str]] = {}
    try:
        draft.full_clean()
    except ValidationError as error:
        found |= error.message_dict
    if not list(draft.service_areas.all()):
        found["service_areas"] = [_("Choose at least one service area.")]
    for name in ("outcomes", "data_label"):
        found |= _gaps_of_stream(draft, name)
    return {name: [str(message) for message in messages] for name, messages in found.items()}


def _gaps_of_stream(draft: LibraryPage, name: str) -> dict[str, list[str]]:
    value = getattr(draft, name, None)
    if not value:
        return {}
    try:
        draft._meta.get_field(name).stream_block.clean(value)  # type: ignore[union-attr]
    except ValidationError:
        label = draft._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        return {name: [_("Something that is needed is missing in “%(part)s”.") % {"part": label}]}
    return {}


def require_complete(draft: LibraryPage) -> None:
    """Raise Refused, with what is missing, for a draft that can't be published."""
    if guard.is_hidden(draft):
        raise Refused(guard.why_not_shown())
    found = gaps(draft)
    if found:
        said = [f"{_label(draft, name)}{_(': ')}{' '.join(messages)}" for name, messages in found.items()]
        raise Refused(_("This is still missing: %(what)s") % {"what": " · ".join(said)})


def _label(draft: LibraryPage, name: str) -> str:
    if name == "__all__":
        return str(draft._meta.verbose_name)
    return str(draft._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def name_address(draft: LibraryPage) -> None:
    """Before its first publication an item takes its address from its title, however it was called at first."""
    wanted = slugify(draft.title)[:240]
    if draft.first_published_at is None and wanted and not draft.slug.startswith(wanted):
        draft.slug = draft._get_autogenerated_slug(wanted)
