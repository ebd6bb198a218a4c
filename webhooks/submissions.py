"""The event of a request that came in: its reference, and nothing that the patient wrote."""

import datetime as dt
from uuid import UUID, uuid5

from forms.rows import Statement, inserting
from webhooks.models import EventType
from webhooks.queue import Message, rows

# Drawn once, so that the same request always makes the same event.
NAMESPACE = UUID("6f1c2f0e-6a0b-4d53-9d3c-0d7b3f5f3c11")


def queueing(uuid: UUID, reference: str, form_id: UUID, received_at: dt.datetime, site_id: int) -> list[Statement]:
    """Return the statement that queues the messages about a request; none where nobody is told.

    A request that is released from quarantine twice is one event.
    """
    data = {"reference": reference, "form_id": str(form_id), "received_at": received_at.isoformat()}
    message = Message(EventType.SUBMISSION_RECEIVED, data, site_id, uuid5(NAMESPACE, uuid.hex))
    found = rows([message])
    return [inserting(found, ignore_conflicts=True)] if found else []
