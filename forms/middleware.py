"""What happens to posts to public forms on their way to a view.

Cross-site posts are stopped by what the browser says of their origin, not by a token in the page: see
docs/decisions/0006-origin-check-in-place-of-a-token.md. The rest is docs/decisions/0012-speed-of-the-way-in.md.
"""

import re
import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from wagtail.views import serve

from forms import web
from forms.upload_handler import PatientFileHandler

FILE_ADDRESS = "api:send_file"
# https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header; "none" is the user's own doing, such as a reload.
OWN_SITES = ("same-origin", "none")
# Where ``forms.web.receive`` stands.
RECEIVING = re.compile("/forms/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")


class FormPostMiddleware:
    """Stores what a patient sent before sessions, log-ins and the like are set up, which storing needs nothing of.

    Whatever cannot be stored like that goes on to the view, which takes the same posts and answers all others.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the way to the confirmation, or what the rest of the site answers."""
        return self._stored(request) or self.get_response(request)

    def _stored(self, request: HttpRequest) -> HttpResponse | None:
        if request.method != "POST" or request.content_type != "application/x-www-form-urlencoded":
            return None
        form = RECEIVING.fullmatch(request.path_info)
        return web.stored_from_memory(request, uuid.UUID(form[1])) if form and from_own_site(request) else None


class FormOriginMiddleware:
    """Lets a POST to a public page through if it comes from this site, and answers 403 if another site sent it.

    It takes the place of Django's token check for public pages only: the admin and everything else keep theirs.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Return a plain refusal of a cross-site post; mark others as checked, for CsrfViewMiddleware."""
        is_public = view is serve or getattr(view, "takes_public_posts", False)
        if request.method != "POST":
            return None
        if request.content_type == "multipart/form-data" and (
            is_public or request.resolver_match.view_name == FILE_ADDRESS
        ):
            # Before anything reads the body: a patient's file must not lie unencrypted in a folder for a moment.
            request.upload_handlers = [PatientFileHandler(request)]
        if not is_public:
            return None
        if not from_own_site(request):
            return HttpResponse(render_to_string("forms/cross_site.html"), status=HTTPStatus.FORBIDDEN)
        request.csrf_processing_done = True
        return None


def from_own_site(request: HttpRequest) -> bool:
    """Return whether the post comes from a page of this site.

    Every current browser sends Sec-Fetch-Site or at least Origin with a POST; a request with neither was not sent by a
    browser on somebody else's behalf, so there is nobody to protect.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in OWN_SITES
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    own = f"{request.scheme}://{request.get_host()}"
    return origin == own or origin in settings.CSRF_TRUSTED_ORIGINS
