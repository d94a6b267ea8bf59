"""What every decision leaves behind: its row, its line in the log of who did what, and its notice to the author."""

from typing import Any

from wagtail.log_actions import log

from core.happenings import happened
from discussions.moderation import things
from discussions.moderation.models import Decision, Reason, Report, Verdict
from members.models import Person


def write_down(
    by: Person, kind: things.Kind, thing: Any, verdict: Verdict, reason: str, words: str
) -> Decision:
    """Write the decision down, settle the reports, and note it in the log of who did what."""
    author = kind.author(thing)
    decision = Decision.objects.create(
        kind=kind.name,
        item_id=thing.pk,
        verdict=verdict,
        reason=reason,
        words=words[:1000],
        by=by,
        author=author,
    )
    Report.objects.filter(kind=kind.name, item_id=thing.pk, decided=None).update(decided=decision)
    said = str(Reason(reason).label) if reason in Reason.values else ""
    data: dict[str, Any] = {"reason": ": ".join(part for part in (said, words[:300]) if part)}
    if author and not things.is_nameless(thing):
        data["person"] = author.pk
    log(instance=thing, action=f"moderation.{verdict.value}", user=by, data=data)
    return decision


def tell_author(decision: Decision, by: Person) -> None:
    """The author hears of it, and only they; the reason stands on a page of theirs."""
    if decision.author_id and decision.author_id != by.pk:
        happened(
            f"moderation.{decision.verdict}",
            decision.kind,
            decision.item_id,
            by=None,
            to=[decision.author_id],
        )
