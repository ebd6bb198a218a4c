"""A request's own page: what was asked and answered, the work on it, and what happened to it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.generic import InspectView
from wagtail.admin.widgets.button import Button, HeaderButton

from forms.inbox import columns, contacts, order, work
from forms.inbox.access import SubmissionPermissionMixin, staff_address
from forms.inbox.answers import shown_steps
from forms.inbox.filters import SubmissionFilterSet
from forms.inbox.listing import LIST_SESSION_KEY
from forms.inbox.timeline import timeline
from forms.inbox.work_form import WorkForm
from forms.models import EventKind, Status, Submission, SubmissionEvent
from forms.privacy import AnswersUnreadableError

EARLIER_SHOWN = 10


class SubmissionView(SubmissionPermissionMixin, InspectView):
    """A request's own page."""

    any_permission_required = ("view",)
    template_name = "forms/admin/submission.html"
    page_title = gettext_lazy("Request")

    @cached_property
    def list_query(self) -> QueryDict:
        """The list that this person came from: its filters and its order."""
        return QueryDict(self.request.session.get(LIST_SESSION_KEY, f"status={Status.NEW}"))

    @cached_property
    def list_url(self) -> str:
        """The address of that list."""
        query = self.list_query.urlencode()
        return f"{reverse(self.index_url_name)}{'?' + query if query else ''}"

    @cached_property
    def neighbours(self) -> tuple[int | None, int | None]:
        """The ids of the requests before and after this one in that list."""
        filters = SubmissionFilterSet(self.list_query, Submission.objects.all(), request=self.request)
        if not filters.is_valid():
            return None, None
        return order.neighbours(filters.qs, self.list_query.get("ordering", order.NEWEST_FIRST), self.object.pk)

    @cached_property
    def header_buttons(self) -> list[Button]:
        """The page to print."""
        url = reverse("submissions:print", args=[self.object.pk])
        return [HeaderButton(_("Print"), url=url, icon_name="printer")]

    def get_page_subtitle(self) -> str:
        """Return the reference, by which people speak of it."""
        return self.object.reference

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here: by the list that this person came from."""
        items = super().get_breadcrumbs_items()
        own = reverse(self.index_url_name)
        return [item | {"url": self.list_url} if item["url"] == own else item for item in items]

    def get_object(self, queryset: QuerySet[Submission] | None = None) -> Submission:
        """Return the request with the definition it answers. Raises Http404."""
        return get_object_or_404(Submission.objects.select_related("definition", "assignee"), pk=self.pk)

    def get_fields(self) -> list[str]:
        """Return no fields: the page has its own parts."""
        return []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Record that the request was viewed, and show it."""
        SubmissionEvent.objects.record(EventKind.VIEWED, self.object, request.user, address=staff_address(request))
        work.mark_read(self.object)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save what was changed, unless somebody else changed the request meanwhile; then nothing typed is lost."""
        if not self.user_has_permission("change"):
            raise PermissionDenied
        form = WorkForm(request.POST, request_in_hand=self.object)
        is_valid = form.is_valid()
        if form.cleaned_data.get("seen", self.object.revision) != self.object.revision:
            return self._say_it_changed(request.POST.get("note", ""))
        if not is_valid:
            messages.error(request, _("Nothing was saved: correct what is marked below."))
            return self.render_to_response(self.get_context_data(work_form=form))
        try:
            changed = self._apply(form.cleaned_data)
        except work.ChangedMeanwhileError:
            return self._say_it_changed(form.cleaned_data.get("note", ""))
        if changed:
            messages.success(request, _("Saved. This request is “%s”.") % self.object.get_status_display())
        return redirect(request.path)

    def _apply(self, data: dict[str, Any]) -> bool:
        change = work.Change(
            status=Status(data["status"]) if "status" in data else None,
            sets_assignee=True,
            assignee=data["assignee"],
            note=data.get("note", "").strip(),
        )
        return work.apply(
            self.object, change, seen=data["seen"], user=self.request.user, address=staff_address(self.request)
        )

    def _say_it_changed(self, note: str) -> HttpResponse:
        self.object.refresh_from_db()
        messages.error(self.request, work.changed_meanwhile_message(self.object))
        return self.render_to_response(self.get_context_data(work_form=self._work_form(note=note)))

    def _work_form(self, **initial: Any) -> WorkForm:
        request = self.object
        values = {"status": request.status, "assignee": request.assignee, "seen": request.revision}
        return WorkForm(initial=values | initial, request_in_hand=request)

    def _duties(self) -> list[dict[str, Any]]:
        """Return the ways to the pages that ask before this request is held, released from a hold or erased."""
        if not self.user_has_permission("erase") or self.object.erased_at:
            return []
        query = urlencode({"id": self.object.pk, "next": reverse("submissions:inspect", args=[self.object.pk])})
        offered = (
            [("lift_hold", _("Lift legal hold"))]
            if self.object.legal_hold
            else [("hold", _("Legal hold")), ("erase", _("Erase answers"))]
        )
        return [
            {
                "label": label,
                "url": f"{reverse('wagtail_bulk_action', args=['forms', 'submission', action])}?{query}",
                "is_final": action == "erase",
            }
            for action, label in offered
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the parts of the page; where the answers cannot be read, the reason in their place."""
        context = super().get_context_data(**kwargs)
        before, after = self.neighbours
        if not self.object.erased_at:
            try:
                context["steps"] = shown_steps(self.object)
            except AnswersUnreadableError as error:
                context["unreadable"] = str(error)
        earlier = contacts.from_same_contact(self.object)
        context |= {
            "timeline": timeline(self.object),
            "earlier": earlier[:EARLIER_SHOWN],
            "earlier_count": earlier.count(),
            "is_overdue": columns.is_overdue(self.object),
            "is_quarantined": self.object.status == Status.QUARANTINE,
            "days_left": columns.days_left(self.object),
            "duties": self._duties(),
            "can_change": self.user_has_permission("change"),
            "list_url": self.list_url,
            "before": before,
            "after": after,
        }
        if context["can_change"]:
            context.setdefault("work_form", self._work_form())
        return context
