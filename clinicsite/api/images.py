"""Pictures of an answer, each with copies in several widths, found in one query however many there are."""

import logging
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from wagtail.images import get_image_model
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, SourceImageIOError

from clinicsite.compiled import CompiledByIds
from clinicsite.structured_data import SHARED_COPY

logger = logging.getLogger(__name__)

WIDTHS = (320, 640, 960, 1280, 1920)
CARD_WIDTHS = (320, 640)


def spec_for(width: int) -> str:
    """Return Wagtail's filter for a copy of ``width`` pixels; Wagtail never scales up."""
    return f"width-{width}|format-webp"


SPECS = {width: spec_for(width) for width in WIDTHS}


def load_images(ids: Iterable[int]) -> dict[int, AbstractImage]:
    """Return the images of ``ids``; ``copies`` of each holds the addresses and widths of its ready copies by filter."""
    found: dict[int, AbstractImage] = {}
    copies = get_image_model().get_rendition_model()
    url = copies._meta.get_field("file").storage.url
    for row in _images().objects(ids):
        image = found.setdefault(row.pk, row)
        if image is row:
            image.copies, image.prefetched_renditions = {}, []
        if row.copy_spec == SHARED_COPY:
            # Where Wagtail looks first.
            image.prefetched_renditions.append(
                copies(image=image, filter_spec=SHARED_COPY, file=row.copy_file, width=row.copy_width, height=1)
            )
        elif row.copy_spec:
            image.copies[row.copy_spec] = {"url": url(row.copy_file), "width": row.copy_width}
    return found


@cache
def _images() -> CompiledByIds:
    return CompiledByIds(_with_copies)


def _with_copies(ids: list[int]) -> QuerySet:
    specs = [*SPECS.values(), SHARED_COPY]
    # A copy that is only made narrower is the same for every focal point, so its key is empty.
    condition = Q(renditions__filter_spec__in=specs, renditions__focal_point_key="")
    ready = FilteredRelation("renditions", condition=condition)
    parts = {"spec": "filter_spec", "file": "file", "width": "width"}
    images = get_image_model().objects.annotate(ready=ready).filter(pk__in=ids)
    return images.annotate(**{f"copy_{name}": F(f"ready__{field}") for name, field in parts.items()})


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
    specs = [SPECS[width] for width in widths if width <= image.width] or [SPECS[widths[0]]]
    ready = image.copies
    if not ready.keys() >= set(specs):
        image.__dict__.pop("prefetched_renditions", None)  # They would pass for all that there are.
        made = image.get_renditions(*specs).values()
        ready |= {copy.filter_spec: {"url": copy.url, "width": copy.width} for copy in made}
    return [{"url": absolute(ready[spec]["url"]), "width": ready[spec]["width"]} for spec in specs]


def _focal_point(image: AbstractImage) -> dict[str, float] | None:
    if not image.has_focal_point() or not image.width or not image.height:
        return None
    return {
        "x": round(image.focal_point_x / image.width, 4),
        "y": round(image.focal_point_y / image.height, 4),
    }
