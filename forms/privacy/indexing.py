"""Blind index terms for what was stored without them: by an older version, or before a type of question had any."""

from collections.abc import Callable, Iterator

from django.db import transaction

from forms.models import IndexTerm, Submission
from forms.privacy import AnswersUnreadableError, blind

BATCH = 500
Progress = Callable[[int], None]


def index_missing(progress: Progress = lambda _done: None) -> tuple[int, int]:
    """Give each submission the terms it lacks; return how many lacked some, and how many could not be read.

    It can be broken off and run again while the site serves. Terms that are there stay; erased submissions have none.
    """
    completed = unreadable = done = 0
    for batch in _batches():
        for submission in batch:
            try:
                completed += _complete(submission)
            except AnswersUnreadableError:
                unreadable += 1
        done += len(batch)
        progress(done)
    return completed, unreadable


def _batches() -> Iterator[list[Submission]]:
    last = 0
    rows = Submission.objects.filter(erased_at=None).select_related("definition").order_by("pk")
    while batch := list(rows.filter(pk__gt=last).prefetch_related("index_terms")[:BATCH]):
        yield batch
        last = batch[-1].pk


def _complete(submission: Submission) -> bool:
    """Store the terms that a submission lacks and return whether it lacked any. Raises AnswersUnreadableError."""
    terms = submission.definition.checker.index_terms(submission.read_answers())
    # Under the key of the answers: what encrypts them anew later finds both.
    wanted = {blind.digest(kind, value, submission.key_id) for kind, value in terms}
    missing = wanted - {bytes(term.digest) for term in submission.index_terms.all()}
    if not missing:
        return False
    with transaction.atomic():
        current = Submission.objects.select_for_update().filter(
            pk=submission.pk, key_id=submission.key_id, erased_at=None
        )
        # Erased or encrypted anew meanwhile: then these terms are no longer to be stored.
        if not current.exists():
            return False
        IndexTerm.objects.bulk_create(IndexTerm(submission=submission, digest=digest) for digest in sorted(missing))
    return True
