"""The admin's lists of roles and specialties."""

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from staff.models import Specialty, StaffRole

USED_ON = Column("used_on", label=_("Pages that use it"), sort_key="used_on")


class StaffRoleViewSet(SnippetViewSet):
    """Roles, in the order of the staff list."""

    model = StaffRole
    icon = "user"
    menu_label = _("Roles")
    list_display = ["name", "is_clinician", "sort_order", USED_ON]
    list_filter = ["is_clinician"]
    ordering = ["sort_order", "name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[StaffRole]:
        """Return the roles, each with the number of profiles that have it."""
        return StaffRole.objects.annotate(used_on=Count("profiles"))


class SpecialtyViewSet(SnippetViewSet):
    """Specialties, from A to Z."""

    model = Specialty
    icon = "pick"
    menu_label = _("Specialties")
    list_display = ["name", USED_ON]
    ordering = ["name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Specialty]:
        """Return the specialties, each with the number of profiles that name it."""
        return Specialty.objects.annotate(used_on=Count("profiles"))
