"""What is still to be sent, and what became of it: the durable queue of e-mails."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forms.models.submissions import Submission


class NotificationKind(models.TextChoices):
    """Who is told."""

    FRONT_DESK = "front_desk", _("To the front desk")
    PATIENT = "patient", _("To the patient")


class NotificationState(models.TextChoices):
    """How far a notification has got."""

    PENDING = "pending", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    SET_ASIDE = "set_aside", _("Set aside")


class Notification(models.Model):
    """One submission to tell one person of: a row written in the submission's own transaction.

    ``recipient`` is a member of staff; a patient's address is read from the answers when the e-mail is made. One row
    per person, so that an address that a mail server refuses neither hides behind the others nor holds them up.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="notifications", editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=NotificationKind.choices, editable=False)
    recipient = models.EmailField(_("to"), max_length=320, blank=True, editable=False)
    # Waits for others, to go out with them in one e-mail.
    is_digest = models.BooleanField(_("in a digest"), default=False, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=NotificationState.choices, default=NotificationState.PENDING, editable=False
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    # The kind of error, never its text: a mail server's answer may quote the message.
    last_error = models.CharField(_("last error"), max_length=100, blank=True, editable=False)
    created_at = models.DateTimeField(_("queued"), default=timezone.now, editable=False)
    due_at = models.DateTimeField(_("due"), default=timezone.now, editable=False)
    # While a worker has it in hand; a worker that died gives it back by this running out.
    leased_until = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["state", "due_at"], name="notification_due")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.submission_id}"
