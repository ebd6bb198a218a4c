"""The screen of the CMS admin on which an administrator answers a person who asks what is kept of them.

What is typed is sent in a request's body and kept nowhere. The list that it finds is signed into the buttons below it:
they act on the requests that were shown, whatever else is searched for in another window.
"""

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet

from forms.inbox.access import SubmissionPermissionMixin, has_permission, staff_address
from forms.inbox.bulk import ReasonForm
from forms.models import Submission
from forms.persons import copy, records

SALT = "forms.persons"
# Long enough to talk with the person on the phone.
SHOWN_FOR_SECONDS = 3600
# Some hundred requests of one person are a mistake or an attack; the commands take any number.
MOST_SHOWN = 500


class PersonView(SubmissionPermissionMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """What the screens share: who may see them, and the requests they are about."""

    model = Submission
    permission_required = "privacy"
    page_title = gettext_lazy("Privacy requests")
    header_icon = "key"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def to_search(self) -> HttpResponseRedirect:
        """Return the way back to the search."""
        return HttpResponseRedirect(reverse("persons:index"))

    @cached_property
    def shown(self) -> list[Submission]:
        """The requests that were shown with the button pressed. Raises signing.BadSignature."""
        pks = signing.loads(self.request.POST.get("shown", ""), salt=SALT, max_age=SHOWN_FOR_SECONDS)
        return list(records.in_order(Submission.objects.filter(pk__in=pks, erased_at=None)))


class SearchView(PersonView):
    """Finds all requests of one e-mail address or phone number."""

    template_name = "forms/persons/search.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what the person sent, without any answer, and record that somebody looked."""
        text = request.POST.get("contact", "")[:300]
        found = records.of_contact(text)
        if found is None:
            words = _("Enter a whole e-mail address, or a phone number with its area code.")
            return self.render_to_response(self.get_context_data(contact=text, error=words))
        shown = list(found[:MOST_SHOWN])
        records.record_search(len(shown), request.user, staff_address(request))
        pks = [each.pk for each in shown]
        context = {
            "contact": text,
            "is_answer": True,
            "requests": shown,
            "held": sum(each.legal_hold for each in shown),
            "shown": signing.dumps(pks, salt=SALT),
            "is_cut": len(shown) == MOST_SHOWN,
            "may_erase": has_permission(request, "erase"),
        }
        return self.render_to_response(self.get_context_data(**context))


class ShownView(PersonView):
    """Something done to the requests that were shown; without them it leads back to the search."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the search."""
        return self.to_search()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, unless the list is too old or none of its requests is left."""
        try:
            is_there = bool(self.shown)
        except signing.BadSignature:
            messages.error(request, _("This list is more than an hour old, or not whole. Search once more."))
            return self.to_search()
        if not is_there:
            messages.error(request, _("All of these requests were erased meanwhile."))
            return self.to_search()
        return self.act()

    def act(self) -> HttpResponse:
        """Return the answer."""
        raise NotImplementedError


class CopyView(ShownView):
    """Everything the person sent, as one file."""

    def act(self) -> HttpResponse:
        """Send the zip file while it is made, and record at each request that it was; nobody on the way keeps it."""
        records.record_copy(self.shown, self.request.user, staff_address(self.request))
        response = StreamingHttpResponse(copy.archive([each.pk for each in self.shown]), content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{copy.file_name()}"'
        response["Cache-Control"] = "no-store, private"
        response["X-Content-Type-Options"] = "nosniff"
        return response


class EraseView(ShownView):
    """Erases everything the person sent, once that was confirmed with a reason."""

    template_name = "forms/persons/erase.html"
    page_title = gettext_lazy("Erase everything")
    permission_required = "erase"

    def user_has_permission(self, permission: str) -> bool:
        """Return whether this person may answer privacy requests as well as erase."""
        return super().user_has_permission(permission) and super().user_has_permission("privacy")

    def act(self) -> HttpResponse:
        """Ask, or erase what is not held and say what became of all."""
        form = ReasonForm(self.request.POST if "reason" in self.request.POST else None)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        reason = form.cleaned_data["reason"]
        self._say(records.erase_all(self.shown, self.request.user, staff_address(self.request), reason=reason))
        return self.to_search()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return which requests would be erased, and which are kept."""
        held = [each for each in self.shown if each.legal_hold]
        free = [each for each in self.shown if not each.legal_hold]
        words = {"held": held, "free": free, "shown": self.request.POST["shown"]}
        return super().get_context_data(**words, **kwargs)

    def _say(self, outcome: records.Erased) -> None:
        number = len(outcome.erased)
        words = ngettext("%(number)d request was erased.", "%(number)d requests were erased.", number)
        messages.success(self.request, words % {"number": number})
        if outcome.held:
            references = ", ".join(outcome.held)
            messages.warning(self.request, _("Kept, because they are under legal hold: %s.") % references)
        if outcome.files_left:
            words = ngettext(
                "%(number)d file is not removed yet. It is tried again every hour.",
                "%(number)d files are not removed yet. It is tried again every hour.",
                outcome.files_left,
            )
            messages.warning(self.request, words % {"number": outcome.files_left})


class PersonViewSet(ViewSet):
    """The screens together, and their entry in the menu."""

    name = "persons"
    url_prefix = "privacy-requests"
    icon = "key"
    menu_label = gettext_lazy("Privacy requests")
    menu_order = 170
    add_to_admin_menu = True

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        """The menu item, shown to those who answer privacy requests."""

        def is_shown(item: MenuItem, request: HttpRequest) -> bool:
            return has_permission(request, "privacy")

        return type("PersonsMenuItem", (MenuItem,), {"is_shown": is_shown})

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses."""
        return [
            path("", SearchView.as_view(), name="index"),
            path("copy/", CopyView.as_view(), name="copy"),
            path("erase/", EraseView.as_view(), name="erase"),
        ]
