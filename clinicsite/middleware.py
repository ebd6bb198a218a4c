"""Response headers that limit what a page may do in the reader's browser."""

from collections.abc import Callable
from http import HTTPStatus

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse

# https://www.w3.org/TR/permissions-policy/: nothing on this site asks for any of these.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    )
)

# What a view marks a response with whose policy is not the usual one.
OWN_POLICIES = {"_csp_config", "_csp_update", "_csp_replace", "_csp_exempt"}


class PermissionsPolicyMiddleware:
    """Switch off the browser features that no page of the site uses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response with the policy on it."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy for public pages, and one that Wagtail's admin can work under for the admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self._public_policy = build_policy()

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Return the response with the policy on it, put together once for what a public view answers well."""
        is_public = not request.path_info.startswith("/admin/") and not getattr(request, "is_preview", False)
        is_usual = vars(response).keys().isdisjoint(OWN_POLICIES) and getattr(request, "_csp_nonce", None) is None
        if is_public and is_usual and response.status_code < HTTPStatus.BAD_REQUEST:
            response.headers.setdefault(HEADER, self._public_policy)
            return response
        return super().process_response(request, response)

    def get_policy_parts(self, request: HttpRequest, response: HttpResponse, report_only: bool = False) -> PolicyParts:
        """Return django-csp's parts, based on the admin's policy for the admin and for previews shown inside it."""
        parts = super().get_policy_parts(request, response, report_only)
        # Wagtail runs a preview through the middleware under the page's public address and marks it so.
        is_preview = getattr(request, "is_preview", False)
        if not report_only and (is_preview or request.path_info.startswith("/admin/")):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts
