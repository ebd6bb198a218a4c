"""Encrypting anew under the first key, in batches that can be broken off and run again while the site serves."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Count, Model

from forms import uploads
from forms.models import AuditHead, EventKind, IndexTerm, Submission, SubmissionEvent, SubmissionNote, Upload
from forms.privacy import UnreadableError, blind, chain, encrypt, keyring, seal, unseal
from forms.privacy.verification import verify

BATCH = 200
Progress = Callable[[str, int, int], None]


class TrailBrokenError(Exception):
    """The audit trail is not whole: sealing it anew would hide that."""


def newest_key() -> str:
    """Return the id of the key that encrypts."""
    return next(iter(keyring()))


def still_under() -> dict[str, dict[str, int]]:
    """Return for each kind of row how many are under which key; rows of erased requests need none."""
    sources: dict[str, Any] = {
        "answers": Submission.objects.filter(erased_at=None),
        "notes": SubmissionNote.objects.all(),
        "files": Upload.objects.all(),
        "events": SubmissionEvent.objects.all(),
    }
    return {name: dict(query.order_by().values_list("key_id").annotate(Count("pk"))) for name, query in sources.items()}


def rotate(progress: Progress = lambda _what, _done, _unreadable: None) -> int:
    """Encrypt everything under the first key and return how many rows could not be read: those stay as they are.

    Raises TrailBrokenError, before anything of the trail is sealed anew, where it is not whole.
    """
    unreadable = 0
    for name, model, renew in (
        ("answers", Submission, _renew_answers),
        ("notes", SubmissionNote, _renew_note),
        ("files", Upload, uploads.reseal),
    ):
        done = failed = 0
        for row in _old_rows(model):
            try:
                renew(row)
                done += 1
            except UnreadableError:
                failed += 1
        progress(name, done, failed)
        unreadable += failed
    progress("events", _renew_trail(), 0)
    return unreadable


def _old_rows(model: type[Model]) -> Iterator[Any]:
    """Yield the rows that are not under the first key, by primary key, so that unreadable ones are met once."""
    last = 0
    rows = model._default_manager.exclude(key_id=newest_key()).order_by("pk")
    if model is Submission:
        rows = rows.filter(erased_at=None)
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield from batch
        last = batch[-1].pk


@transaction.atomic
def _renew_answers(submission: Submission) -> None:
    """Encrypt answers anew and index them anew. Raises AnswersUnreadableError."""
    current = Submission.objects.select_for_update().select_related("definition").get(pk=submission.pk)
    if current.key_id == newest_key() or current.erased_at is not None:
        return
    answers = current.read_answers()
    old_key = current.key_id
    key_id, encrypted = encrypt(answers, current.uuid)
    Submission.objects.filter(pk=current.pk).update(key_id=key_id, answers_encrypted=encrypted)
    for kind, value in current.definition.checker.index_terms(answers):
        IndexTerm.objects.filter(submission=current, digest=blind.digest(kind, value, old_key)).update(
            digest=blind.digest(kind, value)
        )


@transaction.atomic
def _renew_note(note: SubmissionNote) -> None:
    text = unseal(note.key_id, bytes(note.text_encrypted), note.uuid.bytes)
    key_id, encrypted = seal(text, note.uuid.bytes)
    SubmissionNote.objects.filter(pk=note.pk, key_id=note.key_id).update(key_id=key_id, text_encrypted=encrypted)


@transaction.atomic
def _renew_trail() -> int:
    """Seal every event anew, in one transaction under the head's lock, and return how many there are.

    One transaction, since a chain that is half under one key and half under another could not be verified after a
    break. The rotation itself is the last event.
    """
    head = AuditHead.objects.select_for_update().get(pk=AuditHead.ONLY)
    if not SubmissionEvent.objects.exclude(key_id=newest_key()).exists():
        return 0
    verdict = verify()
    if not verdict.is_whole:
        raise TrailBrokenError(verdict.problem)
    previous, batch = chain.START, []
    for event in SubmissionEvent.objects.order_by("sequence").iterator(chunk_size=BATCH):
        event.key_id = newest_key()
        event.mac = previous = event.expected_mac(previous)
        batch.append(event)
        if len(batch) == BATCH:
            _store(batch)
            batch = []
    _store(batch)
    AuditHead.move_to(head.sequence, newest_key(), previous)
    SubmissionEvent.objects.record(EventKind.KEYS_ROTATED, key=newest_key())
    return head.sequence


def _store(events: list[SubmissionEvent]) -> None:
    # The trail's own manager refuses changes; this is the one that keeps what every event says.
    SubmissionEvent._base_manager.bulk_update(events, ["key_id", "mac"])
