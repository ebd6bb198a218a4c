"""When a message is tried again: as Standard Webhooks recommends, and no sooner than the receiver asks for."""

import datetime as dt
import random
from email.utils import parsedate_to_datetime

# The wait before each further try: together three days.
WAITS = tuple(
    dt.timedelta(seconds=seconds) for seconds in (5, 300, 1800, *(hours * 3600 for hours in (2, 5, 10, 14, 20, 24)))
)
# So much is added by chance, so that what failed together does not come back together.
LARGEST_SHIFT = 0.1
LONGEST_ASKED = dt.timedelta(hours=24)


def next_try(tries: int, now: dt.datetime, retry_after: str = "") -> dt.datetime | None:
    """Return when a message is to be tried again after ``tries`` failures; None where it was the last."""
    if tries > len(WAITS):
        return None
    wait = WAITS[tries - 1] * (1 + random.uniform(0, LARGEST_SHIFT))  # noqa: S311 - no secret
    return now + max(wait, min(asked_for(retry_after, now), LONGEST_ASKED))


def asked_for(retry_after: str, now: dt.datetime) -> dt.timedelta:
    """Return how long a Retry-After header asks to wait, in seconds or until a date; none where it makes no sense."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return dt.timedelta(seconds=min(int(text[:9]), 10**8))
    try:
        return max(parsedate_to_datetime(text) - now, dt.timedelta())
    except (TypeError, ValueError):
        return dt.timedelta()
