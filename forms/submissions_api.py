"""Requests over the API, for programs that take them over: the list without answers, and one with all of them.

Both need a token of the scope ``submissions:read`` for a user who may see requests. Each request that is read is in the
audit trail as viewed, with the name of the token. It stays unread in the inbox: no person has looked at it.
"""

import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import QuerySet
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

Reference = Annotated[str, Field(pattern=rf"^[{REFERENCE_ALPHABET}]{{4}}-[{REFERENCE_ALPHABET}]{{4}}$")]
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
    """Some requests, the oldest first. ``next`` goes into ``after`` to read on; null while there is none."""

    items: list[SubmissionSummary]
    next: str | None


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
    after: Reference | None = Field(None, description="The reference after which to go on: `next` of the last answer.")
    limit: int = Field(50, ge=1, le=MAX_LIMIT, description="How many to answer at most.")


router = Router(tags=["submissions"])


@router.get("/", response={200: SubmissionList, **PROBLEMS}, **needs(Scope.READ_SUBMISSIONS))
def list_submissions(request: HttpRequest, filters: Query[SubmissionFilters]) -> HttpResponse:
    """Requests without their answers, the oldest first: a program that keeps `next` reads each of them once."""
    _require_permission(request)
    found = list(_matching(filters)[: filters.limit + 1])
    shown = found[: filters.limit]
    items = [_summary(submission) for submission in shown]
    return private_answer(
        {"items": items, "next": shown[-1].reference if len(found) > len(shown) else None}, None, status=HTTPStatus.OK
    )


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


def _matching(filters: SubmissionFilters) -> QuerySet[Submission]:
    conditions = {
        "form_id": filters.form,
        "status": filters.status,
        "created_at__gte": filters.received_from,
        "created_at__lt": filters.received_before,
        "pk__gt": _key_of(filters.after) if filters.after else None,
    }
    submissions = Submission.objects.select_related("definition").defer("answers_encrypted", "definition__content")
    found = submissions.filter(**{name: value for name, value in conditions.items() if value is not None})
    return (found if filters.status else found.exclude(status=Status.QUARANTINE)).order_by("pk")


def _key_of(reference: str) -> int:
    """Return the key behind which to go on. Raises FieldErrors for the reference of no request."""
    key = Submission.objects.filter(reference=reference).values_list("pk", flat=True).first()
    if key is None:
        raise FieldErrors([field_error("query", "after", "There is no request with this reference.")])
    return key


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
