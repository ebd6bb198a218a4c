"""What an error report may show: where it broke, never what somebody typed."""

from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class PrivateReporterFilter(SafeExceptionReporterFilter):
    """Hides every value of a posted form and every local variable, with DEBUG on as well as off.

    Django shows all of them unless each view is marked as sensitive; here answers are health information and one
    forgotten mark would leak them.
    """

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """Return the names of the posted fields, each value hidden."""
        return dict.fromkeys(request.POST, self.cleansed_substitute) if request is not None else {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> list[tuple[str, Any]]:
        """Return the frame's variables by name, their values hidden where the request carried a form."""
        variables = super().get_traceback_frame_variables(request, tb_frame)
        if request is not None and request.method in ("GET", "HEAD"):
            return list(variables)
        return [(name, self.cleansed_substitute) for name, _value in variables]
