"""Fixtures for the tests of webhooks: a receiver, and an endpoint that it is."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.conftest import Clinic
from tests.webhooks.receiver import HOST, Receiver, receiving
from webhooks.models import Endpoint, EventType


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOKS_ALLOWED_HOSTS = [HOST]
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def endpoint(clinic: Clinic, receiver: Receiver) -> Endpoint:
    """Return an endpoint that is told of everything."""
    return add_endpoint(clinic, receiver.url)


AddEndpoint = Callable[..., Endpoint]


def add_endpoint(clinic: Clinic, url: str, **values: Any) -> Endpoint:
    """Return a new endpoint of the clinic's site."""
    defaults = {"site": clinic.site, "description": "Everything", "events": EventType.values}
    return Endpoint.objects.create(url=url, **defaults | values)
