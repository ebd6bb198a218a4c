"""Delivery from the queue: at least once, by any number of workers, over one connection for many e-mails.

A worker takes a notification by a lease; one that dies with it gives it back when the lease runs out. What was sent and
not yet marked is then sent again under the same Message-ID.
"""

import datetime as dt
import logging
from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from forms.models import EventKind, Notification, NotificationKind, NotificationState, SubmissionEvent
from forms.notifications.messages import message_to_patient, message_to_staff
from forms.notifications.outgoing import DOWN_KINDS, Outgoing, is_down, is_permanent, kind_of

logger = logging.getLogger(__name__)

# The wait before each further attempt, in minutes: a mail server that is down for a night loses nothing.
RETRY_MINUTES = (1, 5, 15, 60, 180, 480, 960)
# Longer than the slowest e-mail takes: each step of its delivery ends after EMAIL_TIMEOUT.
LEASE = dt.timedelta(minutes=2)
MOST_IN_A_DIGEST = 500

SENT = {
    NotificationKind.FRONT_DESK: EventKind.NOTIFIED,
    NotificationKind.PATIENT: EventKind.PATIENT_NOTIFIED,
}
FAILED = {
    NotificationKind.FRONT_DESK: EventKind.NOTIFICATION_FAILED,
    NotificationKind.PATIENT: EventKind.PATIENT_NOTIFICATION_FAILED,
}


def due(now: dt.datetime | None = None) -> QuerySet[Notification]:
    """Return the notifications to be sent now that no worker has in hand, the longest waiting first."""
    now = now or timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    return Notification.objects.filter(free, state=NotificationState.PENDING, due_at__lte=now).order_by("due_at", "pk")


def deliver_due(go_on: Callable[[], bool] = lambda: True) -> bool:
    """Send what is due, as long as ``go_on()`` says so; return whether the mail server could be used.

    Where it could not, the notification in hand is put off and the others are left as they are.
    """
    with Outgoing() as outgoing:
        back = False
        while go_on():
            batch = _claim()
            if not batch:
                return True
            error = _send(batch, outgoing)
            if error is not None and is_down(error):
                return False
            if error is None and not back:
                _bring_forward()
                back = True
    return True


def _bring_forward() -> None:
    """Let what waits because the server was down go now that it is back: the waits grow to hours."""
    now = timezone.now()
    Notification.objects.filter(
        state=NotificationState.PENDING, leased_until=None, due_at__gt=now, last_error__in=DOWN_KINDS
    ).update(due_at=now)


def _claim() -> list[Notification]:
    """Return one notification, or the due part of one person's digest, under a lease; nothing if nothing is due.

    PostgreSQL locks the rows and lets other workers skip them; on SQLite the whole transaction has the write lock.
    """
    now = timezone.now()
    leased_until = now + LEASE
    with transaction.atomic():
        free = due(now).select_for_update(skip_locked=True)
        first = free.first()
        if first is None:
            return []
        mine = [first.pk]
        if first.is_digest:
            together = free.filter(is_digest=True, kind=first.kind, recipient=first.recipient)
            mine += together.values_list("pk", flat=True)[:MOST_IN_A_DIGEST]
        due(now).filter(pk__in=mine).update(leased_until=leased_until)
    rows = Notification.objects.select_related("submission__definition").filter(pk__in=mine, leased_until=leased_until)
    return list(rows.order_by("due_at", "pk"))


def _send(batch: Sequence[Notification], outgoing: Outgoing) -> Exception | None:
    """Send one e-mail about ``batch`` and note what came of it; return the error if there was one."""
    try:
        if batch[0].kind == NotificationKind.PATIENT:
            outgoing.send(message_to_patient(batch[0]))
        else:
            outgoing.send(message_to_staff(batch))
    except Exception as error:
        logger.warning("Notification %s was not sent: %s", batch[0].pk, kind_of(error))
        _note_failure(batch, error)
        return error
    _note_success(batch)
    return None


def _held(batch: Sequence[Notification]) -> QuerySet[Notification]:
    """Return those of ``batch`` whose lease is still ours: the others are another worker's to mark."""
    return Notification.objects.filter(
        pk__in=[each.pk for each in batch], state=NotificationState.PENDING, leased_until=batch[0].leased_until
    )


@transaction.atomic
def _note_success(batch: Sequence[Notification]) -> None:
    now = timezone.now()
    ids = list(_held(batch).select_for_update().order_by("pk").values_list("pk", flat=True))
    Notification.objects.filter(pk__in=ids).update(
        state=NotificationState.SENT, sent_at=now, leased_until=None, last_error=""
    )
    SubmissionEvent.objects.append(
        [
            SubmissionEvent(kind=SENT[each.kind], submission=each.submission, at=now, details=_told(each))
            for each in batch
            if each.pk in ids
        ]
    )


@transaction.atomic
def _note_failure(batch: Sequence[Notification], error: Exception) -> None:
    now = timezone.now()
    ids = list(_held(batch).select_for_update().order_by("pk").values_list("pk", flat=True))
    events = []
    for each in (each for each in batch if each.pk in ids):
        each.attempts += 1
        again = each.attempts <= len(RETRY_MINUTES) and not is_permanent(error)
        if again:
            each.due_at = now + dt.timedelta(minutes=RETRY_MINUTES[each.attempts - 1])
        else:
            each.state = NotificationState.FAILED
        each.leased_until, each.last_error = None, kind_of(error)[:100]
        details = {"error": each.last_error, "attempt": each.attempts, "again": again, **_told(each)}
        events.append(SubmissionEvent(kind=FAILED[each.kind], submission=each.submission, at=now, details=details))
    Notification.objects.bulk_update(
        [each for each in batch if each.pk in ids], ["attempts", "due_at", "state", "leased_until", "last_error"]
    )
    SubmissionEvent.objects.append(events)


def _told(notification: Notification) -> dict[str, str]:
    """Return what the trail keeps of the addressee: staff's address; of a patient, nothing."""
    return {"to": notification.recipient} if notification.recipient else {}
