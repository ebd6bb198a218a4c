"""A request on paper."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from forms.inbox.detail import SubmissionView


class SubmissionPrintView(SubmissionView):
    """The same for paper: the answers with reference and date, and nothing around them."""

    template_name = "forms/admin/print.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse: nothing is changed here."""
        raise PermissionDenied
