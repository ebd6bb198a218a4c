"""The admin's lists of body regions and treatments, and the menu that holds all lists of the clinic."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import ReferenceIndex
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from conditions.models import BodyRegion, Treatment
from staff.viewsets import USED_ON, SpecialtyViewSet, StaffRoleViewSet


class BodyRegionViewSet(SnippetViewSet):
    """Body regions, head first."""

    model = BodyRegion
    icon = "group"
    menu_label = _("Body regions")
    list_display = ["name", "sort_order", USED_ON]
    ordering = ["sort_order", "name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[BodyRegion]:
        """Return the regions, each with the number of conditions in it."""
        return BodyRegion.objects.annotate(used_on=Count("conditions"))


class TreatmentViewSet(SnippetViewSet):
    """Treatments, from A to Z."""

    model = Treatment
    icon = "clipboard-list"
    menu_label = _("Treatments")
    list_display = ["name", USED_ON]
    ordering = ["name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Treatment]:
        """Return the treatments, each with the number of pages whose body names it, as Wagtail's own index has it."""
        references = (
            ReferenceIndex.objects.filter(
                to_content_type=ContentType.objects.get_for_model(Treatment),
                to_object_id=Cast(OuterRef("pk"), CharField()),
            )
            .order_by()
            .values("to_object_id")
            .annotate(pages=Count("object_id", distinct=True))
            .values("pages")
        )
        return Treatment.objects.annotate(used_on=Coalesce(Subquery(references, output_field=IntegerField()), 0))


class ClinicListsGroup(SnippetViewSetGroup):
    """One menu for the lists that pages draw on."""

    items = (BodyRegionViewSet, TreatmentViewSet, StaffRoleViewSet, SpecialtyViewSet)
    menu_label = _("Clinic lists")
    menu_name = "clinic-lists"
    menu_icon = "list-ul"
    menu_order = 320
