"""The shapes that all answers share."""

import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

# A time on the clock of the place itself: the format "time" of JSON Schema would need an offset from UTC.
LocalTime = Annotated[str, Field(pattern=r"^\d\d:\d\d$")]


def _stay_open(schema: dict[str, Any]) -> None:
    schema.pop("additionalProperties", None)


class Out(BaseModel):
    """An object of an answer.

    Every declared field is always there, and tests refuse a field that is not declared. The published schema stays
    open, so that a field added later breaks no client.
    """

    model_config = ConfigDict(extra="forbid", json_schema_extra=_stay_open)


class PageLink(Out):
    """A public page of this site, as a link needs it."""

    id: int
    type: str
    title: str
    path: str
    url: str


class FocalPoint(Out):
    """The point of a picture that a crop must keep, as fractions of its width and height from the top left."""

    x: float
    y: float


class ImageSource(Out):
    """One copy of a picture; ``width`` in pixels."""

    url: str
    width: int


class Image(Out):
    """A picture, with copies in several widths to choose from.

    ``srcset`` is empty for a vector drawing, which scales by itself. A decorative picture has an empty ``alt``.
    """

    id: int
    alt: str
    decorative: bool
    credit: str
    width: int
    height: int
    focal_point: FocalPoint | None
    src: str
    srcset: list[ImageSource]


class Document(Out):
    """A file to download; ``size`` in bytes where it is known."""

    id: int
    title: str
    url: str
    file_extension: str
    size: int | None


class PageSEO(Out):
    """What search engines and social networks are told about a page."""

    title: str
    description: str
    canonical_url: str
    image: Image | None


class PageCard(Out):
    """What a list or a teaser shows of a page, so that a list needs one call and not one per item."""

    id: int
    type: str
    title: str
    path: str
    url: str
    text: str
    image: Image | None
    first_published_at: datetime.datetime | None
    last_published_at: datetime.datetime | None


class Alternate(Out):
    """The page in one of the languages that it is public in, itself included; ``locale`` as hreflang takes it."""

    locale: str
    path: str
    url: str


class Page(Out):
    """What every page has. ``alternates`` is empty for a page in one language alone."""

    id: int
    type: str
    title: str
    slug: str
    path: str
    url: str
    locale: str
    alternates: list[Alternate]
    first_published_at: datetime.datetime | None
    last_published_at: datetime.datetime | None
    seo: PageSEO
    breadcrumbs: list[PageLink]
    structured_data: list[dict[str, Any]]
    card: PageCard


class FieldProblem(Out):
    """What is wrong with one field; ``location`` says whether it is in the path, the query, a header or the body."""

    location: str
    field: str
    message: str
    code: str


class Problem(Out):
    """A failure as RFC 9457 describes it (https://www.rfc-editor.org/rfc/rfc9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem]
