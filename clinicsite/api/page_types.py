"""How a page is written: what all types have, and what each app adds for its own."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal, Union

from django.db.models import Model
from pydantic import Field, create_model
from typing_extensions import TypeAliasType
from wagtail.query import PageQuerySet

from clinicsite.api.references import References
from clinicsite.api.schemas import Out, Page, PageCard
from clinicsite.api.shapes import Computed, Shape
from clinicsite.models import ClinicPage


class PageType:
    """One page type: its schema for a whole page and for a card, and the functions that fill them.

    ``fields`` are model fields written as they are, ``computed`` the rest. ``card_image`` names the model field of the
    picture on cards, ``card_prefetch`` the relations to many that cards follow; ``snippets`` gives those of a page that
    its structured data has loaded.
    """

    def __init__(
        self,
        model: type[ClinicPage],
        fields: Iterable[str] = (),
        computed: dict[str, Computed] | None = None,
        *,
        card_image: str | None = None,
        card_fields: dict[str, Computed] | None = None,
        card_prefetch: tuple[str, ...] = (),
        snippets: Callable[[Any], Iterable[Model | None]] = lambda _page: (),
    ) -> None:
        self.model = model
        self.name = model.__name__
        self._card_image = model._meta.get_field(card_image).attname if card_image else None
        self._card_fields = card_fields or {}
        self._snippets = snippets
        self._card_prefetch = card_prefetch
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

    @property
    def schema(self) -> type[Page]:
        """The schema of a whole page, complete once every app has contributed."""
        return self._shape.schema

    def contribute(self, name: str, computed: Computed) -> None:
        """Add a field to the whole page that another app, or a page type entered later, knows how to write."""
        self._shape.contribute(name, computed)

    def write(self, page: ClinicPage, refs: References) -> dict[str, Any]:
        """Return the whole page."""
        structured_data = page.structured_data(refs.public.request)
        refs.know(self._snippets(page))
        return {
            **refs.link(page),
            "slug": page.slug,
            "locale": page.locale.language_code,
            "first_published_at": page.first_published_at,
            "last_published_at": page.last_published_at,
            "seo": _write_seo(page, refs),
            "breadcrumbs": [refs.link(ancestor) for ancestor in page.breadcrumbs],
            "structured_data": structured_data,
            **self._shape.write(page, refs),
        }

    def write_card(self, page: ClinicPage, refs: References) -> dict[str, Any]:
        """Return the page's card."""
        return {
            **refs.link(page),
            "text": str(page.card_text),
            "image": refs.card_image(getattr(page, self._card_image) if self._card_image else None),
            "first_published_at": page.first_published_at,
            "last_published_at": page.last_published_at,
            **{name: field.write(page, refs) for name, field in self._card_fields.items()},
        }

    def queryset(self) -> PageQuerySet:
        """Return the pages of this type with what a whole page needs of other tables in the same query."""
        pages = self.model.objects.select_related("locale", "social_image", *self.model.card_relations)
        return pages.prefetch_related(*self.model.relations())

    def card_queryset(self) -> PageQuerySet:
        """Return the pages of this type with all that a card needs, and without their bodies."""
        return self.model.for_cards(self.model.objects.prefetch_related(*self._card_prefetch))


def _write_seo(page: ClinicPage, refs: References) -> dict[str, Any]:
    image = page.get_share_image(refs.public.request)
    return {
        "title": page.meta_title,
        "description": str(page.get_meta_description()),
        "canonical_url": page.canonical_url(refs.public.request),
        "image": refs.image(image.pk if image else None),
    }


def one_of(name: str, schemas: Iterable[type[Out]]) -> Any:
    """Return the type called ``name`` that is one of ``schemas``, told apart by ``type``."""
    union = Union[tuple(schemas)]  # noqa: UP007 - made at run time
    return TypeAliasType(name, Annotated[union, Field(discriminator="type")])
