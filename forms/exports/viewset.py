"""The addresses of the exports in the CMS admin."""

from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from forms.exports import job_views, views


class ExportViewSet(ViewSet):
    """All screens of exports. The inbox leads to them."""

    name = "exports"
    icon = "download"

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses."""
        return [
            path("", job_views.ExportListView.as_view(), name="index"),
            path("new/", views.NewExportView.as_view(), name="new"),
            path("<uuid:uuid>/", job_views.JobView.as_view(), name="job"),
            path("<uuid:uuid>/progress/", job_views.ProgressView.as_view(), name="progress"),
            path("<uuid:uuid>/download/", job_views.DownloadView.as_view(), name="download"),
            path("<uuid:uuid>/retry/", job_views.RetryView.as_view(), name="retry"),
            path("<uuid:uuid>/delete/", job_views.DeleteView.as_view(), name="delete"),
        ]
