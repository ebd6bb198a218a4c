"""What a background worker does all the time: jobs, e-mails, webhooks, chores, and saying that it lives.

Each has a thread of its own, so that a long export delays no e-mail, and a mail server that does not answer no export.
"""

import datetime as dt
import logging
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from django.db import Error as DatabaseError
from django.db import close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner
from django_tasks_db.models import DBTaskResult

from forms import housekeeping
from forms.models import Worker
from forms.notifications import deliver_due
from webhooks import delivery as webhooks

logger = logging.getLogger(__name__)

POLL_SECONDS = 1
# A mail server that is down is left alone for so long.
MAIL_PAUSE_SECONDS = 15
SIGN_SECONDS = 10
CHORES_SECONDS = 20
# After an error of the database: it may be restarting.
ERROR_PAUSE_SECONDS = 3
# A worker that has not said that it lives for so long is dead: longer than clocks differ.
DEAD_AFTER = dt.timedelta(minutes=2)
# After so long without any worker somebody should be told.
MISSED_AFTER = dt.timedelta(minutes=5)
# A job that killed so many workers is not given to another.
MOST_WORKERS_PER_JOB = 3


@dataclass(frozen=True)
class Duty:
    """Something done again and again: ``work`` returns the seconds until it is to be done next."""

    name: str
    work: Callable[[], float]


class BackgroundWorker:
    """The duties of one worker, run until it is told to stop; it finishes what it has in hand first."""

    def __init__(self) -> None:
        self.worker_id = get_random_string(32)
        self._stopping = threading.Event()
        # While jobs run, and still afterwards when an error kept even their failure from being noted.
        self._broke_off = False
        self._jobs = TaskRunner(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.worker_id,
            excluded_queue_names=[],
        )

    def run(self) -> None:
        """Work until ``stop`` is called."""
        duties = [
            Duty("sign of life", self.sign),
            Duty("jobs", self.do_jobs),
            Duty("e-mails", self.send_mail),
            Duty("webhooks", self.send_webhooks),
            Duty("chores", self.do_chores),
        ]
        threads = [threading.Thread(target=self._repeat, args=[duty], name=duty.name) for duty in duties]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def run_once(self) -> None:
        """Do what there is to do now, and return."""
        self.sign()
        self.do_chores()
        self.do_jobs()
        self.send_mail()
        self.send_webhooks()

    def stop(self) -> None:
        """Let each duty end after what it has in hand."""
        self._jobs.running = False
        self._stopping.set()

    def stop_on_signals(self) -> None:
        """Stop at the first INT or TERM, and end at once at the second."""

        def on_signal(number: int, frame: FrameType | None) -> None:
            if self._stopping.is_set():
                os._exit(1)
            self.stop()

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, on_signal)

    def _repeat(self, duty: Duty) -> None:
        while not self._stopping.is_set():
            try:
                close_old_connections()
                pause = duty.work()
            except DatabaseError as error:
                logger.warning("The worker waits for the database (%s): %s", duty.name, type(error).__name__)
                pause = ERROR_PAUSE_SECONDS
            except Exception as error:  # A worker that stops working is worse than one that complains.
                logger.error("The worker failed in its duty (%s): %s", duty.name, type(error).__name__)
                pause = ERROR_PAUSE_SECONDS
            self._stopping.wait(pause)
        connections.close_all()

    def sign(self) -> float:
        """Say that this worker lives."""
        Worker.objects.update_or_create(worker_id=self.worker_id, defaults={"alive_at": timezone.now()})
        return SIGN_SECONDS

    def do_jobs(self) -> float:
        """Run the jobs of the Tasks framework that are ready."""
        if self._broke_off:
            give_back_jobs(worker_id=self.worker_id)
        self._broke_off = True
        if DBTaskResult.objects.ready().exists():
            self._jobs.run()
        self._broke_off = False
        return POLL_SECONDS

    def send_mail(self) -> float:
        """Send the notifications that are due."""
        is_up = deliver_due(go_on=lambda: not self._stopping.is_set())
        return POLL_SECONDS if is_up else MAIL_PAUSE_SECONDS

    def send_webhooks(self) -> float:
        """Send the messages to webhooks that are due."""
        webhooks.deliver_due(go_on=lambda: not self._stopping.is_set())
        return POLL_SECONDS

    def do_chores(self) -> float:
        """Do the regular chores that are due."""
        housekeeping.do_due()
        return CHORES_SECONDS


def last_alive() -> dt.datetime | None:
    """Return when a worker last said that it lives; None if none ever did, or not for days."""
    return Worker.objects.order_by("-alive_at").values_list("alive_at", flat=True).first()


def is_missed() -> bool:
    """Return whether no worker has lived for so long that e-mails and exports are waiting."""
    last = last_alive()
    return last is None or last < timezone.now() - MISSED_AFTER


def give_back_jobs(worker_id: str = "") -> None:
    """Give jobs that a dead worker had in hand to another, or those of ``worker_id``, which has none in hand now.

    After the third worker such a job is called failed.
    """
    limit = timezone.now() - DEAD_AFTER
    living = set(Worker.objects.filter(alive_at__gt=limit).values_list("worker_id", flat=True))
    for job in DBTaskResult.objects.running():
        last = job.worker_ids[-1] if job.worker_ids else ""
        # One begun just now may be a worker's that has not yet said that it lives.
        is_stuck = last == worker_id if worker_id else last not in living and job.started_at < limit
        if not is_stuck:
            continue
        stuck = DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at)
        if len(job.worker_ids) < MOST_WORKERS_PER_JOB:
            stuck.update(status=TaskResultStatus.READY)
        else:
            stuck.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())


def forget_dead() -> None:
    """Remove workers that ended days ago, but the last of all: the site says since when none is there."""
    last = Worker.objects.order_by("-alive_at").values_list("pk", flat=True)[:1]
    old = Worker.objects.filter(alive_at__lt=timezone.now() - dt.timedelta(days=2))
    old.exclude(pk__in=list(last)).delete()
