"""The lists that condition pages draw on: regions of the body, and treatments."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import TranslatableMixin
from wagtail.search import index


class BodyRegion(TranslatableMixin, index.Indexed, models.Model):
    """A part of the body that conditions are grouped by."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address part"), max_length=80, help_text=_("Also names the shape on the body outline."))
    description = models.CharField(
        _("description"), max_length=200, blank=True, help_text=_("One line under the region's name in the list.")
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=10, help_text=_("Head first, feet last."))

    search_fields = [index.AutocompleteField("name"), index.SearchField("name")]
    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description"), FieldPanel("sort_order")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("body region")
        constraints = [
            models.UniqueConstraint(
                fields=["locale", "slug"],
                name="unique_body_region_slug",
                violation_error_message=_("Another body region has this address part: choose another one."),
            )
        ]
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        """Return the region's name."""
        return self.name


class Treatment(TranslatableMixin, index.Indexed, models.Model):
    """A technique we use, such as manual therapy, described once and used on many condition pages."""

    name = models.CharField(_("name"), max_length=120)
    description = RichTextField(
        _("description"),
        features=settings.RICH_TEXT_LIST,
        help_text=_("Shown on every condition page that uses this treatment and has no words of its own for it."),
    )

    search_fields = [index.AutocompleteField("name"), index.SearchField("name"), index.SearchField("description")]
    panels = [FieldPanel("name"), FieldPanel("description")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("treatment")
        ordering = ["name"]

    def __str__(self) -> str:
        """Return the treatment's name."""
        return self.name
