"""What can be done to several requests at once, on Wagtail's own bulk actions."""

import contextlib
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.bulk_action import BulkAction

from forms import quarantine
from forms.inbox import people, work
from forms.inbox.access import SubmissionPermissionMixin, has_permission, staff_address
from forms.inbox.filters import SubmissionFilterSet
from forms.inbox.work_form import PersonChoiceField
from forms.models import WORKING_STATUSES, Status, StatusChangedError, Submission
from forms.privacy import erasure

MOST_AT_ONCE = 500


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
        """Do it."""
        self._require()
        return super().post(request, *args, **kwargs)

    def _require(self) -> None:
        if not has_permission(self.request, "view") or not has_permission(self.request, self.needs):
            raise PermissionDenied

    @classmethod
    def get_queryset(cls, model: type[Submission], object_ids: list[Any]) -> QuerySet[Submission]:
        """Return the requests without their answers, at most so many as are done at once."""
        ids = [each for each in object_ids if str(each).isdecimal()][:MOST_AT_ONCE]
        return model.objects.select_related("assignee", "definition").defer("answers_encrypted").filter(pk__in=ids)

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
        """Return what the page asks."""
        return super().get_context_data(**kwargs) | {
            "action_title": self.display_name,
            "question": self.question,
            "button": self.button,
            "left_over": self._left_over(),
        }

    def get_execution_context(self) -> dict[str, Any]:
        """Return who does it, from where, and what was chosen."""
        data = self.cleaned_form.cleaned_data if self.cleaned_form else {}
        return {"user": self.request.user, "address": staff_address(self.request), "data": data}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Return how many requests were changed."""
        return ngettext("%(count)d request was changed.", "%(count)d requests were changed.", num_parent_objects) % {
            "count": num_parent_objects
        }


def _do_to_each(submissions: Iterable[Submission], act: Callable[..., object], by_whom: dict[str, Any]) -> int:
    """Do it to each request, but for those that somebody else has changed meanwhile; return to how many."""
    done = 0
    for submission in submissions:
        with contextlib.suppress(StatusChangedError):
            act(submission, by_whom["user"], by_whom["address"])
            done += 1
    return done


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

    @classmethod
    def execute_action(cls, objects: list[Submission], **kwargs: Any) -> tuple[int, int]:
        """Set the status."""
        worked_on = [each for each in objects if each.status != Status.QUARANTINE]
        return work.set_status(worked_on, Status(kwargs["data"]["status"]), kwargs["user"], kwargs["address"]), 0


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

    @classmethod
    def execute_action(cls, objects: list[Submission], **kwargs: Any) -> tuple[int, int]:
        """Assign them."""
        return work.assign(objects, kwargs["data"]["assignee"], kwargs["user"], kwargs["address"]), 0


class MarkUnread(SubmissionBulkAction):
    """Puts the mark of unread requests back."""

    display_name = gettext_lazy("Mark unread")
    aria_label = gettext_lazy("Mark the selected requests as unread")
    action_type = "mark_unread"
    action_priority = 30
    question = gettext_lazy("They will stand out in the list for everybody, as if nobody had opened them.")
    button = gettext_lazy("Mark as unread")

    @classmethod
    def execute_action(cls, objects: list[Submission], **kwargs: Any) -> tuple[int, int]:
        """Mark them."""
        work.mark_unread(objects, kwargs["user"], kwargs["address"])
        return len(objects), 0


class Release(SubmissionBulkAction):
    """Takes several requests out of quarantine."""

    display_name = gettext_lazy("Release from quarantine")
    aria_label = gettext_lazy("Release the selected requests from quarantine")
    action_type = "release"
    action_priority = 40
    question = gettext_lazy("They become new requests, and those who are told of new requests are told now.")
    button = gettext_lazy("Release")

    @classmethod
    def execute_action(cls, objects: list[Submission], **kwargs: Any) -> tuple[int, int]:
        """Release those that are in quarantine."""
        caught = Submission.objects.filter(pk__in=[each.pk for each in objects], status=Status.QUARANTINE)
        return _do_to_each(caught, quarantine.release, kwargs), 0


class PutInQuarantine(SubmissionBulkAction):
    """Puts several requests in quarantine."""

    display_name = gettext_lazy("Put in quarantine")
    aria_label = gettext_lazy("Put the selected requests in quarantine")
    action_type = "quarantine"
    action_priority = 45
    question = gettext_lazy("They leave the list of what is to be done. Those still there after 30 days are erased.")
    button = gettext_lazy("Put in quarantine")

    @classmethod
    def execute_action(cls, objects: list[Submission], **kwargs: Any) -> tuple[int, int]:
        """Put them in quarantine, but for those that somebody else has changed meanwhile."""
        return _do_to_each(objects, quarantine.put_in, kwargs), 0


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

    @classmethod
    def execute_action(cls, objects: list[Submission], **kwargs: Any) -> tuple[int, int]:
        """Hold them."""
        reason = kwargs["data"]["reason"]
        erasure.set_hold(objects, kwargs["user"], kwargs["address"], held=cls.holds, reason=reason)
        return len(objects), 0


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

    @classmethod
    def execute_action(cls, objects: list[Submission], **kwargs: Any) -> tuple[int, int]:
        """Erase those that are not held."""
        reason = kwargs["data"]["reason"]
        free = [each for each in objects if not each.legal_hold]
        return sum(erasure.erase(each, kwargs["user"], kwargs["address"], reason=reason) for each in free), 0


ACTIONS: tuple[type[SubmissionBulkAction], ...] = (
    *(SetStatus, Assign, MarkUnread, Release, PutInQuarantine),
    *(Hold, LiftHold, Erase),
)
