"""The ONE way in: check against the frozen definition, judge, store, record, enqueue - in one transaction."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from forms import deadlines, spam, uploads
from forms.answer_checker import NO_FILES
from forms.answer_form import AnswerForm
from forms.availability import Availability
from forms.evidence import Evidence
from forms.models import (
    AuditHead,
    Channel,
    EventKind,
    FormDefinition,
    IndexTerm,
    QuarantineReason,
    Status,
    Submission,
    events,
)
from forms.notifications.planning import plan, queueing
from forms.privacy import blind
from forms.receiving import Receiver, Remembered, receiver_of
from forms.rows import Lookup, Statement, inserting, inserting_values, make_durable, reserving_key, run, set_keys

REFERENCE_TRIES = 3
CONTACT_KINDS = ("email", "phone")


class InvalidSubmissionError(Exception):
    """Some answers cannot be taken.

    ``errors`` holds the messages by field id (or by the unknown name that was sent); ``form`` is the bound form, for
    showing it again with everything typed.
    """

    def __init__(self, errors: dict[str, list[str]], form: AnswerForm) -> None:
        super().__init__("The submission is not valid.")
        self.errors = errors
        self.form = form


class ClosedFormError(Exception):
    """The form takes nothing now; ``availability`` says why."""

    def __init__(self, availability: Availability) -> None:
        super().__init__(f"The form is {availability}.")
        self.availability = availability


def submit(
    definition: FormDefinition,
    data: Mapping[str, Any],
    *,
    files: MultiValueDict = NO_FILES,
    source: str = "",
    channel: Channel = Channel.WEB,
    locale: str = "",
    idempotency_key: UUID | None = None,
    refuse_unknown: bool = False,
    evidence: Evidence | None = None,
    receiver: Receiver | None = None,
    remembered: Remembered | None = None,
    received_at: dt.datetime | None = None,
    notify: bool = True,
) -> Submission:
    """Store the answers in ``data``, keyed by field id, and return the submission.

    ``data`` is a POST's QueryDict or a JSON object, ``files`` a POST's files. Leaving a field out is the same as
    leaving it empty; unknown names are ignored unless ``refuse_unknown`` (as the API does). With an
    ``idempotency_key`` that this form has seen with the same answers, the submission of that time is returned and
    nothing is stored. ``source`` is the path of the page the form was on. ``evidence`` of how it was sent may put it in
    quarantine; without any it is trusted.
    ``receiver`` is the form's page where it was read already, ``remembered`` what it and the definition were taken from
    where that may be outdated.
    ``received_at`` and ``notify=False`` are for samples and imports, which no date and no number of requests stops.

    Raises InvalidSubmissionError with messages by field id, ClosedFormError, spam.TooManyError, and OutdatedError where
    what was remembered is not so any more.
    """
    answers = _checked(definition, data, files, refuse_unknown=refuse_unknown)
    receiver = receiver or receiver_of(definition.form_id)
    received = received_at or timezone.now()
    submission = Submission(
        definition=definition,
        form_id=definition.form_id,
        created_at=received,
        channel=channel,
        # Signs that are not text, such as NUL, which PostgreSQL refuses, belong in no address.
        source="".join(letter for letter in source if letter.isprintable())[:500],
        locale=locale,
        idempotency_key=_key_of(idempotency_key, uploads.same_content(answers)) if idempotency_key else None,
    )
    if receiver and receiver.response_hours:
        submission.respond_by = deadlines.respond_by(received, receiver.response_hours)
    if receiver and receiver.retention_days:
        submission.expires_on = deadlines.expires_on(received, receiver.retention_days)
    submission.set_answers(answers)
    try:
        intake = _Intake(submission, answers, receiver, evidence, remembered)
        return intake.store(notify=notify, may_close=received_at is None)
    except uploads.UploadsGoneError as gone:
        form = filled(definition, data, files)
        raise InvalidSubmissionError(_messages(_without_files(form, gone.field_ids), ()), form) from gone


def _without_files(form: AnswerForm, field_ids: Iterable[str]) -> AnswerForm:
    form.full_clean()
    for field_id in field_ids:
        form.fields[field_id].widget.kept = []
        form.add_error(field_id, _("A file you added before is no longer here. Add it again."))
    return form


def _checked(
    definition: FormDefinition, data: Mapping[str, Any], files: MultiValueDict, *, refuse_unknown: bool
) -> dict[str, Any]:
    """Return the answers to store. Raises InvalidSubmissionError."""
    answers = definition.checker.answers(data, files)
    unknown = []
    if refuse_unknown:
        known = {question["id"] for question in definition.questions}
        unknown = [name for name in data if name not in known]
    if answers is None or unknown:
        form = filled(definition, data, files)
        raise InvalidSubmissionError(_messages(form, unknown), form)
    return answers


def filled(definition: FormDefinition, data: Mapping[str, Any], files: MultiValueDict) -> AnswerForm:
    """Return the form with what was typed, for showing it again."""
    return AnswerForm(definition.content, data, files, form_id=definition.form_id)


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


class _Intake:
    """One submission on its way into the database."""

    def __init__(
        self,
        submission: Submission,
        answers: dict[str, Any],
        receiver: Receiver | None,
        evidence: Evidence | None,
        remembered: Remembered | None = None,
    ) -> None:
        self.submission = submission
        self.remembered = remembered
        self.answers = answers
        self.receiver = receiver
        self.evidence = evidence
        self.is_too_many = False
        terms = submission.definition.checker.index_terms(answers)
        self.has_contact = any(kind in CONTACT_KINDS for kind, _value in terms)
        self.terms = [blind.digest(kind, value) for kind, value in terms]
        address = evidence.address if evidence and not self.has_contact else ""
        self.content_digest = spam.content_digest(submission.form_id, uploads.same_content(answers), address)
        self.is_duplicate = False
        has_key = submission.idempotency_key is not None
        # A script gives each form that is begun a key of its own. Without scripts the key is of the page on which the
        # answers are checked: whoever goes back comes to another one, with another key.
        self.has_own_key = has_key and evidence is not None and evidence.seconds is not None
        if not has_key and evidence is not None and submission.channel == Channel.WEB:
            # Of two posts without a key that meet, the unique constraint then lets one through.
            window = int(submission.created_at.timestamp() // settings.FORMS_RESEND_WINDOW.total_seconds())
            submission.idempotency_key = UUID(bytes=spam.window_digest(self.content_digest, window))

    def store(self, *, notify: bool, may_close: bool) -> Submission:
        """Store the submission with all that belongs to it, or return the earlier one that it repeats."""
        for _attempt in range(REFERENCE_TRIES):
            with transaction.atomic():
                # In the same transaction, for one commit: a refusal takes its own count back and stays a refusal.
                if earlier := self._repeated():
                    return earlier
                if may_close:
                    self._refuse_if_closed()
                self._judge()
                if self._is_stored(notify=notify):
                    return self.submission
                transaction.set_rollback(True)
            # Two posts with one key met, or a reference was drawn twice.
            if earlier := self._earlier_by_key():
                return earlier
            self.submission.reference = Submission._meta.get_field("reference").get_default()
        raise RuntimeError("No free reference number was found.")

    def _repeated(self) -> Submission | None:
        """Count the post, and return the submission that it repeats: the same answers a moment later, a double click.

        Where nothing says who sent it, only a post without a script's key is taken for one: people may well think
        alike.
        """
        if self.evidence is None:
            return None
        counting = [spam.counting_posts(self.evidence.address)] if self.evidence.address else []
        confirming = [self.remembered.confirming()] if self.remembered else []
        reserving = reserving_key(Submission)
        results = run(*counting, _same_content().asking(self.content_digest), *confirming, *reserving)
        if reserving:
            self.submission.pk = results.pop()[0][0]
        if self.remembered:
            self.remembered.confirm(results.pop())
        earlier = _same_content().read(results.pop())
        if counting:
            self.is_too_many = spam.is_too_many(results.pop()[0][0])
        if earlier is None:
            return None
        pk, created_at = earlier
        age = self.submission.created_at - created_at
        self.is_duplicate = self.has_contact and age < settings.FORMS_DUPLICATE_WINDOW
        is_recent = age < settings.FORMS_RESEND_WINDOW
        if is_recent and self.submission.channel == Channel.WEB and (self.has_contact or not self.has_own_key):
            make_durable()
            return Submission.objects.get(pk=pk)
        return None

    def _earlier_by_key(self) -> Submission | None:
        key = self.submission.idempotency_key
        earlier = Submission.objects.filter(form_id=self.submission.form_id, idempotency_key=key).first()
        if earlier:
            make_durable()
        return earlier

    def _refuse_if_closed(self) -> None:
        if self.receiver is None:
            return
        if self.receiver.max_submissions is not None:
            self.receiver.lock()
        availability = self.receiver.availability(self.submission.created_at)
        if availability != Availability.OPEN:
            raise ClosedFormError(availability)

    def _judge(self) -> None:
        """Put the submission in quarantine where it does not look like a patient's."""
        if self.evidence is None:
            return
        reason = spam.suspicion(self.evidence, proof_of_work=bool(self.receiver and self.receiver.proof_of_work))
        if reason is None and self.is_too_many:
            reason = QuarantineReason.RATE
        if reason is None and self.is_duplicate:
            reason = QuarantineReason.DUPLICATE
        if reason is not None:
            self.submission.status = Status.QUARANTINE
            self.submission.quarantine_reason = reason

    def _is_stored(self, *, notify: bool) -> bool:
        """Store the submission with all that belongs to it; return False where its key or its reference is taken.

        The end of the trail, which all posts wait for, is locked last, and its lock held for one trip.
        """
        submission = self.submission
        storing = [inserting([submission], ignore_conflicts=True, returning=True)]
        if submission.pk is None or any(True for _file in uploads.ids_of(self.answers)):
            # Whoever sends files a second time is told of the first time, not that the files are taken.
            [stored] = run(*storing)
            if not stored:
                submission.pk = None
                return False
            set_keys([submission], stored)
            storing = []
        uploads.claim(submission, self.answers)
        *found, head = run(*storing, *self._parts(notify=notify), AuditHead.locking())
        if storing:
            if not found[0]:
                submission.pk = None
                return False
            set_keys([submission], found[0])
        run(*events.storing(events.linked(self._happened(), head)), ends=True)
        return True

    def _parts(self, *, notify: bool) -> list[Statement]:
        submission = self.submission
        terms = [(submission.pk, digest) for digest in (*self.terms, self.content_digest)]
        statements = [inserting_values(IndexTerm, ("submission_id", "digest"), terms)]
        if notify and self.receiver and submission.status != Status.QUARANTINE:
            statements += queueing(plan(self.receiver.routing, submission.definition, self.answers, submission))
            statements += self.receiver.telling_webhooks(submission)
        return statements

    def _happened(self) -> list[events.Entry]:
        submission = self.submission
        details: dict[str, Any] = {"version": submission.definition.version, "channel": str(submission.channel)}
        entries = [events.Entry(submission.pk, EventKind.SUBMITTED.value, submission.created_at, details)]
        if reason := submission.quarantine_reason:
            kind = EventKind.QUARANTINED.value
            entries.append(events.Entry(submission.pk, kind, submission.created_at, {"reason": str(reason)}))
        return entries


@cache
def _same_content() -> Lookup:
    # The newest has the highest key, which the terms' index holds in order: to sort by the time, a database may well go
    # through all that the form took that day.
    query = (
        IndexTerm.objects.filter(digest=b"none")
        .order_by("-submission_id")
        .values_list("submission_id", "submission__created_at")[:1]
    )
    return Lookup(query, (IndexTerm._meta.get_field("digest"), b"none"))
