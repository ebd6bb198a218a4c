"""Uploaded pictures and files, so that a single machine needs no web server of its own for them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

# An uploaded SVG can hold a script; opened on its own it must not run in the site's name.
NO_SCRIPTS = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Return the uploaded file at ``path``; raise Http404 where there is none.

    Wagtail never reuses a file's name, so browsers may keep what they got for a day.
    """
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.headers["Content-Security-Policy"] = NO_SCRIPTS
    return response
