"""The ONE way in: validate against the frozen definition, store, record, enqueue - in one transaction."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from forms.answer_form import AnswerForm
from forms.models import Channel, EventKind, FormDefinition, Submission, SubmissionEvent
from forms.notifications import notify_front_desk

REFERENCE_TRIES = 3


class InvalidSubmissionError(Exception):
    """Some answers cannot be taken.

    ``errors`` holds the messages by field id (or by the unknown name that was sent); ``form`` is the bound form, for
    showing it again with everything typed.
    """

    def __init__(self, errors: dict[str, list[str]], form: AnswerForm) -> None:
        super().__init__("The submission is not valid.")
        self.errors = errors
        self.form = form


def submit(
    definition: FormDefinition,
    data: Mapping[str, Any],
    *,
    source: str = "",
    channel: Channel = Channel.WEB,
    locale: str = "",
    idempotency_key: UUID | None = None,
    refuse_unknown: bool = False,
    received_at: datetime | None = None,
    notify: bool = True,
) -> Submission:
    """Store the answers in ``data``, keyed by field id, and return the submission.

    ``data`` is a POST's QueryDict or a JSON object. Leaving a field out is the same as leaving it empty; unknown names
    are ignored unless ``refuse_unknown`` (as the API does). With an ``idempotency_key`` that this form has seen with
    the same answers, the submission of that time is returned and nothing is stored. ``source`` is the path of the page
    the form was on.
    ``received_at`` and ``notify=False`` are for samples and imports.

    Raises InvalidSubmissionError with messages by field id.
    """
    form = AnswerForm(definition.content, data)
    unknown = [name for name in data if name not in form.questions] if refuse_unknown else []
    if not form.is_valid() or unknown:
        raise InvalidSubmissionError(_messages(form, unknown), form)
    answers = form.answers()
    key = _key_of(idempotency_key, answers) if idempotency_key else None
    if key and (earlier := _earlier(definition, key)):
        return earlier
    submission = Submission(
        definition=definition,
        form_id=definition.form_id,
        created_at=received_at or timezone.now(),
        channel=channel,
        # Signs that are not text, such as NUL, which PostgreSQL refuses, belong in no address.
        source="".join(letter for letter in source if letter.isprintable())[:500],
        locale=locale,
        idempotency_key=key,
    )
    submission.set_answers(answers)
    return _store(submission, notify=notify)


def _messages(form: AnswerForm, unknown: Iterable[str]) -> dict[str, list[str]]:
    messages = {name: [str(message) for message in errors] for name, errors in form.errors.items()}
    return messages | {name: [_("This form has no such field.")] for name in unknown}


def _key_of(sent: UUID, answers: dict[str, Any]) -> UUID:
    """Return the key under which these answers are kept: the one sent, bound to the answers.

    A patient who goes back, corrects the phone number and sends again still has the page's old key; the correction
    must not be taken for a repetition. And whoever learns a key learns nothing with it. Keyed, so that nobody who
    reads the database can try out answers.
    """
    told = json.dumps([str(sent), answers], sort_keys=True)
    return UUID(bytes=salted_hmac("forms.intake", told, algorithm="sha256").digest()[:16])


def _earlier(definition: FormDefinition, idempotency_key: UUID) -> Submission | None:
    return Submission.objects.filter(form_id=definition.form_id, idempotency_key=idempotency_key).first()


def _store(submission: Submission, *, notify: bool) -> Submission:
    for _attempt in range(REFERENCE_TRIES):
        try:
            with transaction.atomic():
                submission.save(force_insert=True)
                SubmissionEvent.objects.record(
                    EventKind.SUBMITTED,
                    submission,
                    at=submission.created_at,
                    version=submission.definition.version,
                    channel=submission.channel,
                )
                if notify:
                    notify_front_desk.enqueue(submission.pk)
        except IntegrityError:
            # Two posts with one key met between the look-up and here, or a reference was drawn twice.
            key = submission.idempotency_key
            if key and (earlier := _earlier(submission.definition, key)):
                return earlier
            submission.pk = None
            submission.reference = Submission._meta.get_field("reference").get_default()
        else:
            return submission
    raise RuntimeError("No free reference number was found.")
