"""What was caught as spam: kept for the front desk to look at, released or left to its end."""

import contextlib
import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from forms.models import EventKind, QuarantineReason, Status, StatusChangedError, Submission, SubmissionEvent
from forms.notifications.planning import plan, queueing
from forms.privacy import AnswersUnreadableError
from forms.receiving import receiver_of
from forms.rows import run

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@transaction.atomic
def release(submission: Submission, user: "AbstractBaseUser | None", address: str = "") -> None:
    """Make a submission in quarantine a new one, and queue what would have been sent when it came in.

    Raises StatusChangedError where it is not in quarantine any more, for example because a colleague released it.
    """
    release_all([submission], user, address)


@transaction.atomic
def release_all(submissions: Iterable[Submission], user: "AbstractBaseUser | None", address: str = "") -> None:
    """Release several submissions, recorded at the end. Raises StatusChangedError, and releases none."""
    SubmissionEvent.objects.append([_released(each, user, address) for each in submissions])


def _released(submission: Submission, user: "AbstractBaseUser | None", address: str) -> SubmissionEvent:
    found = Submission.objects.filter(pk=submission.pk, status=Status.QUARANTINE)
    if not found.update(status=Status.NEW, quarantine_reason="", revision=F("revision") + 1):
        raise StatusChangedError
    submission.revision += 1
    reason = submission.quarantine_reason
    submission.status, submission.quarantine_reason = Status.NEW, ""
    receiver = receiver_of(submission.form_id)
    if receiver is not None:
        run(*receiver.telling_webhooks(submission))
    if receiver is not None and not submission.notifications.exists():
        # Whoever releases one that cannot be read sees so on its page.
        with contextlib.suppress(AnswersUnreadableError):
            run(*queueing(plan(receiver.routing, submission.definition, submission.read_answers(), submission)))
    return SubmissionEvent.objects.event(EventKind.RELEASED, submission, user, address=address, reason=str(reason))


@transaction.atomic
def put_in(submission: Submission, user: "AbstractBaseUser | None", address: str = "") -> None:
    """Put a submission in quarantine by hand. Raises StatusChangedError where somebody else changed it meanwhile."""
    put_all_in([submission], user, address)


@transaction.atomic
def put_all_in(submissions: Iterable[Submission], user: "AbstractBaseUser | None", address: str = "") -> None:
    """Put several submissions in quarantine, recorded at the end. Raises StatusChangedError, and moves none."""
    SubmissionEvent.objects.append([_put_in(each, user, address) for each in submissions])


def _put_in(submission: Submission, user: "AbstractBaseUser | None", address: str) -> SubmissionEvent:
    found = Submission.objects.filter(pk=submission.pk, revision=submission.revision).exclude(status=Status.QUARANTINE)
    changes = {"status": Status.QUARANTINE, "quarantine_reason": QuarantineReason.BY_HAND}
    if not found.update(revision=F("revision") + 1, **changes):
        raise StatusChangedError
    submission.revision += 1
    submission.status, submission.quarantine_reason = Status.QUARANTINE, QuarantineReason.BY_HAND
    return SubmissionEvent.objects.event(
        EventKind.QUARANTINED, submission, user, address=address, reason=str(QuarantineReason.BY_HAND)
    )


def kept_until(submission: Submission) -> dt.datetime:
    """Return until when a submission in quarantine is kept: counted from the day it was put there."""
    began = submission.created_at
    if submission.quarantine_reason == QuarantineReason.BY_HAND:
        put_there = submission.events.filter(kind=EventKind.QUARANTINED).order_by("-sequence").first()
        began = put_there.at if put_there else began
    return began + settings.FORMS_QUARANTINE


def overdue(now: dt.datetime) -> QuerySet[Submission]:
    """Return the submissions whose time in quarantine is up: their answers are to be erased."""
    since = now - settings.FORMS_QUARANTINE
    lately = SubmissionEvent.objects.filter(submission=OuterRef("pk"), kind=EventKind.QUARANTINED, at__gte=since)
    return Submission.objects.filter(
        ~Exists(lately), status=Status.QUARANTINE, created_at__lt=since, erased_at=None, legal_hold=False
    )
