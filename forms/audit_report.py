"""The audit trail in the CMS admin: who did what with patients' requests. Looking at it is itself recorded."""

import json
from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy

from forms.exports.csvfile import moment_text, safe
from forms.inbox.access import SubmissionPermissionMixin, staff_address
from forms.inbox.search import reference_in
from forms.models import EventKind, Submission, SubmissionEvent
from forms.privacy.verification import verify

# What a check on the screen can do before the wait is too long for a browser: some seconds.
MOST_CHECKED_HERE = 100_000
ROWS_AT_ONCE = 2_000


class AuditFilterSet(WagtailFilterSet):
    """Which events to list."""

    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Event"), choices=EventKind.choices, empty_label=gettext_lazy("All")
    )
    actor = django_filters.CharFilter(label=gettext_lazy("User name"), lookup_expr="iexact")
    reference = django_filters.CharFilter(label=gettext_lazy("Reference"), method="filter_reference")
    at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Date"), widget=DateRangePickerWidget)

    class Meta:
        model = SubmissionEvent
        fields: tuple[str, ...] = ()

    def filter_reference(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Return the events of one request."""
        return queryset.filter(submission__reference=reference_in(value) or value)


class AuditReportView(SubmissionPermissionMixin, ReportView):
    """The trail, the newest event first; also as CSV."""

    model = SubmissionEvent
    permission_policy = ModelPermissionPolicy(Submission)
    permission_required = "audit"
    any_permission_required = ("audit",)
    page_title = gettext_lazy("Audit trail")
    header_icon = "history"
    index_url_name = "audit_report"
    index_results_url_name = "audit_report_results"
    template_name = "forms/admin/audit.html"
    results_template_name = "forms/admin/audit_results.html"
    filterset_class = AuditFilterSet
    is_searchable = False
    FORMATS = (ReportView.FORMAT_CSV,)
    export_filename = "audit-trail"
    list_export = ("sequence", "moment", "label", "actor", "address", "reference", "particulars")
    export_headings = {
        "sequence": gettext_lazy("Number"),
        "moment": gettext_lazy("At"),
        "label": gettext_lazy("Event"),
        "actor": gettext_lazy("User name"),
        "address": gettext_lazy("From"),
        "reference": gettext_lazy("Request"),
        "particulars": gettext_lazy("Details"),
    }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Record that somebody looks at the trail, or takes it out, and by which filters; then show it."""
        kind = EventKind.TRAIL_EXPORTED if self.is_export else EventKind.TRAIL_VIEWED
        filters = {name: value for name, value in request.GET.items() if value and name in self._filter_names()}
        SubmissionEvent.objects.record(kind, user=request.user, address=staff_address(request), filters=filters)
        return super().get(request, *args, **kwargs)

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """The columns of the list."""
        return [
            Column("sequence", label=_("Number")),
            Column("moment", accessor=moment, label=_("At")),
            Column("description", label=_("Event")),
            Column("actor", accessor=lambda event: event.actor or _("the site"), label=_("By")),
            Column("address", label=_("From")),
            TitleColumn("reference", accessor=reference, label=_("Request"), get_url=address_of_request),
            Column("particulars", accessor=particulars, label=_("Details"), classname="audit-details"),
        ]

    @staticmethod
    def _filter_names() -> set[str]:
        return {"kind", "actor", "reference", "at_from", "at_to"}

    def get_queryset(self) -> QuerySet[SubmissionEvent]:
        """Return all events with the reference of their request, the newest first."""
        related = SubmissionEvent.objects.select_related("submission")
        return related.defer("submission__answers_encrypted").order_by("-sequence")

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The download, as CSV alone: what checks or reads a trail reads that."""
        return [Button(_("Download CSV"), url=self.csv_export_url, icon_name="download", priority=100)]

    def to_row_dict(self, item: SubmissionEvent) -> dict[str, Any]:
        """Return an event as a row of the file; a spreadsheet takes none of its words for a formula."""
        values = {
            "sequence": str(item.sequence),
            "moment": moment_text(item.at, timezone.get_current_timezone()),
            "label": str(item.get_kind_display()),
            "actor": item.actor,
            "address": item.address or "",
            "reference": reference(item),
            "particulars": particulars(item),
        }
        return {name: safe(text) for name, text in values.items()}

    def stream_csv(self, queryset: QuerySet) -> Iterator[bytes]:
        """Yield the file, whatever its length, with some thousand events in memory."""
        return super().stream_csv(_Streamed(queryset))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the events, and where to have the trail checked."""
        return super().get_context_data(check_url=reverse("audit_check"), **kwargs)


class _Streamed:
    """A query set that is read once and forgotten as it goes."""

    def __init__(self, queryset: QuerySet) -> None:
        self.queryset, self.model = queryset, queryset.model

    def __iter__(self) -> Iterator[Any]:
        return self.queryset.iterator(chunk_size=ROWS_AT_ONCE)


def moment(event: SubmissionEvent) -> str:
    """Return when it was, to the second: the order of events matters here."""
    return date_format(timezone.localtime(event.at), "Y-m-d H:i:s")


def reference(event: SubmissionEvent) -> str:
    """Return the reference of the request it is about; empty for an event of no single one."""
    return event.submission.reference if event.submission else ""


def address_of_request(event: SubmissionEvent) -> str | None:
    """Return the address of the request it is about."""
    return reverse("submissions:inspect", args=[event.submission_id]) if event.submission_id else None


def particulars(event: SubmissionEvent) -> str:
    """Return what an event says beside its kind, as text."""
    return json.dumps(event.details, ensure_ascii=False, sort_keys=True) if event.details else ""


class AuditCheckView(SubmissionPermissionMixin, PermissionCheckedMixin, View):
    """Follows the trail from its first event to its last at the press of a button."""

    permission_policy = ModelPermissionPolicy(Submission)
    permission_required = "audit"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Lead to the report."""
        return HttpResponseRedirect(reverse("audit_report"))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Say whether the trail is whole, or how to find out where it is too long to be followed here."""
        if SubmissionEvent.objects.count() > MOST_CHECKED_HERE:
            words = _("The trail is too long to be checked here. Have manage.py verify_audit run on the server.")
            messages.warning(request, words)
            return self.get(request)
        verdict = verify()
        if verdict.is_whole:
            words = _("The trail is whole: %(events)d events follow each other unchanged. Its end is %(head)s.")
            messages.success(request, words % {"events": verdict.events, "head": verdict.head})
        else:
            words = _("The trail is broken. %(problem)s The %(events)d events before are in order.")
            messages.error(request, words % {"problem": verdict.problem, "events": verdict.events})
        return self.get(request)
