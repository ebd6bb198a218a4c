"""What anyone may read: pages that are published, outside every private section, and on the same site.

One place decides this for lists, links, choosers and rich text, so that no template can name a page it may not.
"""

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any, TypeVar

from django.core.signals import request_finished, request_started
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.models.sites import SiteRootPath
from wagtail.query import PageQuerySet
from wagtail.signals import post_page_move

P = TypeVar("P", bound=Page)

# The tops of private sections: pages with a view restriction, and aliases of such pages.
RESTRICTED = Q(view_restrictions__isnull=False) | Q(alias_of__view_restrictions__isnull=False)

# A page asks this question many times; within one request the answer is read once. None: no request is running.
_memo: ContextVar[dict[str, Any] | None] = ContextVar("restricted_paths", default=None)


@receiver(request_started, dispatch_uid="public_memo_start")
def _start_memo(**kwargs: Any) -> None:
    _memo.set({})


@receiver(request_finished, dispatch_uid="public_memo_end")
def _end_memo(**kwargs: Any) -> None:
    _memo.set(None)


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="public_memo_restriction")
@receiver([post_save, post_delete], sender=Site, dispatch_uid="public_memo_site")
@receiver(post_page_move, dispatch_uid="public_memo_move")
def _clear_memo(**kwargs: Any) -> None:
    memo = _memo.get()
    if memo is not None:
        memo.clear()


def restricted_paths() -> tuple[str, ...]:
    """Return the tree paths of the tops of private sections."""
    memo = _memo.get()
    if memo is not None and "paths" in memo:
        return memo["paths"]
    paths = tuple(Page.objects.filter(RESTRICTED).order_by().values_list("path", flat=True).distinct())
    if memo is not None:
        memo["paths"] = paths
    return paths


def site_root_paths() -> list[SiteRootPath]:
    """Return where the sites begin, within one request read once."""
    memo = _memo.get()
    if memo is None:
        return Site.get_site_root_paths()
    if "roots" not in memo:
        memo["roots"] = Site.get_site_root_paths()
    return memo["roots"]


def remember(private_paths: tuple[str, ...], root_paths: list[SiteRootPath]) -> None:
    """Take for this request what is known of it already: private sections, and where the sites begin."""
    memo = _memo.get()
    if memo is not None:
        memo.update(paths=private_paths, roots=root_paths)


def is_public(page: Page | None, beside: Page | None = None) -> bool:
    """Return whether anyone may read ``page``: it exists, is published and stands in no private section.

    With ``beside``, it must also stand in that page's site.
    """
    if page is None or not page.live or page.path.startswith(restricted_paths()):
        return False
    roots = site_roots(beside) if beside is not None else []
    return not roots or page.url_path.startswith(tuple(roots))


def site_roots(page: Page) -> list[str]:
    """Return the address paths of the roots, one per language, of the site that ``page`` stands in; [] outside all."""
    paths = site_root_paths()
    site_ids = {found.site_id for found in paths if page.url_path.startswith(found.root_path)}
    return [found.root_path for found in paths if found.site_id in site_ids]


def public_pages(queryset: "PageQuerySet[P]", beside: Page | None = None) -> "PageQuerySet[P]":
    """Return those pages of ``queryset`` that anyone may read; with ``beside``, only those of that page's site."""
    private = Q()
    for path in restricted_paths():
        private |= Q(path__startswith=path)
    queryset = queryset.filter(live=True)
    if private:
        queryset = queryset.exclude(private)
    if beside is not None and (roots := site_roots(beside)):
        on_site = Q()
        for root in roots:
            on_site |= Q(url_path__startswith=root)
        queryset = queryset.filter(on_site)
    return queryset


def in_order(pages: Iterable[P], ids: Iterable[int | None]) -> list[P]:
    """Return ``pages`` in the order of ``ids``, each once; an id without a page is left out."""
    found = {page.pk: page for page in pages}
    return [found[pk] for pk in dict.fromkeys(ids) if pk in found]
