"""Fixtures for the tests of forms: people in their roles."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client


@pytest.fixture
def as_role(db: None) -> Callable[[str], Client]:
    """Return a function that gives a browser in which somebody of that role is logged in."""

    def log_in(role: str) -> Client:
        user, _created = User.objects.get_or_create(username=role.lower().replace(" ", "-"))
        user.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(user)
        return client

    return log_in
