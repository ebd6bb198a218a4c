"""The screens of exports that are made in the background."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.permission_policies import ModelPermissionPolicy

from clinicsite.client_address import client_address
from forms.exports import audit, jobs, selection
from forms.exports.views import ExportingMixin
from forms.inbox import SubmissionPermissionMixin
from forms.models import EventKind, ExportJob, ExportState, Submission, SubmissionEvent
from forms.privacy import UnreadableError

UNDER_WAY = (ExportState.QUEUED, ExportState.RUNNING)


def visible_jobs(user: Any) -> QuerySet[ExportJob]:
    """Return the exports that ``user`` may see: their own, and for administrators all."""
    found = ExportJob.objects.select_related("requested_by")
    return found if user.has_perm("forms.audit_submission") else found.filter(requested_by=user)


class ExportListView(SubmissionPermissionMixin, IndexView):
    """The exports of the last days."""

    model = ExportJob
    permission_policy = ModelPermissionPolicy(Submission)
    any_permission_required = ("export",)
    page_title = gettext_lazy("Exports")
    header_icon = "download"
    index_url_name = "exports:index"
    default_ordering = "-created_at"
    is_searchable = False

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here: by the requests."""
        requests = {"url": reverse("submissions:index"), "label": _("Requests")}
        return [*self.breadcrumbs_items, requests, {"url": "", "label": _("Exports")}]

    @cached_property
    def columns(self) -> list[Column]:
        """The columns of the list."""
        return [
            TitleColumn(
                "created_at",
                label=_("Asked for"),
                accessor=lambda job: date_format(timezone.localtime(job.created_at), "DATETIME_FORMAT"),
                get_url=lambda job: reverse("exports:job", args=[job.uuid]),
                sort_key="created_at",
            ),
            Column("get_format_display", label=_("Kind of file")),
            Column("total", label=_("Requests")),
            StatusTagColumn("get_state_display", label=_("State"), primary=lambda job: job.state == ExportState.READY),
            Column("requested_by", label=_("By")),
        ]

    def get_base_queryset(self) -> QuerySet[ExportJob]:
        """Return the exports this person may see."""
        return visible_jobs(self.request.user)


class JobMixin(ExportingMixin):
    """What the views of one export share. Another's is as if it were not there."""

    @cached_property
    def job(self) -> ExportJob:
        """The export. Raises Http404."""
        return get_object_or_404(visible_jobs(self.request.user), uuid=self.kwargs["uuid"])

    def back(self) -> HttpResponseRedirect:
        """Return the way to the export's page."""
        return HttpResponseRedirect(reverse("exports:job", args=[self.job.uuid]))


class JobView(JobMixin, TemplateView):
    """An export's own page: how far it is, and its file."""

    template_name = "forms/admin/exports/job.html"
    page_title = gettext_lazy("Export")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the export and what can be done with it."""
        job = self.job
        is_over = bool(job.expires_at and job.expires_at <= timezone.now())
        return super().get_context_data(**kwargs) | {
            "job": job,
            "progress": progress(job),
            "is_under_way": job.state in UNDER_WAY,
            "can_download": job.state == ExportState.READY and not is_over,
            "can_retry": job.state in (ExportState.FAILED, ExportState.EXPIRED),
            "size": filesizeformat(job.size),
        }


def progress(job: ExportJob) -> dict[str, Any]:
    """Return how far an export is: for the script that asks again and again, and in words."""
    words = {
        ExportState.QUEUED: _("Waiting for the worker to begin."),
        ExportState.RUNNING: _("%(done)s of %(total)s requests written.") % {"done": job.done, "total": job.total},
        ExportState.READY: _("Ready."),
        ExportState.FAILED: job.last_error,
        ExportState.EXPIRED: _("The file was removed: its time was up."),
    }
    return {
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "words": words[ExportState(job.state)],
        "is_under_way": job.state in UNDER_WAY,
    }


class ProgressView(JobMixin, View):
    """How far an export is, as JSON."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the progress; nobody keeps it."""
        response = JsonResponse(progress(self.job))
        response["Cache-Control"] = "no-store, private"
        return response


class DownloadView(JobMixin, View):
    """The file of an export."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the file, and record who took it; where there is none, say so on the export's page."""
        job = self.job
        if not jobs.may_download(request.user, job):
            raise PermissionDenied
        if job.state != ExportState.READY or job.expires_at is None or job.expires_at <= timezone.now():
            messages.error(request, _("There is no file to download."))
            return self.back()
        try:
            content = _begun(jobs.read_file(job))
        except (OSError, UnreadableError):
            messages.error(request, _("The file cannot be read. Have it made once more."))
            return self.back()
        SubmissionEvent.objects.record(
            EventKind.EXPORT_DOWNLOADED,
            user=request.user,
            address=client_address(request) or "",
            job=str(job.uuid),
            format=job.format,
            rows=job.done,
            unreadable=job.unreadable,
        )
        response = StreamingHttpResponse(content, content_type=job.options["content_type"])
        response["Content-Disposition"] = f'attachment; filename="{job.options["name"]}"'
        response["Content-Length"] = str(job.size)
        response["Cache-Control"] = "no-store, private"
        return response


def _begun(content: Iterator[bytes]) -> Iterator[bytes]:
    """Return ``content`` with its first part read, so that what cannot be read is known before anything is sent."""
    return chain([next(content)], content)


class RetryView(JobMixin, View):
    """Makes an export that failed or expired once more."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Queue it, record it, and return to its page."""
        job = self.job
        if not jobs.may_download(request.user, job):
            raise PermissionDenied
        if jobs.again(job):
            choice = jobs.choice_of(job)
            audit.exported(
                request.user,
                choice,
                selection.Filters(job.filters),
                job.total,
                client_address(request),
                delivery="background",
                job=str(job.uuid),
            )
        return self.back()


class DeleteView(JobMixin, View):
    """Removes an export before its time."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remove it and return to the list."""
        jobs.delete(self.job)
        messages.success(request, _("The export and its file were deleted."))
        return HttpResponseRedirect(reverse("exports:index"))
