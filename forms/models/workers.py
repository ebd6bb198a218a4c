"""What background workers tell each other: that they live, and which regular chore is whose turn."""

from django.db import models
from django.utils import timezone


class Worker(models.Model):
    """One background worker: it says every few seconds that it lives, so that what a dead one had in hand is known."""

    # As the Tasks framework's results name it.
    worker_id = models.CharField(primary_key=True, max_length=64)
    started_at = models.DateTimeField(default=timezone.now)
    alive_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.worker_id} {self.alive_at:%Y-%m-%d %H:%M}"


class Chore(models.Model):
    """When a regular chore is next due; of several workers, the one that moves ``due_at`` on does it."""

    name = models.CharField(primary_key=True, max_length=64)
    due_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    # The kind of error, never its text.
    last_error = models.CharField(max_length=100, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} {self.due_at:%Y-%m-%d %H:%M}"
