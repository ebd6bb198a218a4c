"""One login per role, with passwords made for this database and kept beside it for the next start."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group
from django.utils.translation import gettext as _

from clinicsite import roles

# No look-alikes, since people type these.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"

ROLE_USERS = {
    "editor": roles.MARKETING_EDITORS,
    "reviewer": roles.CLINICIAN_REVIEWERS,
    "frontdesk": roles.FRONT_DESK,
    "admin": roles.ADMINISTRATORS,
}


@dataclass(frozen=True)
class Login:
    """A login to print: ``password`` is what to type, or a sentence that says why it is not known."""

    role: str
    username: str
    password: str


class KeptPasswords:
    """The generated passwords of all databases used here, in a file only its owner can read."""

    def __init__(self, path: Path, database: str) -> None:
        self.path = path
        self.database = database
        self.all: dict[str, dict[str, dict[str, str]]] = json.loads(path.read_text()) if path.exists() else {}

    def get(self, username: str) -> dict[str, str] | None:
        """Return the password and its stored hash kept for ``username``, None where none is kept."""
        return self.all.get(self.database, {}).get(username)

    def keep(self, user: AbstractUser, password: str) -> None:
        """Write ``password`` down as the one of ``user``."""
        kept = {"password": password, "hash": user.password}
        self.all.setdefault(self.database, {})[user.get_username()] = kept
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(self.all, file, indent=1)


def ensure_logins(kept: KeptPasswords) -> list[Login]:
    """Return one login per role, creating the users this database lacks."""
    users = {user.get_username(): user for user in get_user_model().objects.filter(username__in=ROLE_USERS)}
    logins = []
    for username, role in ROLE_USERS.items():
        password = _known_password(users[username], kept) if username in users else _create(username, role, kept)
        logins.append(Login(role=role, username=username, password=password))
    return logins


def _create(username: str, role: str, kept: KeptPasswords) -> str:
    password = "-".join("".join(secrets.choice(ALPHABET) for _letter in range(5)) for _group in range(3))
    user = get_user_model().objects.create_user(
        username=username,
        email=f"{username}@example.org",
        password=password,
        is_superuser=role == roles.ADMINISTRATORS,
    )
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    kept.keep(user, password)
    return password


def _known_password(user: AbstractUser, kept: KeptPasswords) -> str:
    entry = kept.get(user.get_username())
    if entry is None:
        return _("(set outside make serve; new one: .venv/bin/python manage.py changepassword {user})").format(
            user=user.get_username()
        )
    # The stored hash is compared first: checking a password is slow on purpose.
    if entry["hash"] == user.password or user.check_password(entry["password"]):
        return entry["password"]
    return _("(changed in the admin since it was generated)")
