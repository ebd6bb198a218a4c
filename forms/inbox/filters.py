"""Which requests to list and to export."""

from functools import partial
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from clinicsite.models import LocationPage
from forms.fields import field_type
from forms.inbox import contacts, people, search
from forms.models import OPEN_STATUSES, FormDefinition, Status, Submission

ME, NOBODY = "me", "nobody"


def form_choices() -> list[tuple[str, str]]:
    """Return every form that was ever published, by its newest title; deleted pages' forms too."""
    newest = FormDefinition.objects.order_by("form_id", "version").values_list("form_id", "title")
    return sorted(((str(form_id), title) for form_id, title in dict(newest).items()), key=lambda pair: pair[1])


def assignee_choices() -> list[tuple[str, str]]:
    """Return me, nobody, and everybody who works requests."""
    return [(ME, _("Me")), (NOBODY, _("Nobody")), *((str(user.pk), people.name_of(user)) for user in people.desk())]


def location_choices() -> list[tuple[str, str]]:
    """Return the locations there are, by the ids of their pages."""
    return [(str(pk), title) for pk, title in LocationPage.objects.order_by("title").values_list("pk", "title")]


def overdue(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Return the open requests that nobody has answered by the time the form promises."""
    return submissions.filter(status__in=OPEN_STATUSES, first_contact_at=None, respond_by__lt=timezone.now())


class SubmissionFilterSet(WagtailFilterSet):
    """Which requests to list and to export. Once a form is chosen, the answers to its choices can be filtered by."""

    form_id = django_filters.ChoiceFilter(label=_("Form"), choices=form_choices, empty_label=_("All forms"))
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=Status.choices, widget=forms.CheckboxSelectMultiple
    )
    created_at = django_filters.DateFromToRangeFilter(label=_("Received"), widget=DateRangePickerWidget)
    assignee = django_filters.ChoiceFilter(
        label=_("Assigned to"), choices=assignee_choices, method="filter_assignee", empty_label=_("Anybody")
    )
    patient_type = django_filters.ChoiceFilter(
        label=_("Patient"),
        choices=[("new", _("New patient")), ("existing", _("Existing patient"))],
        method="filter_answer",
        empty_label=_("All patients"),
    )
    location = django_filters.ChoiceFilter(
        label=_("Location"), choices=location_choices, method="filter_answer", empty_label=_("All locations")
    )
    unread = django_filters.ChoiceFilter(
        label=_("Unread"),
        choices=[("on", _("Only what nobody has opened"))],
        method="filter_unread",
        empty_label=_("All"),
    )
    overdue = django_filters.ChoiceFilter(
        label=_("Overdue"), choices=[("on", _("Only what is overdue"))], method="filter_overdue", empty_label=_("All")
    )

    class Meta:
        model = Submission
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, queryset: Any = None, **kwargs: Any) -> None:
        super().__init__(data, queryset, **kwargs)
        for field_id, (label, choices) in self._choice_questions((data or {}).get("form_id", "")).items():
            self.filters[f"answer_{field_id}"] = added = django_filters.ChoiceFilter(
                label=label,
                choices=list(choices.items()),
                empty_label=_("Any answer"),
                method=partial(self._filter_choice, field_id),
            )
            # What is declared in the class gets these two on the way.
            added.parent, added.model = self, Submission

    @staticmethod
    def _choice_questions(form_id: str) -> dict[str, tuple[str, dict[str, str]]]:
        """Return the questions of a form that offer choices: their words and their choices, by field id.

        All versions count, so that answers to what is no longer offered are found too; the newest words are shown.
        """
        if form_id not in {known for known, _title in form_choices()}:
            return {}
        questions: dict[str, tuple[str, dict[str, str]]] = {}
        for definition in FormDefinition.objects.of_form(form_id):
            for question in definition.questions:
                offered = dict(field_type(question).choices(question))
                if offered and question["type"] != "patient_type":
                    _label, earlier = questions.get(question["id"], ("", {}))
                    questions[question["id"]] = (question["label"], earlier | offered)
        return questions

    @staticmethod
    def _filter_choice(field_id: str, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        return contacts.with_answer(queryset, f"choice:{field_id}", value)

    def filter_answer(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the requests with an indexed answer of the kind that is called like the filter."""
        return contacts.with_answer(queryset, name, value)

    def filter_assignee(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """Keep the requests of one person, of nobody, or my own."""
        if value == NOBODY:
            return queryset.filter(assignee=None)
        return queryset.filter(assignee=self.request.user.pk if value == ME else value)

    def filter_unread(self, queryset: QuerySet, _name: str, _value: str) -> QuerySet:
        """Keep the requests that nobody has opened."""
        return queryset.filter(read_at=None)

    def filter_overdue(self, queryset: QuerySet, _name: str, _value: str) -> QuerySet:
        """Keep the overdue requests."""
        return overdue(queryset)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Return what fits all filters; what is in quarantine only where it is asked for."""
        found = self.of_any_status(queryset)
        statuses = self.form.cleaned_data.get("status")
        if statuses:
            return found.filter(status__in=statuses)
        return found if search.IN_ADDRESS in self.data else found.exclude(status=Status.QUARANTINE)

    def of_any_status(self, queryset: QuerySet) -> QuerySet:
        """Return what fits all filters but the status."""
        for name, value in self.form.cleaned_data.items():
            if name != "status":
                queryset = self.filters[name].filter(queryset, value)
        if search.IN_ADDRESS in self.data:
            return search.Wanted.kept(self.request).among(queryset)
        return queryset
