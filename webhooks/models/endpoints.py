"""The addresses that are told of events, and the secrets that their messages are signed with."""

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from forms import privacy
from webhooks import signing, targets

# While a secret is being replaced, the old one signs as well for so long: the receiver changes over in its own time.
OLD_SECRET_SIGNS = dt.timedelta(hours=24)


class EventType(models.TextChoices):
    """What an endpoint can be told of, under the names that messages carry."""

    PAGE_PUBLISHED = "page.published", _("A page was published, or published anew")
    PAGE_UNPUBLISHED = "page.unpublished", _("A page was unpublished, or made private")
    PAGE_MOVED = "page.moved", _("A page was moved, or its address changed")
    PAGE_DELETED = "page.deleted", _("A page was deleted")
    SETTINGS_CHANGED = "settings.changed", _("A setting, list, redirect, picture or document changed")
    SUBMISSION_RECEIVED = "submission.received", _("A request came in (its reference, never its answers)")


# Sent when an administrator asks for it, whatever events the endpoint is told of.
TEST_EVENT = "webhook.test"


class OffReason(models.TextChoices):
    """Why an endpoint was switched off, other than by hand."""

    GONE = "gone", _("It answered that it is gone (410).")
    FAILING = "failing", _("Nothing could be delivered to it for five days.")


class Endpoint(models.Model):
    """One address that is told of the chosen events of one site, for as long as it is on."""

    site = models.ForeignKey(
        Site,
        verbose_name=_("site"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Only what happens on this site is told."),
    )
    description = models.CharField(
        _("description"), max_length=100, help_text=_("For you to know it by, such as “Newsletter”.")
    )
    url = models.CharField(
        _("address"),
        max_length=500,
        help_text=_("Messages are sent here. It begins with https:// and is reachable on the internet."),
    )
    events = models.JSONField(_("events"), default=list, help_text=_("What it is told of."))
    is_active = models.BooleanField(
        _("on"),
        default=True,
        help_text=_("While it is off, new events are not kept for it, and messages that wait go on waiting."),
    )
    # As ``events`` says: asked with every post of a form, where looking into the list would show in its time.
    is_told_of_requests = models.BooleanField(default=False, editable=False)
    # Since the first failure after the last success.
    failing_since = models.DateTimeField(null=True, editable=False)
    off_reason = models.CharField(max_length=10, choices=OffReason.choices, blank=True, editable=False)
    off_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["description", "pk"]

    def __str__(self) -> str:
        return self.description

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new endpoint gets its secret, and one that is switched on begins with a clean slate."""
        is_new = self._state.adding
        self.is_told_of_requests = EventType.SUBMISSION_RECEIVED in self.events
        if self.is_active and self.off_reason:
            self.off_reason, self.off_at, self.failing_since = "", None, None
        super().save(*args, **kwargs)
        if is_new:
            EndpointSecret.make(self)

    def clean(self) -> None:
        """Raise ValidationError at the field for an address that nothing may be sent to, and for unknown events."""
        super().clean()
        try:
            parts = targets.check_url(self.url)
            targets.addresses_of(parts)
        except targets.RefusedTargetError as error:
            raise ValidationError({"url": str(error)}) from error
        except OSError:
            # A name that is not known now may be tomorrow; each sending looks again.
            pass
        if not self.events or not set(self.events) <= set(EventType.values):
            raise ValidationError({"events": _("Choose at least one event.")})

    def secrets(self) -> list[str]:
        """Return the secrets that sign now, the newest first. Raises privacy.UnreadableError."""
        return [each.read() for each in EndpointSecret.in_use(self)]

    @transaction.atomic
    def replace_secret(self) -> None:
        """Make a new secret; those there are sign beside it for a day."""
        ends = timezone.now() + OLD_SECRET_SIGNS
        self.endpoint_secrets.filter(ends_at=None).update(ends_at=ends)
        EndpointSecret.make(self)

    def switch_off(self, reason: OffReason) -> None:
        """Send nothing more, and keep why."""
        self.is_active, self.off_reason, self.off_at = False, reason, timezone.now()
        self.save(update_fields=["is_active", "off_reason", "off_at"])


class EndpointSecret(models.Model):
    """A secret that signs the messages to an endpoint, encrypted as patients' answers are, until ``ends_at``."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="endpoint_secrets", editable=False)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    secret_encrypted = models.BinaryField(editable=False)
    key_id = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    ends_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Secret of webhook {self.endpoint_id}"

    @classmethod
    def make(cls, endpoint: Endpoint) -> "EndpointSecret":
        """Return a new secret, stored."""
        secret = cls(endpoint=endpoint)
        secret.key_id, secret.secret_encrypted = privacy.seal(signing.new_secret().encode(), secret.uuid.bytes)
        secret.save()
        return secret

    @classmethod
    def in_use(cls, endpoint: Endpoint) -> models.QuerySet["EndpointSecret"]:
        """Return the secrets that sign now, the newest first."""
        is_now = models.Q(ends_at=None) | models.Q(ends_at__gt=timezone.now())
        return cls.objects.filter(is_now, endpoint=endpoint).order_by("-created_at", "-pk")

    def read(self) -> str:
        """Return the secret. Raises privacy.UnreadableError."""
        return privacy.unseal(self.key_id, bytes(self.secret_encrypted), self.uuid.bytes).decode()
