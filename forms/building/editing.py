"""The edit screen of a form: Wagtail's own, with the form check beside it."""

from typing import Any

from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView
from wagtail.admin.viewsets.pages import PageViewSet

from forms.building.check import check
from forms.models import FormPage

MOST_NAMED = 3


class CheckOnEdit(PreviewOnEditView):
    """Answers with what is to be known of a form as it stands in the editor, which sends all that is typed there."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the list as HTML. Nothing is stored."""
        form = self.get_form(request.POST)
        findings = None
        if self.validate_form(form):
            findings = check(form.save(commit=False))
        response = render(request, "forms/admin/check_results.html", {"findings": findings})
        response["Cache-Control"] = "no-store"
        return response


class CheckOnCreate(CheckOnEdit, PreviewOnCreateView):
    """The same for a form that was never saved."""


class FormCheckSidePanel(BaseSidePanel):
    """The list of what is to be known of a form, which follows what is typed."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """The button that opens it, with the number of findings."""

        aria_label = gettext_lazy("Toggle form check")
        icon_name = "tasks"

    name = "form-check"
    title = gettext_lazy("Form check")
    template_name = "forms/admin/check_panel.html"
    order = 340

    def __init__(self, page: FormPage, request: HttpRequest, url: str) -> None:
        super().__init__(page, request)
        self.url = url

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the context with the address that checks."""
        return super().get_context_data(parent_context) | {"url": self.url}

    @cached_property
    def media(self) -> Media:
        """The script and styles of the panel."""
        return Media(js=["js/form-check.js"], css={"all": ["css/form-building.css"]})


class FormEditView(EditView):
    """The edit screen of a form."""

    def get_side_panels(self) -> Any:
        """Return Wagtail's panels and the form check; an autosave's answer leaves the check as it is."""
        panels = super().get_side_panels()
        if not self.expects_json_response:
            url = reverse("form_pages:check", args=[self.page.pk])
            panels.append(FormCheckSidePanel(self.page, self.request, url))
        return panels


class FormCreateView(CreateView):
    """The screen of a form that was never saved."""

    def get_side_panels(self) -> Any:
        """Return Wagtail's panels and the form check."""
        panels = super().get_side_panels()
        url = reverse("form_pages:check_new", args=[self.parent_page.pk])
        panels.append(FormCheckSidePanel(self.page, self.request, url))
        return panels


class FormPageViewSet(PageViewSet):
    """Wagtail's views of a page, with the form's own edit screens."""

    model = FormPage
    icon = "form"
    edit_view_class = FormEditView
    add_view_class = FormCreateView


def warn_of_findings(request: HttpRequest, page: Any) -> None:
    """Tell the person who just published a form what the form check still has to say."""
    if not isinstance(page, FormPage):
        return
    findings = check(page)
    if not findings:
        return
    number = len(findings)
    opening = ngettext(
        "The form is published. The form check has one point:",
        "The form is published. The form check has %(number)s points:",
        number,
    ) % {"number": number}
    named = " ".join(finding.message for finding in findings[:MOST_NAMED])
    more = [_("The others are in the form's editor, under “Form check”.")] if number > MOST_NAMED else []
    messages.warning(request, " ".join([opening, named, *more]))
