"""Answers that a reader has already: told so before anything of them is made again.

An answer made of public content depends on its address, on the state of the content (``ContentState``), on the code
that writes it, and on the day, since an exception to opening hours is over one day. So its tag is a digest of these,
and one read of one row decides about a 304. What changes without the content, such as whether a form is open, stands
behind that digest in the tag itself: it is read again, and nothing else is.
"""

import datetime as dt
import gzip
import hashlib
import re
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags, quote_etag

from clinicsite.models import ContentState

# Less gains nothing: it fits one packet either way.
COMPRESSED_FROM = 1400
GZIPPED = "-gzip"
# As many as an answer has whole pages.
MOST_STATES = 20
# No longer than the ids of our database, or it refuses the question.
PAGE_ID = re.compile("[0-9]{1,9}")
States = dict[int, str]
_states_now: list[Callable[[Collection[int]], States]] = []


def register_states(states_now: Callable[[Collection[int]], States]) -> None:
    """Have ``states_now`` say, by ids of pages, what answers tell of them that changes without the content."""
    _states_now.append(states_now)


def with_states(tag: str, states: States) -> str:
    """Return the tag of an answer that also tells ``states``."""
    return ".".join([tag, *(f"{page_id}-{state}" for page_id, state in sorted(states.items()))])


@cache
def code_version() -> bytes:
    """Return a digest of the code: another version of it may write the same content otherwise."""
    digest = hashlib.blake2b(digest_size=16)
    for app in ("clinicsite", "conditions", "forms", "staff"):
        for path in sorted((Path(settings.BASE_DIR) / app).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.digest()


def tag_of(request: HttpRequest) -> tuple[str, dt.datetime] | None:
    """Return the tag of what the content now gives at this address, without quotes, and since when.

    None where no state of the content is known. Read once for a request, before anything of the content is.
    """
    if not hasattr(request, "content_tag"):
        request.content_tag = _tag_of(request)
    return request.content_tag


def state_of(request: HttpRequest) -> tuple[UUID, dt.datetime] | None:
    """Return the state of the content as this request first found it; None where none is known."""
    if not hasattr(request, "content_state"):
        request.content_state = ContentState.current()
    return request.content_state


def _tag_of(request: HttpRequest) -> tuple[str, dt.datetime] | None:
    state = state_of(request)
    if state is None:
        return None
    version, changed_at = state
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    told = (str(version), str(today.date()), request.scheme, request.get_host(), request.get_full_path())
    digest = hashlib.blake2b("\n".join(told).encode(), key=code_version(), digest_size=16)
    return digest.hexdigest(), max(changed_at, today)


def not_modified(request: HttpRequest) -> HttpResponse | None:
    """Return a 304 where the reader has what the content now gives at this address; else None."""
    asked = request.headers.get("If-None-Match")
    if request.method not in ("GET", "HEAD") or not asked or asked == "*":
        return None
    known = {tag.removeprefix("W/") for tag in parse_etags(asked)}
    found = tag_of(request)
    if found is None:
        return None
    tag, since = found
    for one in (tag, tag + GZIPPED):
        if quote_etag(one) in known:
            return _unchanged(one, since)
    with_more = sorted(one.strip('"') for one in known if one.startswith(f'"{tag}.'))
    # A reader has one of each at most: the plain one and the compressed one.
    for one in with_more[:2]:
        if _is_still_so(one.removesuffix(GZIPPED).split(".")[1:]):
            return _unchanged(one, None)
    return None


def _unchanged(tag: str, since: dt.datetime | None) -> HttpResponse:
    response = HttpResponseNotModified()
    describe(response, tag, since)
    return response


def _is_still_so(told: list[str]) -> bool:
    parts = [part.partition("-") for part in told]
    if len(parts) > MOST_STATES or not all(PAGE_ID.fullmatch(page_id) for page_id, _dash, _state in parts):
        return False
    states = {int(page_id): state for page_id, _dash, state in parts}
    now = {page_id: state for states_now in _states_now for page_id, state in states_now(states.keys()).items()}
    return now == states


def describe(response: HttpResponse, tag: str, since: dt.datetime | None) -> None:
    """Put on ``response`` what caches go by. ``since`` None: only the tag says whether it has changed."""
    response["ETag"] = quote_etag(tag)
    response["Cache-Control"] = f"public, max-age={settings.API_CACHE_SECONDS}"
    # Within the second of a change there may be another, which this date could not tell from it (RFC 9110, 8.8.2).
    if since and timezone.now() - since > dt.timedelta(seconds=1):
        response["Last-Modified"] = http_date(since.timestamp())
    patch_vary_headers(response, ["Accept-Encoding"])


def compressed(request: HttpRequest, body: bytes) -> bytes | None:
    """Return ``body`` compressed where the reader takes that and it is worth it; else None.

    Of public content, which shares an answer with no secret: nothing can be guessed by its length (BREACH).
    """
    accepted = request.headers.get("Accept-Encoding", "")
    codings = {part.split(";")[0].strip(): part.replace(" ", "") for part in accepted.lower().split(",")}
    if len(body) < COMPRESSED_FROM or ";q=0" in codings.get("gzip", ";q=0").replace(";q=0.", ""):
        return None
    return gzip.compress(body, compresslevel=5, mtime=0)
