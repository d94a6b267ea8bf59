"""Review before publishing: a Wagtail workflow for each municipality that wants one, decided by its publishers."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from members.models import MunicipalityPage, Person
from members.refusal import Refused
from members.roles import actions, sync
from members.roles.models import Workplace


@transaction.atomic
def switch_review(*, by: Person, municipality: MunicipalityPage, on: bool) -> None:
    """Have drafts reviewed, or not any more. What is in review then is a draft again, none of it lost."""
    town = actions.locked(municipality)
    actions.require_manager(by, town)
    place = sync.sync_municipality(town)
    if place is None:
        raise Refused(_("Name a publisher first: somebody has to decide on drafts."))
    if place.reviews == on:
        return
    if on:
        _begin(place)
    elif place.workflow:
        # Cancels what is in progress: Wagtail leaves those pages as drafts that can be edited and published.
        place.workflow.deactivate(user=by)
    place.reviews = on
    place.save()
    log(instance=town, action="role.review_on" if on else "role.review_off", user=by)


def _begin(place: Workplace) -> None:
    name = place.publishers.name
    task: GroupApprovalTask = place.task or GroupApprovalTask(name=name)
    workflow: Workflow = place.workflow or Workflow(name=name)
    task.active = workflow.active = True
    task.save()
    workflow.save()
    task.groups.set([place.publishers])
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.update_or_create(page_id=place.pk, defaults={"workflow": workflow})
    place.task, place.workflow = task, workflow
