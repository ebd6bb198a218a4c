"""Previews drawn by a front end of another origin."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Site

from clinicsite.models import ApiSettings, ClinicPage, PagePreview


def in_front_end(page: ClinicPage, request: HttpRequest) -> HttpResponse | None:
    """Return a page that frames the site's front end with a token for this draft; None where the site names none.

    The token stands behind a #, which no browser sends: it is in no log. Wagtail's panel reads the frame it fills, so
    that the front end has to be in a frame of its own in it. Only this answer may frame that origin.
    """
    site = Site.find_for_request(request)
    settings = ApiSettings.for_site(site) if site else None
    if settings is None or not settings.preview_url or not request.user.is_authenticated:
        return None
    kept = PagePreview.keep(page, request.user, is_editing=getattr(request, "is_editing", False))
    context = {"page": page, "address": f"{settings.preview_url}#token={kept.token}"}
    response = render(request, "clinicsite/external_preview.html", context)
    response["Cache-Control"] = "private, no-store"
    response._csp_update = {"frame-src": settings.preview_origin}
    return response
