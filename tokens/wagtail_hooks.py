"""What tokens add to the CMS admin: their screens, and words for the site's history."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry

from tokens.viewset import CREATED, REVOKED, TokenViewSet


@hooks.register("register_admin_viewset")
def register_viewset() -> ViewSet:
    """Register the screens."""
    return TokenViewSet()


@hooks.register("register_log_actions")
def name_actions(actions: LogActionRegistry) -> None:
    """Name what the site's history records of tokens."""
    actions.register_action(CREATED, _("Create API token"), _("API token created"))
    actions.register_action(REVOKED, _("Revoke API token"), _("API token revoked"))
