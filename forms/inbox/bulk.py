"""What can be done to several requests at once, on Wagtail's own bulk actions."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from forms import quarantine
from forms.inbox import people, work
from forms.inbox.access import SubmissionPermissionMixin, has_permission, staff_address
from forms.inbox.filters import SubmissionFilterSet
from forms.inbox.work_form import PersonChoiceField
from forms.models import WORKING_STATUSES, Status, Submission
from forms.privacy import erasure

MOST_AT_ONCE = 500
SALT = "forms.inbox.bulk"


class SubmissionBulkAction(SubmissionPermissionMixin, BulkAction):
    """What the actions share: who may, which requests, and a page that asks before anything is done."""

    models = [Submission]
    template_name = "forms/admin/bulk_action.html"
    needs = "change"
    question = ""
    button = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask, showing which requests it is about."""
        self._require()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it to the requests that were shown; without a list of them, ask again."""
        self._require()
        try:
            self._shown  # noqa: B018 - reading it finds out whether it is whole.
        except signing.BadSignature:
            messages.error(request, _("Nothing was changed, because the list was not whole. Look at it once more."))
            return HttpResponseRedirect(request.get_full_path())
        return super().post(request, *args, **kwargs)

    @cached_property
    def _shown(self) -> dict[int, int]:
        """The requests that were shown with the button pressed, each with its revision. Raises signing.BadSignature."""
        return dict(signing.loads(self.request.POST.get("shown", ""), salt=SALT))

    def _require(self) -> None:
        if not has_permission(self.request, "view") or not has_permission(self.request, self.needs):
            raise PermissionDenied

    @classmethod
    def get_queryset(cls, model: type[Submission], object_ids: list[Any]) -> QuerySet[Submission]:
        """Return the requests without their answers, at most so many as are done at once."""
        ids = [each for each in object_ids if str(each).isdecimal()][:MOST_AT_ONCE]
        return model.objects.select_related("assignee", "definition").defer("answers_encrypted").filter(pk__in=ids)

    def get_actionable_objects(self) -> tuple[list[Submission], dict[str, Any]]:
        """Return the requests to ask about; then those that were shown, whatever the list has in it by now."""
        if self.request.method != "POST":
            return super().get_actionable_objects()
        return list(self.get_queryset(self.model, list(self._shown))), {"items_with_no_access": []}

    def get_all_objects_in_listing_query(self, parent_id: Any) -> list[int]:
        """Return the ids of the requests that the list shows with its filters, the oldest first, up to the limit."""
        return list(self._listed().order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])

    def _listed(self) -> QuerySet[Submission]:
        filters = SubmissionFilterSet(self.request.GET, Submission.objects.all(), request=self.request)
        return filters.qs if filters.is_valid() else Submission.objects.none()

    def _left_over(self) -> int:
        """Return how many of those chosen are too many for once."""
        ids = self.request.GET.getlist("id")
        return max(0, (self._listed().count() if "all" in ids else len(ids)) - MOST_AT_ONCE)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the page asks, and the list of what it shows, for the answer."""
        context = super().get_context_data(**kwargs)
        shown = [(entry["item"].pk, entry["item"].revision) for entry in context["items"]]
        return context | {
            "shown": self.request.POST.get("shown") or signing.dumps(shown, salt=SALT),
            "action_title": self.display_name,
            "question": self.question,
            "button": self.button,
            "left_over": self._left_over(),
        }

    def get_execution_context(self) -> dict[str, Any]:
        """Return this page: it knows who does it, from where, and what was chosen."""
        return {"action": self}

    @classmethod
    def execute_action(cls, objects: list[Submission], **kwargs: Any) -> tuple[int, int]:
        """Do it and return to how many requests."""
        return kwargs["action"].do(objects), 0

    def do(self, shown: list[Submission]) -> int:
        """Do it to the requests that are still as they were shown, name the others, and return how many changed."""
        locked = work.lock(shown)
        same = [each for each in locked.values() if each.revision == self._shown[each.pk]]
        self.say_left(
            _("Left as they are, because somebody changed them after you opened the list: %s."),
            [each for each in locked.values() if each not in same],
        )
        data = self.cleaned_form.cleaned_data if self.cleaned_form else {}
        return self.act(same, self.request.user, staff_address(self.request), data)

    def act(self, submissions: list[Submission], user: Any, address: str, data: dict[str, Any]) -> int:
        """Do it to these requests, which are locked, record it once at the end, and return how many were changed."""
        raise NotImplementedError

    def say_left(self, words: str, left: list[Submission]) -> None:
        """Name the requests that were left as they are, and say why."""
        if left:
            messages.warning(self.request, words % ", ".join(each.reference for each in left))

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Return how many requests were changed."""
        return ngettext("%(count)d request was changed.", "%(count)d requests were changed.", num_parent_objects) % {
            "count": num_parent_objects
        }


class StatusForm(forms.Form):
    """The status to set."""

    status = forms.ChoiceField(
        label=gettext_lazy("Status"), choices=[(status.value, status.label) for status in WORKING_STATUSES]
    )


class SetStatus(SubmissionBulkAction):
    """Sets the status of several requests."""

    display_name = gettext_lazy("Set status")
    aria_label = gettext_lazy("Set the status of the selected requests")
    action_type = "set_status"
    action_priority = 10
    form_class = StatusForm
    question = gettext_lazy("Which status do these requests have now? Those in quarantine are left as they are.")
    button = gettext_lazy("Set status")

    def act(self, submissions: list[Submission], user: Any, address: str, data: dict[str, Any]) -> int:
        """Set the status."""
        worked_on = [each for each in submissions if each.status != Status.QUARANTINE]
        return work.set_status(worked_on, Status(data["status"]), user, address)


class AssigneeForm(forms.Form):
    """Who works on the requests."""

    assignee = PersonChoiceField(
        label=gettext_lazy("Assigned to"), queryset=people.desk(), required=False, empty_label=gettext_lazy("Nobody")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = people.desk()


class Assign(SubmissionBulkAction):
    """Gives several requests to somebody."""

    display_name = gettext_lazy("Assign")
    aria_label = gettext_lazy("Assign the selected requests to somebody")
    action_type = "assign"
    action_priority = 20
    form_class = AssigneeForm
    question = gettext_lazy("Who works on these requests?")
    button = gettext_lazy("Assign")

    def act(self, submissions: list[Submission], user: Any, address: str, data: dict[str, Any]) -> int:
        """Assign them."""
        return work.assign(submissions, data["assignee"], user, address)


class MarkUnread(SubmissionBulkAction):
    """Puts the mark of unread requests back."""

    display_name = gettext_lazy("Mark unread")
    aria_label = gettext_lazy("Mark the selected requests as unread")
    action_type = "mark_unread"
    action_priority = 30
    question = gettext_lazy("They will stand out in the list for everybody, as if nobody had opened them.")
    button = gettext_lazy("Mark as unread")

    def act(self, submissions: list[Submission], user: Any, address: str, data: dict[str, Any]) -> int:
        """Mark them."""
        work.mark_unread(submissions, user, address)
        return len(submissions)


class Release(SubmissionBulkAction):
    """Takes several requests out of quarantine."""

    display_name = gettext_lazy("Release from quarantine")
    aria_label = gettext_lazy("Release the selected requests from quarantine")
    action_type = "release"
    action_priority = 40
    question = gettext_lazy("They become new requests, and those who are told of new requests are told now.")
    button = gettext_lazy("Release")

    def act(self, submissions: list[Submission], user: Any, address: str, data: dict[str, Any]) -> int:
        """Release those that are in quarantine."""
        caught = [each for each in submissions if each.status == Status.QUARANTINE]
        quarantine.release_all(caught, user, address)
        return len(caught)


class PutInQuarantine(SubmissionBulkAction):
    """Puts several requests in quarantine."""

    display_name = gettext_lazy("Put in quarantine")
    aria_label = gettext_lazy("Put the selected requests in quarantine")
    action_type = "quarantine"
    action_priority = 45
    question = gettext_lazy("They leave the list of what is to be done. Those still there after 30 days are erased.")
    button = gettext_lazy("Put in quarantine")

    def act(self, submissions: list[Submission], user: Any, address: str, data: dict[str, Any]) -> int:
        """Put those in quarantine that are not there yet."""
        others = [each for each in submissions if each.status != Status.QUARANTINE]
        quarantine.put_all_in(others, user, address)
        return len(others)


class ReasonForm(forms.Form):
    """Why it is done: kept in the trail."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("Kept in the trail for good. Do not name the patient or what is the matter."),
    )


class Hold(SubmissionBulkAction):
    """Puts several requests under legal hold."""

    display_name = gettext_lazy("Legal hold")
    aria_label = gettext_lazy("Put the selected requests under legal hold")
    action_type = "hold"
    action_priority = 60
    needs = "erase"
    form_class = ReasonForm
    question = gettext_lazy("While the hold lasts, nothing of these requests is erased, whatever their form says.")
    button = gettext_lazy("Put under legal hold")
    holds = True

    def act(self, submissions: list[Submission], user: Any, address: str, data: dict[str, Any]) -> int:
        """Hold them."""
        erasure.set_hold(submissions, user, address, held=self.holds, reason=data["reason"])
        return len(submissions)


class LiftHold(Hold):
    """Lifts the legal hold of several requests."""

    display_name = gettext_lazy("Lift legal hold")
    aria_label = gettext_lazy("Lift the legal hold of the selected requests")
    action_type = "lift_hold"
    action_priority = 70
    question = gettext_lazy("These requests may be erased again: those whose time is up are within the hour.")
    button = gettext_lazy("Lift the hold")
    holds = False


class Erase(SubmissionBulkAction):
    """Erases the answers of several requests."""

    display_name = gettext_lazy("Erase answers")
    aria_label = gettext_lazy("Erase the answers of the selected requests")
    action_type = "erase"
    action_priority = 80
    needs = "erase"
    form_class = ReasonForm
    question = gettext_lazy(
        "The answers, notes and files of these requests are erased for good, and nobody can bring them back. That "
        "there was a request stays. Those under legal hold are left as they are."
    )
    button = gettext_lazy("Erase for good")

    def act(self, submissions: list[Submission], user: Any, address: str, data: dict[str, Any]) -> int:
        """Erase those that are not held, and name the others."""
        held = [each for each in submissions if each.legal_hold]
        self.say_left(_("Kept, because they are under legal hold: %s."), held)
        free = [each for each in submissions if not each.legal_hold and each.erased_at is None]
        erasure.erase_locked(free, user, address, reason=data["reason"])
        return len(free)


ACTIONS: tuple[type[SubmissionBulkAction], ...] = (
    *(SetStatus, Assign, MarkUnread, Release, PutInQuarantine),
    *(Hold, LiftHold, Erase),
)
