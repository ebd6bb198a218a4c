"""What a patient sent, and what happened to it."""

import secrets
import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forms import privacy
from forms.models.definitions import FormDefinition

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

# Crockford's base 32: no I, L, O or U, so that it can be read out over the phone (https://www.crockford.com/base32.html).
REFERENCE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """Return an unguessable reference number, such as ``7KQ4-M2XD``: 40 random bits."""
    bits = secrets.randbits(40)
    letters = "".join(REFERENCE_ALPHABET[bits >> shift & 31] for shift in range(0, 40, 5))
    return f"{letters[:4]}-{letters[4:]}"


class Status(models.TextChoices):
    """How far the front desk has got with a submission."""

    NEW = "new", _("New")
    CONTACTED = "contacted", _("Contacted")
    BOOKED = "booked", _("Booked")
    CLOSED = "closed", _("Closed")
    QUARANTINE = "quarantine", _("Quarantine")


# What the front desk works with; what was caught as spam is kept apart until somebody releases it.
WORKING_STATUSES = (Status.NEW, Status.CONTACTED, Status.BOOKED, Status.CLOSED)
OPEN_STATUSES = (Status.NEW, Status.CONTACTED)


class QuarantineReason(models.TextChoices):
    """Why a submission was not taken for a patient's."""

    HONEYPOT = "honeypot", _("A field that people cannot see was filled in")
    TOO_FAST = "too_fast", _("It was sent faster than a person can type")
    RATE = "rate", _("Many requests came from one address")
    DUPLICATE = "duplicate", _("The same answers had been sent before")
    NO_PROOF = "no_proof", _("The browser did not do the work that this form asks of it")
    BY_HAND = "by_hand", _("Somebody of the staff put it here")


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
    quarantine_reason = models.CharField(
        _("reason for quarantine"), max_length=20, choices=QuarantineReason.choices, blank=True
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    # The first time somebody of the front desk opened it; None while it is unread.
    read_at = models.DateTimeField(_("read"), null=True, editable=False)
    # By the form's promise; None where it makes none.
    respond_by = models.DateTimeField(_("respond by"), null=True, editable=False)
    first_contact_at = models.DateTimeField(_("first contact"), null=True, editable=False)
    # The day on which its answers are erased; None where the form keeps them.
    expires_on = models.DateField(_("kept until"), null=True, db_index=True, editable=False)
    legal_hold = models.BooleanField(_("legal hold"), default=False, editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, editable=False)
    # Counts the changes by staff, so that of two people changing it at once the second is told.
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view", "change")
        permissions = [
            ("export_submission", _("Can export requests")),
            ("erase_submission", _("Can erase requests and set how long they are kept")),
            (
                "privacy_submission",
                _("Can answer privacy requests: a copy, or the erasure, of all that one person sent"),
            ),
            ("audit_submission", _("Can read the audit trail")),
        ]
        indexes = [
            models.Index(fields=["form_id", "created_at"], name="submission_form_created"),
            models.Index(fields=["status", "created_at"], name="submission_status_created"),
            # Not for what is just coming in: every index that a new row is written to makes taking a form slower.
            models.Index(fields=["assignee"], name="submission_assigned", condition=models.Q(assignee__isnull=False)),
        ]
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
            changes: dict[str, Any] = {"status": status, "revision": models.F("revision") + 1}
            if self.first_contact_at is None and status not in (Status.NEW, Status.QUARANTINE):
                changes["first_contact_at"] = at or timezone.now()
            if not Submission.objects.filter(pk=self.pk, status=seen).update(**changes):
                raise StatusChangedError
            details = {"before": str(seen), "after": str(status)}
            from forms.models.events import EventKind, SubmissionEvent

            SubmissionEvent.objects.record(EventKind.STATUS_CHANGED, self, user, at=at, **details)
        self.status = status
        self.first_contact_at = changes.get("first_contact_at", self.first_contact_at)

    def read_answers(self) -> dict[str, Any]:
        """Return the answers by field id. Raises privacy.AnswersUnreadableError, for erased answers too."""
        if self.erased_at is not None:
            day = date_format(timezone.localtime(self.erased_at), "DATE_FORMAT")
            raise privacy.AnswersUnreadableError(gettext("The answers were erased on %(day)s.") % {"day": day})
        return privacy.decrypt(self.key_id, bytes(self.answers_encrypted), self.uuid)
