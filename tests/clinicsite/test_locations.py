"""When a location is open: the week, the exceptions, and hours that make no sense."""

import datetime
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from clinicsite.models import LocationPage, OpeningHours, OpeningHoursException
from tests.conftest import Clinic
from tests.factories import LocationPageFactory, StaffProfilePageFactory, StaffRoleFactory

NINE, NOON, ONE, SIX, MIDNIGHT = (datetime.time(hour) for hour in (9, 12, 13, 18, 0))
DAY = datetime.date(2026, 11, 26)
NEXT_DAY = datetime.date(2026, 11, 27)


@pytest.fixture
def location(clinic: Clinic) -> LocationPage:
    """Return a location that is open on Monday in two spans, entered in the wrong order, and on Tuesday."""
    page = LocationPageFactory(parent=clinic.home, title="Alder Street")
    page.opening_hours.create(day=1, opens=NINE, closes=SIX)
    page.opening_hours.create(day=0, opens=ONE, closes=SIX)
    page.opening_hours.create(day=0, opens=NINE, closes=NOON)
    page.save()
    return page


def test_the_week_has_seven_days_with_their_spans_in_order(location: LocationPage) -> None:
    rows = [(str(row.label), [(span.opens, span.closes) for span in row.spans]) for row in location.hours_by_day]
    assert rows[:3] == [("Monday", [(NINE, NOON), (ONE, SIX)]), ("Tuesday", [(NINE, SIX)]), ("Wednesday", [])]
    assert [label for label, _ in rows[3:]] == ["Thursday", "Friday", "Saturday", "Sunday"]


def test_a_patient_reads_hours_as_people_say_them_and_closed_where_there_are_none(
    location: LocationPage, client: Client
) -> None:
    html = client.get(location.get_url()).content.decode().replace("\n", "")
    assert '<th scope="row">Monday</th><td>9 a.m. to noon<br>1 p.m. to 6 p.m.</td>' in html
    assert html.count("<td>Closed</td>") == 5


@pytest.mark.parametrize(
    ("dates", "shown_on"),
    [
        ({"date": DAY}, [True, True, False]),
        ({"date": DAY, "last_date": NEXT_DAY}, [True, True, True]),
    ],
)
def test_an_exception_is_shown_until_its_last_day_is_over(
    location: LocationPage, dates: dict[str, Any], shown_on: list[bool]
) -> None:
    location.opening_hours_exceptions.create(locale=location.locale, **dates)
    days = (DAY - datetime.timedelta(1), DAY, NEXT_DAY)
    assert [bool(location.upcoming_exceptions(day)) for day in days] == shown_on


def test_the_nearest_exception_comes_first(location: LocationPage) -> None:
    for day in (NEXT_DAY, DAY):
        location.opening_hours_exceptions.create(locale=location.locale, date=day)
    assert [item.date for item in location.upcoming_exceptions(DAY)] == [DAY, NEXT_DAY]


def test_a_day_ends_where_the_clinic_is(location: LocationPage, client: Client) -> None:
    location.opening_hours_exceptions.create(locale=location.locale, date=DAY, note="Thanksgiving")
    location.save()
    shown = []
    for hour in (7, 9):  # UTC on the 27th: 11 in the evening of the 26th in Seattle, and 1 in the morning of the 27th
        moment = datetime.datetime(2026, 11, 27, hour, tzinfo=datetime.UTC)
        with mock.patch.object(timezone, "now", return_value=moment):
            shown.append("Thanksgiving" in client.get(location.get_url()).content.decode())
    assert shown == [True, False]


def refused(item: OpeningHours | OpeningHoursException) -> set[str]:
    """Return the fields at which ``item`` is refused."""
    try:
        item.clean()
    except ValidationError as error:
        return set(error.message_dict)
    return set()


@pytest.mark.parametrize(
    ("opens", "closes", "fields"),
    [
        (NINE, SIX, set()),
        (MIDNIGHT, NINE, set()),
        (NINE, NINE, {"closes"}),
        (SIX, NINE, {"closes"}),
        (NINE, MIDNIGHT, {"closes"}),
        (None, SIX, set()),
    ],
)
def test_hours_must_end_after_they_start(
    opens: datetime.time | None, closes: datetime.time | None, fields: set[str]
) -> None:
    assert refused(OpeningHours(day=0, opens=opens, closes=closes)) == fields


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({}, set()),
        ({"opens": NINE, "closes": NOON}, set()),
        ({"opens": MIDNIGHT, "closes": NOON}, set()),
        ({"opens": NOON, "closes": NINE}, {"closes"}),
        ({"opens": NINE}, {"closes"}),
        ({"closes": NINE}, {"opens"}),
        ({"last_date": DAY}, set()),
        ({"last_date": DAY - datetime.timedelta(1)}, {"last_date"}),
    ],
)
def test_an_exception_has_both_times_or_none_and_ends_after_it_starts(values: dict[str, Any], fields: set[str]) -> None:
    assert refused(OpeningHoursException(date=DAY, **values)) == fields


def test_only_people_whose_profiles_are_public_work_there_in_the_order_of_the_staff_list(
    clinic: Clinic, location: LocationPage
) -> None:
    first, second = StaffRoleFactory(name="Therapist", sort_order=1), StaffRoleFactory(name="Desk", sort_order=2)
    people = [
        StaffProfilePageFactory(parent=clinic.staff, role=role, family_name=name, locations=[location])
        for role, name in ((second, "Abel"), (first, "Zhou"), (first, "Mora"), (first, "Quinn"), (first, "Reyes"))
    ]
    people[3].unpublish()
    PageViewRestriction.objects.create(page=people[4], restriction_type=PageViewRestriction.LOGIN)
    assert [person.family_name for person in location.public_staff] == ["Mora", "Zhou", "Abel"]
