"""How many queries an answer costs: as many for much content as for little."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinicsite.models import ContentState, OpeningHours
from conditions.models import ConditionClinician, OtherName, RelatedCondition
from tests import factories
from tests.api.clinic import a_picture, block
from tests.api.conftest import ApiClient
from tests.conftest import Clinic

# What each kind of page costs. Lower a figure when the code gets better; raise one only for a reason.
DETAIL_QUERIES = {
    "HomePage": 7,
    "ConditionIndexPage": 5,
    "ConditionPage": 5,
    "StaffIndexPage": 6,
    "StaffProfilePage": 6,
    "LocationPage": 4,
    "ContentPage": 3,
    "FormPage": 3,
}
# After a change of the content, with what a process remembers of it to be read anew.
QUERIES_AFTER_A_CHANGE = 11
LIST_QUERIES = 4


def queries_of(api: ApiClient, address: str) -> int:
    """Return the number of queries of an answer whose pictures are ready."""
    api.response(address)
    with CaptureQueriesContext(connection) as queries:
        assert api.response(address).status_code == 200
    return len(queries)


def enlarge(condition: Any, clinic: Clinic) -> None:
    """Add to ``condition`` more of everything that it refers to."""
    raw = list(condition.self_care.raw_data)
    for number in range(8):
        picture = a_picture(510 + number, file__width=40, file__height=30)
        page = factories.ContentPageFactory(parent=clinic.home, title=f"Advice {number}", social_image=picture)
        link = f'<p><a linktype="page" id="{page.pk}">advice</a></p>'
        image = {"image": picture.pk, "alt_text": "A stretch", "decorative": False}
        raw += [block("rich_text", link), block("figure", {"image": image, "caption": ""})]
        raw += [block("cta", {"heading": "Next", "text": link, "link": {"text": "", "page": page.pk}})]
        profile = factories.StaffProfilePageFactory(parent=clinic.staff, photo=picture)
        condition.clinicians.add(ConditionClinician(profile=profile))
        related = factories.ConditionPageFactory(parent=clinic.conditions)
        condition.related_conditions.add(RelatedCondition(condition=related))
        condition.other_names.add(OtherName(name=f"Name {number}", locale=condition.locale))
        treatment = factories.TreatmentFactory(name=f"Treatment {number}", description=link)
        condition.treatments.append(("treatment", {"treatment": treatment, "description": ""}))
    condition.self_care = raw
    condition.save()


def test_a_large_page_costs_as_many_queries_as_a_small_one(
    api: ApiClient, clinic: Clinic, clinic_pages: dict[str, Any]
) -> None:
    condition = clinic_pages["ConditionPage"]
    address = f"/api/v1/pages/{condition.pk}/"
    small = queries_of(api, address)
    enlarge(condition, clinic)
    assert queries_of(api, address) == small


@pytest.mark.parametrize("name", DETAIL_QUERIES)
def test_a_page_costs_the_queries_stated(name: str, api: ApiClient, clinic_pages: dict[str, Any]) -> None:
    assert queries_of(api, f"/api/v1/pages/{clinic_pages[name].pk}/") == DETAIL_QUERIES[name]


@pytest.mark.parametrize("name", DETAIL_QUERIES)
def test_the_first_answer_after_a_change_costs_a_few_more(
    name: str, api: ApiClient, clinic_pages: dict[str, Any]
) -> None:
    address = f"/api/v1/pages/{clinic_pages[name].pk}/"
    usual = queries_of(api, address)
    ContentState.touch()
    with CaptureQueriesContext(connection) as queries:
        api.response(address)
    assert usual < len(queries) <= usual + QUERIES_AFTER_A_CHANGE


def test_a_list_of_twenty_costs_as_many_queries_as_a_list_of_two(
    api: ApiClient, clinic: Clinic, clinic_pages: dict[str, Any]
) -> None:
    address = "/api/v1/pages/?limit=20&type="
    kinds = ("StaffProfilePage", "LocationPage", "ConditionPage")
    small = {kind: queries_of(api, address + kind) for kind in kinds}
    for number in range(20):
        factories.StaffProfilePageFactory(
            parent=clinic.staff, photo=a_picture(520 + number, file__width=40, file__height=30)
        )
        factories.ConditionPageFactory(parent=clinic.conditions)
        location = factories.LocationPageFactory(parent=clinic.home, photo_id=1_000_501)
        location.opening_hours.add(OpeningHours(day=1, opens="07:00", closes="19:00"))
        location.save()
    assert {kind: queries_of(api, address + kind) for kind in kinds} == small
    assert max(small.values()) == LIST_QUERIES
