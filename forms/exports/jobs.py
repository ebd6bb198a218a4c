"""Exports that are made in the background: asked for, made by a worker, kept encrypted, downloaded, removed."""

import datetime as dt
import errno
import logging
import time
from collections.abc import Iterator
from io import BufferedReader
from typing import TYPE_CHECKING, Any

from django.core.files import File
from django.core.files.storage import storages
from django.db import Error as DatabaseError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from forms.exports import audit, selection, vault
from forms.exports.files import Choice, ExportFile, make_file
from forms.models import ExportJob, ExportState

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

logger = logging.getLogger(__name__)

FOLDER = "exports"
KEPT_FOR = dt.timedelta(hours=24)
# How long it stays listed that there was one.
LISTED_FOR = dt.timedelta(days=30)
SECONDS_BETWEEN_SIGNS = 1
# A worker that has given no sign for so long is dead, and its export is taken up again.
DEAD_AFTER = dt.timedelta(minutes=2)
FORGOTTEN_AFTER = dt.timedelta(hours=1)
MOST_ATTEMPTS = 3


class AbandonedError(Exception):
    """The export was deleted, or is made by another worker."""


def ask_for(
    user: "AbstractBaseUser", choice: Choice, filters: selection.Filters, total: int, address: str | None
) -> ExportJob:
    """Store the wish for an export, have a worker make it, record it, and return it."""
    with transaction.atomic():
        job = ExportJob.objects.create(
            requested_by=user,
            format=choice.format,
            columns=list(choice.columns),
            filters=filters,
            options={"bom": choice.bom, "codebook": choice.codebook},
            total=total,
        )
        make_export.enqueue(job.pk)
        audit.exported(user, choice, filters, total, address, delivery="background", job=str(job.uuid))
    return job


def again(job: ExportJob) -> bool:
    """Have an export that failed or expired made once more; return False where it is being made already."""
    with transaction.atomic():
        states = (ExportState.FAILED, ExportState.EXPIRED)
        options = {**job.options, "attempts": 0}
        found = ExportJob.objects.filter(pk=job.pk, state__in=states).update(
            state=ExportState.QUEUED, alive_at=timezone.now(), last_error="", done=0, options=options
        )
        if found:
            make_export.enqueue(job.pk)
    return bool(found)


# Somebody waits for it: copies of pictures and search entries can come later.
@task(priority=10)
def make_export(job_id: int) -> None:
    """Make the file of an export, unless another worker is at it, or it was deleted."""
    job = _claim(job_id)
    if job is None:
        return
    try:
        _make(job)
    except AbandonedError:
        _remove_file(job)
    except DatabaseError:
        # It may be restarting: the export is taken up again once it is known to be dead.
        _remove_file(job)
        raise
    except Exception as error:
        _remove_file(job)
        _fail(job, error)


def _claim(job_id: int) -> ExportJob | None:
    now = timezone.now()
    is_free = Q(state=ExportState.QUEUED) | Q(state=ExportState.RUNNING, alive_at__lt=now - DEAD_AFTER)
    if not ExportJob.objects.filter(is_free, pk=job_id).update(state=ExportState.RUNNING, alive_at=now, done=0):
        return None
    job = ExportJob.objects.select_related("requested_by").get(pk=job_id)
    attempts = job.options.get("attempts", 0) + 1
    # A name of its own for each attempt: a worker taken for dead may still write to the last one's.
    job.options |= {"attempts": attempts, "file": f"{FOLDER}/{job.uuid}-{attempts}"}
    job.save(update_fields=["options"])
    return job


def _make(job: ExportJob) -> None:
    if job.requested_by is None or not may_export(job.requested_by):
        raise PermissionError(_("Whoever asked for it may no longer export requests."))
    file = make_file(selection.select(job.filters, job.requested_by), choice_of(job))
    job.total = file.counts.total
    storages["private"].save(job.options["file"], File(BufferedReader(vault.Spring(_frames(job, file)))))
    now = timezone.now()
    _update(
        job,
        state=ExportState.READY,
        alive_at=now,
        finished_at=now,
        expires_at=now + KEPT_FOR,
        key_id=job.key_id,
        size=job.size,
        done=file.counts.done,
        unreadable=file.counts.unreadable,
        options=job.options | {"name": file.name, "content_type": file.content_type},
    )


def choice_of(job: ExportJob) -> Choice:
    """Return what the file is to hold."""
    return Choice(job.format, tuple(job.columns), bom=job.options["bom"], codebook=job.options["codebook"])


def _frames(job: ExportJob, file: ExportFile) -> Iterator[bytes]:
    """Yield the frames of the file, and tell of the progress about once a second."""
    job.size, told = 0, 0.0

    def measured() -> Iterator[bytes]:
        for chunk in file.chunks:
            job.size += len(chunk)
            yield chunk

    for key_id, frame in vault.sealed(measured(), job.uuid.bytes):
        job.key_id = key_id
        yield frame
        if time.monotonic() - told > SECONDS_BETWEEN_SIGNS:
            told = time.monotonic()
            _update(job, alive_at=timezone.now(), done=file.counts.done, total=job.total)


def _update(job: ExportJob, **changes: Any) -> None:
    """Change the export as long as it is ours. Raises AbandonedError."""
    ours = ExportJob.objects.filter(pk=job.pk, state=ExportState.RUNNING, alive_at=job.alive_at)
    if not ours.update(**changes):
        raise AbandonedError
    for name, value in changes.items():
        setattr(job, name, value)


def _fail(job: ExportJob, error: Exception) -> None:
    logger.error("Export %s failed: %s", job.uuid, type(error).__name__)
    words = str(error) if isinstance(error, PermissionError) and not error.errno else ""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        words = _("There is no space left to keep the file.")
    if isinstance(error, selection.InvalidFiltersError):
        words = _("Its filters make no sense any more.")
    ExportJob.objects.filter(pk=job.pk, state=ExportState.RUNNING, alive_at=job.alive_at).update(
        state=ExportState.FAILED,
        finished_at=timezone.now(),
        # Never the error's own words: they could hold an answer.
        last_error=words or _("Something went wrong: %(error)s.") % {"error": type(error).__name__},
    )


def may_export(user: "AbstractBaseUser") -> bool:
    """Return whether ``user`` may take requests out of the site."""
    return bool(user.is_active and user.has_perm("forms.export_submission"))


def may_download(user: "AbstractBaseUser", job: ExportJob) -> bool:
    """Return whether ``user`` may have the file: whoever asked for it, and administrators."""
    return may_export(user) and (user.pk == job.requested_by_id or user.has_perm("forms.audit_submission"))


def read_file(job: ExportJob) -> Iterator[bytes]:
    """Yield the file that was made. Raises OSError where it is gone, and privacy.UnreadableError."""
    with storages["private"].open(job.options["file"]) as file:
        yield from vault.opened(file, job.key_id, job.uuid.bytes)


def delete(job: ExportJob) -> None:
    """Remove an export and its file; a worker that is making it stops."""
    ExportJob.objects.filter(pk=job.pk).delete()
    _remove_file(job)


def _remove_file(job: ExportJob) -> None:
    if name := job.options.get("file"):
        storages["private"].delete(name)


def tend() -> None:
    """Take up exports whose worker died, and remove those whose time is over. Called about once a minute."""
    now = timezone.now()
    dead = Q(state=ExportState.RUNNING, alive_at__lt=now - DEAD_AFTER)
    # What is queued has a task; whichever way that was lost, another does no harm.
    long_ago = now - FORGOTTEN_AFTER
    forgotten = Q(state=ExportState.QUEUED) & (Q(alive_at=None, created_at__lt=long_ago) | Q(alive_at__lt=long_ago))
    for job in ExportJob.objects.filter(dead | forgotten):
        _take_up(job, now)
    for job in ExportJob.objects.filter(state=ExportState.READY, expires_at__lt=now):
        _remove_file(job)
        ExportJob.objects.filter(pk=job.pk, state=ExportState.READY).update(state=ExportState.EXPIRED)
    over = (ExportState.EXPIRED, ExportState.FAILED)
    ExportJob.objects.filter(state__in=over, created_at__lt=now - LISTED_FOR).delete()


def _take_up(job: ExportJob, now: dt.datetime) -> None:
    _remove_file(job)
    ours = ExportJob.objects.filter(pk=job.pk, state=job.state, alive_at=job.alive_at)
    if job.options.get("attempts", 0) >= MOST_ATTEMPTS:
        words = _("The worker ended while making it, several times.")
        ours.update(state=ExportState.FAILED, finished_at=now, last_error=words)
        return
    with transaction.atomic():
        if ours.update(state=ExportState.QUEUED, alive_at=now):
            make_export.enqueue(job.pk)
