"""The page that carries a form, its frozen versions, and what patients sent."""

from forms.models.definitions import FormDefinition
from forms.models.pages import FormPage
from forms.models.submissions import Channel, EventKind, Status, StatusChangedError, Submission, SubmissionEvent

__all__ = [
    "Channel",
    "EventKind",
    "FormDefinition",
    "FormPage",
    "Status",
    "StatusChangedError",
    "Submission",
    "SubmissionEvent",
]
