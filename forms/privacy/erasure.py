"""Erasing what a patient told: the answers and all that holds any of them. That there was a request stays."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from forms import notifications, quarantine, uploads
from forms.deadlines import expires_on
from forms.models import (
    EventKind,
    FormPage,
    IndexTerm,
    Submission,
    SubmissionEvent,
)

BATCH = 200


class HeldError(Exception):
    """A request under legal hold is not erased."""

    def __init__(self, reference: str) -> None:
        super().__init__(_("%s is under legal hold and cannot be erased.") % reference)


@transaction.atomic
def erase(
    submission: Submission,
    user: Any = None,
    address: str = "",
    *,
    kind: EventKind = EventKind.ERASED,
    reason: str = "",
) -> bool:
    """Erase the answers, notes, files and index terms of a request, and return whether there was anything to erase.

    Its row, reference, status and events stay, so that counts and the trail stay true. What was still to be sent about
    it is not sent. Raises HeldError under legal hold.
    """
    kept = Submission.objects.select_for_update().filter(pk=submission.pk).first()
    if kept is None or kept.erased_at is not None:
        return False
    if kept.legal_hold:
        raise HeldError(kept.reference)
    now = timezone.now()
    Submission.objects.filter(pk=kept.pk).update(
        answers_encrypted=b"", idempotency_key=None, erased_at=now, revision=F("revision") + 1
    )
    kept.notes.all().delete()
    IndexTerm.objects.filter(submission=kept).delete()
    files = uploads.erase(kept)
    notifications.set_aside(kept.notifications.all(), user, address)
    submission.answers_encrypted, submission.erased_at = b"", now
    SubmissionEvent.objects.record(kind, kept, user, address=address, files=files, reason=reason)
    return True


def due(today: dt.date) -> QuerySet[Submission]:
    """Return the requests whose time is up on ``today``, those under legal hold left out."""
    return Submission.objects.filter(expires_on__lte=today, erased_at=None, legal_hold=False)


def purge(now: dt.datetime | None = None) -> int:
    """Erase what has been kept for as long as its form says, and what is over in quarantine; return how many that were.

    Done by the worker every hour; safe to break off and to run twice at once.
    """
    now = now or timezone.now()
    purged = 0
    for found in (due(timezone.localdate(now)), quarantine.overdue(now)):
        while batch := list(found.order_by("pk")[:BATCH]):
            purged += sum(erase(each, kind=EventKind.PURGED) for each in batch)
    return purged


def apply_retention(page: FormPage) -> None:
    """Set for all requests of a form until when they are kept, after its page has changed that."""
    waiting = Submission.objects.filter(form_id=page.form_id, erased_at=None)
    if page.retention_days is None:
        waiting.exclude(expires_on=None).update(expires_on=None)
        return
    changed: list[Submission] = []
    for submission in waiting.only("created_at", "expires_on").iterator(chunk_size=BATCH):
        day = expires_on(submission.created_at, page.retention_days)
        if submission.expires_on != day:
            submission.expires_on = day
            changed.append(submission)
    Submission.objects.bulk_update(changed, ["expires_on"], batch_size=BATCH)


@transaction.atomic
def set_hold(submissions: Iterable[Submission], user: Any, address: str, *, held: bool, reason: str) -> None:
    """Put requests under legal hold, or lift it: while it lasts nothing of them is erased."""
    changed = [each for each in submissions if each.legal_hold != held]
    Submission.objects.filter(pk__in=[each.pk for each in changed]).update(legal_hold=held)
    kind = EventKind.HELD if held else EventKind.HOLD_LIFTED
    SubmissionEvent.objects.record_many(kind, changed, user, address=address, reason=reason)
