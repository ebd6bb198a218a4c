"""Tokens in the admin: who makes, sees and revokes which."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from clinicsite.roles import ADMINISTRATORS, ALL_ROLES, CLINICIAN_REVIEWERS, FRONT_DESK, MARKETING_EDITORS
from tests.conftest import Clinic
from tests.tokens.conftest import a_token, a_user
from tokens.models import ApiToken, Scope, State

RoleClient = Callable[[str], Client]
INDEX, NEW = "/admin/api_tokens/", "/admin/api_tokens/new/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def filled_in(user: User, **changes: object) -> dict[str, object]:
    last_day = timezone.localdate() + dt.timedelta(days=30)
    return {"name": "Front end", "user": user.pk, "scopes": ["drafts:read"], "last_day": last_day, **changes}


@pytest.mark.parametrize("role", ALL_ROLES)
def test_editors_and_administrators_open_the_screens(clinic: Clinic, role: str) -> None:
    opens = role in (MARKETING_EDITORS, ADMINISTRATORS)
    browser = signed_in(a_user(role))
    assert [browser.get(url).status_code == 200 for url in (INDEX, NEW)] == [opens, opens]
    assert (INDEX in browser.get(reverse("wagtailadmin_home")).content.decode()) == opens


def test_a_new_token_is_shown_once_and_works(clinic: Clinic) -> None:
    user = a_user(MARKETING_EDITORS)
    browser = signed_in(user)
    response = browser.post(NEW, filled_in(user))
    value = re.search(r"clinic_[0-9a-f]{64}", response.content.decode())
    assert value
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert value[0] not in browser.get(INDEX).content.decode()
    assert browser.get("/api/v1/token/", headers={"Authorization": f"Bearer {value[0]}"}).status_code == 200
    token = ApiToken.objects.get()
    assert (token.user, token.created_by, token.scopes) == (user, user, ["drafts:read"])
    # To the end of the day, where the clinic is.
    end = timezone.localtime(token.expires_at)
    assert (end.date(), end.time()) == (timezone.localdate() + dt.timedelta(days=31), dt.time())
    assert ModelLogEntry.objects.get(action="tokens.create").user == user


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_day": ""}, "last_day"),
        ({"last_day": "2020-01-01"}, "last_day"),
        ({"last_day": timezone.localdate() + dt.timedelta(days=400)}, "last_day"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"name": ""}, "name"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(
    clinic: Clinic, changes: dict[str, object], field: str
) -> None:
    user = a_user(MARKETING_EDITORS)
    response = signed_in(user).post(NEW, filled_in(user, **changes))
    assert list(response.context["form"].errors) == [field]
    if field != "name":
        assert 'value="Front end"' in response.content.decode()
    assert not ApiToken.objects.exists()


def test_nobody_but_an_administrator_makes_a_token_for_somebody_else(clinic: Clinic) -> None:
    editor, administrator = a_user(MARKETING_EDITORS), a_user(ADMINISTRATORS)
    desk, owner = a_user(FRONT_DESK), User.objects.create_superuser("owner")
    assert "user" in signed_in(editor).post(NEW, filled_in(administrator)).context["form"].errors
    assert "user" in signed_in(administrator).post(NEW, filled_in(owner)).context["form"].errors
    signed_in(administrator).post(NEW, filled_in(desk))
    assert ApiToken.objects.get().user == desk


def test_everybody_sees_their_own_and_administrators_see_all(clinic: Clinic) -> None:
    users = {role: a_user(role) for role in (MARKETING_EDITORS, CLINICIAN_REVIEWERS, ADMINISTRATORS)}
    users["owner"] = User.objects.create_superuser("owner")
    tokens = {role: a_token(user, Scope.READ_DRAFTS)[0] for role, user in users.items()}

    def seen_by(role: str) -> set[str]:
        listed = signed_in(users[role]).get(INDEX).context["object_list"]
        return {name for name, token in tokens.items() if token in listed}

    assert seen_by(MARKETING_EDITORS) == {MARKETING_EDITORS}
    assert seen_by(ADMINISTRATORS) == {MARKETING_EDITORS, CLINICIAN_REVIEWERS, ADMINISTRATORS}
    assert seen_by("owner") == set(tokens)


def test_revoking_asks_first_and_works_at_once(clinic: Clinic, client: Client) -> None:
    user = a_user(MARKETING_EDITORS)
    token, headers = a_token(user, Scope.READ_DRAFTS)
    browser, url = signed_in(user), f"/admin/api_tokens/{token.pk}/revoke/"
    assert url in browser.get(INDEX).content.decode()
    assert "stops working at once" in browser.get(url).content.decode()
    token.refresh_from_db()
    assert token.state == State.ACTIVE
    assert browser.post(url).status_code == 302
    token.refresh_from_db()
    assert (token.state, token.revoked_by) == (State.REVOKED, user)
    assert client.get("/api/v1/token/", headers=headers).status_code == 401
    assert url not in browser.get(INDEX).content.decode()
    assert ModelLogEntry.objects.get(action="tokens.revoke").user == user


def test_nobody_revokes_what_they_do_not_see(clinic: Clinic) -> None:
    token, _headers = a_token(a_user(ADMINISTRATORS), Scope.READ_DRAFTS)
    assert signed_in(a_user(MARKETING_EDITORS)).post(f"/admin/api_tokens/{token.pk}/revoke/").status_code == 404
    assert signed_in(a_user(FRONT_DESK)).post(f"/admin/api_tokens/{token.pk}/revoke/").status_code == 404
    token.refresh_from_db()
    assert token.state == State.ACTIVE
