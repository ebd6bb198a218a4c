"""Encrypting anew under the first key, in batches that can be broken off and run again while the site serves."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Model

from forms import uploads
from forms.models import AuditHead, EventKind, IndexTerm, Submission, SubmissionEvent, SubmissionNote, Upload
from forms.privacy import UnreadableError, blind, chain, encrypt, keyring, seal, unseal
from forms.privacy.verification import problem_of, problem_of_end
from forms.rows import run
from webhooks.models import EndpointSecret

BATCH = 200
EVENTS_AT_ONCE = 2000
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
        "webhook secrets": EndpointSecret.objects.all(),
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
        ("webhook secrets", EndpointSecret, _renew_secret),
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


def _renew_secret(secret: EndpointSecret) -> None:
    plain = unseal(secret.key_id, bytes(secret.secret_encrypted), secret.uuid.bytes)
    key_id, encrypted = seal(plain, secret.uuid.bytes)
    EndpointSecret.objects.filter(pk=secret.pk).update(key_id=key_id, secret_encrypted=encrypted)


class _Resealing:
    """The digests of the trail under the first key, beside a check of those it has: 32 bytes an event in memory."""

    def __init__(self) -> None:
        self.key_id = newest_key()
        self.count = 0
        self.old = self.new = chain.START
        self._macs = bytearray()

    def go_on(self) -> None:
        """Follow the trail from where this has got to as far as it goes now. Raises TrailBrokenError."""
        events = SubmissionEvent.objects.filter(sequence__gt=self.count).order_by("sequence")
        for event in events.iterator(chunk_size=EVENTS_AT_ONCE):
            if problem := problem_of(event, self.count + 1, self.old):
                raise TrailBrokenError(problem)
            self.old, self.count = bytes(event.mac), event.sequence
            event.key_id = self.key_id
            self.new = event.expected_mac(self.new)
            self._macs += self.new

    def store(self) -> None:
        """Put the new digests in the place of the old ones."""
        table = connection.ops.quote_name(SubmissionEvent._meta.db_table)
        statement = f"UPDATE {table} SET key_id = %s, mac = %s WHERE sequence = %s"  # noqa: S608 - the model's own name
        size = len(chain.START)
        with connection.cursor() as cursor:
            for first in range(0, self.count, EVENTS_AT_ONCE):
                numbers = range(first, min(first + EVENTS_AT_ONCE, self.count))
                macs = (bytes(self._macs[size * number : size * (number + 1)]) for number in numbers)
                rows = [(self.key_id, mac, number + 1) for number, mac in zip(numbers, macs, strict=True)]
                cursor.executemany(statement, rows)


def _renew_trail() -> int:
    """Seal every event anew and return how many there are. Raises TrailBrokenError.

    All are stored in one transaction, since a chain half under one key and half under another could not be followed.
    What takes long, reading and computing, is done before it: only what came in meanwhile is left for when the head is
    locked and requests wait. The rotation itself is the last event.
    """
    if not _has_old_events():
        return 0
    resealing = _Resealing()
    resealing.go_on()
    with transaction.atomic():
        head = AuditHead.objects.select_for_update().get(pk=AuditHead.ONLY)
        if not _has_old_events():  # Another rotation was quicker.
            return 0
        resealing.go_on()
        if problem := problem_of_end(head, resealing.count, resealing.old):
            raise TrailBrokenError(problem)
        resealing.store()
        run(AuditHead.moving(resealing.count, resealing.key_id, resealing.new))
        SubmissionEvent.objects.record(EventKind.KEYS_ROTATED, key=resealing.key_id)
    return resealing.count


def _has_old_events() -> bool:
    return SubmissionEvent.objects.exclude(key_id=newest_key()).exists()
