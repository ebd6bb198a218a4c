"""Requests over the API, for programs that take them over: the list without answers, and one with all of them.

Both need a token of the scope ``submissions:read`` for a user who may see requests. Each request that is read is in the
audit trail as viewed, with the name of the token. It stays unread in the inbox: no person has looked at it.
"""

import datetime
import json
import re
from http import HTTPStatus
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from ninja.errors import HttpError
from pydantic import AwareDatetime, Field

from clinicsite.api.auth import NotAllowedError, needs
from clinicsite.api.errors import FieldErrors, field_error
from clinicsite.api.http import private_answer
from clinicsite.api.params import MAX_LIMIT
from clinicsite.api.schemas import Out, Problem
from clinicsite.client_address import client_address
from forms.inbox.answers import ShownAnswer, shown_steps
from forms.models import Channel, EventKind, Status, Submission, SubmissionEvent
from forms.models.submissions import REFERENCE_ALPHABET
from forms.privacy import AnswersUnreadableError
from tokens.models import Scope

REFERENCE = rf"^[{REFERENCE_ALPHABET}]{{4}}-[{REFERENCE_ALPHABET}]{{4}}$"
Reference = Annotated[str, Field(pattern=REFERENCE)]
SALT = "forms.submissions_api"
# What puts a request into the list.
LISTED_BY = (EventKind.SUBMITTED, EventKind.RELEASED)
EARLIEST, LATEST = (datetime.datetime(year, 1, 1, tzinfo=datetime.UTC) for year in (2000, 2200))
Moment = Annotated[AwareDatetime, Field(ge=EARLIEST, le=LATEST)]
PROBLEMS = dict.fromkeys((401, 403, 404, 422), Problem)


class SubmissionSummary(Out):
    """A request without its answers. ``erased_at`` is when its answers were erased; null while they are there."""

    reference: str
    form: UUID
    form_title: str
    form_version: int
    status: Literal[tuple(Status.values)]  # type: ignore[valid-type]
    received_at: datetime.datetime
    respond_by: datetime.datetime | None
    first_contact_at: datetime.datetime | None
    channel: Literal[tuple(Channel.values)]  # type: ignore[valid-type]
    source: str
    locale: str
    expires_on: datetime.date | None
    erased_at: datetime.datetime | None


class SubmissionList(Out):
    """Some requests, in the order in which they came in or were released from quarantine.

    ``next`` goes into ``after`` to read on; null while there is none. ``cursor`` is the place behind all that was told:
    keep it, and send it as ``after`` later to hear of what has come since. Null while there never was any.
    """

    items: list[SubmissionSummary]
    next: str | None
    cursor: str | None


class SentFile(Out):
    """A file that the patient sent; ``size`` in bytes."""

    name: str
    type: str
    size: int


class SubmissionAnswer(Out):
    """A question as the patient saw it, and what they answered.

    ``answer`` is the text that the front desk reads, ``value`` the same as the form's ``answers_schema`` has it; null
    where nothing was answered. ``was_asked`` is false where a rule hid the question.
    """

    question_id: str
    type: str
    question: str
    was_asked: bool
    answer: str
    value: Any
    files: list[SentFile]


class SubmissionStep(Out):
    """A step of the form."""

    title: str
    answers: list[SubmissionAnswer]


class SubmissionWithAnswers(SubmissionSummary):
    """A request with its answers. Where they cannot be read, ``unreadable`` says why and ``steps`` is empty."""

    steps: list[SubmissionStep]
    unreadable: str


class SubmissionFilters(Schema):
    """Which requests to list."""

    form: UUID | None = Field(None, description="Only requests of this form: the form_id of its exports.")
    status: Literal[tuple(Status.values)] | None = Field(  # type: ignore[valid-type]
        None, description="Only requests of this status. Without it, all but those in quarantine."
    )
    received_from: Moment | None = Field(None, description="Only requests that came in at this moment or later.")
    received_before: Moment | None = Field(None, description="Only requests that came in before this moment.")
    after: str | None = Field(
        None,
        max_length=200,
        description="Where to go on: `next` or `cursor` of the last answer. A reference is taken too, but "
        "what was told after it may then come again.",
    )
    limit: int = Field(50, ge=1, le=MAX_LIMIT, description="How many to answer at most.")


router = Router(tags=["submissions"])


@router.get("/", response={200: SubmissionList, **PROBLEMS}, **needs(Scope.READ_SUBMISSIONS))
def list_submissions(request: HttpRequest, filters: Query[SubmissionFilters]) -> HttpResponse:
    """Requests without their answers, in the order in which they came in or were released from quarantine.

    A program that keeps ``cursor`` hears of each of them; of one that was released after it was listed, once more.
    """
    _require_permission(request)
    found = list(_matching(filters)[: filters.limit + 1])
    shown = found[: filters.limit]
    cursor = _cursor(shown[-1].sequence) if shown else filters.after
    listed = {
        "items": [_summary(event.submission) for event in shown],
        "next": cursor if len(found) > len(shown) else None,
        "cursor": cursor,
    }
    return private_answer(listed, None, status=HTTPStatus.OK)


@router.get("/{reference}/", response={200: SubmissionWithAnswers, **PROBLEMS}, **needs(Scope.READ_SUBMISSIONS))
def get_submission(request: HttpRequest, reference: Path[Reference]) -> HttpResponse:
    """A request with every question as the patient saw it. Recorded in the audit trail as viewed."""
    _require_permission(request)
    submission = Submission.objects.select_related("definition").filter(reference=reference).first()
    if submission is None:
        raise HttpError(HTTPStatus.NOT_FOUND, "There is no request with this reference.")
    SubmissionEvent.objects.record(
        EventKind.VIEWED,
        submission,
        request.user,
        address=client_address(request) or "",
        token=request.api_token.name,
    )
    return private_answer(_summary(submission) | _answers(submission), None, status=HTTPStatus.OK)


def _require_permission(request: HttpRequest) -> None:
    if not request.user.has_perm("forms.view_submission"):
        raise NotAllowedError("The user of this token may not see requests.")


def _matching(filters: SubmissionFilters) -> QuerySet[SubmissionEvent]:
    """Return the events by which the requests that match came into the list, the newest of each request.

    The numbers of events are given under one lock that is held until all is stored, so that none becomes visible behind
    a place that was told already. Keys of requests are not: they are given before, and skip what is released later.
    """
    kinds = [*LISTED_BY, EventKind.QUARANTINED] if filters.status == Status.QUARANTINE else LISTED_BY
    conditions = {
        "submission__form_id": filters.form,
        "submission__status": filters.status,
        "submission__created_at__gte": filters.received_from,
        "submission__created_at__lt": filters.received_before,
        "sequence__gt": _sequence_after(filters.after) if filters.after else None,
    }
    newer = SubmissionEvent.objects.filter(
        submission=OuterRef("submission"), kind__in=kinds, sequence__gt=OuterRef("sequence")
    )
    found = SubmissionEvent.objects.filter(
        ~Exists(newer), kind__in=kinds, **{name: value for name, value in conditions.items() if value is not None}
    )
    if not filters.status:
        found = found.exclude(submission__status=Status.QUARANTINE)
    return (
        found.select_related("submission__definition")
        .defer("submission__answers_encrypted", "submission__definition__content")
        .order_by("sequence")
    )


def _cursor(sequence: int) -> str:
    return Signer(salt=SALT).sign_object([sequence])


def _sequence_after(after: str) -> int:
    """Return the number of the event behind which to go on. Raises FieldErrors for a place that is none of ours."""
    if re.fullmatch(REFERENCE, after):
        # It may have been released since it was told of: what came in meanwhile lies behind its first place.
        sent = SubmissionEvent.objects.filter(submission__reference=after, kind=EventKind.SUBMITTED)
        sequence = sent.values_list("sequence", flat=True).first()
        if sequence is None:
            raise FieldErrors([field_error("query", "after", "There is no request with this reference.")])
        return sequence
    try:
        (sequence,) = Signer(salt=SALT).unsign_object(after)
    except (BadSignature, ValueError, TypeError, json.JSONDecodeError) as error:
        message = "This list has given no such place: take one from next or cursor."
        raise FieldErrors([field_error("query", "after", message)]) from error
    return sequence


def _summary(submission: Submission) -> dict[str, Any]:
    own = ("reference", "status", "respond_by", "first_contact_at", "channel", "source", "locale", "expires_on")
    return {
        **{name: getattr(submission, name) for name in (*own, "erased_at")},
        "form": str(submission.form_id),
        "form_title": submission.definition.title,
        "form_version": submission.definition.version,
        "received_at": submission.created_at,
    }


def _answers(submission: Submission) -> dict[str, Any]:
    try:
        steps = shown_steps(submission)
    except AnswersUnreadableError as error:
        return {"steps": [], "unreadable": str(error)}
    return {
        "steps": [{"title": step.title, "answers": [_answer(each) for each in step.answers]} for step in steps],
        "unreadable": "",
    }


def _answer(shown: ShownAnswer) -> dict[str, Any]:
    names = ("question_id", "type", "question", "was_asked", "answer", "value")
    files = [{name: each[name] for name in SentFile.model_fields} for each in shown.files]
    return {**{name: getattr(shown, name) for name in names}, "files": files}
