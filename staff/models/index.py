"""The page that lists everybody, and the filters patients narrow it with."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from clinicsite import structured_data
from clinicsite.models import ClinicPage
from clinicsite.public import public_pages
from staff.filters import StaffFilters
from staff.models.profile import StaffProfilePage


class StaffIndexPage(ClinicPage):
    """Everybody who works at the clinic, filtered by role, location and condition."""

    introduction = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences under the title, above the filters."),
    )

    page_description = _("Lists all staff profiles; patients filter them by role, location and condition.")
    parent_page_types = ["clinicsite.HomePage"]
    subpage_types = ["staff.StaffProfilePage"]
    max_count_per_parent = 1
    search_fields = [*ClinicPage.search_fields, index.SearchField("introduction")]
    content_panels = [*ClinicPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("staff index page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context: ``profiles`` as filtered, the ``filters`` form and what it offers.

        A value that the form does not offer is left out of the filter, and ``filters.errors`` says so.
        """
        filters = StaffFilters(self.public_profiles, request.GET)
        return {
            **super().get_context(request, *args, **kwargs),
            "profiles": filters.profiles,
            "filters": filters,
            "roles": filters.fields["role"].choices[1:],
            "locations": filters.fields["location"].choices[1:],
            "conditions": filters.fields["condition"].choices[1:],
            "active_filters": filters.active,
        }

    def describe(self, request: HttpRequest | None) -> list[dict[str, Any]]:
        """Return the list of staff as schema.org objects."""
        return [structured_data.collection_page(self, self.public_profiles, request)]

    @cached_property
    def public_profiles(self) -> list[StaffProfilePage]:
        """The profiles under this page that anyone may read, in the order of their roles, then by name."""
        profiles = public_pages(StaffProfilePage.objects.child_of(self)).select_related("role", "photo")
        return list(profiles.order_by("role__sort_order", "family_name", "given_name"))
