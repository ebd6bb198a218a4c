"""The list of conditions: by body region, head first, and from A to Z with the other names patients know."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from conditions.models import ConditionPage
from tests.conftest import Clinic
from tests.factories import BodyRegionFactory, ConditionPageFactory


@pytest.fixture
def listed(clinic: Clinic) -> list[ConditionPage]:
    """Return four conditions in three regions; one condition is in two, one in none."""
    neck = BodyRegionFactory(name="Neck", sort_order=10)
    back = BodyRegionFactory(name="Upper back", sort_order=20)
    BodyRegionFactory(name="Ankle", sort_order=30)
    pages = [
        ConditionPageFactory(parent=clinic.conditions, title="whiplash", body_regions=[back, neck]),
        ConditionPageFactory(parent=clinic.conditions, title="Élan strain", body_regions=[neck]),
        ConditionPageFactory(parent=clinic.conditions, title="Elbow pain", body_regions=[back]),
        ConditionPageFactory(parent=clinic.conditions, title="Weak grip"),
    ]
    for name in ("Neck sprain", "3rd degree sprain"):
        pages[0].other_names.create(name=name, locale=clinic.home.locale)
    pages[0].save()
    return pages


def grouped(clinic: Clinic, client: Client) -> list[tuple[str, list[str]]]:
    """Return the regions the page lists, each with its conditions."""
    regions = client.get(clinic.conditions.url).context_data["regions"]
    return [(region.name, [page.title for page in pages]) for region, pages in regions]


def alphabet(clinic: Clinic, client: Client) -> list[tuple[str, list[str]]]:
    """Return the letters the page lists, each with its entries; another name says whose it is."""
    letters = client.get(clinic.conditions.url).context_data["alphabet"]
    return [
        (letter, [f"{entry.label} → {entry.page.title}" if entry.is_other_name else entry.label for entry in entries])
        for letter, entries in letters
    ]


def test_regions_come_head_first_each_with_its_conditions_by_name(
    clinic: Clinic, client: Client, listed: list[ConditionPage]
) -> None:
    assert grouped(clinic, client) == [
        ("Neck", ["Élan strain", "whiplash"]),
        ("Upper back", ["Elbow pain", "whiplash"]),
    ]


def test_a_to_z_minds_neither_accents_nor_capitals_and_lists_other_names(
    clinic: Clinic, client: Client, listed: list[ConditionPage]
) -> None:
    assert alphabet(clinic, client) == [
        ("#", ["3rd degree sprain → whiplash"]),
        ("E", ["Élan strain", "Elbow pain"]),
        ("N", ["Neck sprain → whiplash"]),
        ("W", ["Weak grip", "whiplash"]),
    ]


@pytest.mark.parametrize("change", ["unpublish", "hide", "delete"])
def test_a_condition_nobody_may_read_leaves_both_lists_with_its_other_names(
    clinic: Clinic, client: Client, listed: list[ConditionPage], change: str
) -> None:
    if change == "hide":
        PageViewRestriction.objects.create(page=listed[0], restriction_type=PageViewRestriction.LOGIN)
    else:
        getattr(listed[0], change)()
    assert grouped(clinic, client) == [("Neck", ["Élan strain"]), ("Upper back", ["Elbow pain"])]
    assert alphabet(clinic, client) == [("E", ["Élan strain", "Elbow pain"]), ("W", ["Weak grip"])]
    assert "whiplash" not in client.get(clinic.conditions.url).content.decode()


def test_an_empty_list_is_a_whole_page(clinic: Clinic, client: Client) -> None:
    response = client.get(clinic.conditions.url)
    assert (response.context_data["regions"], response.context_data["alphabet"]) == ([], [])
    assert response.content.decode().count("<h1") == 1
