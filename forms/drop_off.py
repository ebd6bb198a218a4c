"""How far patients get in a form: counted by step and day, without cookies and without a trace of a person."""

import datetime as dt
from uuid import UUID

from django.utils import timezone

from forms import spam
from forms.models import FormDefinition, StepCount
from forms.receiving import receiver_of

# No household opens forms this often; beyond it nothing is counted, and nothing is said.
WINDOW = dt.timedelta(minutes=10)
LARGEST_IN_WINDOW = 200


def reached(form_id: UUID, step: str, address: str) -> bool:
    """Count that a step of a form was reached and return whether it was counted.

    It is not where the form is not public, has no such step, or where too much comes from one ``address``.
    """
    receiver = receiver_of(form_id)
    definition = FormDefinition.objects.current(form_id) if receiver and receiver.live else None
    if definition is None or step not in {each["id"] for each in definition.steps}:
        return False
    if address and spam.count("reached", address, WINDOW) > LARGEST_IN_WINDOW:
        return False
    StepCount.add(form_id, timezone.localdate(), step)
    return True
