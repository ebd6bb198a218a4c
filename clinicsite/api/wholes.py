"""Whole pages, loaded: several of them in a few queries, each knowing the public pages above it."""

from collections.abc import Iterable

from wagtail.models import Page

from clinicsite.api import registry
from clinicsite.api.visibility import PublicSite
from clinicsite.models import ClinicPage


def load_whole(public: PublicSite, page_ids: Iterable[int]) -> list[ClinicPage]:
    """Return the pages of ``page_ids``, all public and of known types, in that order: one query per type, two more."""
    ids = list(page_ids)
    links = public.links(ids)
    found: dict[int, ClinicPage] = {}
    for name in {link["type"] for link in links.values()}:
        of_type = [pk for pk, link in links.items() if link["type"] == name]
        found |= {page.pk: page for page in registry.page_type_called(name).load(of_type)}
    above = _ancestors(public, found.values())
    for page in found.values():
        page.breadcrumbs = [above[path] for path in _paths_above(page) if path in above]
    return [found[pk] for pk in ids if pk in found]


def _ancestors(public: PublicSite, pages: Iterable[Page]) -> dict[str, Page]:
    paths = {path for page in pages for path in _paths_above(page)}
    return {page.path: page for page in public.pages().filter(path__in=paths)} if paths else {}


def _paths_above(page: Page) -> list[str]:
    return [page.path[:end] for end in range(page.steplen, len(page.path), page.steplen)]
