"""What happened to submissions: the append-only, chained audit trail."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forms.models.submissions import QuarantineReason, Status, Submission
from forms.privacy import chain, keyring
from forms.rows import Lookup, Statement, inserting_values, run, set_keys, updating

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


class EventKind(models.TextChoices):
    """What can happen to a submission."""

    SUBMITTED = "submitted", _("Sent by the patient")
    VIEWED = "viewed", _("Viewed")
    EXPORTED = "exported", _("Exported")
    STATUS_CHANGED = "status_changed", _("Status changed")
    NOTIFIED = "notified", _("Front desk notified by e-mail")
    NOTIFICATION_FAILED = "notification_failed", _("E-mail to the front desk failed")
    PATIENT_NOTIFIED = "patient_notified", _("Patient told by e-mail that it arrived")
    PATIENT_NOTIFICATION_FAILED = "patient_notification_failed", _("E-mail to the patient failed")
    NOTIFICATION_RETRIED = "notification_retried", _("E-mail sent again by hand")
    NOTIFICATION_SET_ASIDE = "notification_set_aside", _("E-mail set aside")
    ASSIGNED = "assigned", _("Assigned")
    NOTE_ADDED = "note_added", _("Note added")
    MARKED_UNREAD = "marked_unread", _("Marked as unread")
    QUARANTINED = "quarantined", _("Put in quarantine")
    RELEASED = "released", _("Released from quarantine")
    HELD = "held", _("Put under legal hold")
    HOLD_LIFTED = "hold_lifted", _("Legal hold lifted")
    FILE_DOWNLOADED = "file_downloaded", _("File downloaded")
    EXPORT_DOWNLOADED = "export_downloaded", _("Export downloaded")
    SEARCHED = "searched", _("Searched by contact")
    ACCESS_GIVEN = "access_given", _("Copy made for the patient")
    ERASED = "erased", _("Answers erased")
    PURGED = "purged", _("Answers erased when their time was up")
    TRAIL_VIEWED = "trail_viewed", _("Audit trail viewed")
    TRAIL_EXPORTED = "trail_exported", _("Audit trail exported")
    KEYS_ROTATED = "keys_rotated", _("Encryption key changed")


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
        address: str = "",
        **details: Any,
    ) -> "SubmissionEvent":
        """Add an event and return it. ``details`` are never answers; an export is of no single submission.

        ``address`` is where a member of staff did it from; a patient's address is never kept.
        """
        return self.record_many(kind, [submission], user, at, address, **details)[0]

    def record_many(
        self,
        kind: EventKind,
        submissions: Sequence[Submission | None],
        user: "AbstractBaseUser | AnonymousUser | None" = None,
        at: datetime | None = None,
        address: str = "",
        **details: Any,
    ) -> list["SubmissionEvent"]:
        """Add one event per submission, all with the same words, and return them."""
        moment = at or timezone.now()
        return self.append([self.event(kind, each, user, moment, address, **details) for each in submissions])

    def event(
        self,
        kind: EventKind,
        submission: Submission | None = None,
        user: "AbstractBaseUser | AnonymousUser | None" = None,
        at: datetime | None = None,
        address: str = "",
        **details: Any,
    ) -> "SubmissionEvent":
        """Return an event that is not in the trail yet: many different ones are added by one ``append``."""
        known = user is not None and user.is_authenticated
        return SubmissionEvent(
            kind=kind,
            submission=submission,
            at=at or timezone.now(),
            user=user if known else None,
            actor=user.get_username() if known else "",
            address=address or None,
            details=details,
        )

    @transaction.atomic(savepoint=False)
    def append(self, events: list["SubmissionEvent"]) -> list["SubmissionEvent"]:
        """Link ``events`` to the end of the chain and store them.

        The head stays locked until the transaction ends: call this last in it.
        """
        if not events:
            return events
        [head] = run(AuditHead.locking())
        rows = linked([event.entry for event in events], head)
        keys, _moved = run(*storing(rows, returning=True))
        set_keys(events, keys)
        for event, row in zip(events, rows, strict=True):
            event.sequence, event.key_id, event.mac = row[len(Entry._fields) :]
        return events


class Entry(NamedTuple):
    """An event before it has its place in the chain."""

    submission_id: int | None
    kind: str
    at: datetime
    details: dict[str, Any]
    user_id: int | None = None
    actor: str = ""
    address: str | None = None


EVENT_COLUMNS = (*Entry._fields, "sequence", "key_id", "mac")


def linked(entries: Sequence[Entry], head: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return ``entries`` as rows of EVENT_COLUMNS, linked behind the ``head`` that ``AuditHead.locking`` gave."""
    ((sequence, mac),) = head
    key_id = next(iter(keyring()))
    previous = bytes(mac)
    rows = []
    for entry in entries:
        sequence += 1
        previous = _mac(entry, sequence, key_id, previous)
        rows.append((*entry, sequence, key_id, previous))
    return rows


def storing(rows: list[tuple[Any, ...]], *, returning: bool = False) -> tuple[Statement, Statement]:
    """Return what stores ``linked`` events and moves the end of the chain; the lock on it must still be held."""
    return (
        inserting_values(SubmissionEvent, EVENT_COLUMNS, rows, returning=returning),
        AuditHead.moving(*rows[-1][-3:]),
    )


def _mac(entry: Entry, sequence: int, key_id: str, previous: bytes) -> bytes:
    content = chain.content(
        sequence, entry.kind, entry.at, entry.submission_id, entry.actor, entry.address or "", entry.details
    )
    return chain.mac(previous, content, key_id)


class SubmissionEvent(models.Model):
    """Something that happened to a submission, or an export of many: by whom, when, and what. Append-only."""

    submission = models.ForeignKey(
        Submission, null=True, blank=True, on_delete=models.PROTECT, related_name="events", editable=False
    )
    kind = models.CharField(_("event"), max_length=30, choices=EventKind.choices, editable=False)
    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
        db_index=False,
    )
    # The name as it was: the trail outlives the account.
    actor = models.CharField(_("by"), max_length=150, blank=True, editable=False)
    # Where a member of staff did it from; never a patient's.
    address = models.GenericIPAddressField(_("from"), null=True, blank=True, editable=False)
    details = models.JSONField(_("details"), default=dict, editable=False)
    sequence = models.BigIntegerField(_("number"), unique=True, editable=False)
    key_id = models.CharField(max_length=64, editable=False)
    mac = models.BinaryField(editable=False)

    objects = SubmissionEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["at", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["user"], name="event_of_staff", condition=models.Q(user__isnull=False))]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raise TypeError: an event is added by ``SubmissionEvent.objects.record``, which links it to the chain."""
        raise TypeError("Events are append-only: record them.")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raise TypeError: an event is never removed."""
        raise TypeError("Events are append-only.")

    @property
    def description(self) -> str:
        """What happened, in words: with the status it was changed to, or who it was assigned to."""
        words = str(self.get_kind_display())
        if self.kind == EventKind.STATUS_CHANGED:
            return f"{words}: {Status(self.details['after']).label}"
        if self.kind == EventKind.ASSIGNED:
            return f"{words}: {self.details['to'] or _('nobody')}"
        if reason := self.details.get("reason"):
            known = dict(QuarantineReason.choices)
            return f"{words}: {known.get(reason, reason)}"
        return words

    def expected_mac(self, previous: bytes) -> bytes:
        """Return the digest this event must carry behind an event with the digest ``previous``.

        Raises KeyError where this site has not the key it was made with.
        """
        return _mac(self.entry, self.sequence, self.key_id, previous)

    @property
    def entry(self) -> Entry:
        """What was to be recorded."""
        return Entry(*[getattr(self, name) for name in Entry._fields])


class AuditHead(models.Model):
    """The end of the chain: one row, locked while events are added."""

    ONLY = 1

    sequence = models.BigIntegerField(default=0)
    key_id = models.CharField(max_length=64, blank=True)
    mac = models.BinaryField(default=chain.START)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Event {self.sequence}"

    @classmethod
    def locking(cls) -> Statement:
        """Return the statement that locks the end of the chain and gives its number and digest."""
        return _head().asking()

    @classmethod
    def moving(cls, sequence: int, key_id: str, mac: bytes) -> Statement:
        """Return the statement that sets the end of the chain."""
        return updating(cls, cls.ONLY, sequence=sequence, key_id=key_id, mac=mac)


@cache
def _head() -> Lookup:
    return Lookup(AuditHead.objects.select_for_update().filter(pk=AuditHead.ONLY).values_list("sequence", "mac"))
