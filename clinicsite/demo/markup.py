"""The few marks in which the demo's texts are written, and how they become Wagtail's rich text.

A blank line ends a paragraph; a line that starts with ``- `` is an item of a list; ``**bold**``;
``[words](address)``,
where the address is ``page:<key>`` for a page of the demo. All other line breaks are only there to keep lines
short.
"""

import re
from collections.abc import Callable, Mapping
from html import escape

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def joined(text: str) -> str:
    """Return ``text`` on one line, with single spaces."""
    return " ".join(text.split())


def blocks_of(text: str) -> list[str]:
    """Return the parts of ``text`` that blank lines separate."""
    return [part.strip() for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]


def named_items(text: str) -> list[tuple[str, str]]:
    """Return (name, explanation) of every part of ``text``: its first line names it, the others explain it."""
    items = []
    for part in blocks_of(text):
        name, _newline, detail = part.partition("\n")
        items.append((joined(name), detail))
    return items


def rich_text(text: str, page_ids: Mapping[str, int]) -> str:
    """Return ``text`` as the HTML that Wagtail stores; KeyError where it links to a page that the demo has not."""
    parts = []
    for part in blocks_of(text):
        lead, *items = re.split(r"(?:^|\n)\s*- ", part)
        if lead.strip():
            parts.append(f"<p>{_inline(lead, page_ids)}</p>")
        if items:
            parts.append("<ul>" + "".join(f"<li>{_inline(item, page_ids)}</li>" for item in items) + "</ul>")
    return "".join(parts)


def _inline(text: str, page_ids: Mapping[str, int]) -> str:
    html = escape(joined(text), quote=False)
    return _BOLD.sub(r"<b>\1</b>", _LINK.sub(_linker(page_ids), html))


def _linker(page_ids: Mapping[str, int]) -> Callable[[re.Match[str]], str]:
    def link(match: re.Match[str]) -> str:
        words, target = match.groups()
        if target.startswith("page:"):
            return f'<a linktype="page" id="{page_ids[target.removeprefix("page:")]}">{words}</a>'
        return f'<a href="{target}">{words}</a>'

    return link
