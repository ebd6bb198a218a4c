"""The screen of the CMS admin on which somebody chooses what goes into a file, and gets it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict, StreamingHttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button, HeaderButton

from clinicsite.client_address import client_address
from forms.exports import audit, jobs, presets, selection
from forms.exports.columns import ALWAYS, Catalogue, ExportColumn
from forms.exports.files import Choice, ExportFile, make_file
from forms.exports.forms import ChoiceForm
from forms.inbox import SubmissionPermissionMixin
from forms.models import ExportPreset, Submission
from forms.privacy import keyring

# A larger export is made in the background: nobody waits for it in front of a page that may time out.
AT_ONCE = 5_000


class ExportingMixin(SubmissionPermissionMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """What the screens of exports share: who may see them, and the way back to the requests."""

    model = Submission
    permission_required = "export"
    header_icon = "download"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here: by the requests."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("submissions:index"), "label": _("Requests")},
            {"url": "", "label": self.get_page_title()},
        ]


class NewExportView(ExportingMixin, TemplateView):
    """Choose what goes into a file. The requests are those that the inbox showed, or that were ticked there."""

    template_name = "forms/admin/exports/new.html"
    page_title = gettext_lazy("Export requests")

    @property
    def header_buttons(self) -> list[Button]:
        """The way to the exports there are."""
        return [HeaderButton(_("Earlier exports"), url=reverse("exports:index"), icon_name="list-ul")]

    @cached_property
    def filters(self) -> selection.Filters:
        """Which requests: as the address says, or as the form was sent with."""
        if "filters" in self.request.POST:
            return selection.filters_of(QueryDict(self.request.POST["filters"]))
        if ticked := self.request.POST.getlist(selection.TICKED):
            return {selection.TICKED: ticked}
        return selection.without_contact(selection.filters_of(self.request.GET), self.request)

    @cached_property
    def preset(self) -> ExportPreset | None:
        """The saved choice that the address names."""
        chosen = self.request.GET.get("preset", "")
        return ExportPreset.objects.filter(pk=chosen).first() if chosen.isdecimal() else None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer, or lead back to the requests where the filters make no sense."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except selection.InvalidFiltersError:
            messages.error(request, _("Nothing was exported: correct the filters first."))
            return HttpResponseRedirect(f"{reverse('submissions:index')}?{request.GET.urlencode()}")

    @cached_property
    def submissions(self) -> Any:
        """The requests to export."""
        return selection.select(self.filters, self.request.user)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The columns there are for them."""
        return Catalogue.of(self.submissions)

    @cached_property
    def order(self) -> list[ExportColumn]:
        """All columns on offer in the order in which they stand on the screen."""
        offered = {column.key: column for column in self.catalogue.columns if column.key != ALWAYS}
        wanted = self.request.POST.getlist("order") or (self.preset.columns if self.preset else [])
        keys = dict.fromkeys([*(key for key in wanted if key in offered), *offered])
        return [offered[key] for key in presets.moved(list(keys), self.action)]

    @property
    def action(self) -> str:
        """Which button was pressed; none on coming here."""
        return self.request.POST.get("action", "")

    @cached_property
    def form(self) -> ChoiceForm:
        """The choice as it stands."""
        keys = [*(column.key for column in self.order), ALWAYS]
        if self.action:
            return ChoiceForm(self.request.POST, keys)
        initial = {"columns": [column.key for column in self.order if column.is_default]}
        if self.preset:
            initial = {"columns": self.preset.columns or initial["columns"], "format": self.preset.format}
        return ChoiceForm(None, keys, initial=initial)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the screen; a preset that was just chosen brings its own filters, unless requests were ticked."""
        if "use_preset" in request.GET:
            return HttpResponseRedirect(presets.address(request.GET.get("use_preset", ""), self.filters))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what the button says; without one, or with one that moves a column, show the screen."""
        if self.action == "delete_preset":
            presets.delete(request)
            return HttpResponseRedirect(presets.address("", self.filters))
        is_made = self.action in ("now", "background", "save_preset")
        if not is_made or not self.form.is_valid():
            return super().get(request, *args, **kwargs)
        if self.action == "save_preset":
            saved = presets.save(request, self.form.choice(), self.filters)
            if saved is None:
                return super().get(request, *args, **kwargs)
            return HttpResponseRedirect(presets.address(str(saved.pk), self.filters, keep=True))
        return self.export(self.form.choice())

    def export(self, choice: Choice) -> HttpResponse:
        """Return the file, and record that it was given; have a large one made in the background."""
        file, address = make_file(self.submissions, choice), client_address(self.request)
        total, user = file.counts.total, self.request.user
        if self.action == "background" or total > AT_ONCE:
            job = jobs.ask_for(user, choice, self.filters, total, address)
            return HttpResponseRedirect(reverse("exports:job", args=[job.uuid]))
        audit.exported(user, choice, self.filters, total, address, delivery="at once")
        return download(file)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the choice, what it is of, and the presets."""
        context = super().get_context_data(**kwargs)
        ticked = set(self.form["columns"].value() or [])
        is_ticked_selection = selection.TICKED in self.filters
        return context | {
            "form": self.form,
            "columns": [(column, column.key in ticked) for column in self.order],
            "filters": selection.query_of(self.filters),
            "total": self.submissions.count(),
            "unreadable": self.submissions.filter(erased_at=None).exclude(key_id__in=keyring()).count(),
            "words": [] if is_ticked_selection else selection.in_words(self.filters, self.request.user),
            "is_ticked_selection": is_ticked_selection,
            "presets": ExportPreset.objects.all(),
            "preset": self.preset,
            "at_once": AT_ONCE,
        }


def download(file: ExportFile) -> StreamingHttpResponse:
    """Return the answer that sends a file while it is made; nobody on the way keeps it."""
    response = StreamingHttpResponse(file.chunks, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["Cache-Control"] = "no-store, private"
    return response
