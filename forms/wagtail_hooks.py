"""What the forms add to the CMS admin: the inbox of requests, and a list of all forms."""

from typing import Any

from django.db.models import Count, Min
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.permissions import page_permission_policy

from forms.exports.viewset import ExportViewSet
from forms.inbox import SubmissionViewSet
from forms.models import FormPage, Status, Submission
from forms.notifications import screen


class FormPageListingViewSet(PageListingViewSet):
    """All forms of the site in one list, wherever their pages are."""

    name = "form_pages"
    model = FormPage
    icon = "form"
    menu_label = _("Forms")
    menu_order = 160
    add_to_admin_menu = True

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        """The menu item, shown to those who edit pages: the front desk does not."""

        def is_shown(item: MenuItem, request: HttpRequest) -> bool:
            return page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"})

        return type("FormPagesMenuItem", (MenuItem,), {"is_shown": is_shown})


class NewRequestsItem(SummaryItem):
    """On the dashboard: how many requests nobody has answered yet, and since when the oldest waits."""

    order = 50
    template_name = "forms/admin/new_requests.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the number, the time of the oldest (None where there is none) and the way to them."""
        found = Submission.objects.filter(status=Status.NEW).aggregate(total=Count("pk"), oldest=Min("created_at"))
        return found | {"url": f"{reverse('submissions:index')}?status={Status.NEW}"}

    def is_shown(self) -> bool:
        """Return whether this person may see requests."""
        return self.request.user.has_perm("forms.view_submission")


@hooks.register("construct_homepage_summary_items")
def count_new_requests(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Put the number of new requests on the dashboard."""
    items.append(NewRequestsItem(request))


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    """Register the inbox, its exports, the list of forms and the queue of e-mails."""
    return [SubmissionViewSet(), ExportViewSet(), FormPageListingViewSet(), screen.NotificationViewSet()]


@hooks.register("construct_homepage_panels")
def warn_of_unsent_mail(request: HttpRequest, panels: list[Component]) -> None:
    """Say on the dashboard that e-mails about requests failed, to those who work on requests."""
    if screen.is_shown_to(request.user):
        panels.append(screen.QueueTrouble())


hooks.register("register_bulk_action", screen.RetryAction)
hooks.register("register_bulk_action", screen.SetAsideAction)
