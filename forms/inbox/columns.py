"""The columns of the list of requests. None of them shows an answer."""

from dataclasses import dataclass
from typing import Any

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn, Column, StatusTagColumn, TitleColumn

from forms import quarantine
from forms.inbox import people
from forms.models import OPEN_STATUSES, Status, Submission

SESSION_KEY = "inbox_columns"


def when(moment: Any) -> str:
    """Return a moment to the minute, in the words of the admin; empty for none."""
    return formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else ""


def received(submission: Submission) -> str:
    """Return when a request came in, to the minute: the front desk calls back in that order."""
    return when(submission.created_at)


def assignee(submission: Submission) -> str:
    """Return who works on a request; a dash for nobody."""
    return people.name_of(submission.assignee) if submission.assignee else "–"


def is_overdue(submission: Submission) -> bool:
    """Return whether a request should have been answered by now."""
    waits = submission.status in OPEN_STATUSES and submission.first_contact_at is None
    return bool(waits and submission.respond_by and submission.respond_by < timezone.now())


def days_left(submission: Submission) -> int:
    """Return for how many more days a request in quarantine is kept."""
    return max(0, (quarantine.kept_until(submission) - timezone.now()).days)


class ReferenceColumn(TitleColumn):
    """The reference, marked where nobody has opened the request."""

    cell_template_name = "forms/admin/cells/reference.html"


class RespondByColumn(BaseColumn):
    """By when to answer; what is overdue says so in words, with an icon, and in color."""

    cell_template_name = "forms/admin/cells/respond_by.html"

    def get_cell_context_data(self, instance: Submission, parent_context: Any) -> dict[str, Any]:
        """Return the time and whether it is over."""
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"when": when(instance.respond_by), "is_overdue": is_overdue(instance)}


class QuarantineColumn(BaseColumn):
    """Why a request was put in quarantine, and how long it is kept."""

    cell_template_name = "forms/admin/cells/quarantine.html"

    def get_cell_context_data(self, instance: Submission, parent_context: Any) -> dict[str, Any]:
        """Return the reason and the days that are left."""
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"reason": instance.get_quarantine_reason_display(), "days": days_left(instance)}


@dataclass(frozen=True)
class Optional:
    """A column that can be left out: its key, its words, and whether it is shown until somebody chooses."""

    key: str
    label: Promise
    by_default: bool = True


OPTIONAL = (
    Optional("status", gettext_lazy("Status")),
    Optional("respond_by", gettext_lazy("Answer by")),
    Optional("received", gettext_lazy("Received")),
    Optional("assignee", gettext_lazy("Assigned to")),
    Optional("form", gettext_lazy("Form")),
    Optional("source", gettext_lazy("Sent from")),
    Optional("channel", gettext_lazy("Came in by"), by_default=False),
    Optional("first_contact", gettext_lazy("First contact"), by_default=False),
)


def chosen(session: Any) -> list[str]:
    """Return the keys of the columns that this person wants to see."""
    known = [each.key for each in OPTIONAL]
    wanted = session.get(SESSION_KEY)
    if wanted is None:
        return [each.key for each in OPTIONAL if each.by_default]
    return [key for key in known if key in wanted]


def build(keys: list[str], *, get_url: Any, is_quarantine: bool) -> list[BaseColumn]:
    """Return the columns of the list: the mark to choose it by, the reference, and the chosen ones."""
    made: dict[str, BaseColumn] = {
        "received": Column("received", accessor=received, label=_("Received"), sort_key="created_at"),
        "form": Column("definition.title", label=_("Form"), sort_key="definition__title"),
        "status": StatusTagColumn(
            "get_status_display",
            label=_("Status"),
            sort_key="status",
            classname="request-status",
            primary=lambda submission: submission.status == Status.NEW,
        ),
        "respond_by": RespondByColumn("respond_by", label=_("Answer by"), sort_key="respond_by"),
        "assignee": Column("assignee", accessor=assignee, label=_("Assigned to"), sort_key="assignee__username"),
        "source": Column("source", label=_("Sent from")),
        "channel": Column("get_channel_display", label=_("Came in by")),
        "first_contact": Column(
            "first_contact", accessor=lambda each: when(each.first_contact_at), label=_("First contact")
        ),
    }
    columns: list[BaseColumn] = [
        BulkActionsCheckboxColumn("bulk_actions", obj_type="request"),
        ReferenceColumn(
            "reference",
            label=_("Reference"),
            get_url=get_url,
            get_title_id=lambda submission: f"request_{submission.pk}_title",
        ),
    ]
    if is_quarantine:
        columns.append(QuarantineColumn("quarantine", label=_("Why it is here")))
    return columns + [made[key] for key in keys]
