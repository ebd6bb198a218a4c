"""The menu “Clinic lists” in the admin: each entry says on how many pages it is used."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ReferenceIndex

from clinicsite.roles import MARKETING_EDITORS
from tests.conftest import Clinic
from tests.factories import (
    BodyRegionFactory,
    ConditionPageFactory,
    SpecialtyFactory,
    StaffProfilePageFactory,
    StaffRoleFactory,
    TreatmentFactory,
)


@pytest.fixture
def used(clinic: Clinic) -> None:
    """Use one entry of each list on two pages, and another on none."""
    for factory in (BodyRegionFactory, TreatmentFactory, StaffRoleFactory, SpecialtyFactory):
        factory(name="Never used")
    region, treatment = BodyRegionFactory(name="Used"), TreatmentFactory(name="Used")
    role, specialty = StaffRoleFactory(name="Used"), SpecialtyFactory(name="Used")
    for _ in range(2):
        block: Any = ("treatment", {"treatment": treatment})
        page = ConditionPageFactory(parent=clinic.conditions, body_regions=[region], treatments=[block, block])
        ReferenceIndex.create_or_update_for_object(page)  # what a background task does after each save
        StaffProfilePageFactory(parent=clinic.staff, role=role, specialties=[specialty])


@pytest.mark.parametrize(
    "name", ["conditions_bodyregion", "conditions_treatment", "staff_staffrole", "staff_specialty"]
)
def test_a_list_counts_the_pages_that_use_each_entry(
    used: None, role_client: Callable[[str], Client], name: str
) -> None:
    response = role_client(MARKETING_EDITORS).get(reverse(f"wagtailsnippets_{name}:list"))
    assert {entry.name: entry.used_on for entry in response.context_data["object_list"]} == {"Used": 2, "Never used": 0}
    assert "Pages that use it" in response.content.decode()


def test_the_most_used_can_be_listed_first(used: None, role_client: Callable[[str], Client]) -> None:
    address = reverse("wagtailsnippets_conditions_treatment:list") + "?ordering=-used_on"
    entries = role_client(MARKETING_EDITORS).get(address).context_data["object_list"]
    assert [entry.name for entry in entries] == ["Used", "Never used"]
