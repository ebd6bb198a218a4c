"""The regular chores, in one list. Workers do them; any number of workers can run, and each chore is done by one."""

import datetime as dt
import logging
from dataclasses import dataclass

from django.core.management import call_command
from django.db import Error as DatabaseError
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy

from forms.models import Chore, RateCount

logger = logging.getLogger(__name__)

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
# A chore that broke off, or whose worker died, is done again after this at the latest.
LEASE = HOUR
# How long a finished job stays to be looked at.
DAYS_OF_JOBS = 14


@dataclass(frozen=True)
class Regular:
    """A function, named by where it is, how often it is called, and in words what it does.

    It can be called again when it broke off.
    """

    function: str
    every: dt.timedelta
    words: str = ""


REGULAR = (
    Regular("forms.exports.jobs.tend", dt.timedelta(minutes=1), gettext_lazy("looking after exports")),
    Regular("forms.workers.give_back_jobs", dt.timedelta(minutes=1), gettext_lazy("taking up jobs that broke off")),
    Regular("clinicsite.schedule.publish_due", dt.timedelta(minutes=1), gettext_lazy("publishing at the time set")),
    Regular("forms.workers.forget_dead", DAY, gettext_lazy("forgetting workers that ended")),
    Regular("forms.housekeeping.remove_rate_counts", HOUR, gettext_lazy("removing old counts")),
    Regular("forms.housekeeping.remove_old_jobs", DAY, gettext_lazy("removing finished jobs")),
    Regular("forms.uploads.purge_unclaimed", HOUR, gettext_lazy("removing patients' files that are to go")),
    Regular("forms.uploads.sweep", DAY, gettext_lazy("removing files left over by a change of keys")),
    Regular("clinicsite.models.previews.remove_old_previews", HOUR, gettext_lazy("removing old previews")),
    Regular("forms.privacy.erasure.purge", HOUR, gettext_lazy("erasing requests whose time is up")),
    Regular("webhooks.delivery.forget_old", DAY, gettext_lazy("removing old webhook deliveries")),
)


def do_due() -> None:
    """Do the chores that are due. One that fails is noted and does not hold up the others."""
    for regular in REGULAR:
        if _is_ours(regular):
            _do(regular)


def failing() -> list[str]:
    """Return in words the chores that did not succeed when they were last done."""
    failed = set(Chore.objects.exclude(last_error="").values_list("name", flat=True))
    return [str(regular.words or regular.function) for regular in REGULAR if regular.function in failed]


def _is_ours(regular: Regular) -> bool:
    """Return whether the chore is due and no other worker was quicker to take it; a dead one's is due after a while."""
    chore, _created = Chore.objects.get_or_create(name=regular.function)
    now = timezone.now()
    if chore.due_at > now:
        return False
    again = now + min(regular.every, LEASE)
    return bool(Chore.objects.filter(pk=chore.pk, due_at=chore.due_at).update(due_at=again))


def _do(regular: Regular) -> None:
    begun = timezone.now()
    try:
        import_string(regular.function)()
    except DatabaseError:
        raise
    except Exception as error:
        logger.error("The chore %s failed: %s", regular.function, type(error).__name__)
        Chore.objects.filter(pk=regular.function).update(last_error=type(error).__name__)
    else:
        Chore.objects.filter(pk=regular.function).update(
            due_at=begun + regular.every, done_at=timezone.now(), last_error=""
        )


def remove_rate_counts() -> None:
    """Remove the counts of posts whose window is over."""
    RateCount.objects.filter(expires_at__lt=timezone.now()).delete()


def remove_old_jobs() -> None:
    """Remove what is left of finished jobs."""
    call_command("prune_db_task_results", queue_name="*", min_age_days=DAYS_OF_JOBS, verbosity=0)
