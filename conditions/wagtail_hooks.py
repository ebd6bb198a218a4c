"""What the admin gains: the clinic's lists in one menu, the report of reviews due, its number on the dashboard."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.permissions import policy_registry
from wagtail.snippets.models import register_snippet

from conditions.models import ConditionPage
from conditions.reports import ReviewsDueView
from conditions.review import due
from conditions.viewsets import ClinicListsGroup

register_snippet(ClinicListsGroup)


class ReviewsDueMenuItem(MenuItem):
    """The report's entry, for those who work on pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether this person may edit or publish any page."""
        return user_has_any_page_permission(request.user)


@hooks.register("register_reports_menu_item")
def reviews_due_menu_item() -> MenuItem:
    """Return the report's entry in the menu of reports; it comes first."""
    return ReviewsDueMenuItem(_("Reviews due"), reverse("reviews_due"), icon_name="date", order=100)


@hooks.register("register_admin_urls")
def reviews_due_urls() -> list[URLPattern]:
    """Return the report's addresses: the page, and its table alone for when a filter changes."""
    view = ReviewsDueView
    return [
        path("reports/reviews-due/", view.as_view(), name="reviews_due"),
        path("reports/reviews-due/results/", view.as_view(results_only=True), name="reviews_due_results"),
    ]


class ReviewsDueSummary(SummaryItem):
    """How many of the reader's condition pages are due for a review."""

    order = 150
    template_name = "conditions/admin/reviews_due_summary.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Return the number."""
        policy = policy_registry.get_by_type(ConditionPage)
        mine = policy.instances_user_has_any_permission_for(self.request.user, ["add", "change", "publish"])
        return {"count": due(ConditionPage.objects.filter(pk__in=mine.values("pk"))).count()}

    def is_shown(self) -> bool:
        """Return whether this person works on pages."""
        return user_has_any_page_permission(self.request.user)


@hooks.register("construct_homepage_summary_items")
def reviews_due_on_dashboard(request: HttpRequest, summary_items: list[SummaryItem]) -> None:
    """Add the number of reviews due to the dashboard."""
    summary_items.append(ReviewsDueSummary(request))
