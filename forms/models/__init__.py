"""The page that carries a form, its frozen versions, what patients sent, and what became of it."""

from forms.models.counts import RateCount, StepCount
from forms.models.definitions import FormDefinition
from forms.models.events import AuditHead, EventKind, SubmissionEvent
from forms.models.exports import ExportFormat, ExportJob, ExportPreset, ExportState
from forms.models.notifications import Notification, NotificationKind, NotificationState
from forms.models.pages import FormPage, NotificationMode
from forms.models.parts import IndexTerm, SubmissionNote, Upload
from forms.models.submissions import (
    OPEN_STATUSES,
    WORKING_STATUSES,
    Channel,
    QuarantineReason,
    Status,
    StatusChangedError,
    Submission,
)
from forms.models.workers import Chore, Worker

__all__ = [
    "OPEN_STATUSES",
    "WORKING_STATUSES",
    "AuditHead",
    "Channel",
    "Chore",
    "EventKind",
    "ExportFormat",
    "ExportJob",
    "ExportPreset",
    "ExportState",
    "FormDefinition",
    "FormPage",
    "IndexTerm",
    "Notification",
    "NotificationKind",
    "NotificationMode",
    "NotificationState",
    "QuarantineReason",
    "RateCount",
    "Status",
    "StatusChangedError",
    "StepCount",
    "Submission",
    "SubmissionEvent",
    "SubmissionNote",
    "Upload",
    "Worker",
]
