"""What anyone may read: pages that are published, outside every private section, and on the same site.

One place decides this for lists, links, choosers and rich text, so that no template can name a page it may not.
"""

import datetime as dt
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any, TypeVar
from uuid import UUID

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
# Where the sites begin, and in which state of the content; None before that was asked.
_known_roots: tuple[UUID | None, list[SiteRootPath]] | None = None


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
    """Return where the sites begin, within one request looked up once."""
    from clinicsite.models import ContentState

    memo = _memo.get()
    if memo is not None and "roots" in memo:
        return memo["roots"]
    roots = root_paths_in(ContentState.current())
    if memo is not None:
        memo["roots"] = roots
    return roots


def root_paths_in(state: tuple[UUID, dt.datetime] | None) -> list[SiteRootPath]:
    """Return where the sites begin in a state of the content (see ``ContentState.current``).

    Wagtail remembers it for an hour in each process, and forgets it only in the one that changes a site. So it is made
    to forget with each state, for the addresses of pages come of it too.
    """
    global _known_roots
    version, known = state[0] if state else None, _known_roots
    if version is None or known is None or known[0] != version:
        Site.clear_site_root_paths_cache()
        known = _known_roots = (version, Site.get_site_root_paths())
    return known[1]


def nearest_roots(url_path: str) -> list[SiteRootPath]:
    """Return where the sites begin that an address in the tree belongs to; [] outside of all.

    Of a site within another one, the inner one: what stands below it is read there, and not on the outer one.
    """
    found = [root for root in site_root_paths() if url_path.startswith(root.root_path)]
    longest = max((len(root.root_path) for root in found), default=0)
    return [root for root in found if len(root.root_path) == longest]


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
    return beside is None or not _site_ids(page).isdisjoint(_site_ids(beside))


def _site_ids(page: Page) -> set[int]:
    return {root.site_id for root in nearest_roots(page.url_path)}


def public_pages(queryset: "PageQuerySet[P]", beside: Page | None = None) -> "PageQuerySet[P]":
    """Return those pages of ``queryset`` that anyone may read; with ``beside``, only those of that page's site."""
    queryset = queryset.filter(live=True)
    if private := _below("path", restricted_paths()):
        queryset = queryset.exclude(private)
    return queryset if beside is None else _of_site(queryset, _site_ids(beside))


def _of_site(queryset: "PageQuerySet[P]", site_ids: set[int]) -> "PageQuerySet[P]":
    """Return those pages of ``queryset`` that stand in the sites of these ids, and not in one within them."""
    roots = site_root_paths()
    own = {root.root_path for root in roots if root.site_id in site_ids}
    if not own:
        return queryset.none()
    inner = {root.root_path for root in roots if root.root_path.startswith(tuple(own))} - own
    queryset = queryset.filter(_below("url_path", own))
    return queryset.exclude(_below("url_path", inner)) if inner else queryset


def _below(name: str, beginnings: Iterable[str]) -> Q:
    """Return the condition that the field ``name`` begins with one of ``beginnings``; an empty one without any."""
    below = Q()
    for each in sorted(beginnings):
        below |= Q(**{f"{name}__startswith": each})
    return below


def in_order(pages: Iterable[P], ids: Iterable[int | None]) -> list[P]:
    """Return ``pages`` in the order of ``ids``, each once; an id without a page is left out."""
    found = {page.pk: page for page in pages}
    return [found[pk] for pk in dict.fromkeys(ids) if pk in found]
