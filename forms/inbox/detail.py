"""A request's own page: what was asked and answered, the work on it, and what happened to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.generic import InspectView
from wagtail.admin.widgets.button import Button, HeaderButton

from forms import quarantine, rules
from forms.fields import Frozen, field_type
from forms.inbox import columns, contacts, people, work
from forms.inbox.access import SubmissionPermissionMixin, staff_address
from forms.models import (
    WORKING_STATUSES,
    EventKind,
    Status,
    StatusChangedError,
    Submission,
    SubmissionEvent,
    SubmissionNote,
)
from forms.privacy import AnswersUnreadableError, UnreadableError

LONGEST_NOTE = 5000
EARLIER_SHOWN = 10


@dataclass(frozen=True)
class ShownAnswer:
    """One question as the patient saw it, with the answer as text; ``was_asked`` is False where a rule hid it."""

    question: str
    answer: str
    link: str = ""
    files: tuple[dict[str, Any], ...] = ()
    was_asked: bool = True


@dataclass(frozen=True)
class ShownStep:
    """A step of the form with its answers."""

    title: str
    answers: list[ShownAnswer]


def shown_steps(submission: Submission) -> list[ShownStep]:
    """Return every question of the definition the patient saw, step by step, with its answer as text.

    Raises privacy.AnswersUnreadableError.
    """
    answers = submission.read_answers()
    content = submission.definition.content
    asked = rules.shown(content, answers)
    return [
        ShownStep(step["title"], [_shown(each, answers, asked) for each in _questions(step)])
        for step in content["steps"]
        if any(True for _question in _questions(step))
    ]


def _questions(step: dict[str, Any]) -> Iterator[Frozen]:
    return (field for field in step["fields"] if field["type"] != "static_text")


def _shown(question: Frozen, answers: dict[str, Any], asked: set[str]) -> ShownAnswer:
    answer = answers.get(question["id"])
    if answer is None:
        return ShownAnswer(question["label"], "", was_asked=question["id"] in asked)
    kind = field_type(question)
    return ShownAnswer(question["label"], kind.writer(question)(answer), kind.link(answer), tuple(kind.files(answer)))


@dataclass(frozen=True)
class Happening:
    """A line of the timeline: an event, or a note."""

    at: datetime
    what: str
    who: str
    note: str = ""
    problem: str = ""


def timeline(submission: Submission) -> list[Happening]:
    """Return what happened to a request and what was noted on it, the newest first."""
    events = [
        Happening(event.at, event.description, event.actor)
        for event in submission.events.exclude(kind=EventKind.NOTE_ADDED)
    ]
    notes = [_note(note) for note in submission.notes.all()]
    return sorted([*events, *notes], key=lambda happening: happening.at, reverse=True)


def _note(note: SubmissionNote) -> Happening:
    try:
        return Happening(note.at, _("Note"), note.author_name, note=note.read_text())
    except UnreadableError as error:
        return Happening(note.at, _("Note"), note.author_name, problem=str(error))


class PersonChoiceField(forms.ModelChoiceField):
    """Somebody who works requests, called as in the inbox."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the person's name."""
        return people.name_of(obj)


class WorkForm(forms.Form):
    """Sets the status and who works on it, and adds a note; ``seen`` is the revision the page was opened with."""

    status = forms.ChoiceField(
        label=gettext_lazy("Status"), choices=[(status.value, status.label) for status in WORKING_STATUSES]
    )
    assignee = PersonChoiceField(
        label=gettext_lazy("Assigned to"), queryset=people.desk(), required=False, empty_label=gettext_lazy("Nobody")
    )
    note = forms.CharField(
        label=gettext_lazy("Note for colleagues"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Encrypted. Patients never see it."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = people.desk()


class SubmissionView(SubmissionPermissionMixin, InspectView):
    """A request's own page."""

    any_permission_required = ("view",)
    template_name = "forms/admin/submission.html"
    page_title = gettext_lazy("Request")

    @cached_property
    def header_buttons(self) -> list[Button]:
        """The way back to what is still to be done."""
        url = f"{reverse(self.index_url_name)}?status={Status.NEW}"
        return [HeaderButton(_("New requests"), url=url, icon_name="list-ul")]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The page to print."""
        return [Button(_("Print"), url=reverse("submissions:print", args=[self.object.pk]), icon_name="print")]

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
        form = WorkForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Nothing was saved: correct what is marked below."))
            return self.render_to_response(self.get_context_data(work_form=form))
        data = form.cleaned_data
        change = work.Change(
            status=Status(data["status"]), sets_assignee=True, assignee=data["assignee"], note=data["note"].strip()
        )
        if self.object.status == Status.QUARANTINE:
            change.status = None
        try:
            changed = work.apply(
                self.object, change, seen=data["seen"], user=request.user, address=staff_address(request)
            )
        except work.ChangedMeanwhileError:
            return self._say_it_changed(data["note"])
        if changed:
            messages.success(request, _("Saved. This request is “%s”.") % self.object.get_status_display())
        return redirect(request.path)

    def _say_it_changed(self, note: str) -> HttpResponse:
        self.object.refresh_from_db()
        messages.error(self.request, work.changed_meanwhile_message(self.object))
        return self.render_to_response(self.get_context_data(work_form=self._work_form(note=note)))

    def _work_form(self, **initial: Any) -> WorkForm:
        request = self.object
        values = {"status": request.status, "assignee": request.assignee, "seen": request.revision}
        return WorkForm(initial=values | initial)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the parts of the page; where the answers cannot be read, the reason in their place."""
        context = super().get_context_data(**kwargs)
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
            "can_change": self.user_has_permission("change"),
            "can_erase": self.request.user.has_perm("forms.erase_submission"),
        }
        if context["can_change"]:
            context.setdefault("work_form", self._work_form())
        return context


class SubmissionPrintView(SubmissionView):
    """The same for paper: the answers with reference and date, and nothing around them."""

    template_name = "forms/admin/print.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse: nothing is changed here."""
        raise PermissionDenied


class SubmissionActionView(SubmissionView):
    """One thing done to a request at the press of a button; back to its page then."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the request's page."""
        return redirect("submissions:inspect", self.object.pk)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what the button says."""
        if not self.user_has_permission("change"):
            raise PermissionDenied
        action = {
            "release": self._release,
            "quarantine": self._quarantine,
            "unread": self._mark_unread,
            "notify": self._notify_again,
        }.get(request.POST.get("action", ""))
        if action is None:
            raise PermissionDenied
        return action(staff_address(request))

    def _back(self) -> HttpResponse:
        return redirect("submissions:inspect", self.object.pk)

    def _release(self, address: str) -> HttpResponse:
        try:
            quarantine.release(self.object, self.request.user, address)
        except StatusChangedError:
            messages.error(self.request, _("It is not in quarantine any more."))
        else:
            messages.success(self.request, _("Released: it is a new request now, and those who are told were told."))
        return self._back()

    def _quarantine(self, address: str) -> HttpResponse:
        try:
            quarantine.put_in(self.object, self.request.user, address)
        except StatusChangedError:
            messages.error(self.request, _("Somebody else has changed it meanwhile. Nothing was done."))
        else:
            messages.success(self.request, _("Put in quarantine. It can be released for 30 days."))
        return self._back()

    def _mark_unread(self, address: str) -> HttpResponse:
        work.mark_unread([self.object], self.request.user, address)
        messages.success(self.request, _("%s is marked as unread.") % self.object.reference)
        return redirect("submissions:index")

    def _notify_again(self, address: str) -> HttpResponse:
        from forms.notifications import resend

        if resend(self.object, self.request.user, address):
            messages.success(self.request, _("The e-mail to the front desk will be sent again in a moment."))
        else:
            messages.warning(self.request, _("Nobody is named in the form to be told."))
        return self._back()
