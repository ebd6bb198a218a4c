"""Whose token came with a request, and what it is good for.

``ApiMiddleware`` has looked the token up before an address is reached; here an address says which scope it needs.
"""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.errors import HttpError
from ninja.security.http import HttpAuthBase

from clinicsite.api.errors import problem_response
from tokens.models import ApiToken, Scope

SCHEME, PREVIEW_SCHEME = "bearer", "preview"
PREVIEW_PATH = "/api/v1/preview/"


class NotAllowedError(HttpError):
    """The user that a token acts for may not do this, or the token was not made for it. Status 403."""

    def __init__(self, detail: str, scope: Scope | None = None) -> None:
        self.scope = scope
        super().__init__(HTTPStatus.FORBIDDEN, detail)


class Token(HttpAuthBase):
    """Lets a request through that came with a token of ``scope``, or of any where none is named.

    A session's cookie opens nothing here: a page of another site could send it along.
    """

    openapi_scheme = SCHEME

    def __init__(self, scope: Scope | None = None) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> ApiToken | None:
        """Return the token; None without one. Raises NotAllowedError where it was not made for this."""
        token = getattr(request, "api_token", None)
        if token is None:
            return None
        if self.scope and self.scope not in token.scopes:
            raise NotAllowedError(f"This token has not the scope {self.scope.value}.", self.scope)
        request.user = token.user
        return token


def needs(scope: Scope) -> dict[str, Any]:
    """Return the arguments of a route that needs a token of ``scope``, for the route and for the document."""
    return {"auth": Token(scope), "openapi_extra": {"security": [{Token.__name__: [scope.value]}]}}


def token_of(request: HttpRequest) -> ApiToken | None:
    """Return the token that came with ``request``; None where there is none that is good."""
    scheme, _space, value = request.headers.get("Authorization", "").partition(" ")
    return ApiToken.opened_by(value.strip()) if scheme.lower() == SCHEME else None


def is_preview(request: HttpRequest) -> bool:
    """Return whether ``request`` asks for a preview with the token of one, which that address itself looks at."""
    scheme = request.headers["Authorization"].partition(" ")[0]
    return scheme.lower() == PREVIEW_SCHEME and request.path_info == PREVIEW_PATH


def invalid_token() -> HttpResponse:
    """Refuse a token that opens nothing.

    Not answered as anonymous: somebody who thinks that a token opens more must hear that it does not.
    """
    response = problem_response(
        HTTPStatus.UNAUTHORIZED, detail="This token is not valid, has expired or was revoked: leave it out or renew it."
    )
    # https://www.rfc-editor.org/rfc/rfc6750#section-3.1
    response["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return response


def refuse_without_token(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer a request that came without a token, or a good one of a preview, to an address that needs one."""
    scheme = "Preview" if request.path_info == PREVIEW_PATH else "Bearer"
    words = f"Send a token that is good: Authorization: {scheme} …."
    response = problem_response(HTTPStatus.UNAUTHORIZED, detail=words)
    response["WWW-Authenticate"] = scheme
    return response


def refuse_not_allowed(request: HttpRequest, error: NotAllowedError) -> HttpResponse:
    """Answer a request whose token does not go so far, with the scope it would need."""
    response = problem_response(error.status_code, detail=str(error))
    if error.scope:
        response["WWW-Authenticate"] = f'Bearer error="insufficient_scope", scope="{error.scope.value}"'
    return response
