"""What a token is good for, as its holder may ask."""

import datetime
from http import HTTPStatus
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router

from clinicsite.api.auth import Token
from clinicsite.api.http import private_answer
from clinicsite.api.schemas import Out, Problem
from tokens.models import Scope

router = Router(tags=["tokens"])


class TokenDescription(Out):
    """The token that was sent along: its name, the user it acts for, what it was made for, and until when it works."""

    name: str
    user: str
    scopes: list[Literal[tuple(Scope.values)]]  # type: ignore[valid-type]
    expires_at: datetime.datetime


@router.get("/", response={200: TokenDescription, 401: Problem, 422: Problem}, auth=Token())
def get_token(request: HttpRequest) -> HttpResponse:
    """What the token sent along is good for."""
    token = request.api_token
    described = {
        "name": token.name,
        "user": token.user.get_username(),
        "scopes": token.scopes,
        "expires_at": token.expires_at,
    }
    return private_answer(described, None, status=HTTPStatus.OK)
