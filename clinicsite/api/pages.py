"""Pages: one by its id or its path, with those around it where asked; lists are in ``page_list``."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from wagtail.models import Page

from clinicsite.api import registry
from clinicsite.api.http import answer
from clinicsite.api.page_list import add_page_list
from clinicsite.api.page_types import one_of
from clinicsite.api.params import MAX_LIMIT, ObjectId, PathOnSite
from clinicsite.api.redirects import Redirect, answer_redirect
from clinicsite.api.references import Ref, References
from clinicsite.api.schemas import Problem
from clinicsite.api.selection import PARTIAL, PARTIAL_JSON, WHOLE, Selection, partial, selecting, selection_of
from clinicsite.api.shapes import Computed
from clinicsite.api.visibility import PublicSite

EXPANDED = ("children", "parent")


def build_router() -> Router:
    """Return the router of pages. Call it once every app has entered its page types and filters."""
    router = Router(tags=["pages"])
    types = registry.page_types()
    any_card = one_of("AnyCard", [page_type.card_schema for page_type in types])
    for page_type in types:
        page_type.contribute("parent", Computed(any_card | None, _parent))
        page_type.contribute("children", Computed(list[any_card] | None, _children))
    schemas = [page_type.schema for page_type in types]
    any_page, page_or_redirect = one_of("AnyPage", schemas), one_of("PageOrRedirect", [*schemas, Redirect])
    some_page = one_of("SomePage", [partial(schema) for schema in schemas])
    fields = frozenset().union(*(page_type.field_names for page_type in types)) - set(EXPANDED)
    by_path: Any = selecting("PageByPath", PathOnSite, fields, EXPANDED)
    by_id: Any = selecting("PageById", Schema, fields, EXPANDED)
    add_page_list(router, any_page, any_card)

    @router.get("/by-path/", response={200: page_or_redirect, PARTIAL: some_page, 404: Problem, 422: Problem})
    def get_page_by_path(request: HttpRequest, payload: Query[by_path]) -> HttpResponse:  # type: ignore[valid-type]
        """The page at a path of the site, or the redirect that is in its place."""
        public = PublicSite.of(request)
        url_path = _url_path(public, payload.path)
        trail = public.memory.trails.get(url_path) or _trail(public, _beginnings(url_path))
        if not trail or trail[-1].url_path != url_path:
            return answer_redirect(public, payload.path)
        return _answer_page(public, trail, selection_of(payload))

    @router.get("/{int:page_id}/", response={200: any_page, PARTIAL: some_page, 404: Problem, 422: Problem})
    def get_page(request: HttpRequest, page_id: Path[ObjectId], payload: Query[by_id]) -> HttpResponse:  # type: ignore[valid-type]
        """A whole page."""
        return answer_by_id(request, page_id, selection_of(payload))

    return router


def _parent(page: Page, refs: References) -> Ref | None:
    """Return the card of the page above; None where it is not public, or was not asked for."""
    above = page.breadcrumbs[-1] if page.breadcrumbs and "parent" in refs.selection.expand else None
    return refs.card(above.pk) if above and above.path == page.path[: -page.steplen] else None


def _children(page: Page, refs: References) -> Ref | None:
    """Return the cards of the public pages directly below, the first hundred; None where they were not asked for."""
    if "children" not in refs.selection.expand:
        return None
    refs.depends_on_pages()
    known = [page_type.model for page_type in registry.page_types()]
    below = refs.public.pages().child_of(page).exact_type(*known).order_by("path")
    return refs.cards(below.values_list("pk", flat=True)[:MAX_LIMIT])


def _url_path(public: PublicSite, path: str) -> str:
    return f"{public.site.root_page.url_path.rstrip('/')}/{path.strip('/')}/".replace("//", "/")


def answer_by_id(request: HttpRequest, page_id: int, selection: Selection = WHOLE) -> HttpResponse:
    """Return the page of that id as an answer; raises Http404 where it is not public."""
    public = PublicSite.of(request)
    trails = public.memory.once("trails_by_id", dict)
    if page_id not in trails:
        url_path = public.pages().filter(pk=page_id).values_list("url_path", flat=True).first()
        if url_path is None:
            raise Http404
        trails[page_id] = _trail(public, _beginnings(url_path))
    return _answer_page(public, trails[page_id], selection)


def _beginnings(url_path: str) -> list[str]:
    """Return the paths of a page and of all that may stand above it."""
    parts = url_path.split("/")
    return ["/".join(parts[:count]) + "/" for count in range(2, len(parts))]


def _trail(public: PublicSite, url_paths: list[str]) -> tuple[Page, ...]:
    """Return the page at the last of ``url_paths`` and before it the public ones above it; () where there is none.

    Remembered where the page is found: for breadcrumbs only their titles and addresses are read.
    """
    found = tuple(public.pages().filter(url_path__in=url_paths).order_by("path"))
    trail = tuple(page for page in found if found[-1].path.startswith(page.path))
    if trail and trail[-1].url_path == url_paths[-1]:
        public.memory.trails[url_paths[-1]] = trail
    return trail


def _answer_page(public: PublicSite, trail: tuple[Page, ...], selection: Selection) -> HttpResponse:
    model = trail[-1].cached_content_type.model_class()
    if model is None or not registry.has_page_type(model):
        raise Http404
    refs = References(public, selection)
    page_type = registry.page_type_of(model)
    found = page_type.load([trail[-1].pk])
    if not found:
        raise Http404
    page = found[0]
    page.breadcrumbs = list(trail[:-1])
    if len(trail) <= page.depth - public.site.root_page.depth:
        refs.depends_on_pages()  # One above it is hidden.
    return answer(
        public.request,
        page_type.write(page, refs),
        refs,
        media_type="application/json" if selection.fields is None else PARTIAL_JSON,
    )
