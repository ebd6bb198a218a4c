"""The list of requests, and what keeps it fresh."""

import re
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Count, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.views.generic import IndexView, PermissionCheckedMixin
from wagtail.admin.widgets.button import Button, HeaderButton

from forms.inbox import columns, contacts, order, search
from forms.inbox.access import SubmissionPermissionMixin, staff_address
from forms.inbox.filters import SubmissionFilterSet
from forms.models import WORKING_STATUSES, AuditHead, EventKind, Status, Submission, SubmissionEvent

SECONDS_BETWEEN_LOOKS = 20
# The list that this person saw last, for the way back to it and to its next request. Not in addresses: which answers
# are filtered by would say something of the request whose address it is.
LIST_SESSION_KEY = "inbox_list"
# What Wagtail's scripts and its pages of the list add to the address.
PASSING = ("p", "_w_filter_fragment")
# What a change of the filters must not lose.
KEPT = (search.IN_ADDRESS, "ordering")


@dataclass(frozen=True)
class Known:
    """What there was when the list was made: the newest request, and the last event of the trail."""

    newest: int
    event: int

    def __str__(self) -> str:
        return f"{self.newest}-{self.event}"

    @classmethod
    def now(cls) -> Self:
        """Return what there is."""
        newest = Subquery(Submission.objects.order_by("-pk").values("pk")[:1])
        head = AuditHead.objects.filter(pk=AuditHead.ONLY).annotate(newest=newest)
        found, event = head.values_list("newest", "sequence").get()
        return cls(found or 0, event)

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return what ``str`` wrote; None for anything else."""
        found = re.fullmatch(r"([0-9]{1,18})-([0-9]{1,18})", text)
        return cls(int(found[1]), int(found[2])) if found else None

    def later(self) -> QuerySet[Submission]:
        """Return the requests that came in later, or were released from quarantine."""
        released = SubmissionEvent.objects.filter(kind=EventKind.RELEASED, sequence__gt=self.event)
        return Submission.objects.filter(
            Q(pk__gt=self.newest) | Q(pk__in=list(released.values_list("submission_id", flat=True)))
        )


@dataclass(frozen=True)
class Choice:
    """One of several ways to see the list: a tab with its ``count`` of requests, or an order."""

    label: str
    url: str
    is_current: bool
    count: int | None = None


class SubmissionIndexView(SubmissionPermissionMixin, IndexView):
    """The list of requests, the newest first; no answer is in it."""

    any_permission_required = ("view",)
    template_name = "forms/admin/inbox.html"
    results_template_name = "forms/admin/inbox_results.html"
    filterset_class = SubmissionFilterSet
    # Wagtail's search box puts what is typed into addresses, letter by letter; the inbox has its own (search.py).
    is_searchable = False
    default_ordering = order.NEWEST_FIRST
    paginate_by = 50
    look_url_name = ""
    contact_url_name = ""
    columns_url_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the list, and keep which it was."""
        seen = self._query().urlencode()
        if request.session.get(LIST_SESSION_KEY) != seen:
            request.session[LIST_SESSION_KEY] = seen
        return super().get(request, *args, **kwargs)

    def _query(self, **changes: str | None) -> QueryDict:
        """Return what the address says about the list, with some of it changed, or left out where None."""
        query = self.request.GET.copy()
        for name in (*PASSING, *changes):
            query.pop(name, None)
        query.update({name: value for name, value in changes.items() if value is not None})
        return query

    def _url(self, **changes: str | None) -> str:
        query = self._query(**changes).urlencode()
        return f"{self.index_url}?{query}" if query else str(self.index_url)

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

    def get_base_queryset(self) -> QuerySet[Submission]:
        """Return all requests with what the list shows of them, and without their answers."""
        return Submission.objects.select_related("definition", "assignee").defer(
            "answers_encrypted", "definition__content"
        )

    def get_valid_orderings(self) -> list[str]:
        """Return the orders there are, whichever columns are shown."""
        return [sign + name for name in order.SORTABLE for sign in ("", "-")]

    def order_queryset(self, queryset: QuerySet[Submission]) -> QuerySet[Submission]:
        """Return the requests in the order asked for."""
        return order.in_order(queryset, self.ordering)

    @cached_property
    def tabs(self) -> list[Choice]:
        """The tabs over the list, each with its count. They keep the other filters."""
        found = Submission.objects.order_by()
        if self.filters.is_valid():
            found = self.filters.of_any_status(found)
        counted = dict(found.values_list("status").annotate(Count("pk")))
        shown = Status if self.is_search else WORKING_STATUSES
        tabs = [
            Choice(_("All"), self._url(status=None), not self.statuses, sum(counted.get(each, 0) for each in shown))
        ]
        for status in Status:
            is_current = self.statuses == [status]
            tabs.append(Choice(str(status.label), self._url(status=status), is_current, counted.get(status, 0)))
        return tabs

    @property
    def orders(self) -> list[Choice]:
        """The two orders that people work in; the columns' headings offer more."""
        pairs = ((order.NEWEST_FIRST, _("Newest first")), (order.MOST_URGENT_FIRST, _("Most urgent first")))
        return [Choice(label, self._url(ordering=key), self.ordering == key) for key, label in pairs]

    @property
    def is_search(self) -> bool:
        """Whether the list is what this person searched for."""
        return search.IN_ADDRESS in self.request.GET

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
        """Return the list with its tabs and choices, and what the script needs to look for new requests."""
        context = super().get_context_data(*args, **kwargs)
        return context | {
            "tabs": self.tabs,
            "orders": self.orders,
            "all_columns": columns.OPTIONAL,
            "chosen_columns": columns.chosen(self.request.session),
            "list_query": self._query().urlencode(),
            # What a change of the filters must not lose.
            "kept": [
                (name, self.request.GET[name]) for name in (search.IN_ADDRESS, "ordering") if name in self.request.GET
            ],
            "is_search": self.is_search,
            "contact_url": reverse(self.contact_url_name),
            "columns_url": reverse(self.columns_url_name),
            "look_url": reverse(self.look_url_name),
            "known": Known.now(),
            "new_url": self._url(status=Status.NEW),
            "seconds_between_looks": SECONDS_BETWEEN_LOOKS,
        }


class InboxPartView(SubmissionPermissionMixin, PermissionCheckedMixin, View):
    """A small part of the inbox that is not a page."""

    any_permission_required = ("view",)
    model = Submission
    index_url_name = "submissions:index"


class LookView(InboxPartView):
    """Whether new requests have come in: a number, for the list to say so without being loaded again."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return how many requests came, or were released, that the list does not know, and what it knows with them.

        The filters of the list count, but for the status.
        """
        known, now = Known.read(request.GET.get("known", "")), Known.now()
        if known is None or known == now:
            return JsonResponse({"count": 0, "known": str(now)})
        found = known.later().exclude(status=Status.QUARANTINE)
        # Most lists have no filter, and building one asks the database for its choices.
        if set(request.GET) - {"known", "status", "ordering"}:
            filters = SubmissionFilterSet(request.GET, found, request=request)
            found = filters.of_any_status(found) if filters.is_valid() else found.none()
        return JsonResponse({"count": found.count(), "known": str(now)})


class SearchView(InboxPartView):
    """Finds a request by its reference, or all of one e-mail address or phone number. None of it is in an address."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep what was looked for with this person's session and show the list; a whole reference leads to its page.

        That somebody looked for a contact is recorded, but not for which.
        """
        text = request.POST.get("contact", "")[:300]
        index = reverse(self.index_url_name)
        if found := search.with_reference(text):
            return redirect("submissions:inspect", found.pk)
        wanted = search.Wanted.typed(text)
        if wanted is None:
            messages.error(request, search.what_to_type())
            return HttpResponseRedirect(index)
        wanted.keep(request)
        if wanted.digests:
            count = contacts.with_any_digest(Submission.objects.all(), wanted.digests).count()
            SubmissionEvent.objects.record(
                EventKind.SEARCHED, user=request.user, address=staff_address(request), found=count
            )
        return HttpResponseRedirect(f"{index}?{search.IN_ADDRESS}=1")


class ColumnsView(InboxPartView):
    """Keeps which columns this person wants to see."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the choice and go back to the list."""
        known = {each.key for each in columns.OPTIONAL}
        request.session[columns.SESSION_KEY] = [key for key in request.POST.getlist("column") if key in known]
        query = request.POST.get("query", "")
        return HttpResponseRedirect(f"{reverse(self.index_url_name)}{'?' + query if query else ''}")
