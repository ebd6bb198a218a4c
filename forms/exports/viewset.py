"""The addresses of the exports in the CMS admin."""

from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from forms.exports import views


class ExportViewSet(ViewSet):
    """All screens of exports. The inbox leads to them."""

    name = "exports"
    icon = "download"

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses."""
        return [path("new/", self.construct_view(views.NewExportView), name="new")]
