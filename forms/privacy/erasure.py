"""Erasing what a patient told: the answers and all that holds any of them. That there was a request stays."""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from django.db import Error as DatabaseError
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
    Notification,
    Status,
    StepCount,
    Submission,
    SubmissionEvent,
    SubmissionNote,
)
from forms.privacy import blind

BATCH = 200
PATIENT_TYPES = ("new", "existing")

logger = logging.getLogger(__name__)


class HeldError(Exception):
    """A request under legal hold is not erased."""

    def __init__(self, reference: str) -> None:
        super().__init__(_("%s is under legal hold and cannot be erased.") % reference)


def _count_patients(submissions: Sequence[Submission]) -> None:
    """Count on by form and day how many came from new and existing patients: the terms that tell so are to go."""
    kinds = {digest: kind for kind in PATIENT_TYPES for digest in blind.digests("patient_type", kind)}
    terms = IndexTerm.objects.filter(submission__in=submissions, digest__in=list(kinds))
    told = [(pk, kinds[bytes(digest)]) for pk, digest in terms.values_list("submission_id", "digest")]
    by_pk = {each.pk: each for each in submissions if each.status != Status.QUARANTINE}
    counted = Counter(
        (by_pk[pk].form_id, timezone.localdate(by_pk[pk].created_at), StepCount.erased_of(kind))
        for pk, kind in told
        if pk in by_pk
    )
    # In one order, so that two erasures never wait for each other.
    for key, number in sorted(counted.items()):
        StepCount.add(*key, number)


class NotErasedError(Exception):
    """Some requests could not be erased. They are tried again."""


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
    kept = Submission.objects.select_for_update(no_key=True).filter(pk=submission.pk).first()
    if kept is None or kept.erased_at is not None:
        return False
    if kept.legal_hold:
        raise HeldError(kept.reference)
    submission.erased_at = erase_locked([kept], user, address, kind=kind, reason=reason)
    submission.answers_encrypted = b""
    return True


@transaction.atomic
def erase_locked(
    submissions: Sequence[Submission],
    user: Any = None,
    address: str = "",
    *,
    kind: EventKind = EventKind.ERASED,
    reason: str = "",
) -> dt.datetime:
    """Erase requests that the caller has locked, neither erased nor held, record it, and return the time noted."""
    now = timezone.now()
    rows = Submission.objects.filter(pk__in=[each.pk for each in submissions])
    rows.update(answers_encrypted=b"", erased_at=now, revision=F("revision") + 1)
    SubmissionNote.objects.filter(submission__in=submissions).delete()
    _count_patients(submissions)
    IndexTerm.objects.filter(submission__in=submissions).delete()
    events = notifications.give_up(Notification.objects.filter(submission__in=submissions), user, address)
    for each in submissions:
        files = uploads.erase(each)
        events.append(SubmissionEvent.objects.event(kind, each, user, address=address, files=files, reason=reason))
    SubmissionEvent.objects.append(events)
    # After the end of the trail is locked: a key of the row changes, for which whoever else has that lock and names the
    # row in an event must be gone. The other way round the two would wait for each other.
    rows.update(idempotency_key=None)
    return now


def due(today: dt.date) -> QuerySet[Submission]:
    """Return the requests whose time is up on ``today``, those under legal hold left out."""
    return Submission.objects.filter(expires_on__lte=today, erased_at=None, legal_hold=False)


def purge(now: dt.datetime | None = None) -> int:
    """Erase what has been kept for as long as its form says, and what is over in quarantine; return how many that were.

    Done by the worker every hour; safe to break off and to run twice at once. Raises NotErasedError, once all were
    tried, where some could not be erased.
    """
    now = now or timezone.now()
    purged = failed = 0
    for submission in chain(_in_batches(due(timezone.localdate(now))), _in_batches(quarantine.overdue(now))):
        try:
            purged += erase(submission, kind=EventKind.PURGED)
        except HeldError:  # Since the batch was read.
            continue
        except DatabaseError:
            raise
        except Exception:
            logger.exception("Request %s could not be erased; it is tried again.", submission.pk)
            failed += 1
    if failed:
        raise NotErasedError(f"{failed} requests could not be erased.")
    return purged


def _in_batches(found: QuerySet[Submission]) -> Iterator[Submission]:
    """Yield the requests by primary key, each once, whatever becomes of those before."""
    last = 0
    while batch := list(found.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from batch
        last = batch[-1].pk


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
