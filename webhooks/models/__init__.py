"""Who is told, of what, and what became of each message."""

from webhooks.models.deliveries import Attempt, Delivery, DeliveryState, Trouble
from webhooks.models.endpoints import TEST_EVENT, Endpoint, EndpointSecret, EventType, OffReason

__all__ = [
    "TEST_EVENT",
    "Attempt",
    "Delivery",
    "DeliveryState",
    "Endpoint",
    "EndpointSecret",
    "EventType",
    "OffReason",
    "Trouble",
]
