"""Where the words of a search stand in a page: short pieces of its text, with the words marked."""

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from typing import Any

from django.utils.html import strip_tags
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from clinicsite.api.block_schemas import texts
from clinicsite.api.schemas import Out
from clinicsite.views import search_terms

MOST_SNIPPETS = 2
# Letters around the first word found.
BEFORE, AFTER = 60, 120


class Highlight(Out):
    """Where a search found a page: HTML in which only ``<mark>`` is markup. Empty where no word stands as such."""

    page: int
    title: str
    snippets: list[str]


def highlight(page: Page, query: str) -> dict[str, Any]:
    """Return the ``Highlight`` of a whole page for what was searched."""
    words = search_terms(query).split()
    # Endings differ: who looks for "stretch" finds "stretches".
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\w*", re.IGNORECASE)
    snippets = (_snippet(text, found, pattern) for text in _texts(page) if (found := pattern.search(text)))
    return {
        "page": page.pk,
        "title": _marked(page.title, pattern) if pattern.search(page.title) else "",
        "snippets": [snippet for snippet, _number in zip(snippets, range(MOST_SNIPPETS), strict=False)],
    }


def _texts(page: Page) -> Iterator[str]:
    """Yield the texts of ``page`` that the search looks at, in the order in which it names them."""
    for field in page.search_fields:
        name = getattr(field, "field_name", "")
        model_field = next((each for each in page._meta.get_fields() if each.name == name), None)
        value = page.__dict__.get(name)
        if name == "title" or not value:
            continue
        if isinstance(model_field, StreamField):
            yield from map(_plain, texts(model_field.stream_block, value.raw_data))
        elif isinstance(value, str):
            yield _plain(value) if isinstance(model_field, RichTextField) else value


def _plain(text: str) -> str:
    # A word ends where a paragraph does.
    return " ".join(unescape(strip_tags(re.sub(r"</(p|li|h\d)>", " ", text))).split())


def _snippet(text: str, found: re.Match[str], pattern: re.Pattern[str]) -> str:
    start, end = max(0, found.start() - BEFORE), min(len(text), found.end() + AFTER)
    # Cut at words, but not into the one that was found.
    start = text.index(" ", start) + 1 if start and " " in text[start : found.start()] else start
    end = text.rindex(" ", found.end(), end) if end < len(text) and " " in text[found.end() : end] else end
    piece = _marked(text[start:end], pattern)
    return f"{'… ' if start else ''}{piece}{' …' if end < len(text) else ''}"


def _marked(text: str, pattern: re.Pattern[str]) -> str:
    parts: list[str] = []
    last = 0
    for found in pattern.finditer(text):
        parts += [escape(text[last : found.start()]), f"<mark>{escape(found[0])}</mark>"]
        last = found.end()
    return "".join([*parts, escape(text[last:])])


def highlights(pages: Iterable[Page], query: str) -> list[dict[str, Any]]:
    """Return the highlights of ``pages``, in their order."""
    return [highlight(page, query) for page in pages]
