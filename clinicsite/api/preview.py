"""A draft as an editor looks at it, for the front end that draws it."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.errors import AuthenticationError
from ninja.security.http import HttpAuthBase

from clinicsite.api import registry
from clinicsite.api.auth import PREVIEW_SCHEME, NotAllowedError
from clinicsite.api.http import private_answer
from clinicsite.api.page_types import one_of
from clinicsite.api.references import References
from clinicsite.api.schemas import Problem
from clinicsite.api.visibility import PublicSite
from clinicsite.models import PagePreview


class PreviewToken(HttpAuthBase):
    """Lets a request through that came with the token of a preview: ``Authorization: Preview …``."""

    openapi_scheme = PREVIEW_SCHEME

    def __call__(self, request: HttpRequest) -> PagePreview:
        """Return the preview that the token opens. Raises AuthenticationError, or NotAllowedError."""
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        preview = PagePreview.opened_by(token.strip()) if scheme.lower() == PREVIEW_SCHEME else None
        if preview is None:
            raise AuthenticationError
        if not preview.is_allowed:
            raise NotAllowedError("Whoever looks at this draft may not edit the page any more.")
        return preview


def build_router() -> Router:
    """Return the router of previews. Call it once every app has entered its page types."""
    router = Router(tags=["preview"])
    any_page: Any = one_of("AnyPage", [page_type.schema for page_type in registry.page_types()])

    @router.get("/", response={200: any_page, 401: Problem, 403: Problem, 422: Problem}, auth=PreviewToken())
    def get_preview(request: HttpRequest) -> HttpResponse:
        """The draft that the token was made for, as its editor looks at it: unsaved changes and all.

        Send the token that stands behind the # of the front end's address. A page that is not saved yet has the id 0.
        """
        page = request.auth.as_page()
        refs = References(PublicSite.of(request))
        return private_answer(registry.page_type_of(type(page)).write(page, refs), refs, status=HTTPStatus.OK)

    return router
