"""Rich text as HTML for another front end: links resolved, nothing of the editor left in it."""

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape

import nh3
from markdownify import ATX, markdownify
from wagtail.rich_text.rewriters import FIND_A_TAG, LinkRewriter, extract_attrs

LinkTarget = Callable[[int], str | None]

INLINE_TAGS = {"a", "b", "br", "code", "em", "i", "s", "strong", "sub", "sup"}
BLOCK_TAGS = {"blockquote", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "ul"}
ALLOWED_SCHEMES = {"http", "https", "mailto", "tel"}
_LINK_WITHOUT_TARGET = re.compile(r"<a>(.*?)</a>", re.DOTALL)


def link_targets(html: str) -> dict[str, set[int]]:
    """Return the ids that ``html`` links to, by kind of link (``page``, ``document``)."""
    targets: dict[str, set[int]] = {"page": set(), "document": set()}
    for match in FIND_A_TAG.findall(html):
        attrs = extract_attrs(match)
        if attrs.get("linktype") in targets and attrs.get("id", "").isdigit():
            targets[attrs["linktype"]].add(int(attrs["id"]))
    return targets


def to_html(html: str, page_url: LinkTarget, document_url: LinkTarget) -> str:
    """Return rich text as stored in the database, ``html``, as clean HTML.

    ``page_url`` and ``document_url`` answer where an id leads; where they answer None (gone, unpublished, private) the
    words of the link stay as plain text.
    """
    if not html:
        return ""
    rewrite = LinkRewriter(rules={"page": _link_to(page_url), "document": _link_to(document_url)})
    clean = nh3.clean(
        rewrite(html),
        tags=INLINE_TAGS | BLOCK_TAGS,
        attributes={"a": {"href"}},
        url_schemes=ALLOWED_SCHEMES,
        link_rel=None,
    )
    return _LINK_WITHOUT_TARGET.sub(r"\1", clean)


@lru_cache(maxsize=1024)
def to_markdown(html: str) -> str:
    """Return clean HTML, as ``to_html`` gives it, as Markdown (https://commonmark.org/); what looks like markup in the
    text is escaped.
    """
    return markdownify(html, heading_style=ATX, bullets="-", escape_misc=True).strip()


def _link_to(target: LinkTarget) -> Callable[[dict[str, str]], str]:
    def opening_tag(attrs: dict[str, str]) -> str:
        url = target(int(attrs["id"])) if attrs.get("id", "").isdigit() else None
        return f'<a href="{escape(url)}">' if url else "<a>"

    return opening_tag
