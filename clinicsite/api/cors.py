"""Whether a browser may call the API from a page of another origin: as the site's own settings say."""

from collections.abc import Awaitable
from typing import Any

from corsheaders.middleware import CorsMiddleware
from corsheaders.signals import check_request_enabled
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.models import Site

from clinicsite.models import ApiSettings


class ApiCorsMiddleware(CorsMiddleware):
    """The headers of another origin for the API alone: every other page is spared the question."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        """Return the response, with the headers where the API is asked."""
        return super().__call__(request) if request.path_info.startswith("/api/") else self.get_response(request)


@receiver(check_request_enabled, dispatch_uid="api_origins")
def is_allowed(request: HttpRequest, **kwargs: Any) -> bool:
    """Return whether the origin of ``request`` is among those of the site that it asks."""
    origin = request.headers.get("Origin")
    if not origin or not request.path_info.startswith("/api/"):
        return False
    site = Site.find_for_request(request)
    return site is not None and origin in ApiSettings.for_site(site).origins
