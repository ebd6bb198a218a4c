"""The trail that exports leave: who took what, by which filters, and how many rows."""

from typing import TYPE_CHECKING, Any

from forms.exports.files import Choice
from forms.exports.selection import Filters
from forms.models import EventKind, SubmissionEvent

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


def exported(
    user: "AbstractBaseUser | AnonymousUser | None",
    choice: Choice,
    filters: Filters,
    rows: int,
    address: str | None = None,
    **details: Any,
) -> None:
    """Record that requests were exported: by ``user``, or by a command of the system for None."""
    SubmissionEvent.objects.record(
        EventKind.EXPORTED,
        user=user,
        address=address or "",
        format=choice.format,
        columns=list(choice.columns),
        filters=filters,
        rows=rows,
        **details,
    )
