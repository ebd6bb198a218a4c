"""The home page and the page for everything that has no type of its own."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.images.models import AbstractImage
from wagtail.models import Orderable, Page
from wagtail.search import index

from clinicsite import structured_data
from clinicsite.blocks import action_blocks, body_blocks
from clinicsite.fields import ContentStreamField
from clinicsite.models.base import ClinicPage
from clinicsite.models.locations import LocationPage
from clinicsite.public import in_order, is_public, public_pages


class ReasonBlock(blocks.StructBlock):
    """One reason to come to this clinic."""

    title = blocks.CharBlock(max_length=80, label=_("Title"))
    text = blocks.RichTextBlock(features=settings.RICH_TEXT_BASIC, label=_("Text"))

    class Meta:
        icon = "tick"
        label = _("Reason")
        template = "blocks/reason.html"
        description = _("One reason why patients choose this clinic.")
        preview_value = {"title": _("One hour, one therapist"), "text": "<p>You are never handed to an aide.</p>"}


class TrustFactBlock(blocks.StructBlock):
    """A figure or a fact that a patient can check."""

    figure = blocks.CharBlock(max_length=30, label=_("Figure"), help_text=_("For example: 14 years."))
    label = blocks.CharBlock(max_length=120, label=_("What it says"))
    source = blocks.CharBlock(
        max_length=160, required=False, label=_("Where it comes from"), help_text=_("Shown small under the fact.")
    )

    class Meta:
        icon = "order"
        label = _("Fact")
        template = "blocks/trust_fact.html"
        description = _("A figure that a patient can check, with where it comes from.")
        preview_value = {
            "figure": _("2 days"),
            "label": _("from first call to first visit"),
            "source": _("Our 2025 records"),
        }


class HomePage(ClinicPage):
    """The front door: what the clinic does, for whom, by whom, where, and the way to an appointment."""

    hero_heading = models.CharField(
        _("headline"), max_length=120, help_text=_("The first words a patient reads: what you do for them.")
    )
    hero_text = models.TextField(_("text under the headline"), max_length=400)
    hero_image = models.ForeignKey(
        "clinicsite.ClinicImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Beside the headline; decoration only, so put no words in it."),
    )
    hero_cta_label = models.CharField(
        _("button"), max_length=60, blank=True, help_text=_("Empty: the words of the clinic's settings.")
    )
    hero_cta_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("button leads to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: the appointment page of the clinic's settings."),
    )
    featured_heading = models.CharField(_("heading"), max_length=120, blank=True)
    why_us_heading = models.CharField(_("heading"), max_length=120, blank=True)
    why_us = ContentStreamField([("reason", ReasonBlock())], blank=True, verbose_name=_("reasons"))
    staff_heading = models.CharField(_("heading"), max_length=120, blank=True)
    staff_text = RichTextField(_("text"), features=settings.RICH_TEXT_BASIC, blank=True)
    locations_heading = models.CharField(_("heading"), max_length=120, blank=True)
    trust_facts = ContentStreamField([("fact", TrustFactBlock())], blank=True, verbose_name=_("facts"))
    body = ContentStreamField(body_blocks(), blank=True, verbose_name=_("more"))

    card_relations = ("hero_image",)
    page_description = _("The front page of the site.")
    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
    search_fields = [
        *ClinicPage.search_fields,
        index.SearchField("hero_heading"),
        index.SearchField("hero_text"),
        index.SearchField("body"),
    ]
    content_panels = [
        *ClinicPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("hero_heading"),
                FieldPanel("hero_text"),
                FieldPanel("hero_image"),
                FieldPanel("hero_cta_label"),
                PageChooserPanel("hero_cta_page"),
            ],
            heading=_("Opening"),
        ),
        FieldPanel("trust_facts", heading=_("Facts a patient can check")),
        MultiFieldPanel(
            [FieldPanel("featured_heading"), InlinePanel("featured_pages", label=_("condition"), max_num=12)],
            heading=_("Featured conditions"),
        ),
        MultiFieldPanel([FieldPanel("why_us_heading"), FieldPanel("why_us")], heading=_("Why us")),
        MultiFieldPanel(
            [
                FieldPanel("staff_heading"),
                FieldPanel("staff_text"),
                InlinePanel("staff_members", label=_("staff profile"), max_num=6),
            ],
            heading=_("Our staff"),
        ),
        FieldPanel("locations_heading", heading=_("Heading above the locations")),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("home page")

    @classmethod
    def relations(cls) -> tuple[str | models.Prefetch, ...]:
        """Return the chosen conditions and people."""
        return ("featured_pages", "staff_members")

    @property
    def card_text(self) -> str:
        """The text under the headline."""
        return self.hero_text

    @property
    def card_image(self) -> AbstractImage | None:
        """The picture beside the headline."""
        return self.hero_image

    def describe(self, request: HttpRequest | None) -> list[dict[str, Any]]:
        """Return the site itself and its home page as schema.org objects."""
        return structured_data.home(self, request)

    @cached_property
    def public_hero_page(self) -> Page | None:
        """Where the button leads while anyone may read it; None: the appointment page of the clinic's settings."""
        return self.hero_cta_page if is_public(self.hero_cta_page) else None

    @cached_property
    def featured_conditions(self) -> list[Page]:
        """The chosen condition pages that are public, in the editor's order."""
        return self._chosen(item.page_id for item in self.featured_pages.all())

    @cached_property
    def featured_staff(self) -> list[Page]:
        """The chosen staff profiles that are public, in the editor's order."""
        return self._chosen(item.page_id for item in self.staff_members.all())

    @cached_property
    def locations(self) -> list[LocationPage]:
        """The clinic's public locations, in the order of the page tree."""
        pages = public_pages(LocationPage.for_cards(LocationPage.objects.descendant_of(self)), beside=self)
        return list(pages.prefetch_related("opening_hours").order_by("path"))

    def _chosen(self, page_ids: Iterable[int]) -> list[Page]:
        ids = list(page_ids)
        pks: dict[type[Page], list[int]] = {}
        for page in public_pages(Page.objects.filter(pk__in=ids), beside=self):
            pks.setdefault(page.cached_content_type.model_class(), []).append(page.pk)
        cards = (model.for_cards(model.objects.filter(pk__in=found)) for model, found in pks.items())
        return in_order(chain.from_iterable(cards), ids)


class HomeFeaturedPage(Orderable):
    """A condition page shown on the home page."""

    home_page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="featured_pages")
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("condition"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [PageChooserPanel("page", page_type="conditions.ConditionPage")]


class HomeStaffMember(Orderable):
    """A staff profile shown on the home page."""

    home_page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="staff_members")
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("staff profile"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [PageChooserPanel("page", page_type="staff.StaffProfilePage")]


class ContentPage(ClinicPage):
    """A page for everything that has no type of its own: insurance, privacy, your first visit."""

    introduction = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences under the title, larger than the text."),
    )
    body = ContentStreamField(body_blocks(), blank=True, verbose_name=_("body"))
    call_to_action = ContentStreamField(
        action_blocks(), blank=True, max_num=1, verbose_name=_("call to action"), help_text=_("How the page ends.")
    )

    page_description = _("A page for everything else: insurance, privacy, your first visit.")
    parent_page_types = ["clinicsite.HomePage", "clinicsite.ContentPage"]
    search_fields = [*ClinicPage.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    content_panels = [
        *ClinicPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("call_to_action"),
    ]

    class Meta:
        verbose_name = _("content page")
