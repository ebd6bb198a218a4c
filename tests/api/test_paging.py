"""Cursors, what has changed since, highlights, languages, redirects and the map of all pages."""

import datetime as dt
from itertools import chain
from typing import Any

import pytest
from django.test import override_settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.search import index

from clinicsite.models import ContentState
from tests import factories
from tests.api.clinic import block
from tests.api.conftest import ApiClient
from tests.conftest import Clinic

LIST = "/api/v1/pages/"
SECRET = "Secret plans"
LANGUAGES = [("en", "English"), ("es", "Español")]
PUBLISHED = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def seven(clinic: Clinic) -> list[Page]:
    """Return seven pages, some of them with the same title or the same moment of publication."""
    pages = []
    for number in range(7):
        page = factories.ContentPageFactory(parent=clinic.home, title=f"Advice {number // 2}", slug=f"advice-{number}")
        moment = PUBLISHED + dt.timedelta(days=number // 3) if number else None
        Page.objects.filter(pk=page.pk).update(first_published_at=moment, last_published_at=moment)
        pages.append(page)
    ContentState.touch()
    return pages


@pytest.mark.parametrize("order", ["tree", "title", "newest"])
def test_cursors_lead_through_the_list_and_back(order: str, api: ApiClient, seven: list[Page]) -> None:
    query = {"type": "ContentPage", "order": order, "limit": 2}
    expected = [card["id"] for card in api.get(LIST, query | {"limit": 100})["items"]]
    part = api.get(LIST, query)
    assert part["prev"] is None
    parts = [part]
    while part["next"]:
        part = api.get(LIST, query | {"cursor": part["next"]})
        parts.append(part)
    ids = [[card["id"] for card in each["items"]] for each in parts]
    assert list(chain(*ids)) == expected
    assert {each["total"] for each in parts} == {7}
    back = [ids[-1]]
    while part["prev"]:
        part = api.get(LIST, query | {"cursor": part["prev"]})
        back.insert(0, [card["id"] for card in part["items"]])
    assert list(chain(*back)) == expected


def test_nothing_is_left_out_or_comes_twice_when_pages_come_and_go(
    api: ApiClient, clinic: Clinic, seven: list[Page]
) -> None:
    query = {"type": "ContentPage", "order": "title", "limit": 3}
    first = api.get(LIST, query)
    factories.ContentPageFactory(parent=clinic.home, title="Advice", slug="first-now")
    Page.objects.get(pk=first["items"][1]["id"]).specific.unpublish()
    second = api.get(LIST, query | {"cursor": first["next"]})
    assert [card["id"] for card in second["items"]] == [page.pk for page in seven[3:6]]


def test_an_offset_leads_to_the_same_places(api: ApiClient, seven: list[Page]) -> None:
    query = {"type": "ContentPage", "limit": 3}
    by_offset = api.get(LIST, query | {"offset": 3})
    assert by_offset["items"] == api.get(LIST, query | {"cursor": api.get(LIST, query)["next"]})["items"]
    assert [card["id"] for card in api.get(LIST, query | {"cursor": by_offset["prev"]})["items"]] == [
        page.pk for page in seven[:3]
    ]


def test_the_same_list_has_the_same_cursor(api: ApiClient, seven: list[Page]) -> None:
    assert api.get(LIST, {"limit": 2})["next"] == api.get(LIST, {"limit": 2})["next"]


@pytest.mark.parametrize("query", [{}, {"type": "FormPage", "order": "title"}, {"order": "tree"}, {"offset": 2}])
def test_a_cursor_of_another_list_is_refused(query: dict[str, Any], api: ApiClient, seven: list[Page]) -> None:
    cursor = api.get(LIST, {"type": "ContentPage", "order": "title", "limit": 2})["next"]
    base = {"type": "ContentPage", "order": "title"} if "offset" in query else {}
    problem = api.get(LIST, base | query | {"cursor": cursor}, status=422)
    assert problem["errors"][0]["field"] == ("offset" if "offset" in query else "cursor")


def test_a_cursor_that_was_changed_is_refused(api: ApiClient, seven: list[Page]) -> None:
    cursor = api.get(LIST, {"limit": 2})["next"]
    for wrong in (cursor[:-1] + ("A" if cursor[-1] != "A" else "B"), "x" + cursor, "e30", "nothing"):
        problem = api.get(LIST, {"cursor": wrong}, status=422)
        assert problem["errors"][0]["field"] == "cursor"
    assert api.get("/api/v1/sitemap/", {"cursor": cursor}, status=422)["errors"][0]["field"] == "cursor"


def test_only_what_was_published_since(api: ApiClient, seven: list[Page]) -> None:
    query = {"type": "ContentPage", "updated_since": "2026-11-02T12:00:00Z"}
    assert [card["id"] for card in api.get(LIST, query)["items"]] == [page.pk for page in seven[3:]]
    later = api.get(LIST, query | {"updated_since": "2026-11-02T12:00:00.000001+00:00"})
    assert [card["id"] for card in later["items"]] == [seven[6].pk]


@pytest.mark.parametrize("value", ["yesterday", "2026-11-02T12:00:00", "0.5", "0001-01-01T00:00:00+10:00"])
def test_a_moment_that_is_none_is_refused(value: str, api: ApiClient, clinic: Clinic) -> None:
    problem = api.get(LIST, {"updated_since": value}, status=422)
    assert problem["errors"][0]["field"] == "updated_since"


def test_a_search_shows_where_the_words_stand(api: ApiClient, clinic: Clinic) -> None:
    text = "<p>Before.</p><p>" + "Many words come first. " * 9 + "A stiff &lt;b&gt; neck &amp; shoulder.</p>"
    page = factories.ContentPageFactory(parent=clinic.home, title="Necks <i>", body=[block("rich_text", text)])
    index.insert_or_update_object(page)
    answer = api.get(LIST, {"q": "neck"})
    found = answer["highlights"][[card["id"] for card in answer["items"]].index(page.pk)]
    assert found["page"] == page.pk
    assert found["title"] == "<mark>Necks</mark> &lt;i&gt;"
    assert found["snippets"][0].endswith("A stiff &lt;b&gt; <mark>neck</mark> &amp; shoulder.")
    assert found["snippets"][0].startswith("… ")
    assert len(found["snippets"][0]) < 200
    assert api.get(LIST)["highlights"] == []


def test_highlights_show_nothing_of_hidden_pages(api: ApiClient, clinic: Clinic) -> None:
    hidden = factories.ContentPageFactory(parent=clinic.home, title=SECRET)
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    page = factories.ContentPageFactory(parent=clinic.home, title="Secret of good sleep")
    page.title = SECRET
    page.save_revision()
    for each in (hidden, Page.objects.get(pk=page.pk).specific):
        index.insert_or_update_object(each)
    assert SECRET not in str(api.get(LIST, {"q": "secret"}))


def test_a_search_by_relevance_has_no_cursor(api: ApiClient, seven: list[Page]) -> None:
    for page in seven:
        index.insert_or_update_object(page)
    assert api.get(LIST, {"q": "advice", "limit": 2})["next"] is None
    cursor = api.get(LIST, {"q": "advice", "order": "tree", "limit": 2})["next"]
    assert len(api.get(LIST, {"q": "advice", "order": "tree", "limit": 2, "cursor": cursor})["items"]) == 2
    assert api.get(LIST, {"q": "advice", "cursor": cursor}, status=422)["errors"][0]["field"] == "cursor"


@override_settings(LANGUAGES=LANGUAGES, WAGTAIL_CONTENT_LANGUAGES=LANGUAGES)
def test_a_page_names_its_public_translations(api: ApiClient, clinic: Clinic) -> None:
    page = factories.ContentPageFactory(parent=clinic.home, title="Insurance", slug="insurance")
    address = f"/api/v1/pages/{page.pk}/"
    assert api.get(address)["alternates"] == []
    spanish = Locale.objects.create(language_code="es")
    home = clinic.home.copy_for_translation(spanish)
    home.save_revision().publish()
    translated = page.copy_for_translation(spanish)
    assert api.get(address)["alternates"] == []
    translated.title, translated.slug = "Seguro", "seguro"
    translated.save_revision().publish()
    answer = api.get(address)
    assert answer["locale"] == "en"
    assert [each["locale"] for each in answer["alternates"]] == ["en", "es"]
    entry = next(each for each in api.get("/api/v1/sitemap/")["items"] if each["id"] == page.pk)
    assert entry["alternates"] == answer["alternates"]
    PageViewRestriction.objects.create(page=translated, restriction_type=PageViewRestriction.LOGIN)
    assert api.get(address)["alternates"] == []


def test_a_redirect_is_found_by_its_path(api: ApiClient, clinic: Clinic) -> None:
    target = factories.ContentPageFactory(parent=clinic.home, title="Prices", slug="prices")
    Redirect.objects.create(old_path="/old", redirect_page=target, site=clinic.site)
    Redirect.objects.create(old_path="/away", redirect_link="https://elsewhere.example/", is_permanent=False)
    found = api.get("/api/v1/redirects/", {"path": "/old/"})
    assert (found["page"]["path"], found["permanent"]) == ("/prices/", True)
    away = api.get("/api/v1/redirects/", {"path": "/away"})
    assert (away["location"], away["permanent"], away["page"]) == ("https://elsewhere.example/", False, None)
    api.get("/api/v1/redirects/", {"path": "/prices/"}, status=404)
    target.unpublish()
    api.get("/api/v1/redirects/", {"path": "/old/"}, status=404)
    assert api.get("/api/v1/redirects/", {}, status=422)["errors"][0]["field"] == "path"


def test_the_sitemap_names_every_public_page_once(api: ApiClient, clinic: Clinic, seven: list[Page]) -> None:
    hidden = factories.ContentPageFactory(parent=clinic.home, title=SECRET, slug="plans")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    factories.ContentPageFactory(parent=clinic.home, title=SECRET, slug="draft-plans", live=False)
    part = api.get("/api/v1/sitemap/", {"limit": 3})
    items = part["items"]
    while part["next"]:
        part = api.get("/api/v1/sitemap/", {"limit": 3, "cursor": part["next"]})
        items += part["items"]
    assert [item["id"] for item in items] == [card["id"] for card in api.get(LIST, {"limit": 100})["items"]]
    assert "plans" not in str(items)
    assert items[-1]["lastmod"] == "2026-11-03T12:00:00+00:00"
    assert items[-1]["path"] == "/advice-6/"
