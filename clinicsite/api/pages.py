"""Pages: one by its id or its path, and lists of cards."""

from typing import Any, Literal

from django.db.models import F, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import Field, create_model
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect as WagtailRedirect
from wagtail.models import Page
from wagtail.query import PageQuerySet

from clinicsite.api import registry
from clinicsite.api.http import answer
from clinicsite.api.lists import list_model
from clinicsite.api.page_types import one_of
from clinicsite.api.params import ObjectId, Paging, Words
from clinicsite.api.references import References
from clinicsite.api.schemas import Out, PageLink, Problem
from clinicsite.api.visibility import PublicSite
from clinicsite.views import search_terms

ORDERS = {"tree": "path", "title": "title", "newest": "-first_published_at"}


class Redirect(Out):
    """Where a path leads that is no page's own: to a page of this site, or elsewhere (``page`` is then null)."""

    type: Literal["Redirect"]
    location: str
    permanent: bool
    page: PageLink | None


def build_router() -> Router:
    """Return the router of pages. Call it once every app has entered its page types and filters."""
    router = Router(tags=["pages"])
    pages = [page_type.schema for page_type in registry.page_types()]
    any_page = one_of("AnyPage", pages)
    any_card = one_of("AnyCard", [page_type.card_schema for page_type in registry.page_types()])
    page_or_redirect = one_of("PageOrRedirect", [*pages, Redirect])
    filters: Any = _filters_model()

    @router.get("/", response={200: list_model("Page", any_card), 422: Problem})
    def list_pages(request: HttpRequest, filters: Query[filters]) -> HttpResponse:  # type: ignore[valid-type]
        """Cards of the pages that fit all filters."""
        refs = References(PublicSite.of(request))
        matching = _matching(refs.public, filters)
        ids = [page.pk for page in matching[filters.offset : filters.offset + filters.limit]]
        return answer(request, {"total": matching.count(), "items": refs.cards(ids)}, refs)

    @router.get("/by-path/", response={200: page_or_redirect, 404: Problem, 422: Problem})
    def get_page_by_path(
        request: HttpRequest,
        path: str = Query(..., min_length=1, max_length=2000, description="As the site shows it: /conditions/."),
    ) -> HttpResponse:
        """The page at a path of the site, or the redirect that is in its place."""
        public = PublicSite.of(request)
        url_path = _url_path(public, path)
        trail = _trail(public.pages().filter(url_path__in=_beginnings(url_path)))
        if not trail or trail[-1].url_path != url_path:
            return _answer_redirect(public, path)
        return _answer_page(public, trail)

    @router.get("/{int:page_id}/", response={200: any_page, 404: Problem, 422: Problem})
    def get_page(request: HttpRequest, page_id: Path[ObjectId]) -> HttpResponse:
        """A whole page."""
        return answer_by_id(request, page_id)

    return router


def _filters_model() -> type[Paging]:
    names = tuple(page_type.name for page_type in registry.page_types())
    own = {
        entry.name: (entry.annotation | None, Field(None, description=entry.description))
        for entry in registry.page_filters()
    }
    return create_model(
        "PageFilters",
        __base__=Paging,
        type=(Literal[names] | None, Field(None, description="Only pages of this type.")),
        parent=(ObjectId | None, Field(None, description="Only pages directly under the page with this id.")),
        ancestor=(ObjectId | None, Field(None, description="Only pages anywhere under the page with this id.")),
        q=(Words | None, Field(None, description="Only pages with these words.")),
        order=(
            Literal[tuple(ORDERS)] | None,
            Field(
                None,
                description="As in the site's tree (the usual order), by title, or the newest first; "
                "left out in a search: the best match first.",
            ),
        ),
        **own,
    )


def _matching(public: PublicSite, filters: Any) -> Any:
    """Return the pages that fit ``filters``, as a query set or as the results of a search."""
    pages = public.pages().type(*(page_type.model for page_type in registry.page_types()))
    if filters.type:
        pages = pages.exact_type(next(entry.model for entry in registry.page_types() if entry.name == filters.type))
    for name, children_only in (("parent", True), ("ancestor", False)):
        if page_id := getattr(filters, name):
            pages = _under(public, pages, page_id, children_only=children_only)
    for entry in registry.page_filters():
        value = getattr(filters, entry.name)
        if value is not None:
            pages = pages.filter(entry.condition(public, value))
    if filters.q:
        return _search(pages, filters)
    return pages.order_by(ORDERS[filters.order or "tree"], "pk")


def _under(public: PublicSite, pages: PageQuerySet, page_id: Path[ObjectId], *, children_only: bool) -> PageQuerySet:
    page = public.pages().filter(pk=page_id).first()
    if page is None:
        return pages.none()
    return pages.child_of(page) if children_only else pages.descendant_of(page)


def _search(pages: PageQuerySet, filters: Any) -> Any:
    terms = search_terms(filters.q)
    # The search index knows only some fields, so the filters are settled before it is asked.
    fitting = Page.objects.filter(pk__in=list(pages.values_list("pk", flat=True)))
    if not terms:
        return fitting.none()
    if filters.order:
        return fitting.order_by(ORDERS[filters.order]).search(terms, order_by_relevance=False)
    return fitting.search(terms)


def _url_path(public: PublicSite, path: str) -> str:
    return f"{public.site.root_page.url_path.rstrip('/')}/{path.strip('/')}/".replace("//", "/")


def answer_by_id(request: HttpRequest, page_id: int) -> HttpResponse:
    """Return the whole page of that id as an answer; raises Http404 where it is not public."""
    public = PublicSite.of(request)
    path = Page.objects.filter(pk=page_id).values("path")
    trail = _trail(public.pages().alias(below=Subquery(path)).filter(below__startswith=F("path")))
    if not trail or trail[-1].pk != page_id:
        raise Http404
    return _answer_page(public, trail)


def _beginnings(url_path: str) -> list[str]:
    """Return the paths of a page and of all that may stand above it."""
    parts = url_path.split("/")
    return ["/".join(parts[:count]) + "/" for count in range(2, len(parts))]


def _trail(pages: PageQuerySet) -> list[Page]:
    """Return a page that was asked for, last, and before it the public ones above it: both in one query."""
    found = list(pages.order_by("path"))
    return [page for page in found if found[-1].path.startswith(page.path)]


def _answer_page(public: PublicSite, trail: list[Page]) -> HttpResponse:
    model = trail[-1].cached_content_type.model_class()
    if model is None or not registry.has_page_type(model):
        raise Http404
    refs = References(public)
    page_type = registry.page_type_of(model)
    page = page_type.queryset().get(pk=trail[-1].pk)
    page.breadcrumbs = trail[:-1]
    return answer(public.request, page_type.write(page, refs), refs)


def _answer_redirect(public: PublicSite, path: str) -> HttpResponse:
    redirect = get_redirect(public.request, WagtailRedirect.normalise_path(path, decode_unicode=False))
    if redirect is None:
        raise Http404
    target = public.pages().filter(Q(pk=redirect.redirect_page_id)).first() if redirect.redirect_page_id else None
    if redirect.redirect_page_id and target is None:
        raise Http404
    refs = References(public)
    return answer(
        public.request,
        {
            "type": "Redirect",
            "location": redirect.link,
            "permanent": redirect.is_permanent,
            "page": refs.link(target) if target else None,
        },
        refs,
    )
