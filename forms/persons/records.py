"""Finding all that one person sent, giving account of it, and erasing it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from forms import uploads
from forms.inbox import contacts
from forms.models import EventKind, Submission, SubmissionEvent
from forms.privacy import erasure


def of_contact(text: str) -> QuerySet[Submission] | None:
    """Return all requests that name this e-mail address or phone number, the oldest first, without their answers.

    None where ``text`` is neither. What was erased is no longer found; what is in quarantine is.
    """
    digests = contacts.digests_of_contact(text.strip())
    return in_order(contacts.with_any_digest(Submission.objects.all(), digests)) if digests else None


def in_order(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Return requests as they are listed and handed over: the oldest first, without their answers."""
    return submissions.select_related("definition").defer("answers_encrypted").order_by("created_at", "pk")


def record_search(found: int, user: Any = None, address: str = "") -> None:
    """Record that somebody looked for a person, and how many requests that person has; not who it is."""
    SubmissionEvent.objects.record(EventKind.SEARCHED, user=user, address=address, found=found, purpose="privacy")


def record_copy(submissions: Sequence[Submission], user: Any = None, address: str = "") -> None:
    """Record at each request that a copy of it was made."""
    SubmissionEvent.objects.record_many(
        EventKind.ACCESS_GIVEN, submissions, user, address=address, requests=len(submissions)
    )


@dataclass
class Erased:
    """What became of a person's requests, by their references, and how many erased files are not off the disk yet."""

    erased: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    files_left: int = 0


def erase_all(submissions: Iterable[Submission], user: Any = None, address: str = "", *, reason: str = "") -> Erased:
    """Erase what is not under legal hold, each request by itself, and return what became of them.

    A file that cannot be removed from where it lies is tried again every hour.
    """
    outcome = Erased()
    for submission in submissions:
        try:
            erasure.erase(submission, user, address, reason=reason)
        except erasure.HeldError:
            outcome.held.append(submission.reference)
        else:
            outcome.erased.append(submission.reference)
    outcome.files_left = uploads.left_of_erased()
    return outcome
