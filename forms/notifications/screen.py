"""The e-mails of the queue in the CMS admin: what waits, what was sent, what failed, and trying again."""

from collections.abc import Callable, Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import (
    BaseColumn,
    BulkActionsCheckboxColumn,
    Column,
    DateColumn,
    StatusTagColumn,
    TitleColumn,
)
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import ListingButton
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from clinicsite.bulk_actions import HandAction
from clinicsite.client_address import client_address
from forms import housekeeping
from forms.inbox import ReadOnlyViewSet, SubmissionPermissionMixin
from forms.models import Notification, NotificationKind, NotificationState, Submission
from forms.notifications import by_hand
from forms.notifications.outgoing import explain
from forms.workers import is_missed, last_alive

# An e-mail is about a request: who may see requests sees it, who works on them may send it again.
PERMISSIONS = ModelPermissionPolicy(Submission)
register_permission_policy(Notification, PERMISSIONS)
UNSENT = (NotificationState.PENDING, NotificationState.FAILED)


class NotificationFilterSet(WagtailFilterSet):
    """Which e-mails to list."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=NotificationState.choices, empty_label=gettext_lazy("All")
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("To whom"), choices=NotificationKind.choices, empty_label=gettext_lazy("All")
    )

    class Meta:
        model = Notification
        fields: tuple[str, ...] = ()


def recipient(notification: Notification) -> str:
    """Return who is told; of the patient no address is kept."""
    return notification.recipient or _("The patient")


def trouble(notification: Notification) -> str:
    """Return what went wrong at the last attempt, in words."""
    return explain(notification.last_error) if notification.state in UNSENT else ""


def next_try(notification: Notification) -> str:
    """Return when it is to be sent; empty for what is not waiting."""
    if notification.state != NotificationState.PENDING:
        return ""
    # In full: Wagtail's own column calls everything that is still to come "Just now".
    return date_format(timezone.localtime(notification.due_at), "DATETIME_FORMAT")


class NotificationIndexView(SubmissionPermissionMixin, IndexView):
    """The list of e-mails, the newest first."""

    any_permission_required = ("view",)
    template_name = "forms/admin/notifications.html"
    default_ordering = "-created_at"
    page_title = gettext_lazy("Notifications")

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """The columns of the list; boxes to tick for those who may send again."""
        columns: list[BaseColumn] = [
            self._get_title_column_class(TitleColumn)(
                "reference",
                accessor="submission.reference",
                label=_("Request"),
                get_url=lambda each: reverse("submissions:inspect", args=[each.submission_id]),
                get_title_id=lambda each: f"notification_{each.pk}_title",
            ),
            Column("recipient", accessor=recipient, label=_("To"), sort_key="recipient"),
            StatusTagColumn(
                "get_state_display",
                label=_("State"),
                sort_key="state",
                classname="request-status",
                primary=lambda each: each.state == NotificationState.FAILED,
            ),
            Column("trouble", accessor=trouble, label=_("What went wrong")),
            Column("attempts", label=_("Failed attempts"), sort_key="attempts"),
            Column("next_try", accessor=next_try, label=_("Next try"), sort_key="due_at"),
            DateColumn("sent_at", label=_("Sent"), sort_key="sent_at"),
            DateColumn("created_at", label=_("Queued"), sort_key="created_at"),
        ]
        if self.user_has_permission("change"):
            columns.insert(0, BulkActionsCheckboxColumn("bulk_actions", obj_type="notification"))
        return columns

    def get_base_queryset(self) -> QuerySet[Notification]:
        """Return all e-mails with the reference of their request."""
        return Notification.objects.select_related("submission").only(
            *(field.name for field in Notification._meta.concrete_fields), "submission__reference"
        )

    def get_list_buttons(self, instance: Notification) -> list[ListingButton]:
        """Return "Try again" and "Set aside" for what was not sent."""
        if instance.state not in UNSENT or not self.user_has_permission("change"):
            return []
        return [
            ListingButton(
                action.display_name,
                url=action.url_for(instance, self.request.get_full_path()),
                priority=action.action_priority,
                attrs={"aria-label": f"{action.display_name}: {instance.submission.reference}, {recipient(instance)}"},
            )
            for action in (RetryAction, SetAsideAction)
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context, with a warning where no worker sends anything."""
        context = super().get_context_data(*args, **kwargs)
        return context | {"worker_missed": is_missed(), "worker_last": last_alive()}


class QueueAction(HandAction):
    """Something done by hand to e-mails that were not sent, one or many: asked for once more, then recorded."""

    models = [Notification]
    permissions = PERMISSIONS
    filters = NotificationFilterSet
    template_name = "forms/admin/notifications_confirm.html"
    work: Callable[..., int]
    question: str
    button: str

    @classmethod
    def get_queryset(cls, model: type[Notification], object_ids: Sequence[Any]) -> QuerySet[Notification]:
        """Return those of the chosen that were not sent: the others need nothing."""
        return super().get_queryset(model, object_ids).filter(state__in=UNSENT).select_related("submission")

    def get_execution_context(self) -> dict[str, Any]:
        """Return by whom and from where it is done."""
        return {"user": self.request.user, "address": client_address(self.request)}

    @classmethod
    def execute_action(cls, objects: list[Notification], **kwargs: Any) -> tuple[int, int]:
        """Do it, and return how many e-mails it was done to."""
        return cls.work(objects, **kwargs), 0

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context with the words of the question."""
        words = {"action_title": self.display_name, "question": self.question, "button": self.button}
        return super().get_context_data(**kwargs) | words


class RetryAction(QueueAction):
    """Sends them again at once."""

    display_name = gettext_lazy("Try again")
    action_type = "retry"
    aria_label = gettext_lazy("Send the selected e-mails again")
    action_priority = 10
    work = staticmethod(by_hand.retry)
    question = gettext_lazy("These e-mails are sent again at once, to the address shown.")
    button = gettext_lazy("Yes, try again")

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Return what was done."""
        return ngettext(
            "%(count)s e-mail is being sent again.", "%(count)s e-mails are being sent again.", num_parent_objects
        ) % {"count": num_parent_objects}


class SetAsideAction(QueueAction):
    """Gives them up."""

    display_name = gettext_lazy("Set aside")
    action_type = "set_aside"
    aria_label = gettext_lazy("Set the selected e-mails aside")
    action_priority = 20
    work = staticmethod(by_hand.set_aside)
    question = gettext_lazy("These e-mails are not sent and no longer count as failed. The requests stay in the inbox.")
    button = gettext_lazy("Yes, set aside")

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Return what was done."""
        return ngettext("%(count)s e-mail was set aside.", "%(count)s e-mails were set aside.", num_parent_objects) % {
            "count": num_parent_objects
        }


class NotificationViewSet(ReadOnlyViewSet):
    """The list, under Reports. Nothing is added, edited or deleted here."""

    model = Notification
    name = "notifications"
    icon = "mail"
    menu_label = gettext_lazy("Notifications")
    menu_hook = "register_reports_menu_item"
    menu_order = 200
    index_view_class = NotificationIndexView

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the list needs."""
        own = {
            "template_name": NotificationIndexView.template_name,
            "filterset_class": NotificationFilterSet,
            "default_ordering": NotificationIndexView.default_ordering,
        }
        return super().get_index_view_kwargs(**own, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the two addresses."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]


class QueueTrouble(Component):
    """On the dashboard: that e-mails or chores failed, or that nothing does them; nothing while all is well."""

    name = "queue_trouble"
    template_name = "forms/admin/queue_trouble.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return how many failed, with the way to them, whether a worker is missing, and which chores fail."""
        return {
            "failed": Notification.objects.filter(state=NotificationState.FAILED).count(),
            "url": f"{reverse('notifications:index')}?{urlencode({'state': NotificationState.FAILED})}",
            "worker_missed": is_missed(),
            "worker_last": last_alive(),
            "chores": housekeeping.failing(),
        }


def is_shown_to(user: Any) -> bool:
    """Return whether ``user`` is told of troubles of the queue."""
    return PERMISSIONS.user_has_permission(user, "view")
