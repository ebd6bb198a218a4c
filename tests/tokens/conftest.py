"""Users with a role, and tokens that act for them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from tests.api.conftest import ApiClient
from tokens.models import ApiToken, Scope


def a_user(role: str, **values: Any) -> User:
    """Return a user in the group of that name."""
    name = role.lower().replace(" ", "-")
    user, _created = User.objects.get_or_create(username=name, defaults={"email": f"{name}@harbor.example", **values})
    user.groups.add(Group.objects.get(name=role))
    return user


def a_token(user: User, *scopes: Scope, days: float = 1) -> tuple[ApiToken, dict[str, str]]:
    """Return a token for ``user`` and the header that sends it."""
    token, value = ApiToken.issue(user, "A program", list(scopes), timezone.now() + dt.timedelta(days=days))
    return token, {"Authorization": f"Bearer {value}"}


@pytest.fixture
def api(client: Client) -> ApiClient:
    """Return a client of the API that holds every answer against the document."""
    return ApiClient(client)


@pytest.fixture
def bearer(db: None) -> Callable[..., dict[str, str]]:
    """Return a function that gives the header of a token for somebody of a role, with scopes."""

    def header(role: str, *scopes: Scope) -> dict[str, str]:
        return a_token(a_user(role), *scopes)[1]

    return header
