"""What is sent to whom, from the durable queue: rows written in the same transaction as the submission."""

from forms.notifications.by_hand import give_up, queue, resend, retry, set_aside
from forms.notifications.delivery import deliver_due
from forms.notifications.old_task import notify_front_desk
from forms.notifications.planning import Routing, plan, routing, routing_of

__all__ = [
    "Routing",
    "deliver_due",
    "give_up",
    "notify_front_desk",
    "plan",
    "queue",
    "resend",
    "retry",
    "routing",
    "routing_of",
    "set_aside",
]
