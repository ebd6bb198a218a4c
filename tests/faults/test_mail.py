"""The mail server fails, or the worker dies with an e-mail in hand: everybody is told all the same."""

import threading
import time

from django.utils import timezone

from forms.models import EventKind, NotificationState, SubmissionEvent
from tests.faults.prepare import STAFF
from tests.faults.site import ALIAS, Site, assert_stored, send, wait_until
from tests.forms.mail import Mailbox, mail_server


def names(count: int) -> list[str]:
    return [f"Patient {number}" for number in range(count)]


def expected(references: list[str]) -> list[tuple[str, str]]:
    """Return whom each e-mail should have gone to, and about what."""
    return sorted((f"New request {reference}", address) for reference in references for address in STAFF)


def received(mailbox: Mailbox) -> list[tuple[str, str]]:
    return sorted((message["Subject"], message["To"]) for message in mailbox.received)


def test_a_mail_server_that_is_down_for_a_while_loses_no_notification(site: Site) -> None:
    with site.server() as address, site.worker():
        acknowledged = {send(address, name): name for name in names(4)}
        tried = site.notifications().filter(attempts__gt=0, last_error="ConnectionRefusedError")
        wait_until(tried.exists, 20, "Nobody tried to send", site.log)
        with mail_server(site.mail_port) as (mailbox, _port):
            site.wait_until_sent()
    assert_stored(site, acknowledged)
    assert received(mailbox) == expected(list(acknowledged))


def test_one_refused_address_fails_visibly_and_the_others_are_told(site: Site, mailbox: Mailbox) -> None:
    mailbox.refused[STAFF[0]] = "550 No such user"
    with site.server() as address, site.worker():
        acknowledged = {send(address, name): name for name in names(3)}
        pending = site.notifications().filter(state=NotificationState.PENDING)
        wait_until(lambda: not pending.exists(), 20, "Something is still waiting", site.log)
    states = site.notifications().values_list("recipient", "state")
    assert sorted(states) == sorted(
        [(STAFF[0], NotificationState.FAILED)] * 3 + [(STAFF[1], NotificationState.SENT)] * 3
    )
    assert received(mailbox) == [pair for pair in expected(list(acknowledged)) if pair[1] == STAFF[1]]


def test_a_worker_killed_while_it_sends_gives_the_e_mail_back(site: Site, mailbox: Mailbox) -> None:
    # The server has the e-mail and does not say so: the worst moment to die in.
    mailbox.holds = threading.Event()
    with site.server() as address:
        acknowledged = {send(address, "Patient"): "Patient"}
        with site.worker() as first:
            wait_until(lambda: len(mailbox.received) == 1, 20, "Nothing was sent", site.log)
            first.kill()
            first.wait()
        mailbox.holds.set()
        mailbox.holds = None
        in_hand = site.notifications().exclude(leased_until=None)
        assert in_hand.get().state == NotificationState.PENDING
        with site.worker():
            others = site.notifications().filter(leased_until=None, state=NotificationState.SENT)
            wait_until(lambda: others.count() == len(STAFF) - 1, 20, "The others wait", site.log)
            time.sleep(2)
            assert in_hand.get().state == NotificationState.PENDING, "It is another's until the lease is over."
            # Two minutes pass.
            in_hand.update(leased_until=timezone.now())
            site.wait_until_sent()
    assert_stored(site, acknowledged)
    assert sorted(set(received(mailbox))) == expected(list(acknowledged))
    again = [message["Message-ID"] for message in mailbox.received if message["To"] == mailbox.received[0]["To"]]
    assert len(again) == 2
    assert len(set(again)) == 1, "Mail programs show the second copy as the first."
    told = SubmissionEvent.objects.using(ALIAS).filter(kind=EventKind.NOTIFIED)
    assert told.count() == len(STAFF)
