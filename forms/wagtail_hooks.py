"""What the forms add to the CMS admin: the inbox of requests, and a list of all forms."""

from typing import Any

from django.db.models import Count, Min, Q
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet

from forms.audit_report import AuditCheckView, AuditReportView
from forms.building import hooks as building  # noqa: F401  Registers its own.
from forms.exports.bulk import ExportSelected
from forms.exports.viewset import ExportViewSet
from forms.inbox import ACTIONS, SubmissionViewSet, overdue
from forms.inbox.report import RequestsReportView
from forms.models import OPEN_STATUSES, Status, Submission
from forms.notifications import screen
from forms.persons.screens import PersonViewSet


class NewRequestsItem(SummaryItem):
    """On the dashboard: how many requests nobody has answered yet, and since when the oldest waits."""

    order = 50
    template_name = "forms/admin/new_requests.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the number, the time of the oldest (None where there is none) and the way to them."""
        # Only those that are not done with: what was closed over the years is not read.
        waiting = Submission.objects.filter(status__in=[*OPEN_STATUSES, Status.QUARANTINE])
        found = waiting.aggregate(
            total=Count("pk", filter=Q(status=Status.NEW)),
            oldest=Min("created_at", filter=Q(status=Status.NEW)),
            mine=Count("pk", filter=Q(status__in=OPEN_STATUSES, assignee=self.request.user)),
            quarantined=Count("pk", filter=Q(status=Status.QUARANTINE)),
        )
        index = reverse("submissions:index")
        return found | {
            "url": f"{index}?status={Status.NEW}",
            "overdue": overdue(Submission.objects.all()).count(),
            "overdue_url": f"{index}?overdue=on",
            "mine_url": f"{index}?assignee=me&status={Status.NEW}&status={Status.CONTACTED}",
            "quarantine_url": f"{index}?status={Status.QUARANTINE}",
        }

    def is_shown(self) -> bool:
        """Return whether this person may see requests."""
        return self.request.user.has_perm("forms.view_submission")


@hooks.register("construct_homepage_summary_items")
def count_new_requests(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Put the number of new requests on the dashboard."""
    items.append(NewRequestsItem(request))


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    """Register the inbox, the answers to privacy requests, the exports and the queue of e-mails."""
    return [SubmissionViewSet(), PersonViewSet(), ExportViewSet(), screen.NotificationViewSet()]


@hooks.register("construct_homepage_panels")
def warn_of_unsent_mail(request: HttpRequest, panels: list[Component]) -> None:
    """Say on the dashboard that e-mails about requests failed, to those who work on requests."""
    if screen.is_shown_to(request.user):
        panels.append(screen.QueueTrouble())


hooks.register("register_bulk_action", screen.RetryAction)
hooks.register("register_bulk_action", screen.SetAsideAction)


for action in (*ACTIONS, ExportSelected):
    hooks.register("register_bulk_action", action)


@hooks.register("insert_global_admin_css")
def inbox_styles() -> str:
    """Return the link to the styles of the inbox."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/inbox.css"))


@hooks.register("register_icons")
def add_icons(icons: list[str]) -> list[str]:
    """Add the icon of printing, which Wagtail has none of (Lucide's, ISC licence)."""
    return [*icons, "forms/icons/printer.svg"]


class AuditReportMenuItem(MenuItem):
    """The audit trail's entry in the menu of reports, for those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether this person may read the trail."""
        return request.user.has_perm("forms.audit_submission")


@hooks.register("register_reports_menu_item")
def audit_report_menu_item() -> MenuItem:
    """Return the audit trail's entry in the menu of reports."""
    return AuditReportMenuItem(_("Audit trail"), reverse("audit_report"), icon_name="history", order=160)


class RequestsReportMenuItem(MenuItem):
    """The report's entry in the menu of reports, for those who may see requests."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether this person may see requests."""
        return request.user.has_perm("forms.view_submission")


@hooks.register("register_reports_menu_item")
def requests_report_menu_item() -> MenuItem:
    """Return the report's entry in the menu of reports."""
    return RequestsReportMenuItem(_("Requests in figures"), reverse("requests_report"), icon_name="mail", order=150)


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    """Return the addresses of the reports."""
    return [
        path("reports/requests/", RequestsReportView.as_view(), name="requests_report"),
        path("reports/audit/", AuditReportView.as_view(), name="audit_report"),
        path("reports/audit/results/", AuditReportView.as_view(results_only=True), name="audit_report_results"),
        path("reports/audit/check/", AuditCheckView.as_view(), name="audit_check"),
    ]
