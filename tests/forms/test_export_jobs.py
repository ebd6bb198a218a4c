"""Exports made in the background: nobody waits for them, nothing of them is readable on disk, none is lost or kept."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.storage import storages
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from openpyxl import load_workbook

from clinicsite.roles import ADMINISTRATORS, FRONT_DESK, MARKETING_EDITORS
from forms.exports import Catalogue, jobs, vault, views
from forms.exports.files import Choice
from forms.intake import submit
from forms.models import EventKind, ExportFormat, ExportJob, ExportState, FormPage, Submission, SubmissionEvent
from forms.privacy import UnreadableError
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, only_field

LogIn = Callable[[str], Client]
CSV = Choice(ExportFormat.CSV)
CONTEXT = b"0123456789abcdef"


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    page = a_form(clinic.home, a_field("single_line", label="Your name"))
    for name in ("Ada Lovelace", "Grace Hopper"):
        submit(page.definition, {only_field(page.definition)["id"]: name}, notify=False)
    return page


@pytest.fixture
def desk(db: None) -> User:
    user = User.objects.create(username="desk")
    user.groups.add(Group.objects.get(name=FRONT_DESK))
    return user


@pytest.fixture
def private(settings: Any, tmp_path: Path) -> Path:
    """Return the folder in which private files lie during the test."""
    own = settings.STORAGES["private"] | {"OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"private": own}
    return tmp_path


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def asked(user: User, choice: Choice = CSV) -> ExportJob:
    return jobs.ask_for(user, choice, {}, Submission.objects.count(), "127.0.0.1")


def made(job: ExportJob) -> ExportJob:
    """Return the export after the worker did what it was asked."""
    jobs.make_export.call(job.pk)
    job.refresh_from_db()
    return job


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def logged_in(user: User) -> Client:
    browser = Client()
    browser.force_login(User.objects.get(pk=user.pk))
    return browser


def url(name: str, job: ExportJob) -> str:
    return reverse(f"exports:{name}", args=[job.uuid])


def test_an_export_is_asked_for_made_and_downloaded(
    page: FormPage, desk: User, private: Path, kept_connection: None
) -> None:
    browser = logged_in(desk)
    columns = [column.key for column in Catalogue([page.form_id]).columns if column.is_default]
    sent = {"action": "background", "format": "csv", "columns": columns, "filters": "status=new"}
    response = browser.post(reverse("exports:new"), sent)
    job = ExportJob.objects.get()
    assert response["Location"] == url("job", job)
    assert "Waiting for the worker" in browser.get(url("job", job)).content.decode()
    assert browser.get(url("progress", job)).json()["is_under_way"] is True
    assert DBTaskResult.objects.get(task_path="forms.exports.jobs.make_export").args_kwargs["args"] == [job.pk]

    made(job)
    assert (job.state, job.done, job.total, job.unreadable) == (ExportState.READY, 2, 2, 0)
    shown = browser.get(url("job", job)).content.decode()
    assert "2 requests" in shown
    assert url("download", job) in shown
    answer = browser.get(url("download", job))
    content = answer.getvalue()
    assert [row[-1] for row in rows_of(content)] == ["Your name", "Ada Lovelace", "Grace Hopper"]
    assert int(answer["Content-Length"]) == len(content)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith('attachment; filename="requests-')

    asked_event, taken = SubmissionEvent.objects.filter(kind__in=(EventKind.EXPORTED, EventKind.EXPORT_DOWNLOADED))
    assert asked_event.details["filters"] == {"status": ["new"]}
    assert asked_event.details["columns"] == columns
    assert (asked_event.details["rows"], asked_event.actor, asked_event.address) == (2, "desk", "127.0.0.1")
    assert (taken.details["rows"], taken.details["job"], taken.actor) == (2, str(job.uuid), "desk")


def test_a_large_export_is_made_in_the_background_whatever_the_button_says(
    page: FormPage, desk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 1)
    browser = logged_in(desk)
    shown = browser.get(reverse("exports:new")).content.decode()
    assert "Download now" not in shown
    assert "made in the background" in shown
    response = browser.post(reverse("exports:new"), {"action": "now", "format": "csv", "columns": ["reference"]})
    assert response["Location"] == url("job", ExportJob.objects.get())


def test_a_workbook_and_a_fhir_file_come_out_whole(page: FormPage, desk: User, private: Path) -> None:
    job = made(asked(desk, Choice(ExportFormat.XLSX)))
    book = load_workbook(io.BytesIO(b"".join(jobs.read_file(job))))
    assert book["Requests"]["G3"].value == "Grace Hopper"
    fhir = made(asked(desk, Choice(ExportFormat.FHIR)))
    assert len(b"".join(jobs.read_file(fhir)).splitlines()) == 3


def test_nothing_of_it_can_be_read_on_the_disk(page: FormPage, desk: User, private: Path) -> None:
    made(asked(desk))
    (file,) = files_in(private)
    assert b"Ada" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("size", [0, 1, vault.FRAME_BYTES, vault.FRAME_BYTES + 1, 3 * vault.FRAME_BYTES])
def test_what_goes_into_the_vault_comes_out(size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    chunks = [content[:size][start : start + 100_000] for start in range(0, size, 100_000)]
    frames = list(vault.sealed(chunks, CONTEXT))
    stored = io.BytesIO(b"".join(frame for _key, frame in frames))
    assert b"".join(vault.opened(stored, frames[0][0], CONTEXT)) == content[:size]


@pytest.mark.parametrize("harm", ["cut", "swapped", "changed", "other", "empty", "broken"])
def test_a_file_that_was_tampered_with_is_not_given_out(harm: str) -> None:
    frames = [frame for _key, frame in vault.sealed([b"x" * vault.FRAME_BYTES * 3], CONTEXT)]
    stored = {
        "cut": frames[:-1],
        "swapped": [frames[1], frames[0], frames[2]],
        "changed": [frames[0][:-1] + b"!", *frames[1:]],
        "other": frames,
        "empty": [],
        "broken": [frames[0], frames[1][:100]],
    }[harm]
    context = b"another file's !" if harm == "other" else CONTEXT
    with pytest.raises(UnreadableError):
        list(vault.opened(io.BytesIO(b"".join(stored)), "test", context))


def test_only_who_asked_and_administrators_have_the_file(
    as_role: LogIn, page: FormPage, desk: User, private: Path
) -> None:
    job = made(asked(desk))
    for name in ("job", "progress", "download"):
        assert as_role(FRONT_DESK).get(url(name, job)).status_code == 404
        assert as_role(MARKETING_EDITORS).get(url(name, job)).status_code == 403
        assert Client().get(url(name, job)).status_code == 302
    for name in ("retry", "delete"):
        assert as_role(FRONT_DESK).post(url(name, job)).status_code == 404
        assert as_role(MARKETING_EDITORS).post(url(name, job)).status_code == 403
    assert b"Ada" in as_role(ADMINISTRATORS).get(url("download", job)).getvalue()
    assert url("job", job) not in as_role(FRONT_DESK).get(reverse("exports:index")).content.decode()
    assert url("job", job) in as_role(ADMINISTRATORS).get(reverse("exports:index")).content.decode()
    assert url("job", job) in logged_in(desk).get(reverse("exports:index")).content.decode()


def test_who_lost_the_right_to_export_gets_nothing(page: FormPage, desk: User, private: Path) -> None:
    job, later = made(asked(desk)), asked(desk)
    desk.groups.clear()
    desk.groups.add(Group.objects.get(name=MARKETING_EDITORS))
    assert logged_in(desk).get(url("download", job)).status_code == 403
    assert made(later).state == ExportState.FAILED
    assert "may no longer" in later.last_error
    assert len(files_in(private)) == 1


def test_a_file_expires_after_a_day_and_is_removed(page: FormPage, desk: User, private: Path) -> None:
    job = made(asked(desk))
    assert dt.timedelta(hours=23) < job.expires_at - timezone.now() <= dt.timedelta(hours=24)
    ExportJob.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert logged_in(desk).get(url("download", job)).status_code == 302
    jobs.tend()
    job.refresh_from_db()
    assert job.state == ExportState.EXPIRED
    assert files_in(private) == []
    assert "Make it once more" in logged_in(desk).get(url("job", job)).content.decode()
    ExportJob.objects.update(created_at=timezone.now() - jobs.LISTED_FOR - dt.timedelta(days=1))
    jobs.tend()
    assert not ExportJob.objects.exists()


def broken_after(frames: int, error: Exception) -> Callable[..., Iterator[tuple[str, bytes]]]:
    """Return what seals as usual, and then fails as ``error`` says."""

    def sealed(*_arguments: Any) -> Iterator[tuple[str, bytes]]:
        for _frame in range(frames):
            yield "test", b"xxxx"
        raise error

    return sealed


def test_what_fails_is_shown_without_the_errors_own_words_and_can_be_retried(
    page: FormPage, desk: User, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = asked(desk)
    with monkeypatch.context() as patched:
        patched.setattr(vault, "sealed", broken_after(2, ValueError("Ada Lovelace")))
        made(job)
    assert (job.state, job.last_error) == (ExportState.FAILED, "Something went wrong: ValueError.")
    assert files_in(private) == []
    browser = logged_in(desk)
    assert "ValueError" in browser.get(url("job", job)).content.decode()
    browser.post(url("retry", job))
    job.refresh_from_db()
    assert job.state == ExportState.QUEUED
    assert SubmissionEvent.objects.filter(kind=EventKind.EXPORTED).count() == 2
    assert made(job).state == ExportState.READY


def test_a_full_disk_is_named(page: FormPage, desk: User, private: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "sealed", broken_after(1, OSError(28, "No space left on device")))
    job = made(asked(desk))
    assert (job.state, job.last_error) == (ExportState.FAILED, "There is no space left to keep the file.")


def test_an_export_whose_worker_was_killed_is_taken_up_by_another(
    page: FormPage, desk: User, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = asked(desk)
    with monkeypatch.context() as patched:
        # A killed process gets no chance to clean up.
        patched.setattr(vault, "sealed", broken_after(1, KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            jobs.make_export.call(job.pk)
    DBTaskResult.objects.all().delete()
    job.refresh_from_db()
    assert job.state == ExportState.RUNNING
    jobs.tend()
    assert not DBTaskResult.objects.exists()  # It could still be alive.
    assert made(job).state == ExportState.RUNNING  # And nobody else is to write the same file.

    ExportJob.objects.update(alive_at=timezone.now() - jobs.DEAD_AFTER - dt.timedelta(seconds=1))
    jobs.tend()
    assert DBTaskResult.objects.get().args_kwargs["args"] == [job.pk]
    job.refresh_from_db()
    assert made(job).state == ExportState.READY
    assert [row[-1] for row in rows_of(b"".join(jobs.read_file(job)))][1:] == ["Ada Lovelace", "Grace Hopper"]
    assert len(files_in(private)) == 1


def test_an_export_that_kills_every_worker_fails_in_the_end(page: FormPage, desk: User, private: Path) -> None:
    job = asked(desk)
    long_ago = timezone.now() - jobs.DEAD_AFTER - dt.timedelta(seconds=1)
    job.options["attempts"] = jobs.MOST_ATTEMPTS
    ExportJob.objects.update(state=ExportState.RUNNING, alive_at=long_ago, options=job.options)
    jobs.tend()
    job.refresh_from_db()
    assert job.state == ExportState.FAILED
    assert "several times" in job.last_error


def test_a_database_that_restarts_delays_an_export_and_does_not_fail_it(
    page: FormPage, desk: User, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = asked(desk)
    with monkeypatch.context() as patched:
        patched.setattr(vault, "sealed", broken_after(1, OperationalError("gone")))
        with pytest.raises(OperationalError):
            jobs.make_export.call(job.pk)
    job.refresh_from_db()
    assert job.state == ExportState.RUNNING
    assert files_in(private) == []


def test_an_export_that_is_deleted_while_it_is_made_stops_and_leaves_no_file(
    page: FormPage, desk: User, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = asked(desk)
    sealed = vault.sealed

    def deleted_meanwhile(*arguments: Any) -> Iterator[tuple[str, bytes]]:
        assert logged_in(desk).post(url("delete", job)).status_code == 302
        yield from sealed(*arguments)

    monkeypatch.setattr(vault, "sealed", deleted_meanwhile)
    jobs.make_export.call(job.pk)
    assert not ExportJob.objects.exists()
    assert files_in(private) == []


def test_progress_is_told_while_it_is_made(
    page: FormPage, desk: User, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "SECONDS_BETWEEN_SIGNS", -1)
    monkeypatch.setattr(vault, "FRAME_BYTES", 100)
    monkeypatch.setattr("forms.exports.reading.CHUNK", 1)
    job, seen, update = asked(desk), [], jobs._update

    def watched(job: ExportJob, **changes: Any) -> None:
        update(job, **changes)
        seen.append(jobs.ExportJob.objects.get(pk=job.pk).done)

    monkeypatch.setattr(jobs, "_update", watched)
    made(job)
    assert seen == sorted(seen)
    assert {1, 2} <= set(seen)


def test_a_lost_file_is_an_error_one_can_act_on(page: FormPage, desk: User, private: Path) -> None:
    job = made(asked(desk))
    storages["private"].delete(job.options["file"])
    response = logged_in(desk).get(url("download", job), follow=True)
    assert "The file cannot be read" in response.content.decode()
    assert not SubmissionEvent.objects.filter(kind=EventKind.EXPORT_DOWNLOADED).exists()
