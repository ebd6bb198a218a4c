"""The page types of the site itself: home page, content page, location page."""

import datetime
from typing import Any

from clinicsite.api.page_types import PageType
from clinicsite.api.references import References
from clinicsite.api.registry import register_page_type
from clinicsite.api.schemas import LocalTime, Out
from clinicsite.api.shapes import Computed
from clinicsite.models import ContentPage, HomePage, LocationPage


class OpeningSpan(Out):
    """A span of time in which a location is open."""

    opens: LocalTime
    closes: LocalTime


class DayHours(Out):
    """One day of a usual week, 0 for Monday; without spans the location is closed."""

    day: int
    label: str
    spans: list[OpeningSpan]


class HoursException(Out):
    """A day, or the days up to ``last_date``, with other hours than usual; closed where there are no times."""

    date: datetime.date
    last_date: datetime.date | None
    opens: LocalTime | None
    closes: LocalTime | None
    note: str


def _hours(page: LocationPage, _refs: References) -> list[dict[str, Any]]:
    return [
        {
            "day": int(row.day),
            "label": row.label,
            "spans": [{"opens": span.opens, "closes": span.closes} for span in row.spans],
        }
        for row in page.hours_by_day
    ]


def _exceptions(page: LocationPage, _refs: References) -> list[dict[str, Any]]:
    return [{name: getattr(item, name) for name in HoursException.model_fields} for item in page.upcoming_exceptions()]


ADDRESS_LINES = Computed(list[str], lambda page, _refs: page.address_lines)
HOURS = Computed(list[DayHours], _hours)

LOCATION = register_page_type(
    PageType(
        LocationPage,
        [
            "introduction",
            "photo",
            "street_address",
            "address_extra",
            "city",
            "region",
            "postal_code",
            "country",
            "latitude",
            "longitude",
            "phone",
            "email",
            "directions",
            "accessibility_notes",
            "body",
        ],
        {
            "address_lines": ADDRESS_LINES,
            "opening_hours": HOURS,
            "upcoming_exceptions": Computed(list[HoursException], _exceptions),
        },
        card_image="photo",
        card_fields={
            "address_lines": ADDRESS_LINES,
            "phone": Computed(str, lambda page, _refs: page.phone),
            "opening_hours": HOURS,
        },
        card_children=("opening_hours",),
    )
)


HOME = register_page_type(
    PageType(
        HomePage,
        [
            "hero_heading",
            "hero_text",
            "hero_image",
            "hero_cta_label",
            "hero_cta_page",
            "featured_heading",
            "why_us_heading",
            "why_us",
            "staff_heading",
            "staff_text",
            "locations_heading",
            "trust_facts",
            "body",
        ],
        {"locations": Computed(list[LOCATION.card_schema], lambda page, refs: refs.cards_of(page.locations))},
        card_image="hero_image",
    )
)
CONTENT = register_page_type(PageType(ContentPage, ["introduction", "body", "call_to_action"]))
