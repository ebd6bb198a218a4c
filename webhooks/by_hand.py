"""What administrators do by hand: send a test, send again, replace a secret. Each is in the history of the webhook."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from webhooks.models import TEST_EVENT, Delivery, DeliveryState, Endpoint
from webhooks.queue import Message, row

# Names in Wagtail's log of what was done.
SHOWN, REPLACED, TESTED, REPLAYED = (
    f"webhooks.{name}" for name in ("secret_shown", "secret_replaced", "tested", "replayed")
)


@transaction.atomic
def send_test(endpoint: Endpoint, user: Any) -> Delivery:
    """Queue a message that tells of nothing, and return it."""
    delivery = row(Message(TEST_EVENT, {"webhook": endpoint.description}), endpoint)
    delivery.save()
    log(endpoint, TESTED, user=user)
    return delivery


@transaction.atomic
def replace_secret(endpoint: Endpoint, user: Any) -> None:
    """Make a new secret; the old one signs as well for a day."""
    endpoint.replace_secret()
    log(endpoint, REPLACED, user=user)


def show_secret(endpoint: Endpoint, user: Any) -> str:
    """Return the newest secret, and keep who looked. Raises privacy.UnreadableError."""
    secret = endpoint.secrets()[0]
    log(endpoint, SHOWN, user=user)
    return secret


@transaction.atomic
def replay(deliveries: Iterable[Delivery], user: Any) -> int:
    """Put messages back to the front of the queue, with all their tries and under their ids; return how many.

    One that a worker has in hand is left to it.
    """
    now = timezone.now()
    chosen = Delivery.objects.filter(pk__in=[each.pk for each in deliveries])
    pks = list(chosen.exclude(leased_until__gt=now).select_for_update().values_list("pk", flat=True))
    changed = Delivery.objects.filter(pk__in=pks)
    changed.update(state=DeliveryState.PENDING, tries=0, due_at=now, leased_until=None, delivered_at=None)
    for endpoint in Endpoint.objects.filter(deliveries__in=pks).distinct():
        number = changed.filter(endpoint=endpoint).count()
        log(endpoint, REPLAYED, user=user, data={"messages": number})
    return len(pks)
