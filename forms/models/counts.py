"""Numbers without persons: how many posts came from an address lately, how far patients get, and what was erased."""

import datetime as dt
from uuid import UUID

from django.db import connection, models
from django.utils.translation import gettext_lazy as _


class RateCount(models.Model):
    """How often something was done in one window of time, by a keyed digest of who did it; removed soon after.

    In the database and not in the cache, so that all processes share it in every deployment. ``clinicsite.logins``
    keeps here for a while where members of staff sign in from.
    """

    digest = models.BinaryField(max_length=16, unique=True)
    count = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.count} until {self.expires_at:%Y-%m-%d %H:%M}"


class StepCount(models.Model):
    """How many times a step of a form was reached on one day, without any trace of who reached it.

    Also how many requests of that day were erased that came from new or from existing patients: the report still
    counts them.
    """

    form_id = models.UUIDField(_("form"))
    day = models.DateField(_("day"))
    # A step's id, or ``erased_of``.
    step = models.CharField(_("step"), max_length=36)
    count = models.PositiveIntegerField(_("times reached"), default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["form_id", "day", "step"], name="one_step_count_per_day")]

    def __str__(self) -> str:
        return f"{self.step} {self.day}: {self.count}"

    @staticmethod
    def erased_of(patient_type: str) -> str:
        """Return the ``step`` under which erased requests of new or of existing patients are counted."""
        return f"erased:{patient_type}"

    @classmethod
    def add(cls, form_id: UUID, day: dt.date, step: str, number: int = 1) -> None:
        """Count ``number`` more."""
        table = connection.ops.quote_name(cls._meta.db_table)
        form = cls._meta.get_field("form_id").get_db_prep_value(form_id, connection)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (form_id, day, step, count) VALUES (%s, %s, %s, %s) "  # noqa: S608 - own name
                f"ON CONFLICT (form_id, day, step) DO UPDATE SET count = {table}.count + excluded.count",
                [form, connection.ops.adapt_datefield_value(day), step, number],
            )
