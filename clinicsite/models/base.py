"""The abstract base of all page types."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.images.models import AbstractImage
from wagtail.models import Page, Revision
from wagtail.query import PageQuerySet

from clinicsite import structured_data
from clinicsite.completeness import field_problems, require_complete, stream_problems
from clinicsite.public import public_pages


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

    # What a patient may choose pages of this kind as in a form: "location" or "clinician"; empty for most.
    offered_as: str = ""
    # Whether a form for new patients may offer this page.
    takes_new_patients: bool = True
    # What a card of this kind of page shows of other tables, read in the same query.
    card_relations: tuple[str, ...] = ()
    # Whether it is shown as an editor looks at it, unsaved, and not as it is stored.
    is_draft: bool = False
    # Stream fields that hold the page's structure and are drawn by its own code, block templates and previews aside.
    structural_streams: tuple[str, ...] = ()

    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "slug",
                    help_text=_("The last part of the address. When you change it, the old address leads here."),
                ),
                FieldPanel("seo_title", help_text=_("The blue line in a search result. Empty: the page's title.")),
                FieldPanel(
                    "search_description",
                    help_text=_("The text under the blue line. Empty: the page's own first sentences."),
                ),
                FieldPanel("social_image"),
            ],
            heading=_("For search engines and sharing"),
        ),
        MultiFieldPanel([FieldPanel("show_in_menus")], heading=_("Menus")),
    ]

    class Meta:
        abstract = True

    def _get_dummy_headers(self, original_request: HttpRequest | None = None) -> dict[str, Any]:
        headers = super()._get_dummy_headers(original_request)
        if original_request is not None:
            # Wagtail takes the scheme from the site's record, which says https for port 443 alone: at any other port
            # SECURE_SSL_REDIRECT would answer the preview with a redirect to the live page.
            headers["wsgi.url_scheme"] = original_request.scheme
        return headers

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer with the page; a signed-in person's carries the user bar, so shared caches must not keep that one."""
        if not getattr(request, "is_preview", False):
            models.prefetch_related_objects([self], *self.relations())
        response = super().serve(request, *args, **kwargs)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            patch_cache_control(response, private=True)
        return response

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        """Answer with the page as the front end in the site's settings draws it; without one, as the site does."""
        from clinicsite.previews import in_front_end

        return in_front_end(self, request) or super().serve_preview(request, mode_name)

    def publish(self, revision: Revision, user: Any = None, **kwargs: Any) -> None:
        """Publish a revision. Raises IncompletePageError where somebody publishes what cannot be shown.

        Without a user it is code, or the timer, for which the page was checked when it was set.
        """
        if user is not None:
            require_complete(revision.as_object())
        super().publish(revision, user=user, **kwargs)

    def publishing_problems(self) -> Iterable[str]:
        """Return what is wrong with the page that a draft may have and what the public sees may not."""
        yield from stream_problems(self)
        yield from field_problems(self)

    @classmethod
    def relations(cls) -> tuple[str | models.Prefetch, ...]:
        """Return what a whole page of this kind reads of other tables, asked once for all that shows it."""
        return ()

    @classmethod
    def offered_pages(cls) -> PageQuerySet:
        """Return the pages of this kind that forms may offer, published or not, in the order to show them."""
        return cls.objects.order_by("path").defer_streamfields()

    @cached_property
    def breadcrumbs(self) -> list[Page]:
        """The public pages of this site above this one, the home page first."""
        return list(public_pages(self.get_ancestors(), beside=self).defer_streamfields())

    @property
    def meta_title(self) -> str:
        """The page's name for search engines: the editor's words, else the title."""
        return self.seo_title or self.title

    def get_meta_description(self) -> str:
        """Return the page's description for search engines: the editor's words, else the page's first sentences."""
        return self.search_description or self.card_text

    @property
    def card_text(self) -> str:
        """One or two plain sentences for cards and search results; each page type names its own field."""
        return getattr(self, "introduction", "") or self.search_description

    @property
    def card_image(self) -> AbstractImage | None:
        """The picture on cards; None where the page type has none."""
        return None

    def get_share_image(self, request: HttpRequest | None = None) -> AbstractImage | None:
        """Return the picture shown when the page is shared: its own, else the clinic's; None where there is none.

        Drawings (SVG) are passed over: https://ogp.me/ names no format, but no social network shows them.
        """
        from clinicsite.models.settings import ClinicSettings

        for image in (self.social_image, self.card_image):
            if image and not image.is_svg():
                return image
        clinic = ClinicSettings.of(self, request)
        image = clinic.social_image if clinic else None
        return image if image and not image.is_svg() else None

    @cached_property
    def share_image(self) -> AbstractImage | None:
        """The picture shown when the page is shared, outside of a request (see ``get_share_image``)."""
        return self.get_share_image()

    def canonical_url(self, request: HttpRequest | None = None) -> str:
        """Return the page's one absolute address, without any query; empty where the page is on no site."""
        return structured_data.page_url(self, request)

    def describe(self, request: HttpRequest | None) -> list[dict[str, Any]]:
        """Return the schema.org objects of this kind of page; a page type with more to say says it here."""
        return [structured_data.web_page(self, request)]

    def structured_data(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Return the schema.org objects that describe this page, for its JSON-LD."""
        return structured_data.for_page(self, request)

    @classmethod
    def for_cards(cls, pages: "PageQuerySet[Self]") -> "PageQuerySet[Self]":
        """Return ``pages`` of this type with all that a card needs, and without their bodies."""
        # Without names, Django would follow every relation.
        found = pages.select_related(*cls.card_relations) if cls.card_relations else pages
        return found.defer_streamfields()

    @classmethod
    def public(cls) -> "PageQuerySet[Self]":
        """Return the pages of this type that anyone may read, on any site."""
        return public_pages(cls.objects.all())
