"""What belongs to a submission beside its answers: notes of the staff, files of the patient, and ways to find it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forms import privacy
from forms.models.submissions import Submission
from forms.privacy import blind


class SubmissionNote(models.Model):
    """An internal note on a submission, encrypted like its answers. Never changed; erased with them."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="notes", editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    # The name as it was: the note outlives the account.
    author_name = models.CharField(_("by"), max_length=150, editable=False)
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    text_encrypted = models.BinaryField(editable=False)
    key_id = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.author_name} {self.at:%Y-%m-%d %H:%M}"

    def set_text(self, text: str) -> None:
        """Encrypt ``text`` into this note."""
        self.key_id, self.text_encrypted = privacy.seal(text.encode(), self.uuid.bytes)

    def read_text(self) -> str:
        """Return the text. Raises privacy.UnreadableError."""
        return privacy.unseal(self.key_id, bytes(self.text_encrypted), self.uuid.bytes).decode()


class Upload(models.Model):
    """A file that a patient sent, encrypted in a private folder under its ``uuid``.

    Until its form is sent it belongs to no submission, and is removed after a day. Its name and type are in the answer.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(
        Submission, null=True, on_delete=models.PROTECT, related_name="uploads", editable=False
    )
    form_id = models.UUIDField(editable=False)
    field_id = models.CharField(max_length=36, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    key_id = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("received"), default=timezone.now, db_index=True, editable=False)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.uuid)


class IndexTerm(models.Model):
    """A keyed digest of an e-mail address, a phone number or a choice in a submission (see privacy.blind)."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="index_terms")
    digest = models.BinaryField(max_length=blind.DIGEST_BYTES)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["digest", "submission"], name="index_term_digest")]

    def __str__(self) -> str:
        return f"Term of submission {self.submission_id}"
