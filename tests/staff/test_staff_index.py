"""How patients narrow the staff list."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from staff.models import StaffProfilePage
from tests.conftest import Clinic
from tests.factories import (
    ConditionPageFactory,
    LocationPageFactory,
    StaffProfilePageFactory,
    StaffRoleFactory,
)


@pytest.fixture
def team(clinic: Clinic) -> tuple[StaffProfilePage, StaffProfilePage]:
    """Return a therapist at Alder Street who treats back pain, and a receptionist at Pine Street."""
    alder = LocationPageFactory(parent=clinic.home, title="Alder Street")
    pine = LocationPageFactory(parent=clinic.home, title="Pine Street")
    therapist = StaffProfilePageFactory(parent=clinic.staff, role=StaffRoleFactory(sort_order=1), locations=[alder])
    desk = StaffProfilePageFactory(
        parent=clinic.staff, role=StaffRoleFactory(name="Front desk", sort_order=2), locations=[pine]
    )
    condition = ConditionPageFactory(parent=clinic.conditions, title="Back pain")
    condition.clinicians.create(profile=therapist)
    condition.save()
    return therapist, desk


def test_the_list_shows_everybody_in_the_order_of_roles(clinic: Clinic, client: Client, team: tuple) -> None:
    context = client.get(clinic.staff.url).context_data
    assert context["profiles"] == list(team)
    assert context["active_filters"] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("role=physical-therapist", [0]),
        ("location=pine-street", [1]),
        ("condition=back-pain", [0]),
        ("condition=back-pain&location=pine-street", []),
        ("role=", [0, 1]),
    ],
)
def test_filters_narrow_the_list(clinic: Clinic, client: Client, team: tuple, query: str, found: list[int]) -> None:
    context = client.get(f"{clinic.staff.url}?{query}").context_data
    assert context["profiles"] == [team[index] for index in found]


def test_a_value_that_is_not_offered_is_left_out_and_said(clinic: Clinic, client: Client, team: tuple) -> None:
    context = client.get(f"{clinic.staff.url}?role=wizard&location=pine-street").context_data
    assert context["profiles"] == [team[1]]
    assert "role" in context["filters"].errors
    assert [(found.name, found.label, found.without) for found in context["active_filters"]] == [
        ("location", "Pine Street", "?")
    ]


def test_each_filter_in_use_can_be_dropped_alone(clinic: Clinic, client: Client, team: tuple) -> None:
    context = client.get(f"{clinic.staff.url}?role=physical-therapist&location=alder-street").context_data
    assert [found.without for found in context["active_filters"]] == [
        "?location=alder-street",
        "?role=physical-therapist",
    ]


def test_only_what_somebody_matches_is_offered(clinic: Clinic, client: Client, team: tuple) -> None:
    ConditionPageFactory(parent=clinic.conditions, title="Nobody treats it")
    LocationPageFactory(parent=clinic.home, title="Nobody works there")
    context = client.get(clinic.staff.url).context_data
    assert context["conditions"] == [("back-pain", "Back pain")]
    assert context["locations"] == [("alder-street", "Alder Street"), ("pine-street", "Pine Street")]
    assert [slug for slug, _ in context["roles"]] == ["physical-therapist", "front-desk"]


def test_private_and_unpublished_pages_are_neither_listed_nor_offered(
    clinic: Clinic, client: Client, team: tuple
) -> None:
    therapist, desk = team
    PageViewRestriction.objects.create(page=clinic.conditions, restriction_type=PageViewRestriction.LOGIN)
    desk.unpublish()
    context = client.get(clinic.staff.url).context_data
    assert context["profiles"] == [therapist]
    assert context["conditions"] == []
    assert context["locations"] == [("alder-street", "Alder Street")]
