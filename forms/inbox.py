"""The front desk's screens in the CMS admin: the list of requests, and a request's own page."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import formats, timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton

from forms.downloads import download_file
from forms.fields import Frozen, field_type
from forms.models import EventKind, FormDefinition, Status, StatusChangedError, Submission, SubmissionEvent
from forms.privacy import AnswersUnreadableError


class SubmissionPermissionMixin:
    """Refuses with status 403 and a reason: requests are health information, and a refusal must be unmistakable."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer the request, or say who may see it."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied:
            return render(request, "forms/admin/forbidden.html", status=HTTPStatus.FORBIDDEN)


def form_choices() -> list[tuple[str, str]]:
    """Return every form that was ever published, by its newest title; deleted pages' forms too."""
    newest = FormDefinition.objects.order_by("form_id", "version").values_list("form_id", "title")
    return sorted(((str(form_id), title) for form_id, title in dict(newest).items()), key=lambda pair: pair[1])


class SubmissionFilterSet(WagtailFilterSet):
    """Which requests to list and to export."""

    form_id = django_filters.ChoiceFilter(
        label=gettext_lazy("Form"), choices=form_choices, empty_label=gettext_lazy("All forms")
    )
    status = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Status"), choices=Status.choices, widget=forms.CheckboxSelectMultiple
    )
    created_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Received"), widget=DateRangePickerWidget)

    class Meta:
        model = Submission
        fields: tuple[str, ...] = ()


def received(submission: Submission) -> str:
    """Return when a request came in, to the minute: the front desk calls back in that order."""
    return formats.date_format(timezone.localtime(submission.created_at), "DATETIME_FORMAT")


class SubmissionIndexView(SubmissionPermissionMixin, IndexView):
    """The list of requests, the newest first; no answer is in it."""

    any_permission_required = ("view",)
    filterset_class = SubmissionFilterSet
    search_fields = ("reference",)
    search_backend_name = None
    default_ordering = "-created_at"

    @cached_property
    def columns(self) -> list[Column]:
        """The columns of the list."""
        return [
            TitleColumn("reference", label=_("Reference"), get_url=self.get_inspect_url),
            Column("received", accessor=received, label=_("Received"), sort_key="created_at"),
            Column("definition.title", label=_("Form"), sort_key="definition__title"),
            StatusTagColumn(
                "get_status_display",
                label=_("Status"),
                sort_key="status",
                classname="request-status",
                primary=lambda submission: submission.status == Status.NEW,
            ),
            Column("source", label=_("Sent from")),
        ]

    def get_search_form(self) -> SearchForm:
        """Return the search, which says what it finds: the reference a patient reads out, never an answer."""
        return SearchForm(self.request.GET or None, placeholder=_("Reference, such as 7KQ4"))

    def get_base_queryset(self) -> QuerySet[Submission]:
        """Return all requests with what the list shows of them, and without their answers."""
        return Submission.objects.select_related("definition").only(
            "reference", "created_at", "status", "source", "definition__title"
        )

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


@dataclass(frozen=True)
class ShownAnswer:
    """One question as the patient saw it, with the answer as text, or its files."""

    question: str
    answer: str
    link: str = ""
    files: tuple[dict[str, Any], ...] = ()


class StatusForm(forms.Form):
    """Sets the status of a request; ``seen`` is the status it had when the page was opened."""

    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=Status.choices)
    seen = forms.ChoiceField(choices=Status.choices, widget=forms.HiddenInput)


class SubmissionView(SubmissionPermissionMixin, InspectView):
    """A request's own page: what was asked and answered, its status, and what happened to it."""

    any_permission_required = ("view",)
    template_name = "forms/admin/submission.html"
    page_title = gettext_lazy("Request")

    @cached_property
    def header_buttons(self) -> list[Button]:
        """The way back to what is still to be done."""
        url = f"{reverse(self.index_url_name)}?status={Status.NEW}"
        return [HeaderButton(_("New requests"), url=url, icon_name="list-ul")]

    def get_object(self, queryset: QuerySet[Submission] | None = None) -> Submission:
        """Return the request with the definition it answers. Raises Http404."""
        return get_object_or_404(Submission.objects.select_related("definition"), pk=self.pk)

    def get_fields(self) -> list[str]:
        """Return no fields: the page has its own parts."""
        return []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Record that the request was viewed, and show it."""
        SubmissionEvent.objects.record(EventKind.VIEWED, self.object, request.user)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Change the status, unless somebody else did meanwhile."""
        if not self.user_has_permission("change"):
            raise PermissionDenied
        form = StatusForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Choose one of the statuses shown."))
        elif form.cleaned_data["status"] != form.cleaned_data["seen"]:
            self._change(Status(form.cleaned_data["status"]), Status(form.cleaned_data["seen"]))
        return redirect(request.path)

    def _change(self, status: Status, seen: Status) -> None:
        try:
            self.object.change_status(status, seen=seen, user=self.request.user)
        except StatusChangedError:
            self.object.refresh_from_db(fields=["status"])
            messages.error(
                self.request,
                _("Somebody else has set this request to “%(status)s” meanwhile. Nothing was changed.")
                % {"status": self.object.get_status_display()},
            )
        else:
            messages.success(self.request, _("Status set to “%(status)s”.") % {"status": status.label})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the parts of the page; where the answers cannot be read, the reason in their place."""
        context = super().get_context_data(**kwargs)
        try:
            context["answers"] = shown_answers(self.object)
        except AnswersUnreadableError as error:
            context["unreadable"] = str(error)
        context["events"] = self.object.events.all()
        if self.user_has_permission("change"):
            context["status_form"] = StatusForm(initial={"status": self.object.status, "seen": self.object.status})
        return context


def shown_answers(submission: Submission) -> list[ShownAnswer]:
    """Return every question of the definition the patient saw, with its answer as text; empty if left empty.

    Raises privacy.AnswersUnreadableError.
    """
    answers = submission.read_answers()
    return [_shown(question, answers.get(question["id"])) for question in submission.definition.questions]


def _shown(question: Frozen, answer: Any) -> ShownAnswer:
    if answer is None:
        return ShownAnswer(question["label"], "")
    kind = field_type(question)
    return ShownAnswer(question["label"], kind.writer(question)(answer), kind.link(answer), tuple(kind.files(answer)))


class SubmissionViewSet(ModelViewSet):
    """The screens together. There is no adding, editing or deleting of what a patient sent."""

    model = Submission
    name = "submissions"
    icon = "mail"
    menu_label = gettext_lazy("Requests")
    menu_order = 150
    add_to_admin_menu = True
    add_to_reference_index = False
    inspect_view_enabled = True
    copy_view_enabled = False
    exclude_form_fields: tuple[str, ...] = ()
    index_view_class = SubmissionIndexView
    inspect_view_class = SubmissionView

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Return the names of the addresses there are."""
        missing = dict.fromkeys(
            ("add_url_name", "edit_url_name", "delete_url_name", "history_url_name", "usage_url_name")
        )
        return super().get_common_view_kwargs(**{**missing, **kwargs})

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the list needs."""
        own = {
            "filterset_class": SubmissionFilterSet,
            "search_fields": SubmissionIndexView.search_fields,
            "search_backend_name": None,
            "default_ordering": SubmissionIndexView.default_ordering,
        }
        return super().get_index_view_kwargs(**own, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/files/<uuid:file_id>/", download_file, name="file"),
        ]
