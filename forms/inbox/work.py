"""What staff do to a request, each in one transaction with its event. Nobody's change is overwritten unseen."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.models import EventKind, Status, Submission, SubmissionEvent, SubmissionNote

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


class ChangedMeanwhileError(Exception):
    """Somebody else changed the request since it was opened."""


class ErasedError(Exception):
    """A note would tell again what was erased, and would be kept for good."""


@dataclass
class Change:
    """What to set; ``None`` leaves the status, and without ``sets_assignee`` the assignee stays."""

    status: Status | None = None
    sets_assignee: bool = False
    assignee: "AbstractUser | None" = None
    note: str = ""


def first_contact(status: Status) -> bool:
    """Return whether a request with this status has been answered."""
    return status in (Status.CONTACTED, Status.BOOKED, Status.CLOSED)


@transaction.atomic
def apply(submission: Submission, change: Change, *, seen: int, user: Any, address: str = "") -> bool:
    """Make ``change`` to a request and return whether anything was changed.

    ``seen`` is the request's ``revision`` when it was opened. Raises ChangedMeanwhileError, and changes nothing, when
    somebody else changed it since, and ErasedError for a note on an erased request.
    """
    return bool(SubmissionEvent.objects.append(_apply(submission, change, seen, user, address)))


def _apply(submission: Submission, change: Change, seen: int, user: Any, address: str) -> list[SubmissionEvent]:
    """Make ``change`` and return the events to be recorded at the end of the transaction; none for no change."""
    if change.note and submission.erased_at is not None:
        raise ErasedError
    values, events = _values_and_events(submission, change)
    if not values and not change.note:
        return []
    if not Submission.objects.filter(pk=submission.pk, revision=seen).update(revision=F("revision") + 1, **values):
        raise ChangedMeanwhileError
    submission.revision = seen + 1
    for name, value in values.items():
        setattr(submission, name, value)
    if change.note:
        add_note(submission, change.note, user)
        events.append((EventKind.NOTE_ADDED, {}))
    return [
        SubmissionEvent.objects.event(kind, submission, user, address=address, **details) for kind, details in events
    ]


def _values_and_events(submission: Submission, change: Change) -> tuple[dict[str, Any], list[tuple[EventKind, dict]]]:
    values: dict[str, Any] = {}
    events: list[tuple[EventKind, dict]] = []
    if change.status is not None and change.status != submission.status:
        values["status"] = change.status
        details = {"before": str(submission.status), "after": str(change.status)}
        events.append((EventKind.STATUS_CHANGED, details))
        if submission.first_contact_at is None and first_contact(change.status):
            values["first_contact_at"] = timezone.now()
    if change.sets_assignee and change.assignee != submission.assignee:
        values["assignee"] = change.assignee
        events.append((EventKind.ASSIGNED, {"to": change.assignee.get_username() if change.assignee else ""}))
    return values, events


def add_note(submission: Submission, text: str, user: Any) -> SubmissionNote:
    """Store an encrypted note and return it."""
    note = SubmissionNote(submission=submission, author=user, author_name=user.get_username())
    note.set_text(text)
    note.save()
    return note


def mark_read(submission: Submission) -> None:
    """Note that somebody has opened the request: for the whole team it is not unread any more."""
    if submission.read_at is None:
        submission.read_at = timezone.now()
        Submission.objects.filter(pk=submission.pk, read_at=None).update(read_at=submission.read_at)


def lock(submissions: Iterable[Submission]) -> dict[int, Submission]:
    """Lock requests until the transaction ends, and return them as they now are, without their answers, by their ids.

    Always in the same order and before anything is changed or recorded, so that of two people with many requests in
    common one waits for the other, and never each for the other. Events may still name the rows: they are not locked
    against that.
    """
    rows = Submission.objects.select_for_update(of=("self",), no_key=True).defer("answers_encrypted")
    found = rows.select_related("assignee", "definition").filter(pk__in=[each.pk for each in submissions])
    return {each.pk: each for each in found.order_by("pk")}


@transaction.atomic
def mark_unread(submissions: list[Submission], user: Any, address: str = "") -> None:
    """Put the mark of an unread request back, for example to hand it to a colleague."""
    Submission.objects.filter(pk__in=[each.pk for each in submissions]).update(read_at=None)
    SubmissionEvent.objects.record_many(EventKind.MARKED_UNREAD, submissions, user, address=address)


@transaction.atomic
def set_status(submissions: list[Submission], status: Status, user: Any, address: str = "") -> int:
    """Set the status of several requests and return how many were changed, as they were read."""
    return _apply_to_each(submissions, Change(status=status), user, address)


@transaction.atomic
def assign(submissions: list[Submission], assignee: "AbstractUser | None", user: Any, address: str = "") -> int:
    """Give several requests to somebody, or to nobody, and return how many were changed."""
    return _apply_to_each(submissions, Change(sets_assignee=True, assignee=assignee), user, address)


def _apply_to_each(submissions: list[Submission], change: Change, user: Any, address: str) -> int:
    events = [_apply(each, change, each.revision, user, address) for each in submissions]
    SubmissionEvent.objects.append(list(chain.from_iterable(events)))
    return sum(bool(each) for each in events)


def changed_meanwhile_message(submission: Submission) -> str:
    """Return what to say to the second of two people."""
    last = submission.events.exclude(actor="").order_by("-at", "-pk").first()
    return _(
        "%(who)s has changed this request meanwhile; it is now “%(status)s”. Nothing of yours was saved yet: look "
        "at it again below and save once more."
    ) % {"who": last.actor if last else _("Somebody"), "status": submission.get_status_display()}
