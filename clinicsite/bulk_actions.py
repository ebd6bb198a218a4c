"""What is done by hand to the rows of a list of messages, one or many: the part that all such actions share."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.permission_policies import ModelPermissionPolicy


class HandAction(BulkAction):
    """An action on the rows of the one model in ``models``, for those who may change what ``permissions`` is about."""

    permissions: ModelPermissionPolicy
    filters: type[Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse those who may not; raises PermissionDenied."""
        if not self.permissions.user_has_permission(request.user, "change"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @classmethod
    def url_for(cls, row: Model, next_url: str) -> str:
        """Return the address that asks to confirm it for one row."""
        names = [row._meta.app_label, row._meta.model_name, cls.action_type]
        return f"{reverse('wagtail_bulk_action', args=names)}?{urlencode({'id': row.pk, 'next': next_url})}"

    @classmethod
    def get_queryset(cls, model: type[Model], object_ids: Sequence[Any]) -> QuerySet:
        """Return the chosen rows; what is no id finds none."""
        return model._default_manager.filter(pk__in=[each for each in object_ids if str(each).isdigit()])

    def get_all_objects_in_listing_query(self, parent_id: Any) -> QuerySet:
        """Return all that the list shows under its filters."""
        rows = self.models[0]._default_manager.all()
        return self.filters(self.request.GET, rows).qs.values_list("pk", flat=True)
