"""What building forms adds to the CMS admin: the list of forms with its new-form screen, and buttons of a form."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from forms.building.editing import CheckOnCreate, CheckOnEdit, FormPageViewSet, warn_of_findings
from forms.building.new_form import NewFormView, download
from forms.models import FormPage


class FormPageListingViewSet(PageListingViewSet):
    """All forms of the site in one list, wherever their pages are, and the screen on which a new one begins."""

    name = "form_pages"
    model = FormPage
    icon = "form"
    menu_label = _("Forms")
    menu_order = 160
    add_to_admin_menu = True
    choose_parent_view_class = NewFormView

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        """The menu item, shown to those who edit pages: the front desk does not."""

        def is_shown(item: MenuItem, request: HttpRequest) -> bool:
            return page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"})

        return type("FormPagesMenuItem", (MenuItem,), {"is_shown": is_shown})

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses of the list, of the new-form screen, of a form's file and of its check."""
        new = {"content_type_app_name": "forms", "content_type_model_name": "formpage"}
        return [
            *super().get_urlpatterns(),
            path("<int:page_id>/file/", download, name="download"),
            path("<int:page_id>/check/", CheckOnEdit.as_view(), name="check"),
            path("new/<int:parent_page_id>/check/", CheckOnCreate.as_view(), new, name="check_new"),
        ]


class DownloadButton(PageMenuItem):
    """Brings a form down as a file."""

    label = _("Download as file")
    icon_name = "download"
    url_name = "form_pages:download"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.next_url = None

    def is_shown(self, user: Any) -> bool:
        """Return whether the page is a form that this person edits."""
        return self.page.specific_class is FormPage and self.page.permissions_for_user(user).can_edit()


hooks.register("after_publish_page", warn_of_findings)


@hooks.register("register_admin_viewset")
def register_form_pages() -> list[ViewSet]:
    """Register the list of forms, and the views of a form's page."""
    return [FormPageListingViewSet(), FormPageViewSet()]


@hooks.register("register_page_header_buttons")
def offer_the_file(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[PageMenuItem]:
    """Put the download among a form's actions."""
    yield DownloadButton(page=page, priority=35)
