"""The people of the clinic: their roles and specialties, their profiles, and the page that lists them."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from clinicsite.models import ClinicPage, LocationPage
from staff.languages import LANGUAGE_CHOICES


@register_snippet
class StaffRole(TranslatableMixin, index.Indexed, models.Model):
    """What somebody does at the clinic, such as physical therapist."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address part"), max_length=80, help_text=_("In the address of the filtered staff list."))
    is_clinician = models.BooleanField(
        _("treats patients"), default=True, help_text=_("Clinicians can be chosen on condition pages and reviewed by.")
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=10, help_text=_("Lower numbers come first."))

    search_fields = [index.AutocompleteField("name"), index.SearchField("name")]
    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("is_clinician"), FieldPanel("sort_order")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("staff role")
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        """Return the role's name."""
        return self.name


@register_snippet
class Specialty(TranslatableMixin, index.Indexed, models.Model):
    """A field a clinician knows especially well, such as vestibular therapy."""

    name = models.CharField(_("name"), max_length=120)

    search_fields = [index.AutocompleteField("name"), index.SearchField("name")]
    panels = [FieldPanel("name")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("specialty")
        verbose_name_plural = _("specialties")
        ordering = ["name"]

    def __str__(self) -> str:
        """Return the specialty's name."""
        return self.name


class StaffIndexPage(ClinicPage):
    """Everybody who works at the clinic, filtered by role, location and condition."""

    introduction = models.TextField(_("introduction"), max_length=400, blank=True)

    page_description = _("Lists all staff profiles; patients filter them by role, location and condition.")
    subpage_types = ["staff.StaffProfilePage"]
    search_fields = [*ClinicPage.search_fields, index.SearchField("introduction")]
    content_panels = [*ClinicPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("staff index page")


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
        FieldPanel("specialties"),
        InlinePanel("languages", label=_("language"), heading=_("Languages spoken with patients")),
        FieldPanel("locations"),
        FieldPanel("interests"),
    ]

    class Meta:
        verbose_name = _("staff profile page")

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


class EducationKind(models.TextChoices):
    """What kind of training it was."""

    DEGREE = "degree", _("Degree")
    RESIDENCY = "residency", _("Residency")
    FELLOWSHIP = "fellowship", _("Fellowship")


class Education(TranslatableMixin, Orderable):
    """A degree, residency or fellowship, in the editor's order."""

    profile = ParentalKey(StaffProfilePage, on_delete=models.CASCADE, related_name="education")
    kind = models.CharField(_("kind"), max_length=20, choices=EducationKind.choices, default=EducationKind.DEGREE)
    qualification = models.CharField(
        _("qualification"), max_length=160, help_text=_("Such as Doctor of Physical Therapy.")
    )
    institution = models.CharField(_("institution"), max_length=160)
    place = models.CharField(_("place"), max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(_("year completed"), null=True, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("year")]),
        FieldPanel("qualification"),
        FieldRowPanel([FieldPanel("institution"), FieldPanel("place")]),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["sort_order"]


class Certification(TranslatableMixin, Orderable):
    """A certification held or being worked towards."""

    profile = ParentalKey(StaffProfilePage, on_delete=models.CASCADE, related_name="certifications")
    name = models.CharField(_("name"), max_length=160)
    awarded_by = models.CharField(_("awarded by"), max_length=160, blank=True)
    in_progress = models.BooleanField(
        _("in progress"),
        default=False,
        help_text=_("Shown as “in progress”, so that nobody claims what is not yet earned."),
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("awarded_by"), FieldPanel("year")]),
        FieldPanel("in_progress"),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["sort_order"]

    def clean(self) -> None:
        """Raise ValidationError where a certification in progress already has a year."""
        super().clean()
        if self.in_progress and self.year:
            raise ValidationError({"year": _("Leave the year empty until the certification is earned.")})


class SpokenLanguage(Orderable):
    """A language somebody speaks with patients."""

    profile = ParentalKey(StaffProfilePage, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(_("language"), max_length=10, choices=LANGUAGE_CHOICES)

    panels = [FieldPanel("code")]

    def __str__(self) -> Any:
        """Return the language's name in the reader's language."""
        return self.get_code_display()
