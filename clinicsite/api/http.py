"""Answers as HTTP wants them: cacheable, comparable, and the same for everybody."""

import datetime
import decimal
import hashlib
import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.functional import Promise

from clinicsite.api import conditional
from clinicsite.api.errors import problem_response
from clinicsite.api.references import Ref, References


def _json_default(value: Any) -> Any:
    if isinstance(value, Ref):
        return value.resolve()
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, decimal.Decimal):
        return float(value)
    raise TypeError(f"The API cannot write {type(value).__name__} as JSON.")


def answer(
    request: HttpRequest,
    data: Any,
    refs: References,
    *,
    media_type: str = "application/json",
) -> HttpResponse:
    """Return ``data`` as JSON that anyone may cache, or 304 where the reader already has it.

    Whatever ``refs`` noted is loaded first. The answer depends on the address and the public content alone: it sets no
    cookie and varies by none. Where ``refs`` noted states, which change without the content, they are part of its tag.
    """
    # Read before the content is: of a change meanwhile, the older tag is the one that soon is not good any more.
    tagged = conditional.tag_of(request)
    body = _encoded(data, refs)
    tag, since = tagged or (hashlib.blake2b(body, digest_size=16).hexdigest(), None)
    if tagged and refs.states:
        tag, since = conditional.with_states(tag, refs.states), None
    response = HttpResponse(body, content_type=media_type)
    if (zipped := conditional.compressed(request, body)) is not None:
        tag += conditional.GZIPPED
        response.content = zipped
        response["Content-Encoding"] = "gzip"
    conditional.describe(response, tag, since)
    response["Surrogate-Key"] = " ".join(refs.keys())
    modified = int(since.timestamp()) if "Last-Modified" in response and since else None
    return get_conditional_response(request, etag=response["ETag"], last_modified=modified, response=response)


def private_answer(data: Any, refs: References | None, status: int) -> HttpResponse:
    """Return ``data`` as JSON for this one reader; no cache keeps it."""
    response = HttpResponse(_encoded(data, refs), status=status, content_type="application/json")
    response["Cache-Control"] = "no-store"
    return response


def _encoded(data: Any, refs: References | None) -> bytes:
    if refs is not None:
        refs.load()
    return json.dumps(data, default=_json_default, ensure_ascii=False, separators=(",", ":")).encode()


def with_head(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return ``view`` that also answers HEAD, as GET without the body, and refuses other methods as a problem."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return _options(view(request, *args, **kwargs))
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            return _not_allowed(response)
        if is_head:
            response["Content-Length"] = str(len(response.content))
            response.content = b""
        return response

    return wrapped


def _options(refusal: HttpResponse) -> HttpResponse:
    """Return what an address answers, which ninja says as it refuses OPTIONS."""
    methods = {method.strip() for method in refusal.headers.get("Allow", "").split(",")} | {"OPTIONS"}
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    response["Allow"] = ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))
    return response


def _not_allowed(response: HttpResponse) -> HttpResponse:
    allowed = response["Allow"]
    problem = problem_response(405, detail=f"This address answers {allowed} only.")
    problem["Allow"] = allowed
    return problem
