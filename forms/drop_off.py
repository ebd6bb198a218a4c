"""How far patients get in a form: counted by step and day, without cookies and without a trace of a person."""

import datetime as dt
from uuid import UUID

from django.db import connection
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
    table = connection.ops.quote_name(StepCount._meta.db_table)
    form = StepCount._meta.get_field("form_id").get_db_prep_value(form_id, connection)
    day = connection.ops.adapt_datefield_value(timezone.localdate())
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (form_id, day, step, count) VALUES (%s, %s, %s, 1) "  # noqa: S608 - the model's name
            f"ON CONFLICT (form_id, day, step) DO UPDATE SET count = {table}.count + 1",
            [form, day, step],
        )
    return True
