"""What the forms add to the CMS admin: the inbox of requests, and a list of all forms."""

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.permissions import page_permission_policy

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

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        """The menu item, shown to those who edit pages: the front desk does not."""

        def is_shown(item: MenuItem, request: HttpRequest) -> bool:
            return page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"})

        return type("FormPagesMenuItem", (MenuItem,), {"is_shown": is_shown})


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    """Register the inbox and the list of forms."""
    return [SubmissionViewSet(), FormPageListingViewSet()]
