"""Figures about requests, without an answer in them: how many came, from where, and how soon they were answered."""

import csv
import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button, HeaderButton

from forms.exports import safe
from forms.inbox import contacts
from forms.inbox.access import SubmissionPermissionMixin
from forms.inbox.filters import form_choices
from forms.inbox.plot import plot
from forms.models import FormDefinition, Status, StepCount, Submission
from forms.privacy.erasure import PATIENT_TYPES

LONGEST_DAYS = 366
SOURCES_SHOWN = 12
# Days that can be counted from, in both directions.
YEARS = (
    MinValueValidator(dt.date(2000, 1, 1), gettext_lazy("Enter a day after the year 1999.")),
    MaxValueValidator(dt.date(2199, 12, 31), gettext_lazy("Enter a day before the year 2200.")),
)


@dataclass(frozen=True)
class Row:
    """A line of a table and a bar of its plot: ``share`` is its part of the largest, between 0 and 1."""

    label: str
    value: int
    share: float
    percent: int | None = None


def rows(pairs: list[tuple[str, int]]) -> list[Row]:
    """Return labels and values as rows, each with its share of the largest value."""
    largest = max((value for _label, value in pairs), default=0) or 1
    return [Row(label, value, value / largest) for label, value in pairs]


def rows_of_first(pairs: list[tuple[str, int]]) -> list[Row]:
    """Return labels and values as rows, each with its percentage of the first value; none where that is nothing."""
    first = pairs[0][1] if pairs else 0
    return [replace(row, percent=round(100 * row.value / first)) if first else row for row in rows(pairs)]


@dataclass(frozen=True)
class Period:
    """The days that a report is about, the first and last included."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> list[dt.date]:
        """Every day of the period."""
        return [self.first + dt.timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    def within(self, submissions: QuerySet[Submission]) -> QuerySet[Submission]:
        """Return the submissions that came in on these days, in the clinic's time zone."""
        zone = timezone.get_current_timezone()
        start = dt.datetime.combine(self.first, dt.time.min, zone)
        end = dt.datetime.combine(self.last + dt.timedelta(days=1), dt.time.min, zone)
        return submissions.filter(created_at__gte=start, created_at__lt=end)


def per_day(submissions: QuerySet[Submission], period: Period) -> list[tuple[dt.date, int]]:
    """Return the number of requests of each day, the days without any included."""
    counted = dict(
        submissions.order_by().annotate(day=TruncDate("created_at")).values_list("day").annotate(Count("pk"))
    )
    return [(day, counted.get(day, 0)) for day in period.days]


def by_source(submissions: QuerySet[Submission]) -> list[tuple[str, int]]:
    """Return the number of requests by the page they were sent from, the most first, the rest taken together."""
    counted = submissions.order_by().values_list("source").annotate(number=Count("pk")).order_by("-number", "source")
    pairs = [(source or _("Unknown"), number) for source, number in counted]
    rest = sum(number for _source, number in pairs[SOURCES_SHOWN:])
    return pairs[:SOURCES_SHOWN] + ([(_("Other pages"), rest)] if rest else [])


def by_patient(submissions: QuerySet[Submission], form_id: str, period: Period) -> list[tuple[str, int]]:
    """Return the number of requests of new and of existing patients, and of those that were not asked.

    What was erased was counted then: nothing of the answer is left at the request itself.
    """
    erased = _step_counts(form_id, period)
    new, existing = (
        contacts.with_answer(submissions, "patient_type", kind).count() + erased[StepCount.erased_of(kind)]
        for kind in PATIENT_TYPES
    )
    unknown = submissions.count() - new - existing
    return [(_("New patients"), new), (_("Existing patients"), existing), (_("Not asked"), unknown)]


@dataclass(frozen=True)
class Waiting:
    """How long patients waited for the first contact, and how many wait still."""

    answered: int
    median: dt.timedelta | None
    ninety: dt.timedelta | None
    waiting: int


def waiting(submissions: QuerySet[Submission]) -> Waiting:
    """Return the median and the 90th percentile of the time to the first contact; None where there was none."""
    found = submissions.order_by().exclude(first_contact_at=None).values_list("created_at", "first_contact_at")
    times = sorted(contact - came for came, contact in found.iterator())
    still = submissions.filter(first_contact_at=None, status=Status.NEW).count()
    if not times:
        return Waiting(0, None, None, still)
    return Waiting(len(times), times[_rank(len(times), 50)], times[_rank(len(times), 90)], still)


def _rank(number: int, percent: int) -> int:
    """Return the place, from 0, of the first of ``number`` sorted values with at least so many percent up to it."""
    return -(-number * percent // 100) - 1


def _step_counts(form_id: str, period: Period) -> Counter[str]:
    """Return what was counted of a form, or of all, on these days."""
    counts = StepCount.objects.filter(day__range=(period.first, period.last))
    if form_id:
        counts = counts.filter(form_id=form_id)
    return Counter(dict(counts.values_list("step").annotate(Sum("count"))))


def drop_off(form_id: str, submissions: QuerySet[Submission], period: Period) -> list[tuple[str, int]]:
    """Return how many reached each step of a form as it now is, and how many sent it; nothing without a form."""
    definition = FormDefinition.objects.current(UUID(form_id)) if form_id else None
    if definition is None:
        return []
    counted = _step_counts(form_id, period)
    steps = [(step["title"], counted[step["id"]]) for step in definition.steps]
    return [*steps, (_("Sent"), submissions.filter(channel="web").count())]


class ReportForm(forms.Form):
    """Which requests the report is about."""

    form_id = forms.ChoiceField(label=gettext_lazy("Form"), required=False)
    first = forms.DateField(
        label=gettext_lazy("From"),
        required=False,
        validators=YEARS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last = forms.DateField(
        label=gettext_lazy("To"),
        required=False,
        validators=YEARS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_id"].choices = [("", _("All forms")), *form_choices()]

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order and more of them than a plot can show."""
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("Enter a day that is not before the first."))
        elif first and last and (last - first).days >= LONGEST_DAYS:
            self.add_error("last", _("Choose a year at the most."))
        return data


def last_days(last: dt.date | None = None) -> Period:
    """Return the days that are reported on until somebody chooses: 30 of them, up to ``last`` or today."""
    last = last or timezone.localdate()
    return Period(last - dt.timedelta(days=29), last)


def period_of(form: ReportForm) -> Period:
    """Return the days asked for; by default the last 30."""
    data = form.cleaned_data if form.is_valid() else {}
    usual = last_days(data.get("last"))
    first = data.get("first") or usual.first
    return Period(max(min(first, usual.last), usual.last - dt.timedelta(days=LONGEST_DAYS - 1)), usual.last)


class RequestsReportView(SubmissionPermissionMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The report: plots drawn on the server, with the figures as tables behind them."""

    any_permission_required = ("view",)
    model = Submission
    page_title = gettext_lazy("Requests in figures")
    header_icon = "doc-full-inverse"
    template_name = "forms/admin/report.html"
    index_url_name = "requests_report"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the report, or its figures as CSV."""
        if request.GET.get("format") == "csv":
            return self._csv()
        return super().get(request, *args, **kwargs)

    @cached_property
    def form(self) -> ReportForm:
        """The choice of form and days; where no day is chosen, the last 30 stand in the boxes."""
        chosen = self.request.GET.dict()
        if not chosen.get("first") and not chosen.get("last"):
            usual = last_days()
            chosen |= {"first": usual.first.isoformat(), "last": usual.last.isoformat()}
        return ReportForm(chosen)

    @cached_property
    def figures(self) -> dict[str, Any]:
        """The figures of the report; quarantine is left out."""
        period = period_of(self.form)
        form_id = self.form.cleaned_data.get("form_id", "") if self.form.is_valid() else ""
        found = period.within(Submission.objects.exclude(status=Status.QUARANTINE))
        if form_id:
            found = found.filter(form_id=form_id)
        return {
            "period": period,
            "total": found.count(),
            "per_day": per_day(found, period),
            "by_source": rows(by_source(found)),
            "by_patient": rows(by_patient(found, form_id, period)),
            "waiting": waiting(found),
            "drop_off": rows_of_first(drop_off(form_id, found, period)),
            "has_form": bool(form_id),
        }

    @property
    def header_buttons(self) -> list[Button]:
        """The figures as a file."""
        query = self.request.GET.copy()
        query["format"] = "csv"
        url = f"{self.request.path}?{query.urlencode()}"
        return [HeaderButton(_("Figures as CSV"), url=url, icon_name="download")]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the figures, and the plot of the days."""
        context = super().get_context_data(**kwargs) | self.figures
        return context | {"form": self.form, "plot": plot(context["per_day"])}

    def _csv(self) -> HttpResponse:
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="requests-in-figures.csv"'
        writer = csv.writer(response)
        writer.writerow([_("Figure"), _("What"), _("Number")])
        writer.writerows([_("Requests per day"), day.isoformat(), number] for day, number in self.figures["per_day"])
        for name, title in (
            ("by_source", _("Requests by page")),
            ("by_patient", _("New and existing patients")),
            ("drop_off", _("Steps reached")),
        ):
            writer.writerows([title, safe(row.label), row.value] for row in self.figures[name])
        waited = self.figures["waiting"]
        times = ((_("Half were contacted within"), waited.median), (_("Nine in ten within"), waited.ninety))
        hours = [(label, round(time.total_seconds() / 3600, 1)) for label, time in times if time is not None]
        writer.writerows([_("Time to first contact"), f"{label} ({_('hours')})", number] for label, number in hours)
        return response
