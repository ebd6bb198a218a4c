"""Two web servers and two workers on one database."""

import uuid
from concurrent.futures import ThreadPoolExecutor

from tests.faults.prepare import STAFF
from tests.faults.site import Site, assert_stored, post, reference_of, send
from tests.faults.test_mail import expected, received
from tests.forms.mail import Mailbox


def test_each_request_is_stored_once_and_each_notification_sent_once(site: Site, mailbox: Mailbox) -> None:
    names = [f"Patient {number}" for number in range(30)]
    with site.server() as first, site.server() as second, site.worker(), site.worker(), ThreadPoolExecutor(8) as pool:
        addresses = [(first, second)[number % 2] for number in range(len(names))]
        acknowledged = dict(zip(pool.map(send, addresses, names), names, strict=True))
        site.wait_until_sent()
        assert_stored(site, acknowledged)
        assert received(mailbox) == expected(list(acknowledged))

        # One patient's form arrives at both at once, several times.
        key = uuid.uuid4()
        answers = list(pool.map(lambda number: post((first, second)[number % 2], "One", key), range(8)))
        assert len({reference_of(answer) for answer in answers}) == 1
        site.wait_until_sent()
    assert site.submissions().count() == len(names) + 1
    assert len(mailbox.received) == (len(names) + 1) * len(STAFF)
