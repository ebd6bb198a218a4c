"""The report “Reviews due”: which conditions a clinician must look at again, and when."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import PageReportView
from wagtail.admin.widgets import AdminDateInput
from wagtail.query import PageQuerySet

from conditions.models import ConditionPage
from conditions.review import in_order_of_review


class ReviewFilters(WagtailFilterSet):
    """Narrow the report to one region, or to what is due by a date."""

    next_review = django_filters.DateFilter(label=_("Due by"), lookup_expr="lte", widget=AdminDateInput)

    class Meta:
        model = ConditionPage
        fields = ["next_review", "body_regions"]


class ReviewsDueView(PageReportView):
    """Published conditions by the date of their next review, overdue ones first; also as CSV and XLSX."""

    model = ConditionPage
    page_title = _("Reviews due")
    header_icon = "date"
    index_url_name = "reviews_due"
    index_results_url_name = "reviews_due_results"
    results_template_name = "conditions/admin/reviews_due_results.html"
    filterset_class = ReviewFilters
    any_permission_required = ["add", "change", "publish"]
    list_export = [
        "title",
        "next_review",
        "is_review_due",
        "last_reviewed",
        "clinical_reviewer",
        "is_changed_since_review",
        "full_url",
    ]
    export_headings = {
        "title": _("Condition"),
        "next_review": _("Next review"),
        "is_review_due": _("Due"),
        "last_reviewed": _("Last reviewed"),
        "clinical_reviewer": _("Reviewer"),
        "is_changed_since_review": _("Changed since"),
        "full_url": _("Address"),
    }

    def get_queryset(self) -> "PageQuerySet[ConditionPage]":
        """Return the published conditions this person may work on, the longest overdue first."""
        mine = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, self.any_permission_required
        )
        self.queryset = in_order_of_review(
            ConditionPage.objects.filter(Q(pk__in=mine.values("pk")), live=True).select_related("clinical_reviewer")
        )
        return super().get_queryset()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context, with today's date."""
        return super().get_context_data(today=timezone.localdate(), **kwargs)
