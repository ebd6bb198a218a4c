"""The lists that staff profiles draw on: roles and specialties."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index


class StaffRole(TranslatableMixin, index.Indexed, models.Model):
    """What somebody does at the clinic, such as physical therapist."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address part"), max_length=80, help_text=_("In the address of the filtered staff list."))
    is_clinician = models.BooleanField(
        _("treats patients"), default=True, help_text=_("On: people in this role can review condition pages.")
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=10, help_text=_("Lower numbers come first."))

    search_fields = [index.AutocompleteField("name"), index.SearchField("name")]
    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("is_clinician"), FieldPanel("sort_order")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("staff role")
        constraints = [
            models.UniqueConstraint(
                fields=["locale", "slug"],
                name="unique_staff_role_slug",
                violation_error_message=_("Another role has this address part: choose another one."),
            )
        ]
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        """Return the role's name."""
        return self.name


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
