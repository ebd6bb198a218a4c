"""What of the API will go away: said in the document, and in the headers of every answer that still gives it.

https://www.rfc-editor.org/rfc/rfc9745 (Deprecation) and https://www.rfc-editor.org/rfc/rfc8594 (Sunset).
"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

View = Callable[..., HttpResponse]

# Promised in docs/api.md.
SHORTEST_NOTICE = dt.timedelta(days=180)


def deprecated(
    since: dt.date, sunset: dt.date, *, parameter: str | None = None, see: str = ""
) -> Callable[[View], View]:
    """Return a decorator for a view of the API that goes away on ``sunset``, or whose query ``parameter`` does.

    Put it under the route, and give the route ``deprecated=True``, or the parameter's ``Field`` the same. ``see`` is
    the address of a page about the change. Raises ValueError for a shorter notice than we promise.
    """
    if sunset - since < SHORTEST_NOTICE:
        raise ValueError(f"{sunset} comes less than {SHORTEST_NOTICE.days} days after {since}.")
    headers = {"Deprecation": f"@{_timestamp(since)}", "Sunset": http_date(_timestamp(sunset))}
    if see:
        headers["Link"] = f'<{see}>; rel="deprecation"; type="text/html"'

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            if parameter is None or parameter in request.GET:
                for name, value in headers.items():
                    response.headers[name] = value
            return response

        return wrapped

    return decorate


def _timestamp(day: dt.date) -> int:
    return int(dt.datetime.combine(day, dt.time(), dt.UTC).timestamp())
