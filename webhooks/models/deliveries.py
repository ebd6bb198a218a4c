"""The messages: one row for each event and endpoint, written with the change itself, and each try to deliver it."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from webhooks.models.endpoints import TEST_EVENT, Endpoint, EventType

LONGEST_TEXT = 500


class DeliveryState(models.TextChoices):
    """How far a message has got."""

    PENDING = "pending", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Failed")


class Trouble(models.TextChoices):
    """Why a message got no answer."""

    REFUSED = "refused", _("The address leads into a private network or is of the wrong kind: nothing was sent.")
    UNKNOWN_HOST = "unknown_host", _("The host was not found.")
    NOT_REACHED = "not_reached", _("The host could not be reached.")
    TIMEOUT = "timeout", _("No whole answer came in time.")
    CERTIFICATE = "certificate", _("The host's certificate is not valid, or HTTPS failed.")
    BROKEN = "broken", _("The connection broke off, or the answer was not HTTP.")
    SECRET = "secret", _("The signing secret cannot be read: its encryption key is missing.")


class Delivery(models.Model):
    """One message to one endpoint. ``body`` is what is sent, to the byte, at every try."""

    endpoint = models.ForeignKey(
        Endpoint, verbose_name=_("webhook"), on_delete=models.CASCADE, related_name="deliveries", editable=False
    )
    event_id = models.UUIDField(default=uuid.uuid4, editable=False)
    type = models.CharField(_("event"), max_length=30, editable=False)
    body = models.TextField(_("message"), editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING, editable=False
    )
    # Since it was queued, or sent once more by hand.
    tries = models.PositiveSmallIntegerField(_("tries"), default=0, editable=False)
    created_at = models.DateTimeField(_("happened"), default=timezone.now, db_index=True, editable=False)
    due_at = models.DateTimeField(_("due"), default=timezone.now, editable=False)
    # While a worker has it in hand; a worker that died gives it back by this running out.
    leased_until = models.DateTimeField(null=True, editable=False)
    delivered_at = models.DateTimeField(_("delivered"), null=True, editable=False)

    class Meta:
        verbose_name = _("webhook message")
        verbose_name_plural = _("webhook messages")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["state", "due_at"], name="webhook_due")]
        constraints = [models.UniqueConstraint(fields=["endpoint", "event_id"], name="webhook_event_once")]

    def __str__(self) -> str:
        return f"{self.type} {self.message_id}"

    @property
    def message_id(self) -> str:
        """The id that the receiver knows a repetition by: the same at every try, and at every endpoint."""
        return f"msg_{self.event_id.hex}"

    @property
    def event(self) -> str:
        """The event in words."""
        return str(_("Test")) if self.type == TEST_EVENT else str(EventType(self.type).label)

    @property
    def last_attempt(self) -> "Attempt | None":
        """The latest try, from those that were read already where they were."""
        return max(self.attempts.all(), key=lambda each: (each.at, each.pk), default=None)


class Attempt(models.Model):
    """One try to deliver a message, and what came of it: the receiver's ``status``, or the ``trouble``."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts", editable=False)
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), editable=False)
    status = models.PositiveSmallIntegerField(_("answer"), null=True, editable=False)
    # How the answer begins: it is the receiver's, so it may hold anything.
    text = models.CharField(_("text of the answer"), max_length=LONGEST_TEXT, blank=True, editable=False)
    trouble = models.CharField(_("trouble"), max_length=20, choices=Trouble.choices, blank=True, editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.status or self.trouble}"
