"""The screens of the inbox together, and their addresses."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy

from forms.downloads import download_file
from forms.inbox.actions import SubmissionActionView
from forms.inbox.detail import SubmissionView
from forms.inbox.filters import SubmissionFilterSet
from forms.inbox.listing import ColumnsView, LookView, SearchView, SubmissionIndexView
from forms.inbox.printing import SubmissionPrintView
from forms.inbox.read_only import ReadOnlyViewSet
from forms.models import Submission


class SubmissionViewSet(ReadOnlyViewSet):
    """The screens together. There is no adding, editing or deleting of what a patient sent."""

    model = Submission
    name = "submissions"
    icon = "mail"
    menu_label = gettext_lazy("Requests")
    menu_order = 150
    add_to_admin_menu = True
    inspect_view_enabled = True
    index_view_class = SubmissionIndexView
    inspect_view_class = SubmissionView

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the list needs."""
        own = {
            "template_name": SubmissionIndexView.template_name,
            "results_template_name": SubmissionIndexView.results_template_name,
            "look_url_name": self.get_url_name("look"),
            "contact_url_name": self.get_url_name("contact"),
            "columns_url_name": self.get_url_name("columns"),
            "filterset_class": SubmissionFilterSet,
            "is_searchable": SubmissionIndexView.is_searchable,
            "default_ordering": SubmissionIndexView.default_ordering,
            "paginate_by": SubmissionIndexView.paginate_by,
        }
        return super().get_index_view_kwargs(**own, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses."""
        inspect = self.get_inspect_view_kwargs()
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("look/", LookView.as_view(), name="look"),
            path("contact/", SearchView.as_view(), name="contact"),
            path("columns/", ColumnsView.as_view(), name="columns"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/print/", self._inspecting(SubmissionPrintView, inspect), name="print"),
            path("<int:pk>/files/<uuid:file_id>/", download_file, name="file"),
            path("<int:pk>/action/", self._inspecting(SubmissionActionView, inspect), name="action"),
        ]

    def _inspecting(self, view: type[SubmissionView], kwargs: dict[str, Any]) -> Any:
        return self.construct_view(view, **kwargs | {"template_name": view.template_name})
