"""Nobody guesses a password for long, and nobody locks a colleague out."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from clinicsite.client_address import client_address
from clinicsite.roles import FRONT_DESK

LOGIN = reverse("wagtailadmin_login")
RIGHT = "heron-at-the-pond"


@pytest.fixture
def desk(db: None) -> User:
    """Return somebody of the front desk."""
    user = User.objects.create_user("desk", password=RIGHT)
    user.groups.add(Group.objects.get(name=FRONT_DESK))
    return user


def attempt(password: str, address: str = "203.0.113.7", name: str = "desk", **headers: str) -> int:
    """Return the status that a fresh browser gets for the password."""
    data = {"username": name, "password": password}
    return Client().post(LOGIN, data, REMOTE_ADDR=address, headers=headers or None).status_code


def test_ten_wrong_passwords_close_the_login_even_for_the_right_one(desk: User) -> None:
    assert [attempt("wrong") for _try in range(9)] == [200] * 9
    assert attempt("wrong") == 429
    assert attempt(RIGHT) == 429


def test_the_locked_login_says_so_in_plain_words(desk: User) -> None:
    for _try in range(10):
        response = Client().post(LOGIN, {"username": "desk", "password": "wrong"})
    assert "waits for a quarter of an hour" in response.content.decode()


def test_a_guesser_elsewhere_locks_nobody_out(desk: User) -> None:
    for _try in range(10):
        attempt("wrong", address="198.51.100.9")
    assert attempt(RIGHT) == 302


def test_a_name_that_is_nobodys_is_answered_like_any_other(desk: User) -> None:
    assert [attempt("wrong", name="nobody") for _try in range(10)] == [200] * 9 + [429]


def test_a_right_password_forgets_the_wrong_ones(desk: User) -> None:
    for _round in range(2):
        for _try in range(9):
            attempt("wrong")
        assert attempt(RIGHT) == 302


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "expected"),
    [
        (False, "198.51.100.1", "203.0.113.7"),
        (True, "made-up, 198.51.100.1", "198.51.100.1"),
        (True, "", "203.0.113.7"),
    ],
)
def test_the_address_is_the_one_a_browser_cannot_make_up(
    rf: pytest.FixtureRequest, settings: pytest.FixtureRequest, behind_proxy: bool, forwarded: str, expected: str
) -> None:
    settings.BEHIND_PROXY = behind_proxy
    request = rf.get("/", REMOTE_ADDR="203.0.113.7", headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == expected
