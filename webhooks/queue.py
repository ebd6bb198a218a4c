"""The durable queue: messages are rows, written in the transaction of the change that they tell of."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from webhooks.models import Delivery, DeliveryState, Endpoint


@dataclass(frozen=True)
class Message:
    """Something that happened on one site, or on all of them (None).

    ``type`` is one of EventType, or TEST_EVENT. ``event_id`` is the same for the same event.
    """

    type: str
    data: dict[str, Any]
    site_id: int | None = None
    event_id: UUID = field(default_factory=uuid4)


def is_anybody_told() -> bool:
    """Return whether any endpoint is on: where none is, nobody need look at what changed."""
    return Endpoint.objects.filter(is_active=True).exists()


def queue(messages: Sequence[Message]) -> None:
    """Store a row for each of ``messages`` and each endpoint that is told of it; one that is there already stays."""
    if messages:
        Delivery.objects.bulk_create(rows(messages), ignore_conflicts=True)


def rows(messages: Iterable[Message]) -> list[Delivery]:
    """Return the rows of ``messages``, not stored."""
    endpoints = list(Endpoint.objects.filter(is_active=True).only("pk", "site_id", "events"))
    return [
        row(message, endpoint)
        for message in messages
        for endpoint in endpoints
        if message.type in endpoint.events and message.site_id in (None, endpoint.site_id)
    ]


def row(message: Message, endpoint: Endpoint) -> Delivery:
    """Return the row of ``message`` for ``endpoint``, not stored. Standard Webhooks gives the body its three parts."""
    now = timezone.now()
    content = {"type": str(message.type), "timestamp": now.isoformat(), "data": message.data}
    return Delivery(
        endpoint=endpoint,
        event_id=message.event_id,
        type=content["type"],
        body=json.dumps(content, ensure_ascii=False, separators=(",", ":")),
        state=DeliveryState.PENDING,
        created_at=now,
        due_at=now,
    )
