"""The logins that ``make serve`` makes and prints again."""

from pathlib import Path

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.test import RequestFactory

from clinicsite import roles
from clinicsite.devserver.logins import KeptPasswords, ensure_logins

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the passwords are kept."""
    return tmp_path / "var" / "logins.json"


def test_every_role_gets_a_user_who_can_log_in(path: Path, rf: RequestFactory) -> None:
    logins = ensure_logins(KeptPasswords(path, "a database"))
    assert {login.role for login in logins} == set(roles.ALL_ROLES)
    for login in logins:
        user = authenticate(rf.post("/admin/login/"), username=login.username, password=login.password)
        assert user is not None
        assert user.groups.get().name == login.role
        assert user.has_perm("wagtailadmin.access_admin"), login.role


def test_only_the_administrator_may_do_everything(path: Path) -> None:
    ensure_logins(KeptPasswords(path, "a database"))
    assert list(get_user_model().objects.filter(is_superuser=True).values_list("username", flat=True)) == ["admin"]


def test_the_next_start_prints_the_same_passwords(path: Path) -> None:
    first = ensure_logins(KeptPasswords(path, "a database"))
    assert ensure_logins(KeptPasswords(path, "a database")) == first


def test_passwords_are_kept_for_their_owner_alone(path: Path) -> None:
    ensure_logins(KeptPasswords(path, "a database"))
    assert path.stat().st_mode & 0o777 == 0o600


def test_every_database_has_passwords_of_its_own(path: Path) -> None:
    first = ensure_logins(KeptPasswords(path, "one database"))
    get_user_model().objects.all().delete()
    second = ensure_logins(KeptPasswords(path, "another database"))
    assert not {login.password for login in first} & {login.password for login in second}
    assert KeptPasswords(path, "one database").get("editor")


def test_a_password_changed_since_is_not_printed_as_if_it_worked(path: Path) -> None:
    first = {login.username: login.password for login in ensure_logins(KeptPasswords(path, "a database"))}
    user = get_user_model().objects.get(username="editor")
    user.set_password("my own, longer password")
    user.save()
    second = {login.username: login.password for login in ensure_logins(KeptPasswords(path, "a database"))}
    assert second["editor"] == "(changed in the admin since it was generated)"
    assert second["frontdesk"] == first["frontdesk"]


def test_a_password_that_django_hashed_anew_is_still_known(path: Path, settings: pytest.FixtureRequest) -> None:
    first = ensure_logins(KeptPasswords(path, "a database"))
    user = get_user_model().objects.get(username="editor")
    user.set_password(first[0].password)
    user.save()
    assert ensure_logins(KeptPasswords(path, "a database")) == first


def test_a_user_made_elsewhere_is_told_how_to_get_a_password(path: Path) -> None:
    get_user_model().objects.create_user("editor", password="set elsewhere")
    logins = {login.username: login.password for login in ensure_logins(KeptPasswords(path, "a database"))}
    assert "manage.py changepassword editor" in logins["editor"]
