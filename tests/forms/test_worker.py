"""The background worker: its jobs, its chores, and what becomes of the work of one that died."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from forms import housekeeping, workers
from forms.models import Chore, RateCount, Worker

LONG_AGO = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _database(db: None, kept_connection: None) -> None:
    """Let each test use the database."""


def a_job_in_hand(*worker_ids: str, age: dt.timedelta = LONG_AGO) -> DBTaskResult:
    """Return a job that the last of these workers began."""
    return DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="forms.nothing",
        backend_name="default",
        status=TaskResultStatus.RUNNING,
        worker_ids=list(worker_ids),
        started_at=timezone.now() - age,
        run_after=timezone.now() - age,
    )


def status_after(job: DBTaskResult) -> str:
    workers.give_back_jobs()
    job.refresh_from_db()
    return job.status


def test_the_job_of_a_dead_worker_is_given_to_another() -> None:
    Worker.objects.create(worker_id="dead", alive_at=timezone.now() - LONG_AGO)
    assert status_after(a_job_in_hand("dead")) == TaskResultStatus.READY
    assert status_after(a_job_in_hand("never seen")) == TaskResultStatus.READY


def test_the_job_of_a_living_worker_is_left_alone_however_long_it_takes() -> None:
    Worker.objects.create(worker_id="living")
    assert status_after(a_job_in_hand("living")) == TaskResultStatus.RUNNING


def test_a_job_just_begun_is_left_alone() -> None:
    assert status_after(a_job_in_hand("new", age=dt.timedelta(seconds=5))) == TaskResultStatus.RUNNING


def test_a_job_that_killed_three_workers_has_failed() -> None:
    assert status_after(a_job_in_hand("one", "two", "three")) == TaskResultStatus.FAILED


def test_a_worker_takes_up_its_own_job_after_the_database_went_away(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = workers.BackgroundWorker()
    worker.sign()
    job = a_job_in_hand(worker.worker_id, age=dt.timedelta())
    worker._broke_off = True
    monkeypatch.setattr(worker._jobs, "run", lambda: None)
    worker.do_jobs()
    job.refresh_from_db()
    assert job.status == TaskResultStatus.READY


def counting(monkeypatch: pytest.MonkeyPatch, *, fails: bool = False) -> list[int]:
    """Make one daily chore the only one, and return what grows at each time it is done."""
    done: list[int] = []

    def chore() -> None:
        done.append(1)
        if fails:
            raise ValueError("some patient's words")

    monkeypatch.setattr(housekeeping, "remove_rate_counts", chore)
    regular = housekeeping.Regular("forms.housekeeping.remove_rate_counts", housekeeping.DAY)
    monkeypatch.setattr(housekeeping, "REGULAR", (regular,))
    return done


def test_a_chore_is_done_once_in_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    done = counting(monkeypatch)
    for _each in range(3):
        housekeeping.do_due()
    assert len(done) == 1
    chore = Chore.objects.get()
    assert chore.done_at
    assert dt.timedelta(hours=23) < chore.due_at - timezone.now() <= housekeeping.DAY
    Chore.objects.update(due_at=timezone.now())
    housekeeping.do_due()
    assert len(done) == 2


def test_a_chore_that_fails_is_tried_again_within_the_hour(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    counting(monkeypatch, fails=True)
    housekeeping.do_due()
    chore = Chore.objects.get()
    assert (chore.last_error, chore.done_at) == ("ValueError", None)
    assert chore.due_at - timezone.now() <= housekeeping.LEASE
    assert "patient" not in caplog.text


def test_of_two_workers_one_does_a_chore(monkeypatch: pytest.MonkeyPatch) -> None:
    done = counting(monkeypatch)
    due = Chore.objects.create(name=housekeeping.REGULAR[0].function)
    # The other looked at the same moment: it has the chore as it was before the first took it.
    housekeeping.do_due()
    monkeypatch.setattr(Chore.objects, "get_or_create", lambda **_names: (due, False))
    housekeeping.do_due()
    assert len(done) == 1


@pytest.mark.parametrize("regular", housekeeping.REGULAR, ids=lambda regular: regular.function)
def test_every_chore_can_be_done(regular: housekeeping.Regular) -> None:
    Chore.objects.create(name=regular.function)
    housekeeping._do(regular)
    assert Chore.objects.get().last_error == ""
    assert Chore.objects.get().done_at


def test_counts_of_posts_go_when_their_time_is_over() -> None:
    for name, hours in (("old", -1), ("new", 1)):
        RateCount.objects.create(digest=name.encode(), expires_at=timezone.now() + dt.timedelta(hours=hours))
    housekeeping.remove_rate_counts()
    assert RateCount.objects.count() == 1


def test_a_worker_signs_and_is_missed_after_five_minutes() -> None:
    assert workers.is_missed()
    with pytest.raises(CommandError, match="No worker"):
        call_command("worker", check=True)
    call_command("worker", once=True)
    call_command("worker", check=True)
    Worker.objects.update(alive_at=timezone.now() - dt.timedelta(minutes=6))
    assert workers.is_missed()


def test_dead_workers_are_forgotten_but_for_the_last() -> None:
    for days in (3, 4):
        Worker.objects.create(worker_id=str(days), alive_at=timezone.now() - dt.timedelta(days=days))
    workers.forget_dead()
    assert Worker.objects.get().worker_id == "3"


def test_an_error_in_one_duty_is_survived_and_said_without_values(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    worker = workers.BackgroundWorker()
    monkeypatch.setattr(workers, "ERROR_PAUSE_SECONDS", 0)
    monkeypatch.setattr(workers, "close_old_connections", lambda: None)
    monkeypatch.setattr(workers.connections, "close_all", lambda: None)
    tries: list[Any] = []

    def work() -> float:
        tries.append(1)
        if len(tries) == 3:
            worker.stop()
        raise ValueError("some patient's words")

    worker._repeat(workers.Duty("test", work))
    assert len(tries) == 3
    assert "ValueError" in caplog.text
    assert "patient" not in caplog.text
