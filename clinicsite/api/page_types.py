"""How a page is written: what all types have, and what each app adds for its own."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, Union

from pydantic import Field, create_model
from typing_extensions import TypeAliasType
from wagtail.query import PageQuerySet

from clinicsite.api import registry
from clinicsite.api.references import References
from clinicsite.api.schemas import Page, PageCard
from clinicsite.api.shapes import Computed, Shape
from clinicsite.models import ClinicPage


class PageType:
    """One page type: its schema for a whole page and for a card, and the functions that fill them.

    ``fields`` are model fields written as they are, ``computed`` the rest. ``card_image`` names the model field of the
    picture on cards, ``card_related`` the relations that ``card_fields`` follow.
    """

    def __init__(
        self,
        model: type[ClinicPage],
        fields: Iterable[str] = (),
        computed: dict[str, Computed] | None = None,
        *,
        card_image: str = "social_image",
        card_fields: dict[str, Computed] | None = None,
        card_related: tuple[str, ...] = (),
    ) -> None:
        self.model = model
        self.name = model.__name__
        self._card_image = model._meta.get_field(card_image).attname
        self._card_fields = card_fields or {}
        self._card_related = card_related
        kind: Any = Literal[self.name]
        extra = {name: (field.annotation, ...) for name, field in self._card_fields.items()}
        self.card_schema = create_model(f"{self.name}Card", __base__=PageCard, type=(kind, ...), **extra)
        self._shape = Shape(
            self.name,
            model,
            fields,
            {
                "type": Computed(kind, lambda _page, _refs: self.name),
                "card": Computed(self.card_schema, self.write_card),
                **(computed or {}),
            },
            base=Page,
        )
        self.schema = self._shape.schema

    def write(self, page: ClinicPage, refs: References) -> dict[str, Any]:
        """Return the whole page."""
        link = refs.link(page)
        return {
            **link,
            "slug": page.slug,
            "locale": page.locale.language_code,
            "first_published_at": page.first_published_at,
            "last_published_at": page.last_published_at,
            "seo": _write_seo(page, refs),
            "breadcrumbs": refs.breadcrumbs(page),
            "structured_data": page.structured_data(refs.public.request),
            **self._shape.write(page, refs),
        }

    def write_card(self, page: ClinicPage, refs: References) -> dict[str, Any]:
        """Return the page's card."""
        return {
            **refs.link(page),
            "text": str(getattr(page, "card_text", "")),
            "image": refs.card_image(getattr(page, self._card_image) or page.social_image_id),
            "first_published_at": page.first_published_at,
            "last_published_at": page.last_published_at,
            **{name: field.write(page, refs) for name, field in self._card_fields.items()},
        }

    def card_queryset(self) -> PageQuerySet:
        """Return the pages of this type with all that a card needs, and without their bodies."""
        return self.model.objects.defer_streamfields().select_related(*self._card_related)


def _write_seo(page: ClinicPage, refs: References) -> dict[str, Any]:
    return {
        "title": page.meta_title,
        "description": page.search_description,
        "canonical_url": page.get_full_url(refs.public.request),
        "image": refs.image(page.social_image_id),
    }


def page_union() -> Any:
    """Return the type of any page, told apart by ``type``. Call it once every app has entered its page types."""
    schemas = tuple(page_type.schema for page_type in registry.page_types())
    return TypeAliasType("AnyPage", Annotated[Union[schemas], Field(discriminator="type")])  # noqa: UP007 - made at run time


def card_union() -> Any:
    """Return the type of any page's card."""
    schemas = tuple(page_type.card_schema for page_type in registry.page_types())
    return TypeAliasType("AnyCard", Annotated[Union[schemas], Field(discriminator="type")])  # noqa: UP007 - made at run time
