"""Answers as HTTP wants them: cacheable, comparable, and the same for everybody."""

import datetime
import decimal
import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.functional import Promise

from clinicsite.api.errors import problem_response
from clinicsite.api.references import Ref, References

CACHE_SECONDS = 60


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


def answer(request: HttpRequest, data: Any, refs: References | None = None) -> HttpResponse:
    """Return ``data`` as JSON that anyone may cache, or 304 where the reader already has it.

    Whatever ``refs`` noted is loaded first. The answer depends on the address alone: it sets no cookie and varies by
    none. It names no time of last change: an answer also shows other pages and snippets, which change on their own.
    """
    body = _encoded(data, refs)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="application/json")
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    return get_conditional_response(request, etag=etag, response=response)


def private_answer(data: Any, refs: References, status: int) -> HttpResponse:
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


def _not_allowed(response: HttpResponse) -> HttpResponse:
    allowed = response["Allow"]
    problem = problem_response(405, detail=f"This address answers {allowed} only.")
    problem["Allow"] = allowed
    return problem
