"""Who may see webhooks and their messages: those who may see or change endpoints, which only administrators do."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from webhooks.models import Delivery, Endpoint

PERMISSIONS = ModelPermissionPolicy(Endpoint)
register_permission_policy(Delivery, PERMISSIONS)


def may(user: Any, action: str) -> bool:
    """Return whether ``user`` may ``view`` or ``change`` webhooks."""
    return PERMISSIONS.user_has_permission(user, action)
