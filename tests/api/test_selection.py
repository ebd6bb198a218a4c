"""Fields, other pages and Markdown on request: what is left out costs nothing, and nothing hidden comes in."""

from typing import Any

import pytest
from wagtail.models import PageViewRestriction

from clinicsite.api.rich_text import to_markdown
from tests import factories
from tests.api.clinic import block
from tests.api.conftest import ApiClient
from tests.api.test_queries import DETAIL_QUERIES, queries_of
from tests.conftest import Clinic

PARTIAL = "application/vnd.clinic.partial+json"
SECRET = "Secret plans"


def address_of(page: Any) -> str:
    return f"/api/v1/pages/{page.pk}/"


def test_only_the_fields_asked_for_are_answered(api: ApiClient, clinic_pages: dict[str, Any]) -> None:
    page = clinic_pages["ConditionPage"]
    whole = api.get(address_of(page))
    for path, query in ((address_of(page), {}), ("/api/v1/pages/by-path/", {"path": page.get_url()})):
        part = api.get(path, query | {"fields": "title,summary,seo"})
        assert part == {name: whole[name] for name in ("id", "type", "title", "summary", "seo")}
    assert api.response(address_of(page), {"fields": "title"})["Content-Type"] == PARTIAL


@pytest.mark.parametrize("name", DETAIL_QUERIES)
def test_each_field_alone_is_what_it_is_in_the_whole_page(
    name: str, api: ApiClient, clinic_pages: dict[str, Any]
) -> None:
    address = address_of(clinic_pages[name])
    whole = api.get(address)
    for field in whole.keys() - {"children", "parent"}:
        assert api.get(address, {"fields": field}) == {each: whole[each] for each in {"id", "type", field}}


def test_fields_left_out_cost_no_query(api: ApiClient, clinic_pages: dict[str, Any]) -> None:
    for name in ("HomePage", "ConditionPage", "StaffProfilePage"):
        assert queries_of(api, f"{address_of(clinic_pages[name])}?fields=title,slug,locale") == 2
    cards = "/api/v1/pages/?type=StaffProfilePage&fields="
    assert queries_of(api, f"{cards}title,image") == queries_of(api, f"{cards}title") + 1


@pytest.mark.parametrize("address", ["/api/v1/pages/", "/api/v1/pages/by-path/?path=/", "/api/v1/pages/1/"])
@pytest.mark.parametrize("name", ["fields", "expand"])
@pytest.mark.parametrize("value", ["titel", "title,", "", "title,<b>"])
def test_a_name_that_is_not_known_is_refused_at_its_parameter(
    address: str, name: str, value: str, api: ApiClient, clinic: Clinic
) -> None:
    path, _mark, query = address.partition("?")
    asked = dict(part.split("=") for part in query.split("&") if part) | {name: value}
    problem = api.get(path, asked, status=422)
    assert [error["field"] for error in problem["errors"]] == [name]


def test_children_and_parent_come_on_request(api: ApiClient, clinic_pages: dict[str, Any], clinic: Clinic) -> None:
    condition = clinic_pages["ConditionPage"]
    hidden = factories.ConditionPageFactory(parent=clinic.conditions, title=SECRET)
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    factories.ConditionPageFactory(parent=clinic.conditions, title=SECRET, slug="draft-plans", live=False)
    usual = api.get(address_of(clinic.conditions))
    assert (usual["children"], usual["parent"]) == (None, None)
    answer = api.get(address_of(clinic.conditions), {"expand": "children,parent"})
    cards = [api.get(address_of(page))["card"] for page in clinic.conditions.get_children().live().public()]
    assert answer["children"] == cards
    assert answer["parent"]["id"] == clinic.home.pk
    assert SECRET not in str(answer)
    assert api.get(address_of(condition), {"expand": "parent", "fields": "title"})["parent"]["title"] == "Conditions"


def test_a_parent_that_is_hidden_is_not_named(api: ApiClient, clinic: Clinic) -> None:
    parent = factories.ContentPageFactory(parent=clinic.home, title=SECRET, live=False)
    page = factories.ContentPageFactory(parent=parent, title="Insurance")
    assert api.get(address_of(page), {"expand": "parent"})["parent"] is None


def test_whole_pages_come_with_the_list_on_request(api: ApiClient, clinic_pages: dict[str, Any]) -> None:
    answer = api.get("/api/v1/pages/", {"expand": "page", "limit": 20})
    assert [page["id"] for page in answer["pages"]] == [card["id"] for card in answer["items"]]
    assert answer["pages"] == [api.get(f"/api/v1/pages/{card['id']}/") for card in answer["items"]]
    assert api.get("/api/v1/pages/")["pages"] == []


def test_whole_pages_in_a_list_cost_the_same_for_two_and_for_twenty(api: ApiClient, clinic: Clinic) -> None:
    address = "/api/v1/pages/?type=ConditionPage&expand=page&limit=20"
    profile = factories.StaffProfilePageFactory(parent=clinic.staff)
    for _number in range(2):
        factories.ConditionPageFactory(parent=clinic.conditions, author=profile)
    small = queries_of(api, address)
    for _number in range(18):
        factories.ConditionPageFactory(parent=clinic.conditions, author=profile)
    assert queries_of(api, address) == small


def test_of_whole_pages_at_most_twenty_come_at_once(api: ApiClient, clinic: Clinic) -> None:
    for number in range(22):
        factories.ContentPageFactory(parent=clinic.home, slug=f"advice-{number}")
    query = {"type": "ContentPage", "expand": "page", "limit": 100}
    first = api.get("/api/v1/pages/", query)
    second = api.get("/api/v1/pages/", query | {"cursor": first["next"]})
    assert [len(part[name]) for part in (first, second) for name in ("items", "pages")] == [20, 20, 2, 2]
    assert first["total"] == 22


def test_cards_with_some_fields(api: ApiClient, clinic_pages: dict[str, Any]) -> None:
    answer = api.get("/api/v1/pages/", {"fields": "title,path", "limit": 3})
    assert {frozenset(card) for card in answer["items"]} == {frozenset({"id", "type", "title", "path"})}


def test_rich_text_as_markdown(api: ApiClient, clinic: Clinic) -> None:
    hidden = factories.ContentPageFactory(parent=clinic.home, title=SECRET, slug="plans", live=False)
    target = factories.ContentPageFactory(parent=clinic.home, title="Prices", slug="prices")
    text = (
        f'<h3>Costs</h3><p>See <a linktype="page" id="{target.pk}">our <b>prices</b></a>, '
        f'not <a linktype="page" id="{hidden.pk}">this</a>.</p><ul><li>Cash</li><li>Card</li></ul>'
    )
    page = factories.ContentPageFactory(parent=clinic.home, body=[block("rich_text", text)])
    for path, query in ((address_of(page), {}), ("/api/v1/pages/by-path/", {"path": page.get_url()})):
        answer = api.get(path, query | {"rich_text": "markdown"})
        markdown = answer["body"][0]["value"]
        assert markdown == "### Costs\n\nSee [our **prices**](/prices/), not this.\n\n- Cash\n- Card"
        assert "plans" not in str(answer)
    pages = api.get("/api/v1/pages/", {"expand": "page", "rich_text": "markdown", "parent": clinic.home.pk})["pages"]
    assert markdown in str([each.get("body") for each in pages]).replace("\\n", "\n")


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>1 &lt; 2 &amp; &lt;script&gt;</p>", r"1 \< 2 \& \<script\>"),
        ("<p>2 * 3 * 4 and a_b_c [x](y) `code`</p>", r"2 \* 3 \* 4 and a\_b\_c \[x\](y) \`code\`"),
        ("", ""),
    ],
)
def test_text_that_looks_like_markup_is_escaped(html: str, markdown: str) -> None:
    assert to_markdown(html) == markdown
