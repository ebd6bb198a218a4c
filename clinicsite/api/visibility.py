"""What an anonymous reader of one site may see: the one place that decides it for every answer of the API."""

from typing import TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.http import Http404, HttpRequest
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, Site
from wagtail.query import PageQuerySet

from clinicsite.public import public_pages

PageT = TypeVar("PageT", bound=Page)


class PublicSite:
    """One site as an anonymous reader sees it: its published pages outside of private sections, and no other site's."""

    def __init__(self, site: Site, request: HttpRequest) -> None:
        self.site = site
        self.request = request

    @classmethod
    def of(cls, request: HttpRequest) -> "PublicSite":
        """Return the site that ``request`` asks; raises Http404 where the host has none."""
        site = Site.find_for_request(request)
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

    def absolute(self, url: str) -> str:
        """Return ``url`` with the scheme and host that the reader asked."""
        return self.request.build_absolute_uri(url)
