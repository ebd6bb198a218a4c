"""Nobody guesses a password for long, and nobody locks a colleague out."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from clinicsite.client_address import client_address, counted
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


def test_many_addresses_guess_no_better_and_lock_nobody_out_who_signs_in_from_elsewhere(
    desk: User, settings: pytest.FixtureRequest
) -> None:
    settings.LOGIN_FAILURES_EVERYWHERE = 12
    assert attempt(RIGHT, address="203.0.113.7") == 302
    guesses = [attempt("wrong", address=f"198.51.100.{number}") for number in range(13)]
    assert guesses == [200] * 11 + [429] * 2
    assert attempt(RIGHT, address="198.51.100.99") == 429
    assert attempt(RIGHT, address="203.0.113.7") == 302
    assert attempt("wrong", address="198.51.100.99", name="somebody-else") == 200


def test_addresses_of_one_network_guess_as_one(desk: User) -> None:
    assert [attempt("wrong", address=f"2001:db8:1:2::{number}") for number in range(1, 11)] == [200] * 9 + [429]
    assert attempt(RIGHT, address="2001:db8:1:3::1") == 302


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("no:address", "no:address"),
        ("", ""),
    ],
)
def test_an_address_is_counted_by_what_one_customer_has(address: str, expected: str) -> None:
    assert counted(address) == expected


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
