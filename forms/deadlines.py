"""Until when a submission is to be answered, and how long its answers are kept."""

import datetime as dt

from django.utils import timezone

SATURDAY = 5


def respond_by(received: dt.datetime, hours: int) -> dt.datetime:
    """Return the moment ``hours`` after ``received``, counting only Monday to Friday in the clinic's time zone.

    So 24 hours are one working day: what comes in on Friday at 16:00 is due on Monday at 16:00, and what comes in on a
    weekend is due one day after Monday has begun.
    """
    moment = _working(received.astimezone(timezone.get_default_timezone()))
    left = dt.timedelta(hours=hours)
    while True:
        midnight = (moment + dt.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        if left < midnight - moment:
            return moment + left
        left -= midnight - moment
        moment = _working(midnight)


def _working(moment: dt.datetime) -> dt.datetime:
    """Return ``moment``, or the next Monday's first where it is on a weekend."""
    if moment.weekday() < SATURDAY:
        return moment
    monday = moment + dt.timedelta(days=7 - moment.weekday())
    return monday.replace(hour=0, minute=0, second=0, microsecond=0)


def expires_on(received: dt.datetime, days: int) -> dt.date:
    """Return the day on which answers received then are erased, ``days`` later in the clinic's time zone."""
    return received.astimezone(timezone.get_default_timezone()).date() + dt.timedelta(days=days)
