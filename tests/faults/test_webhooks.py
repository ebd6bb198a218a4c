"""The worker dies with a message in hand: the receiver gets it all the same, under the same id."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from tests.faults.site import ALIAS, HOST, ROOT, Site, send, wait_until
from tests.webhooks.receiver import Receiver, receiving
from webhooks.models import Delivery, DeliveryState

ADD = """
from wagtail.models import Site
from webhooks.models import Endpoint
endpoint = Endpoint.objects.create(
    site=Site.objects.get(), description="Test", url="{url}", events=["submission.received"]
)
print(endpoint.secrets()[0])
"""


@pytest.fixture
def receiver(site: Site) -> Iterator[Receiver]:
    site.more["WEBHOOKS_ALLOWED_HOSTS"] = HOST
    with receiving() as receiver:
        yield receiver


def add_endpoint(site: Site, receiver: Receiver) -> str:
    """Add the receiver to the site, and return its secret."""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", ADD.format(url=receiver.url)]
    done = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def messages() -> QuerySet[Delivery]:
    return Delivery.objects.using(ALIAS)


def all_delivered() -> bool:
    return not messages().exclude(state=DeliveryState.DELIVERED).exists()


def test_a_worker_killed_while_it_sends_gives_the_message_back(site: Site, receiver: Receiver) -> None:
    secret = add_endpoint(site, receiver)
    # The receiver has the message and does not say so: the worst moment to die in.
    receiver.holds = threading.Event()
    with site.server() as address:
        reference = send(address, "Patient")
        with site.worker() as first:
            wait_until(lambda: len(receiver.got) == 1, 20, "Nothing was sent", site.log)
            first.kill()
            first.wait()
        receiver.holds.set()
        assert messages().exclude(leased_until=None).get().state == DeliveryState.PENDING
        with site.worker():
            time.sleep(2)
            assert len(receiver.got) == 1, "It is another's until the lease is over."
            # Two minutes pass.
            messages().update(leased_until=timezone.now())
            wait_until(all_delivered, 20, "It was not sent again", site.log)
    assert len(receiver.got) == 2
    assert len(set(receiver.ids)) == 1
    assert [got.content["data"]["reference"] for got in receiver.got] == [reference] * 2
    assert all(got.is_signed_with(secret) for got in receiver.got)


def test_several_workers_send_each_message_once(site: Site, receiver: Receiver) -> None:
    add_endpoint(site, receiver)
    with site.server() as address:
        references = {send(address, f"Patient {number}") for number in range(12)}
        with site.worker(), site.worker():
            wait_until(lambda: messages().count() == 12 and all_delivered(), 30, "Something waits", site.log)
    assert sorted(got.content["data"]["reference"] for got in receiver.got) == sorted(references)
