"""The abstract base of all page types."""

from typing import Any, Self

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.query import PageQuerySet


class ClinicPage(Page):
    """What every page of the site has: words for search engines, a social picture, breadcrumbs, structured data."""

    social_image = models.ForeignKey(
        "clinicsite.ClinicImage",
        verbose_name=_("picture when shared"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown when someone shares this page. Empty: the clinic's own picture from the settings."),
    )

    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title", help_text=_("The blue line in a search result. Empty: the page's title.")),
                FieldPanel("search_description"),
                FieldPanel("social_image"),
            ],
            heading=_("For search engines and sharing"),
        ),
        MultiFieldPanel([FieldPanel("show_in_menus")], heading=_("Menus")),
    ]

    class Meta:
        abstract = True

    @cached_property
    def breadcrumbs(self) -> PageQuerySet:
        """The public pages above this one, the home page first; unpublished and private ones are left out."""
        site_root_depth = 2
        return self.get_ancestors().filter(depth__gte=site_root_depth).live().public().defer_streamfields()

    @property
    def meta_title(self) -> str:
        """The page's name for search engines: the editor's words, else the title."""
        return self.seo_title or self.title

    def structured_data(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Return the schema.org objects that describe this page, for its JSON-LD."""
        from clinicsite import structured_data

        return structured_data.for_page(self, request)

    @classmethod
    def public(cls) -> "PageQuerySet[Self]":
        """Return the pages of this type that anyone may read."""
        return cls.objects.live().public()
