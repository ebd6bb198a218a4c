"""What people do to the queue: release a submission into it, send again, try again, set aside."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from forms.models import (
    EventKind,
    FormPage,
    Notification,
    NotificationKind,
    NotificationState,
    Submission,
    SubmissionEvent,
)
from forms.notifications.planning import Planned, plan, routing_of
from forms.privacy import AnswersUnreadableError


def queue(submission: Submission) -> list[Notification]:
    """Queue what the form, as it now is, sends for a submission that is stored already, and return it.

    For a release from quarantine. Nothing is queued where the form's page is gone. Raises AnswersUnreadableError.
    """
    return Notification.objects.bulk_create(Notification(**each._asdict()) for each in _planned(submission))


def _planned(submission: Submission) -> list[Planned]:
    page = FormPage.objects.filter(form_id=submission.form_id).first()
    return plan(routing_of(page), submission.definition, submission.read_answers(), submission) if page else []


@transaction.atomic
def resend(submission: Submission, user: Any, address: str = "") -> list[Notification]:
    """Tell the staff of a submission again, at once, and return what was queued; nothing where there is nobody to tell.

    Those are told whom the form now names; where that cannot be known (its page is gone, the answers cannot be read),
    those who were to be told before. What had not been sent is set aside: this replaces it.
    """
    earlier = submission.notifications.filter(kind=NotificationKind.FRONT_DESK)
    recipients = _staff_now(submission) or list(dict.fromkeys(earlier.values_list("recipient", flat=True)))
    if not recipients:
        return []
    _set_aside(earlier.exclude(state=NotificationState.SENT))
    queued = Notification.objects.bulk_create(
        Notification(submission=submission, kind=NotificationKind.FRONT_DESK, recipient=recipient)
        for recipient in recipients
    )
    SubmissionEvent.objects.record(
        EventKind.NOTIFICATION_RETRIED, submission, user, address=address, to=", ".join(recipients)
    )
    return queued


def _staff_now(submission: Submission) -> list[str]:
    try:
        return [each.recipient for each in _planned(submission) if each.kind == NotificationKind.FRONT_DESK]
    except AnswersUnreadableError:
        return []


@transaction.atomic
def retry(notifications: Notification | Iterable[Notification], user: Any, address: str = "") -> int:
    """Put what was not sent back to the front of the queue, with all its attempts; return how many that were."""
    waiting = _unsent(notifications)
    changed = _locked(waiting)
    waiting.update(
        state=NotificationState.PENDING, attempts=0, due_at=timezone.now(), leased_until=None, is_digest=False
    )
    _record(EventKind.NOTIFICATION_RETRIED, changed, user, address)
    return len(changed)


@transaction.atomic
def set_aside(notifications: Notification | Iterable[Notification], user: Any, address: str = "") -> int:
    """Give up what was not sent, so that it no longer shows as failed; return how many that were."""
    return len(SubmissionEvent.objects.append(give_up(notifications, user, address)))


def give_up(
    notifications: Notification | Iterable[Notification], user: Any, address: str = ""
) -> list[SubmissionEvent]:
    """Give up what was not sent, and return the events that are to be recorded at the end of the transaction."""
    waiting = _unsent(notifications)
    changed = _locked(waiting)
    _set_aside(waiting)
    kind = EventKind.NOTIFICATION_SET_ASIDE
    return [SubmissionEvent.objects.event(kind, each.submission, user, address=address) for each in changed]


def _unsent(notifications: Notification | Iterable[Notification]) -> QuerySet[Notification]:
    rows = [notifications] if isinstance(notifications, Notification) else notifications
    return Notification.objects.filter(
        pk__in=[row.pk for row in rows], state__in=[NotificationState.PENDING, NotificationState.FAILED]
    )


def _locked(notifications: QuerySet[Notification]) -> list[Notification]:
    """Lock the rows in the order in which the worker does, and return them."""
    return list(notifications.select_related("submission").select_for_update(of=("self",)).order_by("pk"))


def _set_aside(notifications: QuerySet[Notification]) -> None:
    notifications.update(state=NotificationState.SET_ASIDE, leased_until=None)


def _record(kind: EventKind, notifications: list[Notification], user: Any, address: str) -> None:
    if notifications:
        SubmissionEvent.objects.record_many(kind, [each.submission for each in notifications], user, address=address)
