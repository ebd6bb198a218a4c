"""The database crashes and comes back while patients send forms."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from django.utils import timezone

from tests.faults.postgres import PrivatePostgres
from tests.faults.site import Site, assert_stored, send, wait_until
from tests.faults.test_mail import expected, received
from tests.forms.mail import Mailbox

SENDERS = 4


def test_what_was_acknowledged_outlives_a_crash_of_the_database(
    site: Site, mailbox: Mailbox, postgres: PrivatePostgres
) -> None:
    over = threading.Event()

    def keep_sending(sender: int) -> dict[str, str]:
        return {send(address, name): name for name in names(sender, over)}

    with site.server() as address, site.worker() as worker, ThreadPoolExecutor(SENDERS) as pool:
        sending = [pool.submit(keep_sending, sender) for sender in range(SENDERS)]
        wait_until(lambda: len(mailbox.received) > SENDERS, 40, "There must be work in hand", site.log)
        postgres.restart()
        time.sleep(3)
        over.set()
        acknowledged = {reference: name for each in sending for reference, name in each.result().items()}
        # What was sent when the database went away could not be marked: two minutes pass, and its lease is over.
        site.notifications().exclude(leased_until=None).update(leased_until=timezone.now())
        site.wait_until_sent()
        assert worker.poll() is None, "The worker must outlive the database."
    assert_stored(site, acknowledged)
    # At least once: that one went twice.
    assert sorted(set(received(mailbox))) == expected(list(acknowledged))


def names(sender: int, over: threading.Event) -> Iterator[str]:
    """Yield names of patients until it is over."""
    number = 0
    while not over.is_set():
        yield f"Patient {sender}-{number}"
        number += 1
        time.sleep(0.3)
