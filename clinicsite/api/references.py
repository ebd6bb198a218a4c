"""What an answer refers to: other pages, pictures, documents, snippets.

A serializer only notes what it refers to and leaves a ``Ref`` in its place. ``load`` then fetches everything noted in
one query per kind, and writing the answer as JSON replaces each ``Ref``. So the number of queries depends on the kinds
of things an answer shows, never on how many there are of them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from clinicsite.api import registry
from clinicsite.api.images import CARD_WIDTHS, WIDTHS, describe_image, load_images
from clinicsite.api.rich_text import link_targets, to_html, to_markdown
from clinicsite.api.selection import WHOLE, Selection
from clinicsite.api.visibility import PublicSite
from clinicsite.models import ClinicPage

if TYPE_CHECKING:
    from clinicsite.api.page_types import PageType


@dataclass(frozen=True)
class Ref:
    """The place of something that is known once everything is loaded."""

    resolve: Callable[[], Any]


class References:
    """All that one answer refers to."""

    def __init__(self, public: PublicSite, selection: Selection = WHOLE) -> None:
        self.public = public
        self.selection = selection
        self._depends_on_pages = False
        # Which fields of cards to write; None for all.
        self.card_fields: frozenset[str] | None = None
        # What the answer tells that changes without the content: by the id of a page, such as whether its form is open.
        self.states: dict[int, str] = {}
        self._page_ids: set[int] = set()
        self._card_ids: set[int] = set()
        self._image_ids: set[int] = set()
        self._document_ids: set[int] = set()
        self._snippet_ids: dict[type[Model], set[Any]] = defaultdict(set)
        self._links: dict[int, dict[str, Any]] = {}
        self._pages: dict[int, ClinicPage] = {}
        self._cards: dict[int, dict[str, Any]] = {}
        self._more: list[tuple[set[int], Callable[[Any], dict[str, Any]], dict[int, dict[str, Any]]]] = []
        self._images: dict[int, AbstractImage] = {}
        self._pictured: list[tuple[Model, str]] = []
        self._documents: dict[int, dict[str, Any]] = {}
        self._snippets: dict[tuple[type[Model], Any], dict[str, Any]] = {}

    def depends_on_pages(self) -> None:
        """Note that any page that comes or goes may change the answer: it shows some that nobody has named."""
        self._depends_on_pages = True

    def page(self, page_id: int | None) -> Ref | None:
        """Note a page; stands for its ``PageLink``, or None while the page is not public."""
        if page_id is None:
            return None
        self._page_ids.add(page_id)
        return Ref(lambda: self._links.get(page_id))

    def card_of(self, page: Page | None) -> dict[str, Any] | None:
        """Return the card of a public page that is loaded already; None for None."""
        return registry.page_type_of(type(page)).write_card(page, self) if page else None

    def cards_of(self, pages: Iterable[Page]) -> list[dict[str, Any] | None]:
        """Return the cards of public pages that were found and loaded already, in the order given."""
        self.depends_on_pages()
        return [self.card_of(page) for page in pages]

    def cards(self, page_ids: Iterable[int | None], more: Callable[[Any], dict[str, Any]] = lambda _page: {}) -> Ref:
        """Note pages; stands for the cards of those that are public, in the order given and each once.

        ``more`` returns what is added to a card, of the page that it shows.
        """
        ids = [page_id for page_id in dict.fromkeys(page_ids) if page_id is not None]
        added: dict[int, dict[str, Any]] = {}
        self._card_ids.update(ids)
        self._more.append((set(ids), more, added))
        return Ref(lambda: [self._cards[page_id] | added[page_id] for page_id in ids if page_id in self._cards])

    def card(self, page_id: int | None) -> Ref | None:
        """Note a page; stands for its card, or None while it is not public."""
        if page_id is None:
            return None
        self._card_ids.add(page_id)
        return Ref(lambda: self._cards.get(page_id))

    def shown(self, page_ids: Iterable[int | None]) -> dict[int, ClinicPage]:
        """Return those of the pages noted for cards that are public, once all is loaded."""
        return {page_id: self._pages[page_id] for page_id in dict.fromkeys(page_ids) if page_id in self._pages}

    def later(self, write: Callable[[], Any]) -> Ref:
        """Stand for what ``write`` returns once everything is loaded."""
        return Ref(write)

    def picture_of(self, instance: Model, field: str) -> None:
        """Note the picture that ``field`` of ``instance`` refers to: it is there, once loaded, without a query."""
        self._pictured.append((instance, field))
        image_id = getattr(instance, f"{field}_id")
        if image_id is not None:
            self._image_ids.add(image_id)

    def image(
        self,
        image_id: int | None,
        *,
        alt: str | None = None,
        decorative: bool = False,
        widths: tuple[int, ...] = WIDTHS,
    ) -> Ref | None:
        """Note a picture; stands for its ``Image``, or None once it is gone."""
        if image_id is None:
            return None
        self._image_ids.add(image_id)

        def resolve() -> dict[str, Any] | None:
            image = self._images.get(image_id)
            if image is None:
                return None
            return describe_image(image, self.public.absolute, alt=alt, decorative=decorative, widths=widths)

        return Ref(resolve)

    def card_image(self, image_id: int | None) -> Ref | None:
        """Note a picture in the widths that a card needs."""
        return self.image(image_id, widths=CARD_WIDTHS)

    def document(self, document_id: int | None) -> Ref | None:
        """Note a document; stands for its ``Document``, or None where it is gone or private."""
        if document_id is None:
            return None
        self._document_ids.add(document_id)
        return Ref(lambda: self._documents.get(document_id))

    def snippet(self, model: type[Model], snippet_id: Any) -> Ref | None:
        """Note a snippet; stands for it as its app describes it, or None once it is gone."""
        if snippet_id is None:
            return None
        self._snippet_ids[model].add(snippet_id)
        return Ref(lambda: self._snippets.get((model, snippet_id)))

    def rich_text(self, html: str | None) -> Ref | str:
        """Note what rich text links to; stands for its HTML with those links resolved."""
        if not html:
            return ""
        targets = link_targets(html)
        self._page_ids |= targets["page"]
        self._document_ids |= targets["document"]
        return Ref(lambda: self._written(html))

    def _written(self, html: str) -> str:
        clean = to_html(html, self._page_path, self._document_url)
        return to_markdown(clean) if self.selection.rich_text == "markdown" else clean

    def keys(self) -> list[str]:
        """Return the names of all that the answer shows or refers to, for a cache that can forget by name.

        See https://www.fastly.com/documentation/reference/http/http-headers/Surrogate-Key/. Hidden pages are left out:
        ``pages`` stands for those too, for they may come back. ``site-…`` stands for all that is not a page.
        """
        keys = [f"site-{self.public.site.pk}"]
        if self._depends_on_pages or not self._links.keys() >= self._page_ids | self._card_ids:
            keys.append("pages")
        keys += [f"page-{pk}" for pk in sorted(self._links.keys() | self._cards.keys())]
        keys += [f"image-{pk}" for pk in sorted(self._images)]
        keys += [f"document-{pk}" for pk in sorted(self._documents)]
        return keys + sorted(f"{model._meta.model_name}-{pk}" for model, pk in self._snippets)

    def load(self) -> None:
        """Fetch all that was noted. Snippets come first, for their texts link to pages; cards note pictures."""
        self._load_snippets()
        self._load_pages()
        if self._image_ids:
            self._images = load_images(self._image_ids)
        for instance, field in self._pictured:
            setattr(instance, field, self._images.get(getattr(instance, f"{field}_id")))
        if self._document_ids:
            self._documents = self.public.described_documents(self._document_ids)

    def link(self, page: Page) -> dict[str, Any]:
        """Return ``page``, which is loaded already, as a ``PageLink``."""
        link = self._links[page.pk] = self.public.link(page)
        return link

    def _load_snippets(self) -> None:
        for model, ids in self._snippet_ids.items():
            for pk, snippet in self.public.snippets(model, ids).items():
                self._snippets[model, pk] = registry.snippet_shape(model).write(snippet, self)

    def _load_pages(self) -> None:
        """Fetch the pages noted; what is written of them may note others."""
        asked: set[int] = set()
        while wanted := (self._page_ids | self._card_ids) - asked:
            asked |= wanted
            self._links |= self.public.links(wanted)
            card_ids: dict[str, list[int]] = defaultdict(list)
            for pk in (self._card_ids & self._links.keys()) - self._cards.keys():
                card_ids[self._links[pk]["type"]].append(pk)
            for name, pks in card_ids.items():
                self._load_cards(registry.page_type_called(name), pks)

    def _load_cards(self, page_type: "PageType", page_ids: list[int]) -> None:
        for page in page_type.load_for_cards(page_ids):
            self._pages[page.pk] = page
            self._cards[page.pk] = page_type.write_card(page, self)
            for ids, more, added in self._more:
                if page.pk in ids:
                    added[page.pk] = more(page)

    def _page_path(self, page_id: int) -> str | None:
        link = self._links.get(page_id)
        return link["path"] if link else None

    def _document_url(self, document_id: int) -> str | None:
        document = self._documents.get(document_id)
        return document["url"] if document else None
