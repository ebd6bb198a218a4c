"""What a token opens, and when it opens nothing."""

import datetime as dt
import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from clinicsite.roles import MARKETING_EDITORS
from tests.api.conftest import ApiClient, openapi_document
from tests.conftest import Clinic
from tests.tokens.conftest import a_token, a_user
from tokens.models import ApiToken, Scope

OWN = "/api/v1/token/"
PUBLIC = "/api/v1/pages/"


def ask(client: Client, headers: dict[str, str], path: str = OWN) -> HttpResponse:
    return client.get(path, headers=headers)


def test_a_token_tells_what_it_is_good_for(api: ApiClient, clinic: Clinic) -> None:
    token, headers = a_token(a_user(MARKETING_EDITORS), Scope.READ_DRAFTS)
    response = ask(api.client, headers)
    assert response.status_code == 200
    assert api.checked(OWN, "get", response) == {
        "name": "A program",
        "user": "marketing-editors",
        "scopes": ["drafts:read"],
        "expires_at": token.expires_at.isoformat(),
    }


def test_only_a_digest_is_kept(clinic: Clinic) -> None:
    token, headers = a_token(a_user(MARKETING_EDITORS))
    value = headers["Authorization"].removeprefix("Bearer ")
    assert re.fullmatch(r"clinic_[0-9a-f]{64}", value)
    assert all(value not in str(kept) for kept in ApiToken.objects.values().get().values())
    assert value.startswith(token.beginning)
    assert len(token.beginning) < 16


@pytest.mark.parametrize("path", [OWN, PUBLIC, "/api/v1/pages/by-path/?path=/"])
@pytest.mark.parametrize("why", ["unknown", "expired", "revoked", "switched off", "malformed", "other scheme"])
def test_a_token_that_is_not_good_is_refused_and_never_taken_for_anonymous(
    clinic: Clinic, client: Client, why: str, path: str
) -> None:
    user = a_user(MARKETING_EDITORS)
    token, headers = a_token(user, Scope.READ_DRAFTS)
    if why == "unknown":
        headers = {"Authorization": "Bearer clinic_" + "0" * 64}
    elif why == "expired":
        ApiToken.objects.update(expires_at=timezone.now())
    elif why == "revoked":
        token.revoke(user)
    elif why == "switched off":
        user.is_active = False
        user.save()
    elif why == "malformed":
        headers = {"Authorization": "Bearer ' OR 1=1"}
    else:
        headers = {"Authorization": "Basic YTpi"}
    response = ask(client, headers, path)
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    assert "no-store" in response["Cache-Control"]


def test_an_address_that_needs_a_token_asks_for_one_and_takes_no_session(clinic: Clinic, client: Client) -> None:
    client.force_login(a_user(MARKETING_EDITORS))
    response = client.get(OWN)
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")


def test_a_good_token_reads_what_is_public_as_anybody_does_and_no_cache_keeps_it(
    clinic: Clinic, client: Client
) -> None:
    _token, headers = a_token(a_user(MARKETING_EDITORS))
    response = ask(client, headers, PUBLIC)
    assert response.json() == client.get(PUBLIC).json()
    assert response["Cache-Control"] == "private, no-store"
    assert "Authorization" in response["Vary"]
    assert client.get(PUBLIC)["Cache-Control"] == "public, max-age=60"


def test_an_answer_to_a_token_is_not_cut_short_as_unchanged_for_all(clinic: Clinic, client: Client) -> None:
    _token, headers = a_token(a_user(MARKETING_EDITORS))
    tag = client.get(PUBLIC)["ETag"]
    response = ask(client, headers | {"If-None-Match": tag}, PUBLIC)
    assert response["Cache-Control"] == "private, no-store"


def test_the_last_use_is_noted_at_most_once_a_minute(clinic: Clinic, client: Client) -> None:
    token, headers = a_token(a_user(MARKETING_EDITORS))
    before = timezone.now()
    ask(client, headers)
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None
    assert before <= first <= timezone.now()
    ask(client, headers)
    token.refresh_from_db()
    assert token.last_used_at == first
    ApiToken.objects.update(last_used_at=first - dt.timedelta(minutes=2))
    ask(client, headers)
    token.refresh_from_db()
    assert token.last_used_at >= first


def test_requests_are_counted_by_token_wherever_they_come_from(
    clinic: Clinic, client: Client, settings: pytest.FixtureRequest
) -> None:
    settings.API_RATE_LIMIT = 2
    _token, headers = a_token(a_user(MARKETING_EDITORS))
    statuses = [client.get(OWN, headers=headers, REMOTE_ADDR=f"192.0.2.{number}").status_code for number in range(1, 4)]
    assert statuses == [200, 200, 429]
    assert client.get(PUBLIC, REMOTE_ADDR="192.0.2.1").status_code == 200


def test_guesses_are_counted_by_address(clinic: Clinic, client: Client, settings: pytest.FixtureRequest) -> None:
    settings.API_RATE_LIMIT = 2
    wrong = {"Authorization": "Bearer clinic_" + "0" * 64}
    assert [ask(client, wrong).status_code for _each in range(3)] == [401, 401, 429]


def test_addresses_of_one_network_of_ipv6_are_counted_as_one(
    clinic: Clinic, client: Client, settings: pytest.FixtureRequest
) -> None:
    settings.API_RATE_LIMIT = 2
    asked = [client.get(PUBLIC, REMOTE_ADDR=f"2001:db8::{number}").status_code for number in range(1, 4)]
    assert asked == [200, 200, 429]


def test_the_document_says_that_a_token_is_needed(api: ApiClient) -> None:
    document = openapi_document()
    assert document["components"]["securitySchemes"]["Token"] == {"type": "http", "scheme": "bearer"}
    assert document["paths"][OWN]["get"]["security"] == [{"Token": []}]
    assert "security" not in document["paths"][PUBLIC]["get"]


def test_every_address_that_needs_a_token_is_closed_without_one(clinic: Clinic, client: Client) -> None:
    client.force_login(a_user(MARKETING_EDITORS))
    asked = [
        (method.upper(), re.sub(r"{\w+}", "1", path))
        for path, methods in openapi_document()["paths"].items()
        for method, operation in methods.items()
        if "security" in operation
    ]
    assert len(asked) >= 8
    for method, path in asked:
        response = client.generic(method, path, b"{}", content_type="application/json")
        assert (response.status_code, method, path) == (401, method, path)
