"""Delivery from the queue: at least once, by any number of workers, to several endpoints side by side.

A worker takes a message by a lease; one that dies with it gives it back when the lease runs out, and the receiver knows
the repetition by its id. To one endpoint a worker sends one message after the other, so that one that hangs holds up
its own messages only.
"""

import datetime as dt
import http.client
import logging
import socket
import ssl
import time
from collections.abc import Callable, Collection
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NameResolutionError, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as HTTPTimeoutError
from urllib3.util.ssl_match_hostname import CertificateError

from forms.privacy import UnreadableError
from webhooks import retries, signing, targets
from webhooks.models import Attempt, Delivery, DeliveryState, Endpoint, EndpointSecret, OffReason, Trouble

logger = logging.getLogger(__name__)

SENDERS = 8
# While one endpoint takes its time, what is due for others is looked for so often.
LOOK_SECONDS = 0.5
# Longer than the slowest sending takes (targets.WHOLE_SECONDS), and than looking up a name.
LEASE = dt.timedelta(minutes=2)
GONE = 410
# An endpoint to which nothing could be delivered for so long is switched off when the next message is given up.
FAILING_IS_OFF_AFTER = dt.timedelta(days=5)
KEPT = dt.timedelta(days=30)


@dataclass(frozen=True)
class Outcome:
    """What came of a try: an answer, or the trouble; and how long it took."""

    answer: targets.Answer | None
    trouble: str
    milliseconds: int

    @property
    def is_delivered(self) -> bool:
        """Whether the receiver has taken it: only 2xx says so."""
        return self.answer is not None and 200 <= self.answer.status < 300


def due(now: dt.datetime) -> QuerySet[Delivery]:
    """Return the messages to be sent now that no worker has in hand, the longest waiting first."""
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    waiting = Delivery.objects.filter(free, state=DeliveryState.PENDING, due_at__lte=now, endpoint__is_active=True)
    return waiting.order_by("due_at", "pk")


def deliver_due(go_on: Callable[[], bool] = lambda: True) -> None:
    """Send what is due, as long as ``go_on()`` says so, and see to the end what is being sent."""
    if not due(timezone.now()).exists():
        return
    under_way: dict[Future[Outcome], Delivery] = {}
    with ThreadPoolExecutor(SENDERS, thread_name_prefix="webhook") as senders:
        while True:
            while go_on() and len(under_way) < SENDERS:
                delivery = _claim([each.endpoint_id for each in under_way.values()])
                if delivery is None:
                    break
                under_way[_begin(senders, delivery)] = delivery
            if not under_way:
                return
            for future in wait(under_way, LOOK_SECONDS, FIRST_COMPLETED).done:
                _note(under_way.pop(future), future.result())


def _claim(busy: Collection[int]) -> Delivery | None:
    """Return one message, to an endpoint that is not ``busy``, under a lease; None where nothing is due.

    PostgreSQL locks the row and lets other workers skip it; on SQLite the whole transaction has the write lock.
    """
    now = timezone.now()
    with transaction.atomic():
        free = due(now).exclude(endpoint_id__in=busy).select_related("endpoint")
        delivery = free.select_for_update(skip_locked=True, of=("self",)).first()
        if delivery is not None:
            delivery.leased_until = now + LEASE
            delivery.save(update_fields=["leased_until"])
    return delivery


def _begin(senders: ThreadPoolExecutor, delivery: Delivery) -> Future[Outcome]:
    """Sign a message and hand it to a sender, which needs no database."""
    body = delivery.body.encode()
    try:
        headers = signing.headers(delivery.message_id, int(time.time()), body, delivery.endpoint.secrets())
    except UnreadableError:
        return senders.submit(Outcome, None, Trouble.SECRET.value, 0)
    headers |= {"Content-Type": "application/json", "User-Agent": "clinic-webhooks/1"}
    return senders.submit(send, delivery.endpoint.url, body, headers)


def send(url: str, body: bytes, headers: dict[str, str]) -> Outcome:
    """Send a message once and return what came of it, whatever that is."""
    begun = time.monotonic()
    answer, trouble = None, ""
    try:
        answer = targets.post(url, body, headers)
    except Exception as error:  # One receiver's strange answer must not hold up the others' messages.
        trouble = _trouble(error).value
    return Outcome(answer, trouble, round((time.monotonic() - begun) * 1000))


def _trouble(error: Exception) -> Trouble:
    kinds: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Trouble], ...] = (
        (targets.RefusedTargetError, Trouble.REFUSED),
        ((socket.gaierror, UnicodeError, NameResolutionError), Trouble.UNKNOWN_HOST),
        ((NewConnectionError, ConnectTimeoutError), Trouble.NOT_REACHED),
        ((TimeoutError, HTTPTimeoutError), Trouble.TIMEOUT),
        ((ssl.SSLError, SSLError, CertificateError), Trouble.CERTIFICATE),
        ((HTTPError, http.client.HTTPException, OSError), Trouble.BROKEN),
    )
    for kind, trouble in kinds:
        if isinstance(error, kind):
            return trouble
    logger.error("A webhook failed for a reason that is not known: %s", type(error).__name__)
    return Trouble.BROKEN


@transaction.atomic
def _note(delivery: Delivery, outcome: Outcome) -> None:
    """Keep what came of a try; where the lease ran out meanwhile, the message is another worker's to mark."""
    held = Delivery.objects.select_for_update().filter(
        pk=delivery.pk, state=DeliveryState.PENDING, leased_until=delivery.leased_until
    )
    current = held.first()
    if current is None:
        return
    now = timezone.now()
    answer = outcome.answer
    Attempt.objects.create(
        delivery=current,
        milliseconds=outcome.milliseconds,
        status=answer.status if answer else None,
        text=answer.text if answer else "",
        trouble=outcome.trouble,
    )
    current.leased_until = None
    if outcome.is_delivered:
        current.state, current.delivered_at = DeliveryState.DELIVERED, now
        Endpoint.objects.filter(pk=current.endpoint_id).exclude(failing_since=None).update(failing_since=None)
    else:
        _note_failure(current, answer, now)
    current.save(update_fields=["state", "tries", "due_at", "leased_until", "delivered_at"])


def _note_failure(delivery: Delivery, answer: targets.Answer | None, now: dt.datetime) -> None:
    """Set when ``delivery`` is tried again, or give it up; switch off an endpoint that is gone or fails for days."""
    Endpoint.objects.filter(pk=delivery.endpoint_id, failing_since=None).update(failing_since=now)
    endpoint = Endpoint.objects.get(pk=delivery.endpoint_id)
    delivery.tries += 1
    again = retries.next_try(delivery.tries, now, answer.retry_after if answer else "")
    is_gone = answer is not None and answer.status == GONE
    if again and not is_gone:
        delivery.due_at = again
        return
    delivery.state = DeliveryState.FAILED
    is_failing = endpoint.failing_since and endpoint.failing_since <= now - FAILING_IS_OFF_AFTER
    if endpoint.is_active and (is_gone or is_failing):
        endpoint.switch_off(OffReason.GONE if is_gone else OffReason.FAILING)
        logger.warning("Webhook %s was switched off: %s", endpoint.pk, endpoint.off_reason)


def forget_old() -> None:
    """Remove messages and secrets whose time is up."""
    Delivery.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    EndpointSecret.objects.filter(ends_at__lt=timezone.now()).delete()
