"""What an anonymous reader of one site may see: the one place that decides it for every answer of the API."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, Model, OuterRef, QuerySet
from django.http import Http404, HttpRequest
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, Site
from wagtail.query import PageQuerySet

from clinicsite.api.memory import memory_of, missing
from clinicsite.public import public_pages

PageT = TypeVar("PageT", bound=Page)


class PublicSite:
    """One site as an anonymous reader sees it: its published pages outside of private sections, and no other site's."""

    def __init__(self, site: Site, request: HttpRequest) -> None:
        self.site = site
        self.request = request
        self.memory = memory_of(request)
        request.page_urls = self.memory.once("page_urls", dict)

    @classmethod
    def of(cls, request: HttpRequest) -> "PublicSite":
        """Return the site that ``request`` asks; raises Http404 where the host has none."""
        site = memory_of(request).site
        if site is None:
            raise Http404("No site answers under this host name.")
        return cls(site, request)

    def pages(self, model: type[PageT] = Page) -> PageQuerySet[PageT]:
        """Return the pages of ``model`` that the reader may see."""
        return public_pages(model.objects.all(), beside=self.site.root_page)

    def documents(self) -> QuerySet:
        """Return the documents outside of private collections."""
        restrictions = CollectionViewRestriction.objects.alias(
            path=ExpressionWrapper(OuterRef("collection__path"), CharField())
        )
        private = restrictions.filter(path__startswith=F("collection__path"))
        return get_document_model().objects.exclude(Exists(private))

    def links(self, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
        """Return the public pages of ``ids``, each as a ``PageLink``, by their ids."""
        wanted, known = list(ids), self.memory.links
        if unknown := missing(known, wanted):
            found = {page.pk: self.link(page) for page in self.pages().filter(pk__in=unknown)}
            known.update({pk: found.get(pk) for pk in unknown})
        return {pk: link for pk in wanted if (link := known.get(pk)) is not None}

    def link(self, page: Page) -> dict[str, Any]:
        """Return ``page`` as a ``PageLink``."""
        path, url = self._address(page)
        model = page.cached_content_type.model_class()
        name = model.__name__ if model else "Page"
        return {"id": page.pk, "type": name, "title": page.title, "path": path, "url": url}

    def _address(self, page: Page) -> tuple[str, str]:
        known = self.memory.addresses
        if page.url_path not in known:
            path = page.get_url(request=self.request, current_site=self.site) or ""
            known[page.url_path] = path, self.absolute(path)
        return known[page.url_path]

    def alternates(self, pages: Iterable[Page]) -> dict[Any, list[dict[str, Any]]]:
        """Return in which languages each page is public, by their translation keys; none for one language alone."""
        known: dict[Any, list[dict[str, Any]]] = self.memory.once("alternates", dict)
        keys = [page.translation_key for page in pages]
        if len(self.memory.locales) < 2:
            return {key: [] for key in keys}
        if unknown := missing(known, keys):
            found: dict[Any, list[dict[str, Any]]] = {key: [] for key in unknown}
            for page in self.pages().filter(translation_key__in=unknown).order_by("locale__language_code"):
                path, url = self._address(page)
                code = self.memory.locales[page.locale_id].language_code
                found[page.translation_key].append({"locale": code, "path": path, "url": url})
            known.update({key: each if len(each) > 1 else [] for key, each in found.items()})
        return {key: known[key] for key in keys}

    def snippets(self, model: type[Model], ids: Iterable[Any]) -> dict[Any, Model]:
        """Return the snippets of ``ids`` by their ids; those that are gone are left out."""
        wanted, known = list(ids), self.memory.snippets
        if unknown := [pk for pk in wanted if (model, pk) not in known]:
            found = model._default_manager.in_bulk(unknown)
            known.update({(model, pk): found.get(pk) for pk in unknown})
        return {pk: snippet for pk in wanted if (snippet := known.get((model, pk))) is not None}

    def described_documents(self, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
        """Return the public documents of ``ids``, each as a ``Document``, by their ids."""
        wanted, known = list(ids), self.memory.documents
        if unknown := missing(known, wanted):
            found = {found.pk: self._describe(found) for found in self.documents().filter(pk__in=unknown)}
            known.update({pk: found.get(pk) for pk in unknown})
        return {pk: document for pk in wanted if (document := known.get(pk)) is not None}

    def _describe(self, document: Any) -> dict[str, Any]:
        return {
            "id": document.pk,
            "title": document.title,
            "url": self.absolute(document.url),
            "file_extension": document.file_extension,
            "size": document.file_size,
        }

    def absolute(self, url: str) -> str:
        """Return ``url`` with the scheme and host that the reader asked."""
        return self.request.build_absolute_uri(url)
