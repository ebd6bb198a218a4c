"""The members of staff who can work requests."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Permission
from django.db.models import Q, QuerySet


def desk() -> QuerySet[AbstractUser]:
    """Return the active people who may change requests, by name: those a request can be given to."""
    permission = Permission.objects.filter(content_type__app_label="forms", codename="change_submission")
    may_change = Q(groups__permissions__in=permission) | Q(user_permissions__in=permission) | Q(is_superuser=True)
    return get_user_model().objects.filter(may_change, is_active=True).distinct().order_by("username")


def name_of(user: AbstractUser) -> str:
    """Return how a person is called in the inbox."""
    return user.get_full_name() or user.get_username()
