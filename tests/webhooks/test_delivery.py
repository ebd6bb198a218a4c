"""Delivery, to a real receiver: signed, tried again, given up, and never lost."""

import datetime as dt
import json
import threading
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from forms.privacy import rotation
from tests.conftest import Clinic
from tests.webhooks.conftest import add_endpoint
from tests.webhooks.receiver import Receiver
from webhooks import by_hand, delivery, retries, signing
from webhooks.models import (
    Attempt,
    Delivery,
    DeliveryState,
    Endpoint,
    EndpointSecret,
    EventType,
    OffReason,
    Trouble,
)
from webhooks.queue import Message, queue

PENDING, DELIVERED, FAILED = DeliveryState.PENDING, DeliveryState.DELIVERED, DeliveryState.FAILED
SECOND = dt.timedelta(seconds=1)


def happen(number: int = 1) -> None:
    for each in range(number):
        queue([Message(EventType.PAGE_PUBLISHED, {"id": each})])


def make_due() -> None:
    Delivery.objects.update(due_at=timezone.now())


def state_of(endpoint: Endpoint) -> list[str]:
    return list(endpoint.deliveries.order_by("pk").values_list("state", flat=True))


def test_a_message_is_signed_and_has_its_three_parts(endpoint: Endpoint, receiver: Receiver) -> None:
    happen()
    delivery.deliver_due()
    [got] = receiver.got
    [secret] = endpoint.secrets()
    assert got.is_signed_with(secret)
    assert not got.is_signed_with(signing.new_secret())
    assert abs(int(got.headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    assert got.headers["content-type"] == "application/json"
    assert got.content["type"] == "page.published"
    assert got.content["data"] == {"id": 0}
    assert dt.datetime.fromisoformat(got.content["timestamp"]).tzinfo is not None
    stored = Delivery.objects.get()
    assert (stored.state, stored.message_id, stored.leased_until) == (DELIVERED, got.id, None)
    assert stored.body.encode() == got.body
    attempt = stored.attempts.get()
    assert (attempt.status, attempt.trouble) == (204, "")


def test_all_endpoints_get_the_same_id_and_their_own_signature(
    clinic: Clinic, endpoint: Endpoint, receiver: Receiver
) -> None:
    other = add_endpoint(clinic, receiver.url + "/200")
    happen()
    delivery.deliver_due()
    assert len(set(receiver.ids)) == 1
    signed = {got.path: got for got in receiver.got}
    assert signed["/"].is_signed_with(endpoint.secrets()[0])
    assert signed["/200"].is_signed_with(other.secrets()[0])


def test_a_failure_is_tried_again_under_the_same_id_with_another_time(endpoint: Endpoint, receiver: Receiver) -> None:
    receiver.answers = [500, 200]
    receiver.text = b"out of order"
    happen()
    delivery.deliver_due()
    waiting = Delivery.objects.get()
    assert (waiting.state, waiting.tries) == (PENDING, 1)
    assert 4 * SECOND < waiting.due_at - timezone.now() < 6 * SECOND
    endpoint.refresh_from_db()
    assert endpoint.failing_since
    delivery.deliver_due()
    assert len(receiver.got) == 1, "not before its time"
    make_due()
    delivery.deliver_due()
    assert len(set(receiver.ids)) == 1
    assert receiver.got[0].body == receiver.got[1].body
    assert all(got.is_signed_with(endpoint.secrets()[0]) for got in receiver.got)
    assert list(Attempt.objects.values_list("status", "text")) == [(500, "out of order"), (200, "out of order")]
    endpoint.refresh_from_db()
    assert endpoint.failing_since is None


def test_the_waits_grow_as_recommended_and_end() -> None:
    now = timezone.now()
    hour = 3600
    expected = [5, 300, 1800, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour]
    for tries, seconds in enumerate(expected, start=1):
        wait = (retries.next_try(tries, now) - now).total_seconds()
        assert seconds <= wait <= seconds * 1.1
    assert retries.next_try(len(expected) + 1, now) is None


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("Wed, 25 Nov 2026 12:02:00 GMT", 120),
        ("Wed, 25 Nov 2026 11:00:00 GMT", 0),
        ("soon", 0),
        ("-5", 0),
        ("", 0),
        ("²", 0),
        ("Wed, 25 Nov 2026 12:02:00", 0),
    ],
)
def test_retry_after_is_understood_in_seconds_and_as_a_date(header: str, seconds: int) -> None:
    now = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
    assert retries.asked_for(header, now) == seconds * SECOND


def test_a_receiver_that_asks_for_time_gets_it_up_to_a_day(endpoint: Endpoint, receiver: Receiver) -> None:
    for asked, hours in (("3600", 1), ("99999999999", 24)):
        receiver.answers = [429]
        receiver.headers["Retry-After"] = asked
        happen()
        delivery.deliver_due()
        waits = Delivery.objects.latest("pk").due_at - timezone.now()
        assert abs(waits - dt.timedelta(hours=hours)) < 60 * SECOND


def test_after_the_last_try_it_has_failed_for_all_to_see(endpoint: Endpoint, receiver: Receiver) -> None:
    endpoint.url = receiver.url + "/503"
    endpoint.save()
    happen()
    for _try in range(20):
        make_due()
        delivery.deliver_due()
    assert len(receiver.got) == 1 + len(retries.WAITS)
    assert state_of(endpoint) == [FAILED]
    endpoint.refresh_from_db()
    assert endpoint.is_active


def test_an_endpoint_that_is_gone_is_switched_off_and_keeps_what_waits(endpoint: Endpoint, receiver: Receiver) -> None:
    receiver.answers = [410]
    happen(2)
    delivery.deliver_due()
    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.off_reason) == (False, OffReason.GONE)
    assert state_of(endpoint) == [FAILED, PENDING]
    happen()
    delivery.deliver_due()
    assert len(receiver.got) == 1
    endpoint.is_active = True
    endpoint.save()
    assert (endpoint.off_reason, endpoint.off_at, endpoint.failing_since) == ("", None, None)
    delivery.deliver_due()
    assert state_of(endpoint) == [FAILED, DELIVERED]


@pytest.mark.parametrize(("days", "is_active"), [(4, True), (6, False)])
def test_after_days_without_success_an_endpoint_is_switched_off(
    endpoint: Endpoint, receiver: Receiver, days: int, is_active: bool
) -> None:
    Endpoint.objects.update(failing_since=timezone.now() - dt.timedelta(days=days))
    receiver.answers = [500, 500]
    happen()
    delivery.deliver_due()
    endpoint.refresh_from_db()
    assert endpoint.is_active, "a message that has tries left may still arrive"
    Delivery.objects.update(tries=len(retries.WAITS), due_at=timezone.now())
    delivery.deliver_due()
    endpoint.refresh_from_db()
    assert endpoint.is_active is is_active
    assert endpoint.off_reason == ("" if is_active else OffReason.FAILING)


def test_a_redirect_is_a_failure(endpoint: Endpoint, receiver: Receiver) -> None:
    receiver.answers = [302]
    receiver.headers["Location"] = receiver.url + "/200"
    happen()
    delivery.deliver_due()
    assert len(receiver.got) == 1
    assert state_of(endpoint) == [PENDING]


def test_an_address_that_leads_inside_meanwhile_is_sent_nothing(
    endpoint: Endpoint, receiver: Receiver, settings: Any
) -> None:
    settings.WEBHOOKS_ALLOWED_HOSTS = []
    happen()
    delivery.deliver_due()
    assert receiver.got == []
    assert Attempt.objects.get().trouble == Trouble.REFUSED


def test_one_that_hangs_holds_up_no_other(clinic: Clinic, endpoint: Endpoint, receiver: Receiver) -> None:
    from tests.webhooks.receiver import receiving

    with receiving() as slow:
        slow.holds = threading.Event()
        hangs = add_endpoint(clinic, slow.url, description="Slow")
        happen(3)
        timer = threading.Timer(3, slow.holds.set)
        timer.start()
        delivery.deliver_due()
        timer.join()
    assert state_of(endpoint) == state_of(hangs) == [DELIVERED] * 3
    done = [each.delivered_at for each in (*endpoint.deliveries.all(), *hangs.deliveries.all())]
    assert max(done[:3]) < min(done[3:])


def test_a_lease_that_ran_out_is_another_workers(endpoint: Endpoint, receiver: Receiver) -> None:
    happen()
    mine = delivery._claim([])
    assert mine
    assert delivery._claim([]) is None
    Delivery.objects.update(leased_until=timezone.now())
    delivery.deliver_due()
    # The first worker was only slow: what came of its try changes nothing any more.
    delivery._note(mine, delivery.Outcome(None, Trouble.TIMEOUT.value, 1))
    assert state_of(endpoint) == [DELIVERED]
    assert Attempt.objects.count() == 1


def test_a_worker_that_is_told_to_stop_begins_nothing_more(endpoint: Endpoint, receiver: Receiver) -> None:
    happen(3)
    delivery.deliver_due(go_on=lambda: not receiver.got)
    assert len(receiver.got) == 1
    assert sorted(state_of(endpoint)) == [DELIVERED, PENDING, PENDING]


def test_the_worker_sends_and_removes_what_is_old(
    endpoint: Endpoint, receiver: Receiver, kept_connection: None
) -> None:
    happen(2)
    old = Delivery.objects.first()
    Delivery.objects.filter(pk=old.pk).update(created_at=timezone.now() - dt.timedelta(days=31))
    call_command("worker", once=True)
    assert len(receiver.got) == 1
    assert state_of(endpoint) == [DELIVERED]


def test_a_replaced_secret_signs_for_a_day_beside_the_new_one(endpoint: Endpoint, receiver: Receiver) -> None:
    [old] = endpoint.secrets()
    endpoint.replace_secret()
    [new, still] = endpoint.secrets()
    assert (still, new == old) == (old, False)
    happen()
    delivery.deliver_due()
    assert receiver.got[0].is_signed_with(old)
    assert receiver.got[0].is_signed_with(new)
    ends = EndpointSecret.objects.exclude(ends_at=None).get().ends_at
    assert abs(ends - timezone.now() - dt.timedelta(hours=24)) < 60 * SECOND
    EndpointSecret.objects.exclude(ends_at=None).update(ends_at=timezone.now())
    happen()
    delivery.deliver_due()
    assert not receiver.got[1].is_signed_with(old)
    delivery.forget_old()
    assert EndpointSecret.objects.count() == 1


def test_a_secret_is_stored_encrypted_and_follows_the_change_of_keys(endpoint: Endpoint, settings: Any) -> None:
    [secret] = endpoint.secrets()
    stored = EndpointSecret.objects.get()
    assert secret.encode() not in bytes(stored.secret_encrypted)
    old = settings.FORMS_ENCRYPTION_KEYS[0]
    new = "new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
    with override_settings(FORMS_ENCRYPTION_KEYS=[new, old]):
        assert rotation.rotate() == 0
        assert rotation.still_under()["webhook secrets"] == {"new": 1}
    with override_settings(FORMS_ENCRYPTION_KEYS=[new]):
        assert endpoint.secrets() == [secret]


def test_where_the_secret_cannot_be_read_nothing_is_sent_and_the_log_says_why(
    endpoint: Endpoint, receiver: Receiver
) -> None:
    EndpointSecret.objects.update(key_id="lost")
    happen()
    delivery.deliver_due()
    assert receiver.got == []
    assert Attempt.objects.get().trouble == Trouble.SECRET
    assert state_of(endpoint) == [PENDING]


def test_a_message_is_sent_again_by_hand_under_its_id(endpoint: Endpoint, receiver: Receiver) -> None:
    happen()
    delivery.deliver_due()
    Delivery.objects.update(state=FAILED, tries=10)
    assert by_hand.replay(Delivery.objects.all(), None) == 1
    again = Delivery.objects.get()
    assert (again.state, again.tries, again.delivered_at) == (PENDING, 0, None)
    delivery.deliver_due()
    assert len(set(receiver.ids)) == 1
    assert len(receiver.got) == 2


def test_what_a_worker_has_in_hand_is_left_to_it(endpoint: Endpoint) -> None:
    happen()
    delivery._claim([])
    assert by_hand.replay(Delivery.objects.all(), None) == 0


def test_a_test_message_is_sent_whatever_the_endpoint_is_told_of(endpoint: Endpoint, receiver: Receiver) -> None:
    endpoint.events = [EventType.PAGE_DELETED.value]
    endpoint.save()
    by_hand.send_test(endpoint, None)
    delivery.deliver_due()
    assert receiver.types == ["webhook.test"]
    assert receiver.got[0].is_signed_with(endpoint.secrets()[0])


def test_words_of_any_script_are_sent_and_signed_as_they_are(endpoint: Endpoint, receiver: Receiver) -> None:
    endpoint.description = "Zoë’s お知らせ"
    endpoint.save()
    by_hand.send_test(endpoint, None)
    delivery.deliver_due()
    assert json.loads(receiver.got[0].body)["data"]["webhook"] == "Zoë’s お知らせ"
    assert receiver.got[0].is_signed_with(endpoint.secrets()[0])
