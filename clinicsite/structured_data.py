"""schema.org JSON-LD, one function per kind of page."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page


def for_page(page: Page, request: HttpRequest | None) -> list[dict[str, Any]]:
    """Return the schema.org objects that describe ``page``."""
    return []
