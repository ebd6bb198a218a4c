"""Whether a form can be sent: by its dates, and by how many submissions it may take."""

import datetime as dt
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.apps import apps


class Availability(StrEnum):
    """Whether a form can be sent."""

    OPEN = "open"
    NOT_YET_OPEN = "not_yet_open"
    CLOSED = "closed"
    FULL = "full"


class Limited:
    """What has a form's limits: its page, or what intake reads of it."""

    form_id: UUID
    opens_at: dt.datetime | None
    closes_at: dt.datetime | None
    max_submissions: int | None

    def availability(self, now: dt.datetime) -> Availability:
        """Return whether the form can be sent at ``now``, by its dates and by the number of submissions there are."""
        if self.opens_at and now < self.opens_at:
            return Availability.NOT_YET_OPEN
        if self.closes_at and now >= self.closes_at:
            return Availability.CLOSED
        return Availability.FULL if self.is_full() else Availability.OPEN

    def is_full(self) -> bool:
        """Return whether the form has as many submissions as it may take; those in quarantine do not count."""
        if self.max_submissions is None:
            return False
        submissions: Any = apps.get_model("forms", "Submission").objects
        return submissions.filter(form_id=self.form_id).exclude(status="quarantine").count() >= self.max_submissions
