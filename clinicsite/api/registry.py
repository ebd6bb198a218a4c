"""Which page types and snippets the API writes, and how; every app enters its own in its ``api`` module."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, Q
from wagtail.models import Page

if TYPE_CHECKING:
    from clinicsite.api.page_types import PageType
    from clinicsite.api.shapes import Shape
    from clinicsite.api.visibility import PublicSite


@dataclass(frozen=True)
class PageFilter:
    """A query parameter of the list of pages: its type, what it says, and the condition it puts on pages."""

    name: str
    annotation: Any
    description: str
    condition: "Callable[[PublicSite, Any], Q]"


_page_types: dict[type[Page], "PageType"] = {}
_snippets: dict[type[Model], "Shape"] = {}
_page_filters: dict[str, PageFilter] = {}


def register_page_type(page_type: "PageType") -> "PageType":
    """Enter ``page_type``; raises ImproperlyConfigured where another model already has its name."""
    if any(entry.name == page_type.name and model is not page_type.model for model, entry in _page_types.items()):
        raise ImproperlyConfigured(f"Two page models are called {page_type.name}: the API tells them apart by name.")
    _page_types[page_type.model] = page_type
    return page_type


def register_snippet_shape(shape: "Shape") -> "Shape":
    """Enter how a snippet is written wherever a block or a page chooses it."""
    _snippets[shape.model] = shape
    return shape


def register_page_filter(page_filter: PageFilter) -> None:
    """Enter a filter of the list of pages."""
    _page_filters[page_filter.name] = page_filter


def page_filters() -> list[PageFilter]:
    """Return all filters of the list of pages that apps have entered."""
    return list(_page_filters.values())


def page_types() -> list["PageType"]:
    """Return all page types, in the order of their names."""
    return sorted(_page_types.values(), key=lambda page_type: page_type.name)


def page_type_of(model: type[Page]) -> "PageType":
    """Return the page type of ``model``; raises LookupError where no app has entered one."""
    try:
        return _page_types[model]
    except KeyError as error:
        raise LookupError(f"{model.__name__} has no page type in the API.") from error


def page_type_called(name: str) -> "PageType":
    """Return the page type with that name; raises LookupError where no app has entered one."""
    for page_type in _page_types.values():
        if page_type.name == name:
            return page_type
    raise LookupError(f"No page type of the API is called {name}.")


def has_page_type(model: type[Page]) -> bool:
    """Return whether an app has entered ``model``."""
    return model in _page_types


def snippet_shape(model: type[Model]) -> "Shape":
    """Return how snippets of ``model`` are written; raises LookupError where no app has entered it."""
    try:
        return _snippets[model]
    except KeyError as error:
        raise LookupError(f"{model.__name__} is chosen somewhere, but has no shape in the API.") from error
