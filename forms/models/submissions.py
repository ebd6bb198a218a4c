"""What a patient sent, and what happened to it."""

import secrets
import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forms import privacy
from forms.models.definitions import FormDefinition

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

# Crockford's base 32: no I, L, O or U, so that it can be read out over the phone (https://www.crockford.com/base32.html).
REFERENCE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """Return an unguessable reference number, such as ``7KQ4-M2XD``: 40 random bits."""
    letters = "".join(secrets.choice(REFERENCE_ALPHABET) for _index in range(8))
    return f"{letters[:4]}-{letters[4:]}"


class Status(models.TextChoices):
    """How far the front desk has got with a submission."""

    NEW = "new", _("New")
    CONTACTED = "contacted", _("Contacted")
    BOOKED = "booked", _("Booked")
    CLOSED = "closed", _("Closed")


class Channel(models.TextChoices):
    """The way a submission came in."""

    WEB = "web", _("Website")
    API = "api", _("API")


class StatusChangedError(Exception):
    """Somebody else changed the status of a submission while it was being looked at."""


class Submission(models.Model):
    """The answers to one definition of a form, encrypted. Kept when the form's page is edited or deleted."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=9, unique=True, default=new_reference, editable=False)
    form_id = models.UUIDField(_("form"), editable=False)
    definition = models.ForeignKey(FormDefinition, on_delete=models.PROTECT, related_name="submissions")
    created_at = models.DateTimeField(_("received"), default=timezone.now, db_index=True, editable=False)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.NEW)
    answers_encrypted = models.BinaryField(editable=False)
    key_id = models.CharField(max_length=64, editable=False)
    channel = models.CharField(_("came in by"), max_length=10, choices=Channel.choices, default=Channel.WEB)
    source = models.CharField(_("sent from"), max_length=500, blank=True)
    locale = models.CharField(_("language"), max_length=20, blank=True)
    idempotency_key = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view", "change")
        permissions = [("export_submission", _("Can export requests"))]
        indexes = [models.Index(fields=["form_id", "created_at"], name="submission_form_created")]
        constraints = [
            models.UniqueConstraint(fields=["form_id", "idempotency_key"], name="one_submission_per_key"),
        ]

    def __str__(self) -> str:
        return self.reference

    def set_answers(self, answers: dict[str, Any]) -> None:
        """Encrypt ``answers``, keyed by field id, into this submission."""
        self.key_id, self.answers_encrypted = privacy.encrypt(answers, self.uuid)

    def change_status(
        self,
        status: Status,
        *,
        seen: Status,
        user: "AbstractBaseUser | AnonymousUser | None" = None,
        at: datetime | None = None,
    ) -> None:
        """Set the status and record who did. ``seen`` is the status the person looked at; ``at`` is for samples.

        Raises StatusChangedError, and changes nothing, when somebody else has changed the status meanwhile.
        """
        with transaction.atomic():
            if not Submission.objects.filter(pk=self.pk, status=seen).update(status=status):
                raise StatusChangedError
            details = {"before": str(seen), "after": str(status)}
            SubmissionEvent.objects.record(EventKind.STATUS_CHANGED, self, user, at=at, **details)
        self.status = status

    def read_answers(self) -> dict[str, Any]:
        """Return the answers by field id. Raises privacy.AnswersUnreadableError."""
        return privacy.decrypt(self.key_id, bytes(self.answers_encrypted), self.uuid)


class EventKind(models.TextChoices):
    """What can happen to a submission."""

    SUBMITTED = "submitted", _("Sent by the patient")
    VIEWED = "viewed", _("Viewed")
    EXPORTED = "exported", _("Exported")
    STATUS_CHANGED = "status_changed", _("Status changed")
    NOTIFIED = "notified", _("Front desk notified by e-mail")
    NOTIFICATION_FAILED = "notification_failed", _("E-mail to the front desk failed")


class SubmissionEventQuerySet(models.QuerySet["SubmissionEvent"]):
    """Events are added and read, nothing else."""

    def update(self, **kwargs: Any) -> int:
        """Raise TypeError: an event is never changed."""
        raise TypeError("Events are append-only.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Raise TypeError: an event is never removed."""
        raise TypeError("Events are append-only.")

    def record(
        self,
        kind: EventKind,
        submission: Submission | None = None,
        user: "AbstractBaseUser | AnonymousUser | None" = None,
        at: datetime | None = None,
        **details: Any,
    ) -> "SubmissionEvent":
        """Add an event and return it. ``details`` are never answers; an export is of no single submission."""
        known = user is not None and user.is_authenticated
        return self.create(
            kind=kind,
            submission=submission,
            at=at or timezone.now(),
            user=user if known else None,
            actor=user.get_username() if known else "",
            details=details,
        )


class SubmissionEvent(models.Model):
    """Something that happened to a submission, or an export of many: by whom, when, and what. Append-only."""

    submission = models.ForeignKey(
        Submission, null=True, blank=True, on_delete=models.PROTECT, related_name="events", editable=False
    )
    kind = models.CharField(_("event"), max_length=30, choices=EventKind.choices, editable=False)
    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    # The name as it was: the trail outlives the account.
    actor = models.CharField(_("by"), max_length=150, blank=True, editable=False)
    details = models.JSONField(_("details"), default=dict, editable=False)

    objects = SubmissionEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the event. Raises TypeError for one that is stored already."""
        if self.pk is not None:
            raise TypeError("Events are append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raise TypeError: an event is never removed."""
        raise TypeError("Events are append-only.")

    @property
    def status_words(self) -> str:
        """What a status was changed to; empty for other events."""
        return str(Status(self.details["after"]).label) if self.kind == EventKind.STATUS_CHANGED else ""
