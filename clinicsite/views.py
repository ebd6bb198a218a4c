"""The views that belong to no page: search, and what robots are told."""

import re

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from clinicsite.public import public_pages

RESULTS_PER_PAGE = 10
MOST_SUGGESTIONS = 5
LONGEST_QUERY = 200


def search_terms(query: str) -> str:
    """Return the words of ``query`` alone, in lower case.

    SQLite's search reads quotes, hyphens and AND, OR, NOT as its own language (https://www.sqlite.org/fts5.html
    section 3), and fails on what patients type, such as an open quote.
    """
    return " ".join(re.findall(r"\w+", query.lower()))


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer with the public pages of this site that match ``?q=``; where none does, with pages that come close.

    Raises Http404 where the address belongs to no site.
    """
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    terms = search_terms(query)
    below = Page.objects.descendant_of(site.root_page, inclusive=True)
    # The search index knows only some fields, so what is public is settled before it is asked.
    public = list(public_pages(below, beside=site.root_page).values_list("pk", flat=True))
    pages = Page.objects.filter(pk__in=public).defer_streamfields().specific()
    results = Paginator(pages.search(terms) if terms else [], RESULTS_PER_PAGE).get_page(request.GET.get("page"))
    suggestions = [] if results.paginator.count else _suggestions(pages, site.root_page, terms)
    context = {"query": query, "results": results, "suggestions": suggestions}
    response = TemplateResponse(request, "search.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


class SiteSitemap(Sitemap):
    """The public pages of the site that is asked: not those of a site within it, which names them itself."""

    def items(self) -> PageQuerySet:
        """Return the pages, in the order of the tree."""
        home = self.get_wagtail_site().root_page
        pages = public_pages(Page.objects.descendant_of(home, inclusive=True), beside=home)
        return pages.order_by("path").defer_streamfields().specific()


def _suggestions(pages: PageQuerySet, home: Page, terms: str) -> list[Page]:
    close = list(pages.autocomplete(terms)[:MOST_SUGGESTIONS]) if terms else []
    return close or list(pages.child_of(home).order_by("path")[:MOST_SUGGESTIONS])


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answer what robots may read: everything public, but neither the admin nor lists that only a search makes."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('wagtailadmin_home')}",
        f"Disallow: {reverse('search')}",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
