"""Numbers without persons: how many posts came from an address lately, and how far patients get in a form."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RateCount(models.Model):
    """How often something was done in one window of time, by a keyed digest of who did it; removed soon after.

    In the database and not in the cache, so that all processes share it in every deployment.
    """

    digest = models.BinaryField(max_length=16, unique=True)
    count = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.count} until {self.expires_at:%Y-%m-%d %H:%M}"


class StepCount(models.Model):
    """How many times a step of a form was reached on one day, without any trace of who reached it."""

    form_id = models.UUIDField(_("form"))
    day = models.DateField(_("day"))
    # A step's id, or "sent".
    step = models.CharField(_("step"), max_length=36)
    count = models.PositiveIntegerField(_("times reached"), default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["form_id", "day", "step"], name="one_step_count_per_day")]

    def __str__(self) -> str:
        return f"{self.step} {self.day}: {self.count}"
