"""Uploaded pictures and files, so that a single machine needs no web server of its own for them."""

import posixpath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

# An uploaded SVG can hold a script; opened on its own it must not run in the site's name.
NO_SCRIPTS = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"

DOCUMENTS = "documents/"  # wagtail.documents.models.Document.file.upload_to


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Return the uploaded file at ``path``; raise Http404 where there is none, and for documents.

    Documents have an address of their own, which asks whether their collection is private.
    Wagtail never reuses a file's name, so browsers may keep what they got for a day.
    """
    if posixpath.normpath(path).lstrip("/").casefold().startswith(DOCUMENTS):
        raise Http404
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:  # A name longer than any file's.
        raise Http404 from error
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.headers["Content-Security-Policy"] = NO_SCRIPTS
    return response
