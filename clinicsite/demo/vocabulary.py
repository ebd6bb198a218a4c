"""What the demo's data modules are written with: one record per kind of page, one function per block.

The records hold names of pictures and pages in place of ids; ``clinicsite.demo.raw`` puts the ids in.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any

# Everything with a date is counted from here, so that the same seed always builds the same clinic.
BASE_DATE = datetime.date(2026, 11, 23)


@dataclass(frozen=True)
class Rich:
    """A text in the marks of ``clinicsite.demo.markup``."""

    text: str


@dataclass(frozen=True)
class PictureRef:
    """A picture of the demo by its file name; without a description it is decoration, without a name there is none."""

    name: str
    alt_text: str = ""


@dataclass(frozen=True)
class PageRef:
    """A page of the demo by its key."""

    key: str


@dataclass(frozen=True)
class Block:
    """A block of a StreamField: a tuple in its value is a list block, records stand for ids and rich text."""

    type: str
    value: Any


@dataclass(frozen=True)
class Source:
    """A public source."""

    title: str
    publisher: str
    url: str
    year: int | None = None


@dataclass(frozen=True)
class Condition:
    """Everything a condition page says. Texts of several items follow ``markup.named_items``."""

    slug: str
    title: str
    short_name: str
    other_names: tuple[str, ...]
    regions: tuple[str, ...]
    summary: str
    search_description: str
    emergency: str
    urgent: str
    routine: str
    symptoms_introduction: str
    symptoms: str
    pattern: str
    causes_introduction: str
    causes: str
    treatment_introduction: str
    treatments: dict[str, str]
    outlook: str
    self_care: tuple[Block, ...]
    prevention: str
    faqs: str
    sources: tuple[Source, ...]
    clinicians: tuple[str, ...]
    author: str
    reviewer: str
    reviewed: datetime.date
    related: tuple[str, ...]
    review_every: datetime.timedelta = datetime.timedelta(days=365)
    body: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Training:
    """A degree, residency or fellowship: kind as in ``staff.models.EducationKind``."""

    kind: str
    qualification: str
    institution: str
    place: str
    year: int


@dataclass(frozen=True)
class Certificate:
    """A certification; without a year it is in progress."""

    name: str
    awarded_by: str
    year: int | None = None


@dataclass(frozen=True)
class Person:
    """A member of staff."""

    slug: str
    given_name: str
    family_name: str
    post_nominals: str
    pronouns: str
    role: str
    introduction: str
    biography: str
    interests: str
    locations: tuple[str, ...]
    languages: tuple[str, ...]
    portrait: str
    education: tuple[Training, ...] = ()
    certifications: tuple[Certificate, ...] = ()
    specialties: tuple[str, ...] = ()
    accepting: bool = True


@dataclass(frozen=True)
class Place:
    """A location: ``hours`` and ``exceptions`` are (day or date(s), opens, closes) as on the page's rows."""

    slug: str
    title: str
    introduction: str
    picture: str
    street_address: str
    address_extra: str
    postal_code: str
    latitude: str
    longitude: str
    phone: str
    email: str
    directions: str
    accessibility_notes: str
    search_description: str
    hours: tuple[tuple[int, datetime.time, datetime.time], ...]
    exceptions: tuple[dict[str, Any], ...]
    body: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Article:
    """A content page."""

    slug: str
    title: str
    introduction: str
    search_description: str
    body: tuple[Block, ...]
    call_to_action: tuple[Block, ...] = field(default_factory=tuple)


def heading(text: str, level: str = "h2") -> Block:
    """Return a heading."""
    return Block("heading", {"text": text, "level": level})


def text(words: str) -> Block:
    """Return paragraphs."""
    return Block("rich_text", Rich(words))


def bullets(*items: str, style: str = "bullet") -> Block:
    """Return a list: style is bullet, number or tick."""
    return Block("bullet_list", {"style": style, "items": tuple(Rich(item) for item in items)})


def callout(title: str, words: str) -> Block:
    """Return a quiet panel."""
    return Block("callout", {"title": title, "text": Rich(words)})


def warning(level: str, title: str, words: str) -> Block:
    """Return a care panel: level is routine, urgent or emergency."""
    return Block("warning", {"level": level, "title": title, "text": Rich(words)})


def quote(words: str, attribution: str, role: str) -> Block:
    """Return somebody's words."""
    return Block("quote", {"text": words, "attribution": attribution, "role": role})


def figure(picture: str, alt_text: str, caption: str) -> Block:
    """Return a picture with a caption."""
    return Block("figure", {"image": PictureRef(picture, alt_text), "caption": Rich(caption)})


def faq(heading_text: str, *questions: tuple[str, str]) -> Block:
    """Return a group of questions and answers."""
    items = tuple({"question": question, "answer": Rich(answer)} for question, answer in questions)
    return Block("faq", {"heading": heading_text, "items": items})


def table(caption: str, headings: tuple[str, ...], *rows: tuple[str, ...]) -> Block:
    """Return a table whose first column names its rows."""
    columns = [{"type": "text", "heading": title} for title in headings]
    raw_rows = [{"values": list(row)} for row in rows]
    return Block(
        "table",
        {"table": {"columns": columns, "rows": raw_rows, "caption": caption}, "first_column_is_header": True},
    )


def link(page: str = "", words: str = "", url: str = "") -> dict[str, Any]:
    """Return a link to a page of the demo, or to an address elsewhere."""
    return {"text": words, "page": PageRef(page) if page else None, "document": None, "url": url}


def cta(title: str, words: str, page: str, button: str) -> Block:
    """Return a panel with one button."""
    return Block("cta", {"heading": title, "text": Rich(words), "link": link(page, button)})


def form_embed(title: str = "") -> Block:
    """Return the appointment form itself."""
    return Block("form_embed", {"heading": title, "form": PageRef("appointment")})


def exercise(
    name: str, purpose: str, *steps: str, dose: str, stop_if: str, picture: str = "", alt_text: str = ""
) -> Block:
    """Return an exercise for home."""
    return Block(
        "exercise",
        {
            "name": name,
            "purpose": purpose,
            "steps": tuple(Rich(step) for step in steps),
            "dose": dose,
            "caution": stop_if,
            "image": PictureRef(picture, alt_text),
            "video_url": "",
        },
    )
