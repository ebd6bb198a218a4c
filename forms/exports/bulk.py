"""Exporting the requests that were ticked in the inbox, on Wagtail's own bulk actions."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from forms.exports import selection
from forms.inbox.bulk import SubmissionBulkAction
from forms.models import Submission


class ExportSelected(SubmissionBulkAction):
    """Leads to the export screen with the requests that were ticked, or with all of the listing."""

    display_name = gettext_lazy("Export")
    aria_label = gettext_lazy("Export the selected requests")
    action_type = "export"
    action_priority = 50
    needs = "export"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go on to where the file is chosen."""
        self._require()
        filters = selection.filters_of(request.GET)
        if "all" in filters.get(selection.TICKED, []):
            # The filters say the same as a long list of all they let through.
            del filters[selection.TICKED]
        return HttpResponseRedirect(f"{reverse('exports:new')}?{selection.query_of(filters).urlencode()}")

    def act(self, submissions: list[Submission], user: Any, address: str, data: dict[str, Any]) -> int:
        """Return that nothing was changed: the export screen does what there is to do."""
        return 0
