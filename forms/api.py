"""Forms over the API: what a form asks, as data to draw it from, and the way to send it."""

import datetime
from collections.abc import Collection
from http import HTTPStatus
from ipaddress import ip_address
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from ninja import File, Header, Path, Router, Schema, UploadedFile
from ninja import Form as FormData
from ninja.errors import HttpError
from pydantic import ConfigDict, Field, create_model
from wagtail.blocks import Block

from clinicsite.api import conditional, cors
from clinicsite.api.auth import NotAllowedError
from clinicsite.api.block_schemas import annotation_of, write
from clinicsite.api.drafts.inputs import register_block_input
from clinicsite.api.errors import FieldErrors, field_error, problem_response
from clinicsite.api.http import answer, private_answer
from clinicsite.api.page_types import PageType, one_of
from clinicsite.api.params import ObjectId
from clinicsite.api.references import References
from clinicsite.api.registry import register_page_type
from clinicsite.api.schemas import Out, Problem
from clinicsite.api.shapes import Computed
from clinicsite.api.visibility import PublicSite
from clinicsite.client_address import counted, counted_address
from forms import confirmations, intake, spam, uploads
from forms.availability import Availability
from forms.definitions import freeze
from forms.evidence import Evidence
from forms.fields import FIELD_TYPES, FieldType, Frozen, field_type
from forms.middleware import from_own_site
from forms.models import Channel, FormDefinition, FormPage
from forms.receiving import definition_seen
from forms.rules import OPERATORS
from forms.rules.block import RuleBlock
from forms.rules.words import note
from tokens.models import Scope

# A rule as the form's editor stores it; the block itself refuses what is none.
register_block_input(RuleBlock, dict[str, Any] | None)

CLOSED_WORDS = {
    Availability.NOT_YET_OPEN: gettext_lazy("This form is not open yet."),
    Availability.CLOSED: gettext_lazy("This form is closed."),
    Availability.FULL: gettext_lazy("This form takes no more requests."),
}
PATIENT_ADDRESS = "X-Patient-Address"
NamedAddress = Annotated[
    str | None,
    Header(
        None,
        alias=PATIENT_ADDRESS,
        max_length=45,
        description="The IP address of the patient, from a front end that sends forms from its own server, so that its "
        f"patients are not counted as one sender. It needs a token of the scope {Scope.SEND_FORMS.value}.",
    ),
]
TOO_MANY = gettext_lazy("Too many requests came from this address. Send it again later.")
LARGEST_VERSION = 2**31 - 1
LONGEST_PROOF = 2000


class FormChoice(Out):
    """A choice: an answer holds its id.

    Where its ``kind`` is "other", patients write their own answer beside it, which is sent along; one of the kind
    "none" cannot be chosen together with others. ``value`` stands in exports in place of the label.
    """

    id: str
    label: str
    kind: Literal["other", "none"] | None = None
    value: str = ""


class RuleCondition(Out):
    """One condition: how the answer to an earlier ``question`` compares with ``value``.

    The value is a choice's id, several of them for "any_of", words, a number, an ISO date, or null for an operator that
    compares with nothing.
    """

    question: str
    operator: Literal[tuple(OPERATORS)]  # type: ignore[valid-type]
    value: str | float | list[str] | None


class RuleGroup(Out):
    """Conditions that count as one: it holds when ``all`` or ``any`` of them do."""

    match: Literal["all", "any"]
    conditions: list[RuleCondition]


class Rule(Out):
    """When a step or a field shows: when ``all`` or ``any`` of its conditions hold. ``note`` says so in words.

    A group of conditions may stand in place of a condition. An answer to a question that does not show counts for
    nothing, is not stored and is never required.
    """

    match: Literal["all", "any"]
    conditions: list[RuleCondition | RuleGroup]
    note: str


def _field_model(kind: FieldType) -> type[Out]:
    parts: dict[str, Any] = {"id": (str, ...), "type": (Literal[kind.name], ...), "rule": (Rule | None, ...)}
    for name, block in _plain_blocks(kind):
        is_choices = name in kind.choice_parts
        parts["choices" if is_choices else name] = (list[FormChoice] if is_choices else annotation_of(block), ...)
    component = "".join(word.title() for word in kind.name.split("_"))
    return create_model(f"{component}Field", __base__=Out, **parts)


def _plain_blocks(kind: FieldType) -> list[tuple[str, Block]]:
    return [(name, block) for name, block in kind.block_class().child_blocks.items() if name != "rule"]


AnyField = one_of("AnyField", [_field_model(kind) for kind in FIELD_TYPES.values()])


class FormStep(Out):
    """A step: the fields a patient sees at one time; ``introduction`` is HTML."""

    id: str
    title: str
    introduction: str
    rule: Rule | None
    fields: list[AnyField]


class Form(Out):
    """A form as it now reads; ``introduction`` and ``closed_text`` are HTML.

    ``state`` says whether it can be sent at the moment; what is sent to one that is not open is refused with 409.

    ``answers_schema`` is the JSON Schema (2020-12) of the answers, keyed by field id.
    Send the answers to ``submit_url`` together with ``version``, so that they are held against the form that was seen.

    Where ``challenge_url`` is not null, a little work against spam is asked of the sender: take a challenge from there,
    and send its solution as ``proof``. What comes without one is kept, but set aside as suspected spam.
    """

    id: int
    version: int
    title: str
    introduction: str
    submit_label: str
    promise: str
    submit_url: str
    challenge_url: str | None
    state: Literal[tuple(Availability)]  # type: ignore[valid-type]
    opens_at: datetime.datetime | None
    closes_at: datetime.datetime | None
    closed_text: str
    review_answers: bool
    steps: list[FormStep]
    answers_schema: dict[str, Any]


class Challenge(Out):
    """Work against spam, as ALTCHA defines it, to be solved within two hours; each solution is good for one form.

    Find the ``number`` from 0 to ``maxnumber`` for which the SHA-256 of ``salt`` and the number, in hexadecimal,
    is ``challenge``. The ``proof`` is the JSON object of ``algorithm``, ``challenge``, ``number``, ``salt`` and
    ``signature``, in Base64.
    """

    algorithm: Literal["SHA-256"]
    challenge: str
    maxnumber: int
    salt: str
    signature: str


class Sent(Out):
    """A form that has arrived: the reference number to show, and the words of the confirmation (HTML)."""

    reference: str
    confirmation_title: str
    confirmation_text: str
    promise: str


class Answers(Schema):
    """What a patient sends."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(ge=1, le=LARGEST_VERSION, description="The version of the form that the patient saw.")
    answers: dict[str, Any] = Field(description="The answers by field id, as the form's answers_schema says.")
    source: str = Field(
        "", max_length=500, pattern="^(/.*)?$", description="The path of the page the form was on, such as /knee/."
    )
    proof: str = Field(
        "", max_length=LONGEST_PROOF, description="The work done, where the form has a challenge_url: see Challenge."
    )


class FileFor(Schema):
    """What a file is for."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(ge=1, le=LARGEST_VERSION, description="The version of the form that the patient saw.")
    field: str = Field(min_length=1, max_length=36, pattern=r"^[A-Za-z0-9-]+$", description="The id of the question.")


class KeptFile(Out):
    """A file that has arrived. Send ``token`` as one of the answers to its question within a day."""

    token: str
    name: str
    type: str
    size: int


def _as_edited(page: FormPage) -> FormDefinition:
    """Return the form as it would be frozen now; its version 0 cannot be sent."""
    return FormDefinition(form_id=page.form_id, page=page, title=page.title, version=0, content=freeze(page))


def write_form(page: FormPage, refs: References) -> dict[str, Any] | None:
    """Return the form of ``page`` as it was last published; None where it never was."""
    definition = _as_edited(page) if page.is_draft else page.definition
    if definition is None:
        return None
    state = refs.states[page.pk] = page.availability(timezone.now())
    refs.depends_on_pages()  # Locations and clinicians to choose from.
    return {
        "id": page.pk,
        "version": definition.version,
        "title": definition.title,
        "introduction": refs.rich_text(page.introduction),
        "submit_label": page.submit_label,
        "promise": page.promise,
        "state": state,
        "opens_at": page.opens_at,
        "closes_at": page.closes_at,
        "closed_text": refs.rich_text(page.closed_text),
        "review_answers": page.review_answers,
        "submit_url": refs.public.absolute(reverse("api:send_form", args=[page.pk])),
        "challenge_url": refs.public.absolute(reverse("api:get_challenge")) if page.proof_of_work else None,
        "steps": [
            _write_step(step, {each["id"]: each for each in definition.questions}, refs) for step in definition.steps
        ],
        "answers_schema": definition.json_schema(),
    }


def _write_step(step: dict[str, Any], questions: dict[str, Frozen], refs: References) -> dict[str, Any]:
    return {
        "id": step["id"],
        "title": step["title"],
        "introduction": refs.rich_text(step["introduction"]),
        "rule": _write_rule(step, questions, "step"),
        "fields": [
            _write_field(field, refs) | {"rule": _write_rule(field, questions, field["type"])}
            for field in step["fields"]
        ],
    }


def _write_rule(part: dict[str, Any], questions: dict[str, Frozen], kind: str) -> dict[str, Any] | None:
    rule = part.get("rule")
    return rule | {"note": note(rule, questions, kind)} if rule else None


def _write_field(field: Frozen, refs: References) -> dict[str, Any]:
    kind = field_type(field)
    written: dict[str, Any] = {"id": field["id"], "type": field["type"]}
    for name, block in _plain_blocks(kind):
        if name in kind.choice_parts:
            written["choices"] = _write_choices(kind, field)
        else:
            default = block.get_prep_value(block.get_default())
            written[name] = write(block, field.get(name, default), refs)
    return written


def _write_choices(kind: FieldType, field: Frozen) -> list[dict[str, Any]]:
    details = {choice["id"]: choice for choice in field.get("choices", [])}
    return [
        {"id": key, "label": label}
        | {name: details.get(key, {}).get(name, default) for name, default in (("kind", None), ("value", ""))}
        for key, label in kind.choices(field)
    ]


FORM = register_page_type(
    PageType(
        FormPage,
        ["introduction", "submit_label", "promise", "confirmation_title", "confirmation_text"],
        {"form": Computed(Form | None, write_form)},
    )
)

router = Router(tags=["forms"])


def _states_now(page_ids: Collection[int]) -> conditional.States:
    """Return whether the forms of these pages can be sent at the moment."""
    now = timezone.now()
    limits = FormPage.objects.filter(pk__in=page_ids).only("form_id", "opens_at", "closes_at", "max_submissions")
    return {page.pk: page.availability(now) for page in limits}


conditional.register_states(_states_now)


def _public_form(public: PublicSite, page_id: Path[ObjectId]) -> FormPage:
    page = public.pages(FormPage).filter(pk=page_id).first()
    if page is None:
        raise Http404
    return page


@router.get("/challenge/", response={200: Challenge, 422: Problem})
def get_challenge(request: HttpRequest) -> HttpResponse:
    """Work against spam, for a form with a ``challenge_url``. A new one each time."""
    return private_answer(spam.challenge(), None, status=HTTPStatus.OK)


@router.get("/{int:page_id}/", response={200: Form, 404: Problem, 422: Problem})
def get_form(request: HttpRequest, page_id: Path[ObjectId]) -> HttpResponse:
    """The steps and fields of a form, and the JSON Schema of its answers."""
    refs = References(PublicSite.of(request))
    form = write_form(_public_form(refs.public, page_id), refs)
    if form is None:
        raise Http404
    return answer(request, form, refs)


@router.post(
    "/{int:page_id}/submissions/",
    response={
        201: Sent,
        **dict.fromkeys((400, 403, 404, 409, 413, 415, 422, 429), Problem),
    },
)
def send_form(
    request: HttpRequest,
    page_id: Path[ObjectId],
    payload: Answers,
    idempotency_key: Annotated[
        UUID | None,
        Header(None, alias="Idempotency-Key", description="The same key sent again gives the same submission."),
    ] = None,
    patient_address: NamedAddress = None,
) -> HttpResponse:
    """Send a form. What is wrong is told by field, in the words the site's own form uses."""
    if request.content_type != "application/json":
        # A page of another site can send any other type without asking the browser's leave first.
        raise HttpError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send JSON, with the content type application/json.")
    sender = _sender(request, patient_address)
    refs = References(PublicSite.of(request))
    page = _public_form(refs.public, page_id)
    try:
        submission = intake.submit(
            _definition_seen(page, payload.version),
            payload.answers,
            source=payload.source.split("?")[0] or page.get_url(request) or "",
            channel=Channel.API,
            locale=page.locale.language_code,
            idempotency_key=idempotency_key,
            refuse_unknown=True,
            evidence=Evidence(address=sender, proof=payload.proof),
        )
    except intake.ClosedFormError as closed:
        raise HttpError(HTTPStatus.CONFLICT, str(CLOSED_WORDS[closed.availability])) from closed
    except spam.TooManyError as too_many:
        return _too_many(too_many)
    except intake.InvalidSubmissionError as invalid:
        raise FieldErrors(_field_errors(invalid), detail="Some answers cannot be taken.") from invalid
    confirmation = confirmations.of_submission(page, submission)
    sent = {
        "reference": submission.reference,
        "confirmation_title": confirmation.title,
        "confirmation_text": refs.rich_text(confirmation.text),
        "promise": page.promise,
    }
    return private_answer(sent, refs, status=HTTPStatus.CREATED)


def _sender(request: HttpRequest, named: str | None) -> str:
    """Return the address that what is sent counts for: the caller's own, or the patient's that a token may name.

    Raises NotAllowedError without such a token, for anybody could make up addresses; FieldErrors for what is none.
    """
    if named is None:
        return counted_address(request) or ""
    token = getattr(request, "api_token", None)
    if token is None or Scope.SEND_FORMS not in token.scopes:
        raise NotAllowedError(
            f"{PATIENT_ADDRESS} needs a token of the scope {Scope.SEND_FORMS.value}.", Scope.SEND_FORMS
        )
    try:
        return counted(str(ip_address(named)))
    except ValueError:
        raise FieldErrors([field_error("header", PATIENT_ADDRESS, "This is no IP address.")]) from None


def _too_many(too_many: spam.TooManyError) -> HttpResponse:
    refusal = problem_response(HTTPStatus.TOO_MANY_REQUESTS, detail=str(TOO_MANY))
    refusal["Retry-After"] = str(too_many.seconds)
    return refusal


def _field_errors(invalid: intake.InvalidSubmissionError) -> list[dict[str, str]]:
    """Return what is wrong, by field; the code of an error of a part, such as the year of a date, names the part."""
    found = invalid.form.errors.as_data()
    errors = [
        field_error("body", field_id, str(message), error.code or "invalid")
        for field_id, field_errors in found.items()
        for error in field_errors
        for message in error.messages
    ]
    unknown = {name: messages for name, messages in invalid.errors.items() if name not in found}
    return errors + [
        field_error("body", name, message, "unknown") for name, messages in unknown.items() for message in messages
    ]


@router.post(
    "/{int:page_id}/files/",
    response={201: KeptFile, **dict.fromkeys((400, 403, 404, 409, 413, 422, 429), Problem)},
)
def send_file(
    request: HttpRequest,
    page_id: Path[ObjectId],
    payload: FormData[FileFor],
    file: File[UploadedFile],
    patient_address: NamedAddress = None,
) -> HttpResponse:
    """Send a file for a question of the type "upload", as multipart/form-data, before the form that it belongs to.

    It is stored encrypted and removed after a day unless a form is sent with its token.
    """
    if not (from_own_site(request) or cors.is_allowed(request)):
        raise HttpError(HTTPStatus.FORBIDDEN, "Files are not taken from the pages of other sites.")
    try:
        spam.count_files(_sender(request, patient_address), [file])
    except spam.TooManyError as too_many:
        return _too_many(too_many)
    if unknown := {*request.POST, *request.FILES} - {"version", "field", "file"}:
        raise FieldErrors([field_error("body", name, "This address takes no such part.") for name in sorted(unknown)])
    refs = References(PublicSite.of(request))
    page = _public_form(refs.public, page_id)
    definition = _definition_seen(page, payload.version)
    questions = {question["id"] for question in definition.questions if question["type"] == "upload"}
    if payload.field not in questions:
        raise FieldErrors([field_error("body", "field", "This form has no such question for files.")])
    availability = page.availability(timezone.now())
    if availability != Availability.OPEN:
        raise HttpError(HTTPStatus.CONFLICT, str(CLOSED_WORDS[availability]))
    try:
        uploads.check(file)
        kept = uploads.keep(file, definition.form_id, payload.field)
    except ValidationError as error:
        raise FieldErrors([field_error("body", "file", message) for message in error.messages]) from error
    sent = {"token": kept.token, "name": kept.name, "type": kept.type, "size": kept.size}
    return private_answer(sent, refs, status=HTTPStatus.CREATED)


def _definition_seen(page: FormPage, version: int) -> FormDefinition:
    definition = definition_seen(page.form_id, version)
    if definition is None:
        raise FieldErrors([field_error("body", "version", "This form has no such version. Fetch it again.")])
    return definition
