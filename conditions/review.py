"""Review governance: what an approval in the clinical review writes on the page, and which pages are due for one."""

import datetime
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone
from wagtail.models import Revision, TaskState, WorkflowState
from wagtail.query import PageQuerySet

from clinicsite.completeness import require_complete
from clinicsite.roles import CLINICIAN_REVIEWERS
from conditions.models import ConditionPage

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

REVIEW_INTERVAL = datetime.timedelta(days=365)


def reviewed_revision(workflow_state: WorkflowState, user: "AbstractUser | None" = None) -> Revision:
    """Return the revision that an approved workflow publishes: the latest one.

    Where clinicians have approved a condition page, it is a new one that says the page was reviewed today. A next
    review that was already set for later stays; else the page is due again after ``REVIEW_INTERVAL``.
    Raises IncompletePageError.
    """
    page = workflow_state.content_object.get_latest_revision_as_object()
    if not isinstance(page, ConditionPage) or not _clinicians_approved(workflow_state):
        return workflow_state.content_object.get_latest_revision()
    today = timezone.localdate()
    # Before it is saved: an approval must not fail halfway.
    require_complete(page)
    page.last_reviewed = today
    if page.next_review is None or page.next_review <= today:
        page.next_review = today + REVIEW_INTERVAL
    return page.save_revision(user=user, changed=False)


def _clinicians_approved(workflow_state: WorkflowState) -> bool:
    return workflow_state.task_states.filter(
        status=TaskState.STATUS_APPROVED, task__groupapprovaltask__groups__name=CLINICIAN_REVIEWERS
    ).exists()


def in_order_of_review(pages: "PageQuerySet[ConditionPage]") -> "PageQuerySet[ConditionPage]":
    """Return ``pages`` with the longest overdue first; those with no date for a review come last."""
    return pages.order_by(F("next_review").asc(nulls_last=True), "title")


def due(pages: "PageQuerySet[ConditionPage]") -> "PageQuerySet[ConditionPage]":
    """Return the published pages whose next review is today or overdue."""
    return pages.filter(live=True, next_review__lte=timezone.localdate())
