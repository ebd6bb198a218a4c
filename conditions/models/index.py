"""The page that lists all conditions, by body region and from A to Z."""

import unicodedata
from typing import Any, NamedTuple

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from clinicsite import structured_data
from clinicsite.blocks import body_blocks
from clinicsite.fields import ContentStreamField
from clinicsite.models import ClinicPage
from clinicsite.public import public_pages
from conditions.models.condition import ConditionPage
from conditions.models.lists import BodyRegion


class ConditionIndexPage(ClinicPage):
    """All conditions we treat, by body region and from A to Z."""

    introduction = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences under the title, above the lists."),
    )
    body = ContentStreamField(body_blocks(), blank=True, verbose_name=_("more"), help_text=_("Shown under the lists."))

    page_description = _("Lists all conditions by body region and from A to Z.")
    parent_page_types = ["clinicsite.HomePage"]
    subpage_types = ["conditions.ConditionPage"]
    max_count_per_parent = 1
    search_fields = [*ClinicPage.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    content_panels = [*ClinicPage.content_panels, FieldPanel("introduction"), FieldPanel("body")]

    class Meta:
        verbose_name = _("condition index page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context with ``regions`` and ``alphabet`` (see ``by_region`` and ``from_a_to_z``)."""
        conditions = self.public_conditions
        return {
            **super().get_context(request, *args, **kwargs),
            "regions": by_region(conditions),
            "alphabet": from_a_to_z(conditions),
        }

    def describe(self, request: HttpRequest | None) -> list[dict[str, Any]]:
        """Return the list of conditions as schema.org objects."""
        return [structured_data.collection_page(self, self.public_conditions, request)]

    @cached_property
    def public_conditions(self) -> list[ConditionPage]:
        """The conditions under this page that anyone may read, by name."""
        pages = public_pages(ConditionPage.objects.child_of(self))
        pages = ConditionPage.for_cards(pages).prefetch_related("body_regions", "other_names")
        return sorted(pages, key=lambda page: alphabetical_key(page.title))


class AlphabetEntry(NamedTuple):
    """One line of the A to Z: a condition's own name, or another name that leads to it."""

    label: str
    page: ConditionPage
    is_other_name: bool


def alphabetical_key(text: str) -> str:
    """Return ``text`` as people look it up: without accents, upper and lower case alike."""
    plain = unicodedata.normalize("NFKD", text.strip())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def by_region(conditions: list[ConditionPage]) -> list[tuple[BodyRegion, list[ConditionPage]]]:
    """Return the regions that have conditions, head first, each with its conditions in the order given."""
    regions: dict[BodyRegion, list[ConditionPage]] = {}
    for condition in conditions:
        for region in condition.body_regions.all():
            regions.setdefault(region, []).append(condition)
    return sorted(regions.items(), key=lambda item: (item[0].sort_order, item[0].name))


def from_a_to_z(conditions: list[ConditionPage]) -> list[tuple[str, list[AlphabetEntry]]]:
    """Return the first letters in use, each with its entries in order; names that start with no letter come under #."""
    entries = [AlphabetEntry(page.title, page, False) for page in conditions]
    entries += [AlphabetEntry(other.name, page, True) for page in conditions for other in page.other_names.all()]
    letters: dict[str, list[AlphabetEntry]] = {}
    for entry in sorted(entries, key=lambda entry: (alphabetical_key(entry.label), entry.page.title)):
        first = alphabetical_key(entry.label)[:1].upper()
        letters.setdefault(first if first.isalpha() else "#", []).append(entry)
    return list(letters.items())
