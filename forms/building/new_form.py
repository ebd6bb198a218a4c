"""The screen on which a new form begins: empty, ready-made, or from a file; and the way back into a file."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms.pages import ParentChooserForm
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.models import Page, Site

from clinicsite.models import ClinicSettings
from forms.building.files import FormFileError, parse, read, write
from forms.building.files.read import LARGEST_FILE
from forms.building.starters import starters

if TYPE_CHECKING:
    from forms.models import FormPage


class NewFormForm(ParentChooserForm):
    """Where the new form goes, and the file that it is made of, if it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        where = self.fields["parent_page"]
        where.label = _("Under which page")
        where.help_text = _("Its address begins with that page's address. You can move it later.")
        accepted = forms.FileInput(attrs={"accept": ".json,application/json"})
        self.fields["file"] = forms.FileField(
            required=False,
            widget=accepted,
            label=_("Form's file"),
            help_text=_("A file that was downloaded from a form with “Download as file”."),
        )


class NewFormView(ChooseParentView):
    """Lets an editor choose what a new form begins with, and makes it as a draft."""

    template_name = "forms/admin/new_form.html"
    page_title = gettext_lazy("New form")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer an editor who may add a form somewhere. Raises PermissionDenied for others."""
        if not self.get_valid_parent_pages(request.user).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the screen, even where there is only one page that a form can go under."""
        return self.render_to_response(self.get_context_data())

    def get_form(self) -> NewFormForm:
        """Return the form, which begins at the site's first page."""
        if self.request.method == "POST":
            return NewFormForm(self.model, self.request.user, self.request.POST, self.request.FILES)
        parents = self.get_valid_parent_pages(self.request.user)
        site = Site.find_for_request(self.request)
        first = parents.filter(pk=site.root_page_id).first() if site else None
        return NewFormForm(self.model, self.request.user, initial={"parent_page": first or parents.first()})

    def get_page_subtitle(self) -> str:
        """Return nothing: the title says it all."""
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context with the ready-made forms."""
        return super().get_context_data(**kwargs) | {"starters": starters().values()}

    def form_valid(self, form: NewFormForm) -> HttpResponse:
        """Make the form that was asked for and open its editor; tell what is wrong with a file."""
        parent = form.cleaned_data["parent_page"]
        if "empty" in self.request.POST:
            return super().form_valid(form)
        try:
            page = read(self._data(form, parent))
        except FormFileError as error:
            problems = error.problems
            return self.render_to_response(self.get_context_data(form=form, problems=problems))
        create_draft(page, parent, self.request.user)
        messages.success(
            self.request, _("“%(title)s” is here as a draft. Look it over, then publish it.") % {"title": page.title}
        )
        return redirect("wagtailadmin_pages:edit", page.pk)

    def _data(self, form: NewFormForm, parent: Page) -> Any:
        starter = starters().get(self.request.POST.get("starter", ""))
        if starter:
            site = parent.get_site() or Site.find_for_request(self.request)
            return starter.filled_in(ClinicSettings.for_site(site), beside=parent)
        file: UploadedFile | None = form.cleaned_data["file"]
        # One byte more than fits tells that it is too large, without reading on.
        return parse(file.read(LARGEST_FILE + 1) if file else b"")


@transaction.atomic
def create_draft(page: "FormPage", parent: Page, user: Any) -> None:
    """Store a new form under ``parent`` as a draft of ``user``, as the editor's own screen does."""
    if not slugify(page.title):
        # Of such a title, all in Chinese for example, Wagtail can make no address.
        page.slug = f"form-{page.form_id.hex[:8]}"
    page.owner = user
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action=True)


def download(request: HttpRequest, page_id: int) -> HttpResponse:
    """Answer with the file of a form as its editor sees it, drafts included. Raises PermissionDenied."""
    from forms.models import FormPage

    page = get_object_or_404(FormPage, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    data = write(page.get_latest_revision_as_object())
    response = JsonResponse(data, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{page.slug}.form.json"'
    response["Cache-Control"] = "no-store"
    return response
