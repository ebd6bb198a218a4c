"""`make serve` on any port sends e-mails whose link works."""

import os

import pytest

from clinicsite.management.commands.serve import Command
from tests.conftest import Clinic


def environment_without_address() -> dict[str, str]:
    """Return a copy of the environment in which no address is given."""
    return {name: value for name, value in os.environ.items() if name != "ADMIN_BASE_URL"}


def test_links_in_mail_lead_to_the_address_served(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", environment_without_address())
    Command().name_the_address("0.0.0.0", 8124)  # noqa: S104
    assert os.environ["ADMIN_BASE_URL"] == "http://127.0.0.1:8124"


def test_a_given_address_for_mail_is_kept(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", environment_without_address() | {"ADMIN_BASE_URL": "https://clinic.example"})
    Command().name_the_address("127.0.0.1", 8124)
    assert os.environ["ADMIN_BASE_URL"] == "https://clinic.example"
