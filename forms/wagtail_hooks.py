"""What the forms add to the CMS admin: the inbox of requests, and a list of all forms."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from forms.inbox import SubmissionViewSet
from forms.models import FormPage


class FormPageListingViewSet(PageListingViewSet):
    """All forms of the site in one list, wherever their pages are."""

    name = "form_pages"
    model = FormPage
    icon = "form"
    menu_label = _("Forms")
    menu_order = 160
    add_to_admin_menu = True


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    """Register the inbox and the list of forms."""
    return [SubmissionViewSet(), FormPageListingViewSet()]
