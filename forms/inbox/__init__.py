"""The front desk's screens in the CMS admin: the list of requests, a request's own page, and the report."""

from forms.inbox.access import SubmissionPermissionMixin
from forms.inbox.bulk import ACTIONS
from forms.inbox.filters import SubmissionFilterSet, overdue
from forms.inbox.read_only import ReadOnlyViewSet
from forms.inbox.viewset import SubmissionViewSet

__all__ = [
    "ACTIONS",
    "ReadOnlyViewSet",
    "SubmissionFilterSet",
    "SubmissionPermissionMixin",
    "SubmissionViewSet",
    "overdue",
]
