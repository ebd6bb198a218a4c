"""What every request to the API meets first: its id, how many there may be, its token, and a 304 without a render."""

import re
import uuid
from collections.abc import Callable
from http import HTTPStatus
from time import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from clinicsite.api.auth import invalid_token, is_preview, token_of
from clinicsite.api.conditional import not_modified
from clinicsite.api.errors import problem_response
from clinicsite.client_address import counted_address

PREFIX = "/api/v1/"
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class ApiMiddleware:
    """Answers for the API what needs nothing of it: stands before sessions, log-ins and all that reads the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer with the request's id and what is left of its limit."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        sent = request.headers.get("X-Request-ID", "")
        request.id = sent if REQUEST_ID.fullmatch(sent) else str(uuid.uuid4())
        left = _count(f"address:{counted_address(request) or ''}")
        if left >= 0 and "Authorization" in request.headers:
            request.api_token = token_of(request)
            if request.api_token:
                left = min(left, _count(f"token:{request.api_token.pk}"))
        response = _too_many() if left < 0 else self._answer(request)
        response["X-Request-ID"] = request.id
        # https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/10/
        response["RateLimit-Policy"] = f'"default";q={settings.API_RATE_LIMIT};w={settings.API_RATE_SECONDS}'
        response["RateLimit"] = f'"default";r={max(left, 0)};t={_seconds_left()}'
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if "Authorization" not in request.headers:
            return not_modified(request) or self.get_response(request)
        if request.api_token:
            request.api_token.note_use()
        elif not is_preview(request):
            return invalid_token()
        response = self.get_response(request)
        _keep_private(response)
        return response


def _too_many() -> HttpResponse:
    response = problem_response(HTTPStatus.TOO_MANY_REQUESTS, detail="Too many requests: wait a little.")
    response["Retry-After"] = str(_seconds_left())
    return response


def _keep_private(response: HttpResponse) -> None:
    response["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Authorization"])
    del response["Surrogate-Key"]


def _count(who: str) -> int:
    """Count a request of ``who`` and return how many more they may make in the current window; negative: too many.

    In the shared cache and not in the database: a reader must cost no write. Without Redis each process counts alone.
    """
    window = int(time()) // settings.API_RATE_SECONDS
    key = f"api-rate:{window}:{who}"
    cache.add(key, 0, timeout=settings.API_RATE_SECONDS + 1)
    try:
        made = cache.incr(key)
    except ValueError:  # It ran out between the two.
        made = 1
    return settings.API_RATE_LIMIT - made


def _seconds_left() -> int:
    return settings.API_RATE_SECONDS - int(time()) % settings.API_RATE_SECONDS
