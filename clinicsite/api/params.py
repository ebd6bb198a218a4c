"""Query parameters: those that all lists share, and the refusal of any that an address does not know."""

import datetime
import re
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from ninja.operation import Operation
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field

from clinicsite.api.errors import FieldErrors, field_error

MAX_LIMIT = 100
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
LARGEST_ID = 2**63 - 1

ObjectId = Annotated[int, Field(ge=1, le=LARGEST_ID)]
# No database holds a NUL, so that none can match one.
NO_NUL = r"^[^\u0000]*$"
Words = Annotated[str, Field(min_length=1, max_length=200, pattern=NO_NUL)]
Cursor = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[A-Za-z0-9:_-]+$")]


def _in_utc(moment: datetime.datetime) -> datetime.datetime:
    try:
        return moment.astimezone(datetime.UTC)
    except OverflowError as error:
        raise ValueError("Use a moment between the years 1 and 9999.") from error


def _as_written(value: Any) -> Any:
    # pydantic would take a bare number for seconds since 1970.
    if not RFC_3339.fullmatch(str(value)):
        raise ValueError("Write the moment with its offset from UTC, such as 2026-11-02T12:00:00Z.")
    return value


# A moment with its offset from UTC (https://www.rfc-editor.org/rfc/rfc3339).
Moment = Annotated[AwareDatetime, BeforeValidator(_as_written), AfterValidator(_in_utc)]


class PathOnSite(Schema):
    """A path of the site."""

    path: str = Field(min_length=1, max_length=2000, pattern=NO_NUL, description="As the site shows it: /conditions/.")


class Paging(Schema):
    """Which part of a list to answer."""

    limit: int = Field(20, ge=1, le=MAX_LIMIT, description="How many to answer at most.")
    offset: int = Field(0, ge=0, le=1_000_000, description="How many to leave out before the first.")


def refuse_unknown_parameters(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return ``view`` that refuses a query parameter it does not know: a misspelt filter must not answer everything."""
    operation: Operation = view._ninja_operation  # type: ignore[attr-defined]
    known = set().union(*(_names(model) for model in operation.models if model.__ninja_param_source__ == "query"))

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        errors = [
            field_error("query", name, f"This address knows no parameter “{name}”.", "unknown")
            for name in request.GET
            if name not in known
        ]
        # PostgreSQL can store no NUL, so nothing can match one.
        errors += [
            field_error("query", name, "Remove the NUL character.")
            for name, values in request.GET.lists()
            if any("\x00" in value for value in values)
        ]
        if errors:
            raise FieldErrors(errors, detail="The query cannot be used as it is.")
        return view(request, *args, **kwargs)

    return wrapped


def _names(model: Any) -> set[str]:
    return set(getattr(model, "__ninja_flatten_map__", None) or model.model_fields)
