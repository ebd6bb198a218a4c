"""The one place that turns failures into RFC 9457 problems."""

import json
import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus
from itertools import islice
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

# An answer grows with what was sent, and a body of a megabyte can hold a hundred thousand faults.
MOST_ERRORS = 100
PROBLEM_JSON = "application/problem+json"

logger = logging.getLogger(__name__)


class FieldErrors(Exception):
    """Input that is refused, with what is wrong at which field."""

    def __init__(self, errors: Iterable[dict[str, str]], detail: str = "Some values cannot be used.") -> None:
        self.errors = list(errors)
        self.detail = detail
        super().__init__(detail)


def field_error(location: str, field: str, message: str, code: str = "invalid") -> dict[str, str]:
    """Return one entry of a problem's ``errors``."""
    return {"location": location, "field": field, "message": message, "code": code}


def problem_response(status: int, *, detail: str = "", errors: Iterable[dict[str, str]] = ()) -> HttpResponse:
    """Return a failure as ``application/problem+json``, which no cache keeps, with the first of its ``errors``."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "errors": list(islice(errors, MOST_ERRORS)),
    }
    response = JsonResponse(body, status=status, content_type=PROBLEM_JSON)
    response["Cache-Control"] = "no-store"
    return response


def register_exception_handlers(api: NinjaAPI) -> None:
    """Make ``api`` answer every failure as a problem."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        ValidationError: _refuse_invalid,
        FieldErrors: lambda _request, error: problem_response(422, detail=error.detail, errors=error.errors),
        HttpError: lambda _request, error: problem_response(error.status_code, detail=str(error)),
        RequestDataTooBig: lambda _request, _error: problem_response(413, detail="Send less at once."),
        Http404: lambda _request, _error: problem_response(404, detail="Nothing public is here."),
        Exception: _report_failure,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


@csrf_exempt
def not_found(request: HttpRequest) -> HttpResponse:
    """Answer an address under the API's own that leads nowhere."""
    return problem_response(404, detail="The API has no such address; see /api/docs.")


def _refuse_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        field_error(
            str(entry["loc"][0]),
            _field_name((*_as_sent(request, entry["loc"]), *_discriminator(entry))),
            entry["msg"],
            entry["type"],
        )
        for entry in error.errors
    ]
    return problem_response(422, detail="Some values cannot be used.", errors=errors)


def _field_name(location: tuple[Any, ...]) -> str:
    """Return the name that the reader sent: ninja puts the name of our function's own argument before it."""
    parts = [str(part) for part in location[1:]]
    return ".".join(parts[1:] if len(parts) > 1 and parts[0] in ("filters", "paging", "payload") else parts)


def _discriminator(entry: dict[str, Any]) -> list[str]:
    """Return the key that says which of several kinds an object is, where that is what is wrong with it."""
    return [entry["ctx"]["discriminator"].strip("'")] if entry["type"].startswith("union_tag") else []


def _as_sent(request: HttpRequest, location: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return where an error is, without the names of the alternatives that pydantic has tried on the way there."""
    if location[0] != "body" or request.content_type != "application/json":
        return location
    try:
        sent = json.loads(request.body)
    except ValueError:
        return location
    kept = list(location[:2])
    for number, part in enumerate(location[2:], start=3):
        is_key = isinstance(sent, dict) and (part in sent or number == len(location))
        is_place = isinstance(sent, list) and isinstance(part, int) and part < len(sent)
        if is_key or is_place:
            kept.append(part)
            sent = sent.get(part) if isinstance(sent, dict) else sent[part]
    return tuple(kept)


def _report_failure(request: HttpRequest, error: Exception) -> HttpResponse:
    got_request_exception.send(sender=None, request=request)
    logger.error("The API failed at %s.", request.path, exc_info=error)
    return problem_response(500, detail="Something went wrong on our side. It has been recorded.")
