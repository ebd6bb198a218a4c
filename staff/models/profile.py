"""The page of one member of staff."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.images.models import AbstractImage
from wagtail.query import PageQuerySet
from wagtail.search import index

from clinicsite.children import chosen_ids
from clinicsite.models import ClinicPage, LocationPage
from clinicsite.public import is_public, public_pages
from staff import structured_data
from staff.models.lists import Specialty, StaffRole


class StaffProfilePage(ClinicPage):
    """A clinician or other member of staff. The page's title is the name as patients read it."""

    given_name = models.CharField(_("first name"), max_length=80)
    family_name = models.CharField(_("last name"), max_length=80)
    post_nominals = models.CharField(
        _("letters after the name"), max_length=80, blank=True, help_text=_("Such as PT, DPT, OCS.")
    )
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    role = models.ForeignKey(
        StaffRole, verbose_name=_("role"), null=True, blank=True, on_delete=models.SET_NULL, related_name="profiles"
    )
    photo = models.ForeignKey(
        "clinicsite.ClinicImage",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Set the focal point on the face: the photo is cropped around it. Empty: a drawing with the initials."
        ),
    )
    introduction = models.TextField(
        _("one-line introduction"), max_length=240, blank=True, help_text=_("On cards and in search results.")
    )
    biography = RichTextField(_("biography"), features=settings.RICH_TEXT_LIST, blank=True)
    specialties = ParentalManyToManyField(Specialty, verbose_name=_("specialties"), blank=True, related_name="profiles")
    locations = ParentalManyToManyField(
        LocationPage, verbose_name=_("locations"), blank=True, related_name="staff_profiles"
    )
    accepting_new_patients = models.BooleanField(
        _("accepting new patients"),
        default=True,
        help_text=_("Off: the profile says so, and offers colleagues instead."),
    )
    interests = RichTextField(
        _("outside the clinic"),
        features=settings.RICH_TEXT_BASIC,
        blank=True,
        help_text=_("What patients like to know."),
    )

    card_relations = ("role", "photo")
    offered_as = "clinician"
    page_description = _("A clinician or other member of staff: who they are and what they treat.")
    parent_page_types = ["staff.StaffIndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *ClinicPage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("biography"),
        index.RelatedFields("role", [index.SearchField("name")]),
        index.RelatedFields("specialties", [index.SearchField("name")]),
        index.FilterField("accepting_new_patients"),
    ]
    content_panels = [
        *ClinicPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("given_name"), FieldPanel("family_name")]),
                FieldRowPanel([FieldPanel("post_nominals"), FieldPanel("pronouns")]),
                FieldRowPanel([FieldPanel("role"), FieldPanel("accepting_new_patients")]),
                FieldPanel("photo"),
            ],
            heading=_("Who"),
        ),
        MultiFieldPanel([FieldPanel("introduction"), FieldPanel("biography")], heading=_("About")),
        InlinePanel("education", label=_("degree or residency"), heading=_("Education and residencies")),
        InlinePanel("certifications", label=_("certification"), heading=_("Certifications")),
        HelpPanel(template="staff/admin/conditions_treated.html", heading=_("Conditions treated")),
        FieldPanel("specialties", widget=CheckboxSelectMultiple),
        InlinePanel("languages", label=_("language"), heading=_("Languages spoken with patients")),
        FieldPanel("locations", widget=CheckboxSelectMultiple),
        FieldPanel("interests"),
    ]

    class Meta:
        verbose_name = _("staff profile page")

    @classmethod
    def relations(cls) -> tuple[str | models.Prefetch, ...]:
        """Return what the person has learned, speaks and knows, and where they work."""
        locations = LocationPage.for_cards(LocationPage.objects.prefetch_related("opening_hours"))
        return ("education", "certifications", "languages", "specialties", models.Prefetch("locations", locations))

    @classmethod
    def offered_pages(cls) -> PageQuerySet:
        """Return those who treat patients, by their names."""
        return super().offered_pages().filter(role__is_clinician=True).order_by("family_name", "given_name")

    @property
    def takes_new_patients(self) -> bool:
        """Whether a form for new patients may offer this person."""
        return self.accepting_new_patients

    @property
    def name_with_credentials(self) -> str:
        """The name followed by its post-nominal letters."""
        return f"{self.title}, {self.post_nominals}" if self.post_nominals else self.title

    @property
    def initials(self) -> str:
        """The first letters of both names, for the drawing that stands in for a photo."""
        return (self.given_name[:1] + self.family_name[:1]).upper()

    @cached_property
    def is_clinician(self) -> bool:
        """Whether this person treats patients."""
        return bool(self.role and self.role.is_clinician)

    @property
    def card_text(self) -> str:
        """The one-line introduction, else the role."""
        return self.introduction or (self.role.name if self.role else "")

    @property
    def card_image(self) -> AbstractImage | None:
        """The photo."""
        return self.photo

    def describe(self, request: HttpRequest | None) -> list[dict[str, Any]]:
        """Return the person and the page about them as schema.org objects."""
        return structured_data.profile(self, request)

    @cached_property
    def public_conditions(self) -> list[ClinicPage]:
        """The conditions this person treats, as the condition pages name them, by title; only those anyone may read."""
        if self.pk is None:  # the preview of a profile not saved yet
            return []
        condition_page = self.treated_conditions.model._meta.get_field("condition").related_model
        pages = condition_page.objects.filter(clinicians__profile=self)
        return list(public_pages(pages, beside=self).defer_streamfields().order_by("title").distinct())

    @cached_property
    def public_locations(self) -> list[LocationPage]:
        """Where this person works; only locations anyone may read, in the order of the page tree."""
        found = (location for location in self.locations.all() if is_public(location, beside=self))
        return sorted(found, key=lambda location: location.path)

    @cached_property
    def colleagues(self) -> list["StaffProfilePage"]:
        """Up to three others in the same role who accept new patients, those at the same location first."""
        places = chosen_ids(self, "locations")
        same_place = Count("locations", filter=Q(locations__in=places), distinct=True)
        others = StaffProfilePage.objects.filter(role=self.role_id, accepting_new_patients=True).exclude(pk=self.pk)
        others = public_pages(others, beside=self).annotate(shared_locations=same_place)
        return list(others.select_related("role", "photo").order_by("-shared_locations", "family_name")[:3])
