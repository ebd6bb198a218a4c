"""Pages over the API: whole, by id and by path, and as lists of cards."""

from typing import Any

import pytest
from wagtail.contrib.redirects.models import Redirect

from tests import factories
from tests.api.conftest import ApiClient
from tests.conftest import Clinic

PAGE_TYPES = [
    "HomePage",
    "ConditionIndexPage",
    "ConditionPage",
    "StaffIndexPage",
    "StaffProfilePage",
    "LocationPage",
    "ContentPage",
    "FormPage",
]


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_a_whole_page_of_each_type_fits_its_schema(name: str, api: ApiClient, clinic_pages: dict[str, Any]) -> None:
    page = clinic_pages[name]
    answer = api.get(f"/api/v1/pages/{page.pk}/")
    assert (answer["type"], answer["title"], answer["path"]) == (name, page.title, page.get_url())


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_a_page_is_found_by_its_path(name: str, api: ApiClient, clinic_pages: dict[str, Any]) -> None:
    page = clinic_pages[name]
    by_path = api.get("/api/v1/pages/by-path/", {"path": page.get_url()})
    assert by_path == api.get(f"/api/v1/pages/{page.pk}/")


def test_a_path_without_its_last_slash_is_found_too(api: ApiClient, clinic: Clinic) -> None:
    assert api.get("/api/v1/pages/by-path/", {"path": "/conditions"})["title"] == "Conditions"


def test_a_redirected_path_says_where_it_leads(api: ApiClient, clinic: Clinic) -> None:
    Redirect.objects.create(old_path="/old", redirect_page=clinic.staff, is_permanent=True)
    answer = api.get("/api/v1/pages/by-path/", {"path": "/old/"})
    assert (answer["type"], answer["page"]["id"], answer["permanent"]) == ("Redirect", clinic.staff.pk, True)
    assert answer["location"] == clinic.staff.get_url()


def test_a_redirect_to_an_unpublished_page_is_not_found(api: ApiClient, clinic: Clinic) -> None:
    draft = factories.ContentPageFactory(parent=clinic.home, title="Secret plans", live=False)
    Redirect.objects.create(old_path="/old", redirect_page=draft)
    answer = api.get("/api/v1/pages/by-path/", {"path": "/old/"}, status=404)
    assert "secret" not in str(answer).lower()


def test_a_list_gives_the_total_and_the_part_asked_for(api: ApiClient, clinic: Clinic) -> None:
    for number in range(5):
        factories.ConditionPageFactory(parent=clinic.conditions, title=f"Condition {number}")
    answer = api.get("/api/v1/pages/", {"type": "ConditionPage", "limit": 2, "offset": 3})
    assert answer["total"] == 5
    assert [item["title"] for item in answer["items"]] == ["Condition 3", "Condition 4"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"type": "ConditionPage"}, ["Neck pain", "Upper back pain"]),
        ({"region": "upper-back"}, ["Upper back pain"]),
        ({"symptom": "stiff"}, ["Upper back pain"]),
        ({"symptom": "waking"}, ["Upper back pain"]),
        ({"symptom": "block-symptom"}, []),
        ({"clinician": 1_000_904}, ["Upper back pain"]),
        ({"condition": 1_000_905}, ["Amara Okafor"]),
        ({"location": 1_000_903}, ["Amara Okafor"]),
        ({"role": "physical-therapist"}, ["Amara Okafor", "Noor Haddad"]),
        ({"parent": "conditions"}, ["Neck pain", "Upper back pain"]),
        ({"ancestor": "home", "type": "ConditionPage"}, ["Neck pain", "Upper back pain"]),
        ({"parent": 999_999}, []),
        ({"q": "thoracic"}, ["Upper back pain"]),
        ({"q": "thoracic", "region": "knee"}, []),
        ({"type": "StaffProfilePage", "order": "title"}, ["Amara Okafor", "Noor Haddad"]),
    ],
)
def test_a_list_keeps_what_fits_every_filter(
    query: dict[str, Any], titles: list[str], api: ApiClient, clinic: Clinic, clinic_pages: dict[str, Any]
) -> None:
    places = {"conditions": clinic.conditions.pk, "home": clinic.home.pk}
    answer = api.get("/api/v1/pages/", {name: places.get(value, value) for name, value in query.items()})
    assert sorted(item["title"] for item in answer["items"]) == titles
    assert answer["total"] == len(titles)


def test_a_search_can_be_put_in_another_order(api: ApiClient, clinic: Clinic, clinic_pages: dict[str, Any]) -> None:
    answer = api.get("/api/v1/pages/", {"q": "pain", "order": "title"})
    assert [item["title"] for item in answer["items"]] == ["Neck pain", "Upper back pain"]


def test_snippets_are_listed_in_their_order(api: ApiClient, clinic: Clinic) -> None:
    factories.BodyRegionFactory(name="Knee", sort_order=2)
    factories.BodyRegionFactory(name="Neck", sort_order=1)
    answer = api.get("/api/v1/body-regions/", {"limit": 1})
    assert (answer["total"], [item["name"] for item in answer["items"]]) == (2, ["Neck"])


@pytest.mark.parametrize("path", ["body-regions", "treatments", "staff-roles", "specialties"])
def test_every_list_of_snippets_fits_its_schema(path: str, api: ApiClient, clinic_pages: dict[str, Any]) -> None:
    assert api.get(f"/api/v1/{path}/")["total"] == 1


def test_the_site_says_what_every_page_shows(api: ApiClient, clinic_pages: dict[str, Any]) -> None:
    answer = api.get("/api/v1/site/")
    assert answer["banner"] == {"level": "information", "text": '<a href="/insurance/">Closed today</a>'}
    assert answer["navigation"][0]["value"]["page"]["path"] == "/insurance/"


def test_a_banner_that_is_off_is_null(api: ApiClient, clinic: Clinic) -> None:
    assert api.get("/api/v1/site/")["banner"] is None
