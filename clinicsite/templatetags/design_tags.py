"""Template tags of the site's look: icons drawn in the page, and pictures in the size a reader's screen needs."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from django import template
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, SourceImageIOError
from wagtail.models import Page

from clinicsite.models.settings import SocialNetworkChoice

register = template.Library()

# Widths of the copies a picture is cut to: a phone, a phone of double density, a column, a wide column.
DEFAULT_WIDTHS = (400, 800, 1200)


@cache
def _shapes(template_name: str) -> SafeString:
    return mark_safe(get_template(template_name).render().strip())  # noqa: S308 our own files


@register.simple_tag
def region_shape(slug: str) -> SafeString:
    """Return the shapes of a body region on the body outline; "" for a region that has none, such as the whole body."""
    try:
        return _shapes(f"components/body/{slug}.svg")
    except TemplateDoesNotExist:
        return mark_safe("")


@register.simple_tag
def icon(name: str, title: str = "", css_class: str = "") -> SafeString:
    """Return the icon ``name`` of our set as inline SVG: hidden from screen readers unless it has a ``title``.

    Raises TemplateDoesNotExist for a name that is not in ``templates/components/icons``.
    """
    label = format_html('role="img" aria-label="{}"', title) if title else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" width="24" height="24" focusable="false" {}>{}</svg>',
        f" {css_class}" if css_class else "",
        label,
        _shapes(f"components/icons/{name}.svg"),
    )


def _filter_specs(ratio: str, widths: Iterable[int]) -> list[str]:
    suffix = "format-webp|webpquality-78"
    if not ratio:
        return [f"width-{width}|{suffix}" for width in widths]
    across, down = (float(part) for part in ratio.split(":"))
    return [f"fill-{width}x{round(width * down / across)}|{suffix}" for width in widths]


def _renditions(image: AbstractImage, ratio: str, widths: Iterable[int]) -> list[AbstractRendition]:
    """Return the copies of ``image``, narrowest first, without those that came out no wider than another."""
    by_width = {item.width: item for item in image.get_renditions(*_filter_specs(ratio, widths)).values()}
    return [by_width[width] for width in sorted(by_width)]


def _alt_text(image: AbstractImage) -> str:
    """Return the words an editor gave for this use of the picture, else the picture's own."""
    in_context = getattr(image, "contextual_alt_text", None)
    return image.default_alt_text if in_context is None else in_context


@register.simple_tag
def picture(
    image: AbstractImage | None,
    ratio: str = "",
    widths: str = "",
    sizes: str = "100vw",
    alt: str | None = None,
    css_class: str = "picture",
    eager: bool = False,
) -> SafeString:
    """Return an ``<img>`` that lets the browser choose among WebP copies of ``image``, cropped around its focal point.

    ``ratio`` ("4:5") crops; without it the picture keeps its shape. ``eager`` is for the one picture a page opens
    with: all others load when they come near. SVGs are sent as they are. Returns "" where there is no picture or its
    file cannot be read, so that the page stands without it.
    """
    if image is None:
        return mark_safe("")
    text = _alt_text(image) if alt is None else alt
    loading = mark_safe('fetchpriority="high"' if eager else 'loading="lazy" decoding="async"')  # noqa: S308
    if image.is_svg():
        return format_html(
            '<img class="{}" src="{}" width="{}" height="{}" alt="{}" {}>',
            css_class, image.file.url, round(image.width), round(image.height), text, loading,
        )  # fmt: skip
    wanted = [int(width) for width in widths.split()] if widths else DEFAULT_WIDTHS
    try:
        copies = _renditions(image, ratio, wanted)
    except SourceImageIOError:
        return mark_safe("")
    srcset = format_html_join(", ", "{} {}w", ((copy.url, copy.width) for copy in copies))
    largest = copies[-1]
    return format_html(
        '<img class="{}" src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" {}>',
        css_class, largest.url, srcset, sizes, largest.width, largest.height, text, loading,
    )  # fmt: skip


@register.filter
def care_heading(level: str) -> str:
    """Return the words that open a care panel of ``level``: they alone must tell the levels apart."""
    headings = {
        "emergency": _("Emergency: get help now"),
        "urgent": _("Urgent: get advice today"),
        "routine": _("Not urgent: look after yourself, or see us"),
    }
    return conditional_escape(headings.get(level, headings["routine"]))


@register.filter
def care_icon(level: str) -> str:
    """Return the name of the icon of a care panel of ``level``."""
    return {"emergency": "siren", "urgent": "triangle-alert"}.get(level, "leaf")


@register.filter
def current_state(link_page: Page | None, page: Page | None) -> str:
    """Return aria-current for a link to ``link_page`` on ``page``: "page", "true" for a page above, or ""."""
    if not isinstance(page, Page) or link_page is None:
        return ""
    if link_page.pk == page.pk:
        return "page"
    site_root_depth = 2
    is_above = link_page.depth > site_root_depth and page.path.startswith(link_page.path)
    return "true" if is_above else ""


@register.filter
def first_sentence(text: str | None) -> str:
    """Return the first sentence of ``text``: a card says one thing, and says it whole."""
    return re.split(r"(?<=[.!?])\s", (text or "").strip(), maxsplit=1)[0]


@register.filter
def social_name(network: str) -> str:
    """Return a social network's name as it writes itself."""
    return dict(SocialNetworkChoice.choices).get(network, network)


@register.filter
def block_level(chosen: str, section_level: int | str | None) -> int:
    """Return a heading block's level: the editor's choice (h2, h3), moved down where the body is inside a section."""
    return min(int(chosen.removeprefix("h") or 2) + int(section_level or 2) - 2, 6)


@register.simple_tag(takes_context=True)
def share_picture(context: dict[str, Any], page: Page) -> AbstractRendition | None:
    """Return the picture social networks show for ``page``, in the size they ask for; None where there is none."""
    find = getattr(page, "get_share_image", None)
    image = find(context.get("request")) if find else None
    if image is None:
        return None
    try:
        return image.get_rendition("fill-1200x630|format-jpeg")
    except SourceImageIOError:
        return None
