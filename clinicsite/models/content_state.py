"""Which state the public content is in: one row that changes with everything that a reader can see."""

import datetime as dt
import uuid
from functools import cache

from django.db import models
from django.utils import timezone

from clinicsite.compiled import Compiled


class ContentState(models.Model):
    """The state of all public content. A new ``version`` stands for a change, whatever has changed."""

    ONLY = 1

    # Drawn at random and not counted: a database put back to an earlier day must not come to a number it had before.
    version = models.UUIDField(default=uuid.uuid4)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.version} ({self.changed_at:%Y-%m-%d %H:%M})"

    @classmethod
    def touch(cls) -> None:
        """Note, in the transaction of the change itself, that something public has changed."""
        cls.objects.update_or_create(pk=cls.ONLY, defaults={"version": uuid.uuid4(), "changed_at": timezone.now()})

    @classmethod
    def current(cls) -> tuple[uuid.UUID, dt.datetime] | None:
        """Return the version and when it came to be; None before the first change."""
        return next(iter(_state().rows(cls.ONLY)), None)


@cache
def _state() -> Compiled:
    return Compiled(lambda pk: ContentState.objects.filter(pk=pk).values_list("version", "changed_at"))
