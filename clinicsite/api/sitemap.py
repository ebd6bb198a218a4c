"""Every public address of the site, for a front end that builds its pages or its own sitemap."""

import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from clinicsite.api import cursors, registry
from clinicsite.api.http import answer
from clinicsite.api.params import Cursor
from clinicsite.api.references import References
from clinicsite.api.schemas import Alternate, Out, Problem
from clinicsite.api.visibility import PublicSite

router = Router(tags=["pages"])

IN_TREE = cursors.Order("tree", "path")


class SitemapEntry(Out):
    """A public page: its address, when it last changed, and its address in each of its languages."""

    id: int
    type: str
    path: str
    url: str
    locale: str
    lastmod: datetime.datetime | None
    alternates: list[Alternate]


class Sitemap(Out):
    """A part of all public pages in the order of the tree; ``next`` is the cursor of the part after it."""

    items: list[SitemapEntry]
    next: str | None
    prev: str | None


class SitemapPaging(Schema):
    """Which part of the site to answer."""

    limit: int = Field(500, ge=1, le=1000, description="How many to answer at most.")
    cursor: Cursor | None = Field(None, description="Where to go on: next or prev of the answer before.")


@router.get("/", response={200: Sitemap, 422: Problem})
def get_sitemap(request: HttpRequest, paging: Query[SitemapPaging]) -> HttpResponse:
    """All public addresses with the time of their last change, for building or for a sitemap of your own."""
    public = PublicSite.of(request)
    pages = public.pages().exact_type(*(page_type.model for page_type in registry.page_types()))
    part = cursors.part(pages, IN_TREE, paging.limit, paging.cursor, "sitemap")
    found = sorted(public.pages().filter(pk__in=part.ids), key=lambda page: page.path)
    alternates = public.alternates(found)
    items = []
    for page in found:
        link = public.link(page)
        items.append(
            {
                **{name: link[name] for name in ("id", "type", "path", "url")},
                "locale": public.memory.locales[page.locale_id].language_code,
                "lastmod": page.last_published_at,
                "alternates": alternates[page.translation_key],
            }
        )
    refs = References(public)
    refs.depends_on_pages()
    return answer(request, {"items": items, "next": part.next, "prev": part.prev}, refs)
