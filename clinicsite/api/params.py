"""Query parameters: those that all lists share, and the refusal of any that an address does not know."""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from ninja.operation import Operation
from pydantic import Field

from clinicsite.api.errors import FieldErrors, field_error

MAX_LIMIT = 100
LARGEST_ID = 2**63 - 1

ObjectId = Annotated[int, Field(ge=1, le=LARGEST_ID)]
# No database holds a NUL, so that none can match one.
Words = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\u0000]*$")]


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
