"""How a page is written: what all types have, and what each app adds for its own."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Annotated, Any, Literal, Union

from pydantic import Field, create_model
from typing_extensions import TypeAliasType
from wagtail.images import get_image_model
from wagtail.query import PageQuerySet

from clinicsite.api.references import References
from clinicsite.api.schemas import Out, Page, PageCard
from clinicsite.api.shapes import Computed, Shape
from clinicsite.children import Children, children_of
from clinicsite.compiled import CompiledByIds
from clinicsite.models import ClinicPage


class PageType:
    """One page type: its schema for a whole page and for a card, and the functions that fill them.

    ``fields`` are model fields written as they are, ``computed`` the rest. ``card_image`` names the model field of the
    picture on cards, ``card_children`` the relations to many that cards follow. ``settle`` gives a page what its
    structured data reads of other pages and snippets, once all that the answer noted is loaded.
    """

    def __init__(
        self,
        model: type[ClinicPage],
        fields: Iterable[str] = (),
        computed: dict[str, Computed] | None = None,
        *,
        card_image: str | None = None,
        card_fields: dict[str, Computed] | None = None,
        card_children: tuple[str, ...] = (),
        settle: Callable[[Any, References], None] = lambda _page, _refs: None,
    ) -> None:
        self.model = model
        self.name = model.__name__
        self._card_image = card_image
        self._card_fields = card_fields or {}
        self._settle = settle
        self._children = children_of(model, model.relations())
        self._card_children = children_of(model, card_children)
        self._whole = CompiledByIds(self._wholes)
        self._for_cards = CompiledByIds(self._several)
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

    @cached_property
    def field_names(self) -> frozenset[str]:
        """The names of a whole page's fields."""
        return frozenset(self.schema.model_fields)

    @property
    def card_names(self) -> frozenset[str]:
        """The names of a card's fields."""
        return frozenset(self.card_schema.model_fields)

    def write(self, page: ClinicPage, refs: References) -> dict[str, Any]:
        """Return the whole page, or those of its fields that ``refs.selection`` names."""
        is_wanted = refs.selection.has
        page.locale = refs.public.memory.locales[page.locale_id]
        if len(refs.public.memory.locales) > 1:
            refs.depends_on_pages()  # Translations of it.
        if is_wanted("seo") or is_wanted("structured_data"):
            self._note_pictures(page, refs)
        common = {name: write(page, refs) for name, write in COMMON.items() if is_wanted(name)}
        if is_wanted("structured_data"):
            common["structured_data"] = refs.later(lambda: self._structured_data(page, refs))
            # It shows what the other fields do.
            own = self._shape.write(page, refs)
        else:
            own = self._shape.write(page, refs, is_wanted)
        return refs.selection.of({**refs.link(page), **common, **own})

    def write_card(self, page: ClinicPage, refs: References) -> dict[str, Any]:
        """Return the page's card, or those of its fields that ``refs.card_fields`` names."""
        own = {name: field.write for name, field in self._card_fields.items()}
        parts = {**CARD, "image": self._card_picture, **own}
        wanted = refs.card_fields
        return {
            **refs.link(page),
            **{name: write(page, refs) for name, write in parts.items() if wanted is None or name in wanted},
        }

    def _card_picture(self, page: ClinicPage, refs: References) -> Any:
        return refs.card_image(getattr(page, f"{self._card_image}_id") if self._card_image else None)

    def _note_pictures(self, page: ClinicPage, refs: References) -> None:
        for field in filter(None, ("social_image", self._card_image)):
            refs.picture_of(page, field)
        refs.image(refs.public.memory.settings.social_image_id)

    def load(self, page_ids: list[int]) -> list[ClinicPage]:
        """Return the published pages of ``page_ids`` in no certain order, with their parts, in one query."""
        return self._settled(self._whole.objects(page_ids), self._children)

    def load_for_cards(self, page_ids: list[int]) -> list[ClinicPage]:
        """Return the pages of ``page_ids`` in no certain order, with all that a card needs and without their bodies."""
        return self._settled(self._for_cards.objects(page_ids), self._card_children)

    def _structured_data(self, page: ClinicPage, refs: References) -> list[dict[str, Any]]:
        self._settle(page, refs)
        return page.structured_data(refs.public.request)

    def _wholes(self, page_ids: list[int]) -> PageQuerySet:
        return self._with(self._children, self.model.objects.filter(pk__in=page_ids, live=True).order_by())

    def _several(self, page_ids: list[int]) -> PageQuerySet:
        pages = self.model.objects.filter(pk__in=page_ids).order_by().defer_streamfields()
        return self._with(self._card_children, pages)

    def _with(self, children: list[Children], pages: PageQuerySet) -> PageQuerySet:
        # Pictures are found with all others of the answer.
        related = [name for name in self.model.card_relations if not _is_image(self.model, name)]
        rows = {relation.annotation: relation.rows() for relation in children}
        # Without names, Django would follow every relation.
        return (pages.select_related(*related) if related else pages).annotate(**rows)

    @staticmethod
    def _settled(pages: list[ClinicPage], children: list[Children]) -> list[ClinicPage]:
        for page in pages:
            for relation in children:
                relation.settle(page)
        return pages


def _is_image(model: type[ClinicPage], name: str) -> bool:
    return issubclass(model._meta.get_field(name).related_model, get_image_model())


def _write_seo(page: ClinicPage, refs: References) -> dict[str, Any]:
    image = page.get_share_image(refs.public.request)
    return {
        "title": page.meta_title,
        "description": str(page.get_meta_description()),
        "canonical_url": page.canonical_url(refs.public.request),
        "image": refs.image(image.pk if image else None),
    }


Writer = Callable[[ClinicPage, References], Any]

COMMON: dict[str, Writer] = {
    "slug": lambda page, _refs: page.slug,
    "locale": lambda page, _refs: page.locale.language_code,
    "alternates": lambda page, refs: refs.public.alternates([page])[page.translation_key],
    "first_published_at": lambda page, _refs: page.first_published_at,
    "last_published_at": lambda page, _refs: page.last_published_at,
    "seo": lambda page, refs: refs.later(lambda: _write_seo(page, refs)),
    "breadcrumbs": lambda page, refs: [refs.link(ancestor) for ancestor in page.breadcrumbs],
}
CARD: dict[str, Writer] = {
    "text": lambda page, _refs: str(page.card_text),
    "first_published_at": lambda page, _refs: page.first_published_at,
    "last_published_at": lambda page, _refs: page.last_published_at,
}


def one_of(name: str, schemas: Iterable[type[Out]]) -> Any:
    """Return the type called ``name`` that is one of ``schemas``, told apart by ``type``."""
    union = Union[tuple(schemas)]  # noqa: UP007 - made at run time
    return TypeAliasType(name, Annotated[union, Field(discriminator="type")])
