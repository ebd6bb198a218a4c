"""The log of messages: what was sent to whom, what came of each try, and sending again."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import (
    BaseColumn,
    BulkActionsCheckboxColumn,
    Column,
    DateColumn,
    StatusTagColumn,
    TitleColumn,
)
from wagtail.admin.views.generic import IndexView, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from clinicsite.bulk_actions import HandAction
from forms.inbox import ReadOnlyViewSet
from forms.workers import is_missed, last_alive
from webhooks import by_hand
from webhooks.admin.access import PERMISSIONS, may
from webhooks.models import TEST_EVENT, Attempt, Delivery, DeliveryState, Endpoint, EventType

# A message that is due so soon is waited for on its page.
SOON = dt.timedelta(seconds=30)


def outcome(attempt: Attempt | None) -> str:
    """Return what came of a try, in words; nothing where there was none."""
    if attempt is None:
        return ""
    return attempt.get_trouble_display() or _("Answered %(status)s") % {"status": attempt.status}


class DeliveryFilterSet(WagtailFilterSet):
    """Which messages to list."""

    endpoint = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Webhook"), queryset=Endpoint.objects.all(), empty_label=gettext_lazy("All")
    )
    type = django_filters.ChoiceFilter(
        label=gettext_lazy("Event"),
        choices=[*EventType.choices, (TEST_EVENT, gettext_lazy("Test"))],
        empty_label=gettext_lazy("All"),
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=DeliveryState.choices, empty_label=gettext_lazy("All")
    )

    class Meta:
        model = Delivery
        fields: tuple[str, ...] = ()


class DeliveryIndexView(IndexView):
    """The list of messages, the newest first."""

    any_permission_required = ("view", "change")
    template_name = "webhooks/admin/messages.html"
    results_template_name = "webhooks/admin/messages_results.html"
    default_ordering = "-created_at"
    page_title = gettext_lazy("Webhook messages")

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """The columns of the list; boxes to tick for those who may send again."""
        columns: list[BaseColumn] = [
            TitleColumn(
                "type",
                label=_("Event"),
                sort_key="type",
                classname="webhook-name",
                get_url=lambda each: reverse("webhook_messages:message", args=[each.pk]),
                get_title_id=lambda each: f"delivery_{each.pk}_title",
            ),
            Column("endpoint", label=_("Webhook"), accessor="endpoint", sort_key="endpoint__description"),
            StatusTagColumn(
                "get_state_display",
                label=_("State"),
                sort_key="state",
                classname="request-status",
                primary=lambda each: each.state == DeliveryState.FAILED,
            ),
            Column("outcome", label=_("Last try"), accessor=lambda each: outcome(each.last_attempt)),
            Column("number", label=_("Tries"), accessor=lambda each: len(each.attempts.all())),
            DateColumn("created_at", label=_("Happened"), sort_key="created_at"),
        ]
        if self.user_has_permission("change"):
            columns.insert(0, BulkActionsCheckboxColumn("bulk_actions", obj_type="delivery"))
        return columns

    def get_base_queryset(self) -> QuerySet[Delivery]:
        """Return all messages with their endpoints and tries, and without what they say."""
        return Delivery.objects.select_related("endpoint").prefetch_related("attempts").defer("body")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context, with a warning where no worker sends anything."""
        context = super().get_context_data(*args, **kwargs)
        return context | {"worker_missed": is_missed(), "worker_last": last_alive()}


class DeliveryView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A message's own page: what it says, and each try."""

    model = Delivery
    any_permission_required = ("view", "change")
    template_name = "webhooks/admin/message.html"
    page_title = gettext_lazy("Webhook message")
    header_icon = "link-external"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        index = {"url": reverse("webhook_messages:index"), "label": _("Webhook messages")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.delivery.type}]

    @cached_property
    def delivery(self) -> Delivery:
        """The message. Raises Http404."""
        return get_object_or_404(Delivery.objects.select_related("endpoint"), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the message, readable, and its tries."""
        delivery = self.delivery
        waits = delivery.state == DeliveryState.PENDING
        is_on = delivery.endpoint.is_active
        return super().get_context_data(**kwargs) | {
            "delivery": delivery,
            "content": json.dumps(json.loads(delivery.body), indent=2, ensure_ascii=False),
            "attempts": [(attempt, outcome(attempt)) for attempt in delivery.attempts.all()],
            "waits": waits,
            "is_watched": waits and is_on and delivery.due_at - timezone.now() < SOON,
            "is_off": waits and not is_on,
            "replay_url": ReplayAction.url_for(delivery, self.request.get_full_path()),
            "may_change": may(self.request.user, "change"),
            "worker_missed": waits and is_missed(),
            "worker_last": last_alive(),
        }


class ProgressView(PermissionCheckedMixin, View):
    """How far a message is, as JSON, for the script that waits for it."""

    model = Delivery
    any_permission_required = ("view", "change")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return its state and the number of tries; nobody keeps it."""
        delivery = get_object_or_404(Delivery, pk=self.kwargs["pk"])
        response = JsonResponse({"state": delivery.state, "tries": delivery.attempts.count()})
        response["Cache-Control"] = "no-store, private"
        return response


class ReplayAction(HandAction):
    """Sends messages once more, one or many: asked for once more, then recorded."""

    models = [Delivery]
    permissions = PERMISSIONS
    filters = DeliveryFilterSet
    display_name = gettext_lazy("Send again")
    action_type = "replay"
    aria_label = gettext_lazy("Send the selected messages again")
    action_priority = 10
    template_name = "webhooks/admin/replay_confirm.html"

    @classmethod
    def get_queryset(cls, model: type[Delivery], object_ids: Sequence[Any]) -> QuerySet[Delivery]:
        """Return the chosen messages."""
        return super().get_queryset(model, object_ids).select_related("endpoint").defer("body")

    def get_execution_context(self) -> dict[str, Any]:
        """Return by whom it is done."""
        return {"user": self.request.user}

    @classmethod
    def execute_action(cls, objects: list[Delivery], **kwargs: Any) -> tuple[int, int]:
        """Do it, and return how many messages it was done to."""
        return by_hand.replay(objects, **kwargs), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Return what was done."""
        return ngettext(
            "%(count)s message is being sent again.", "%(count)s messages are being sent again.", num_parent_objects
        ) % {"count": num_parent_objects}


class DeliveryViewSet(ReadOnlyViewSet):
    """The list, under Reports. Nothing is added, edited or deleted here."""

    model = Delivery
    name = "webhook_messages"
    url_prefix = "webhook-messages"
    icon = "link-external"
    menu_label = gettext_lazy("Webhook messages")
    menu_hook = "register_reports_menu_item"
    menu_order = 210
    index_view_class = DeliveryIndexView

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the list needs."""
        own = {
            "template_name": DeliveryIndexView.template_name,
            "results_template_name": DeliveryIndexView.results_template_name,
            "filterset_class": DeliveryFilterSet,
            "default_ordering": DeliveryIndexView.default_ordering,
        }
        return super().get_index_view_kwargs(**{**kwargs, **own})

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", DeliveryView.as_view(), name="message"),
            path("<int:pk>/progress/", ProgressView.as_view(), name="progress"),
        ]
