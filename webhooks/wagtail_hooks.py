"""What webhooks add to the CMS admin: their screens, a notice where one was switched off, names in the log."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry

from webhooks import by_hand
from webhooks.admin.access import may
from webhooks.admin.deliveries import DeliveryViewSet, ReplayAction
from webhooks.admin.endpoints import EndpointViewSet
from webhooks.models import Endpoint


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    """Register the endpoints and the log of messages."""
    return [EndpointViewSet(), DeliveryViewSet()]


hooks.register("register_bulk_action", ReplayAction)


class EndpointTrouble(Component):
    """On the dashboard: which webhooks were switched off because nothing reaches them; nothing while all is well."""

    name = "webhook_trouble"
    template_name = "webhooks/admin/trouble.html"
    order = 20

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the endpoints that were switched off."""
        return {"endpoints": Endpoint.objects.exclude(off_reason="")}


@hooks.register("construct_homepage_panels")
def warn_of_endpoints(request: HttpRequest, panels: list[Component]) -> None:
    """Say on the dashboard that webhooks were switched off, to those who can switch them on."""
    if may(request.user, "change"):
        panels.append(EndpointTrouble())


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Name what is done to webhooks by hand, for their history."""
    actions.register_action(by_hand.SHOWN, _("Show secret"), _("Secret shown"))
    actions.register_action(by_hand.REPLACED, _("Replace secret"), _("Secret replaced"))
    actions.register_action(by_hand.TESTED, _("Send test"), _("Test message sent"))
    actions.register_action(by_hand.REPLAYED, _("Send again"), _("Messages sent again"))


@hooks.register("insert_global_admin_css")
def webhook_styles() -> str:
    """Return the link to the styles of webhooks."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/webhooks.css"))
