"""Who may see requests, and where a member of staff does something from."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clinicsite.client_address import client_address


class SubmissionPermissionMixin:
    """Refuses with status 403 and a reason: requests are health information, and a refusal must be unmistakable."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer the request, or say who may see it."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied:
            return render(request, "forms/admin/forbidden.html", status=HTTPStatus.FORBIDDEN)


def staff_address(request: HttpRequest) -> str:
    """Return the address that a member of staff works from, for the trail."""
    return client_address(request) or ""


def has_permission(request: HttpRequest, action: str) -> bool:
    """Return whether whoever asks may ``view``, ``change``, ``export``, ``erase`` or ``audit`` requests."""
    return request.user.has_perm(f"forms.{action}_submission")
