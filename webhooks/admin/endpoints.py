"""The screens of endpoints: the list, adding and changing one, its own page with the secret, and what is done there."""

from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Site

from forms.privacy import UnreadableError
from webhooks import by_hand
from webhooks.models import DeliveryState, Endpoint, EndpointSecret, EventType

LATEST = 10


class EndpointForm(WagtailAdminModelForm):
    """An endpoint, with the events as boxes to tick."""

    events = forms.MultipleChoiceField(
        label=gettext_lazy("Events"),
        choices=EventType.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one event.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.site_id is None:
            self.initial["site"] = Site.objects.filter(is_default_site=True).values_list("pk", flat=True).first()


def state_of(endpoint: Endpoint) -> str:
    """Return how an endpoint is, in a word."""
    if not endpoint.is_active:
        return _("Off")
    return _("Failing") if endpoint.failing_since else _("On")


class EndpointIndexView(generic.IndexView):
    """The list of endpoints."""

    page_title = gettext_lazy("Webhooks")
    default_ordering = "description"
    add_item_label = gettext_lazy("Add a webhook")

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """The columns of the list."""
        return [
            self._get_title_column_class(TitleColumn)(
                "description",
                label=_("Description"),
                sort_key="description",
                classname="webhook-name",
                get_url=self.get_inspect_url,
            ),
            Column("url", label=_("Address"), sort_key="url", classname="webhook-address"),
            Column("site", label=_("Site"), accessor="site", sort_key="site"),
            StatusTagColumn("state", label=_("State"), accessor=state_of, primary=lambda each: each.is_active),
            Column("waiting", label=_("Waiting")),
            Column("failed", label=_("Failed")),
        ]

    def get_base_queryset(self) -> QuerySet[Endpoint]:
        """Return all endpoints with the number of messages that wait, and that failed."""
        return Endpoint.objects.select_related("site").annotate(
            waiting=Count("deliveries", filter=Q(deliveries__state=DeliveryState.PENDING)),
            failed=Count("deliveries", filter=Q(deliveries__state=DeliveryState.FAILED)),
        )


class AddEndpointView(generic.CreateView):
    """A new endpoint; what follows is to hand its secret over."""

    success_message = gettext_lazy("“%(object)s” was added. Show its secret and give it to whoever runs the receiver.")

    def get_success_url(self) -> str:
        """Return the endpoint's own page."""
        return reverse("webhooks:inspect", args=[self.object.pk])

    def get_success_buttons(self) -> list[Any]:
        """Return none: the page that follows has them."""
        return []


class EditEndpointView(generic.EditView):
    """The fields of an endpoint."""

    success_message = gettext_lazy("“%(object)s” was saved.")

    def get_success_url(self) -> str:
        """Return the endpoint's own page."""
        return reverse("webhooks:inspect", args=[self.object.pk])

    def get_success_buttons(self) -> list[Any]:
        """Return none: the page that follows has them."""
        return []


class EndpointView(generic.InspectView):
    """An endpoint's own page: how it is, its secret, its latest messages."""

    model = Endpoint
    any_permission_required = ("view", "change")
    template_name = "webhooks/admin/endpoint.html"
    page_title = gettext_lazy("Webhook")
    header_icon = "link-external"
    index_url_name = "webhooks:index"
    edit_url_name = "webhooks:edit"
    delete_url_name = "webhooks:delete"
    history_url_name = "webhooks:history"
    fields = ("description",)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        index = {"url": reverse(self.index_url_name), "label": _("Webhooks")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": str(self.object)}]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """What else can be done, with the way to what was done before."""
        url = reverse(self.history_url_name, args=[self.object.pk])
        return [*super().header_more_buttons, Button(_("History"), url=url, icon_name="history", priority=30)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the endpoint, its events in words, and its latest messages with what came of them."""
        deliveries = self.object.deliveries
        newest, *older = EndpointSecret.in_use(self.object)
        return super().get_context_data(**kwargs) | {
            "endpoint": self.object,
            "state": state_of(self.object),
            "events": [EventType(each).label for each in self.object.events if each in EventType.values],
            "deliveries": deliveries.prefetch_related("attempts")[:LATEST],
            "counts": deliveries.aggregate(
                waiting=Count("pk", filter=Q(state=DeliveryState.PENDING)),
                failed=Count("pk", filter=Q(state=DeliveryState.FAILED)),
            ),
            "secret_since": newest.created_at,
            "old_secret_until": max((each.ends_at for each in older), default=None),
            "may_change": self.user_has_permission("change"),
        }


class EndpointActionView(EndpointView):
    """Something done on an endpoint's page by a button; asked for otherwise, it leads back there."""

    any_permission_required = ("change",)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the endpoint's page."""
        return self.back()

    def back(self) -> HttpResponseRedirect:
        """Return the way to the endpoint's page."""
        return HttpResponseRedirect(reverse("webhooks:inspect", args=[self.object.pk]))


class SecretView(EndpointActionView):
    """Shows the secret; who looked is kept."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the endpoint's page with the secret on it, for nobody on the way to keep."""
        try:
            secret = by_hand.show_secret(self.object, request.user)
        except UnreadableError as error:
            messages.error(request, str(error))
            return self.back()
        response = self.render_to_response(self.get_context_data(secret=secret))
        response["Cache-Control"] = "no-store, private"
        return response


class ReplaceSecretView(EndpointActionView):
    """Replaces the secret, once that was confirmed."""

    template_name = "webhooks/admin/replace_secret.html"
    page_title = gettext_lazy("Replace the secret")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask."""
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Replace it."""
        by_hand.replace_secret(self.object, request.user)
        messages.success(request, _("There is a new secret. The old one signs as well for 24 hours."))
        return self.back()


class SendTestView(EndpointActionView):
    """Sends a test message."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Queue it and lead to it, where its outcome will be."""
        if not self.object.is_active:
            messages.error(request, _("This webhook is off: nothing is sent to it. Switch it on first."))
            return self.back()
        delivery = by_hand.send_test(self.object, request.user)
        return HttpResponseRedirect(reverse("webhook_messages:message", args=[delivery.pk]))


class EndpointViewSet(ModelViewSet):
    """The screens together, and their entry among the settings."""

    model = Endpoint
    name = "webhooks"
    icon = "link-external"
    menu_label = gettext_lazy("Webhooks")
    menu_order = 900
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = EndpointIndexView
    add_view_class = AddEndpointView
    edit_view_class = EditEndpointView
    inspect_view_class = EndpointView
    inspect_template_name = EndpointView.template_name
    edit_handler = ObjectList(
        [
            FieldPanel("description"),
            FieldPanel("url"),
            FieldPanel("site"),
            FieldPanel("events"),
            FieldPanel("is_active"),
            HelpPanel(
                gettext_lazy(
                    "Messages hold ids and addresses, never the words of a page and never what a patient wrote."
                )
            ),
        ],
        base_form_class=EndpointForm,
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Return the names of the addresses there are: nothing refers to an endpoint, so its use is not listed."""
        return super().get_common_view_kwargs(**{"usage_url_name": None, **kwargs})

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses."""
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name != "usage"),
            path("secret/<int:pk>/", SecretView.as_view(), name="secret"),
            path("replace-secret/<int:pk>/", ReplaceSecretView.as_view(), name="replace_secret"),
            path("test/<int:pk>/", SendTestView.as_view(), name="test"),
        ]
