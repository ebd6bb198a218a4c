"""What a member of staff has learned and speaks: education, certifications, languages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin

from staff.languages import LANGUAGE_CHOICES
from staff.models.profile import StaffProfilePage


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
