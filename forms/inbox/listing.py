"""The list of requests, and what keeps it fresh."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.views.generic import IndexView, PermissionCheckedMixin
from wagtail.admin.widgets.button import Button, HeaderButton

from forms.inbox import columns, contacts
from forms.inbox.access import SubmissionPermissionMixin, staff_address
from forms.inbox.filters import CONTACT_SESSION_KEY, SubmissionFilterSet
from forms.models import WORKING_STATUSES, EventKind, Status, Submission, SubmissionEvent

SECONDS_BETWEEN_LOOKS = 20
MOST_URGENT_FIRST = "respond_by"


@dataclass(frozen=True)
class Tab:
    """A way to the requests of one status."""

    label: str
    count: int
    url: str
    is_current: bool


class SubmissionIndexView(SubmissionPermissionMixin, IndexView):
    """The list of requests, the newest first; no answer is in it."""

    any_permission_required = ("view",)
    template_name = "forms/admin/inbox.html"
    filterset_class = SubmissionFilterSet
    search_fields = ("reference",)
    search_backend_name = None
    default_ordering = "-created_at"
    paginate_by = 50
    look_url_name = ""
    contact_url_name = ""
    columns_url_name = ""

    @property
    def statuses(self) -> list[str]:
        """The statuses asked for; empty for all that are worked on."""
        return self.request.GET.getlist("status")

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """The columns that this person has chosen."""
        return columns.build(
            columns.chosen(self.request.session),
            get_url=self.get_inspect_url,
            is_quarantine=self.statuses == [Status.QUARANTINE],
        )

    def get_search_form(self) -> SearchForm:
        """Return the search, which says what it finds: the reference a patient reads out, never an answer."""
        return SearchForm(self.request.GET or None, placeholder=_("Reference, such as 7KQ4"))

    def get_base_queryset(self) -> QuerySet[Submission]:
        """Return all requests with what the list shows of them, and without their answers."""
        return Submission.objects.select_related("definition", "assignee").defer(
            "answers_encrypted", "definition__content"
        )

    def order_queryset(self, queryset: QuerySet[Submission]) -> QuerySet[Submission]:
        """Return the requests in order; by urgency, those without a promised time come last."""
        if self.ordering == MOST_URGENT_FIRST:
            return queryset.order_by(F("respond_by").asc(nulls_last=True), "created_at")
        return super().order_queryset(queryset)

    @cached_property
    def tabs(self) -> list[Tab]:
        """The tabs over the list, with how many requests of each status there are."""
        counted = dict(Submission.objects.order_by().values_list("status").annotate(Count("pk")))
        worked_on = sum(counted.get(status, 0) for status in WORKING_STATUSES)
        index = reverse(self.index_url_name)
        tabs = [Tab(_("All"), worked_on, index, not self.statuses)]
        for status in Status:
            url = f"{index}?status={status}"
            tabs.append(Tab(str(status.label), counted.get(status, 0), url, self.statuses == [status]))
        return tabs

    @cached_property
    def header_buttons(self) -> list[Button]:
        """The export of what is listed, for those who may."""
        if not self.user_has_permission("export"):
            return []
        return [HeaderButton(_("Export…"), url=self._export_url(), icon_name="download")]

    def _export_url(self) -> str:
        query = self.request.GET.copy()
        query.pop(self.page_kwarg, None)
        return f"{reverse('exports:new')}?{query.urlencode()}"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the list with its tabs, its choice of columns, and what the script needs to look for new requests."""
        context = super().get_context_data(*args, **kwargs)
        newest = Submission.objects.aggregate(newest=Max("pk"))["newest"] or 0
        urgent = self.request.GET.copy()
        urgent["ordering"] = MOST_URGENT_FIRST
        return context | {
            "tabs": self.tabs,
            "all_columns": columns.OPTIONAL,
            "chosen_columns": columns.chosen(self.request.session),
            "is_contact_search": "contact" in self.request.GET,
            "contact_url": reverse(self.contact_url_name),
            "columns_url": reverse(self.columns_url_name),
            "look_url": f"{reverse(self.look_url_name)}?after={newest}",
            "seconds_between_looks": SECONDS_BETWEEN_LOOKS,
            "urgent_url": f"{reverse(self.index_url_name)}?{urgent.urlencode()}",
            "quarantine_days": settings.FORMS_QUARANTINE.days,
        }


class InboxPartView(SubmissionPermissionMixin, PermissionCheckedMixin, View):
    """A small part of the inbox that is not a page."""

    any_permission_required = ("view",)
    model = Submission
    index_url_name = "submissions:index"


class LookView(InboxPartView):
    """Whether new requests have come in: a number, for the list to say so without being loaded again."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return how many requests came ``after`` the newest that the list knows."""
        after = request.GET.get("after", "")
        if not (after.isascii() and after.isdigit() and len(after) < 19):
            return JsonResponse({"count": 0})
        came = Submission.objects.filter(~Q(status=Status.QUARANTINE), pk__gt=int(after))
        return JsonResponse({"count": came.count()})


class ContactSearchView(InboxPartView):
    """Finds the requests of one e-mail address or phone number, which appears in no address and no log."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep digests of what was typed for this person's session, record that a search was made, show the list."""
        digests = contacts.digests_of_contact(request.POST.get("contact", "")[:300])
        index = reverse(self.index_url_name)
        if not digests:
            messages.error(
                request, _("Enter a whole e-mail address or phone number, such as name@example.com or 206 555 0142.")
            )
            return HttpResponseRedirect(index)
        request.session[CONTACT_SESSION_KEY] = [digest.hex() for digest in digests]
        found = contacts.with_any_digest(Submission.objects.all(), digests).count()
        SubmissionEvent.objects.record(
            EventKind.SEARCHED, user=request.user, address=staff_address(request), found=found
        )
        return HttpResponseRedirect(f"{index}?contact=1")


class ColumnsView(InboxPartView):
    """Keeps which columns this person wants to see."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the choice and go back to the list."""
        known = {each.key for each in columns.OPTIONAL}
        request.session[columns.SESSION_KEY] = [key for key in request.POST.getlist("column") if key in known]
        query = request.POST.get("query", "")
        return HttpResponseRedirect(f"{reverse(self.index_url_name)}{'?' + query if query else ''}")
