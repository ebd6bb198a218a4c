"""What an answer refers to: other pages, pictures, documents, snippets.

A serializer only notes what it refers to and leaves a ``Ref`` in its place. ``load`` then fetches everything noted in
one query per kind, and writing the answer as JSON replaces each ``Ref``. So the number of queries depends on the kinds
of things an answer shows, never on how many there are of them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from clinicsite.api import registry
from clinicsite.api.images import CARD_WIDTHS, WIDTHS, describe_image, load_images
from clinicsite.api.rich_text import link_targets, to_html
from clinicsite.api.visibility import PublicSite


@dataclass(frozen=True)
class Ref:
    """The place of something that is known once everything is loaded."""

    resolve: Callable[[], Any]


class References:
    """All that one answer refers to."""

    def __init__(self, public: PublicSite) -> None:
        self.public = public
        self._page_ids: set[int] = set()
        self._card_ids: set[int] = set()
        self._image_ids: set[int] = set()
        self._document_ids: set[int] = set()
        self._snippet_ids: dict[type[Model], set[Any]] = defaultdict(set)
        self._links: dict[int, dict[str, Any]] = {}
        self._cards: dict[int, dict[str, Any]] = {}
        self._images: dict[int, AbstractImage] = {}
        self._documents: dict[int, dict[str, Any]] = {}
        self._known: dict[tuple[type[Model], Any], Model] = {}
        self._snippets: dict[tuple[type[Model], Any], dict[str, Any]] = {}

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
        """Return the cards of public pages that are loaded already, in the order given."""
        return [self.card_of(page) for page in pages]

    def know(self, snippets: Iterable[Model | None]) -> None:
        """Take snippets that are loaded already, so that none of them is asked for again."""
        self._known.update({(type(snippet), snippet.pk): snippet for snippet in snippets if snippet})

    def cards(self, page_ids: Iterable[int]) -> Ref:
        """Note pages; stands for the cards of those that are public, in the order given."""
        ids = list(page_ids)
        self._card_ids.update(ids)
        return Ref(lambda: [self._cards[page_id] for page_id in ids if page_id in self._cards])

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
        return Ref(lambda: to_html(html, self._page_path, self._document_url))

    def load(self) -> None:
        """Fetch all that was noted. Snippets come first, for their texts link to pages; cards note pictures."""
        self._load_snippets()
        self._load_pages()
        if self._image_ids:
            self._images = load_images(self._image_ids)
        if self._document_ids:
            for document in self.public.documents().filter(pk__in=self._document_ids):
                self._documents[document.pk] = self._describe_document(document)

    def link(self, page: Page) -> dict[str, Any]:
        """Return ``page`` as a ``PageLink``."""
        path = page.get_url(request=self.public.request, current_site=self.public.site) or ""
        return {
            "id": page.pk,
            "type": page.cached_content_type.model_class().__name__,
            "title": page.title,
            "path": path,
            "url": self.public.absolute(path),
        }

    def _load_snippets(self) -> None:
        for model, ids in self._snippet_ids.items():
            known = {pk: self._known[model, pk] for pk in ids if (model, pk) in self._known}
            asked = ids - known.keys()
            found = known | (model.objects.in_bulk(list(asked)) if asked else {})
            for pk, snippet in found.items():
                self._snippets[model, pk] = registry.snippet_shape(model).write(snippet, self)

    def _load_pages(self) -> None:
        ids = self._page_ids | self._card_ids
        if not ids:
            return
        card_ids: dict[type[Page], list[int]] = defaultdict(list)
        for page in self.public.pages().filter(pk__in=ids):
            self._links[page.pk] = self.link(page)
            if page.pk in self._card_ids:
                card_ids[page.cached_content_type.model_class()].append(page.pk)
        for model, pks in card_ids.items():
            page_type = registry.page_type_of(model)
            for page in page_type.card_queryset().filter(pk__in=pks):
                self._cards[page.pk] = page_type.write_card(page, self)

    def _page_path(self, page_id: int) -> str | None:
        link = self._links.get(page_id)
        return link["path"] if link else None

    def _document_url(self, document_id: int) -> str | None:
        document = self._documents.get(document_id)
        return document["url"] if document else None

    def _describe_document(self, document: Any) -> dict[str, Any]:
        return {
            "id": document.pk,
            "title": document.title,
            "url": self.public.absolute(document.url),
            "file_extension": document.file_extension,
            "size": document.file_size,
        }
