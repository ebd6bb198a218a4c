"""Pictures of an answer, each with copies in several widths, found in two queries however many there are."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from wagtail.images import get_image_model
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, SourceImageIOError

logger = logging.getLogger(__name__)

WIDTHS = (320, 640, 960, 1280, 1920)
CARD_WIDTHS = (320, 640)


def spec_for(width: int) -> str:
    """Return Wagtail's filter for a copy of ``width`` pixels; Wagtail never scales up."""
    return f"width-{width}|format-webp"


def load_images(ids: Iterable[int]) -> dict[int, AbstractImage]:
    """Return the images of ``ids`` with their ready copies."""
    specs = [spec_for(width) for width in WIDTHS]
    return get_image_model().objects.prefetch_renditions(*specs).in_bulk(list(ids))


def describe_image(
    image: AbstractImage,
    absolute: Callable[[str], str],
    *,
    alt: str | None = None,
    decorative: bool = False,
    widths: tuple[int, ...] = WIDTHS,
) -> dict[str, Any] | None:
    """Return ``image`` as the API's ``Image``; None where its file is missing or cannot be read.

    ``alt`` None stands for the image's own description.
    """
    try:
        sources = [] if image.is_svg() else _sources(image, absolute, widths)
        src = sources[-1]["url"] if sources else absolute(image.file.url)
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        logger.exception("Image %s cannot be read.", image.pk)
        return None
    return {
        "id": image.pk,
        "alt": "" if decorative else (image.default_alt_text if alt is None else alt),
        "decorative": decorative,
        "credit": image.credit,
        "width": image.width,
        "height": image.height,
        "focal_point": _focal_point(image),
        "src": src,
        "srcset": sources,
    }


def _sources(image: AbstractImage, absolute: Callable[[str], str], widths: tuple[int, ...]) -> list[dict[str, Any]]:
    fitting = [width for width in widths if width <= image.width] or [widths[0]]
    renditions = image.get_renditions(*(spec_for(width) for width in fitting))
    return [{"url": absolute(rendition.url), "width": rendition.width} for rendition in renditions.values()]


def _focal_point(image: AbstractImage) -> dict[str, float] | None:
    if not image.has_focal_point() or not image.width or not image.height:
        return None
    return {
        "x": round(image.focal_point_x / image.width, 4),
        "y": round(image.focal_point_y / image.height, 4),
    }
