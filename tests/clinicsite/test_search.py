"""What a patient finds."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from tests.conftest import Clinic
from tests.factories import ConditionPageFactory, ContentPageFactory


def indexed(page: Page) -> Page:
    """Put ``page`` into the search index now, as the commit of its save does outside of tests."""
    index.insert_or_update_object(page)
    return page


def test_search_finds_a_condition_by_its_title_summary_and_other_name(clinic: Clinic, client: Client) -> None:
    page = ConditionPageFactory(parent=clinic.conditions, title="Plantar fasciitis", summary="Pain under the heel.")
    page.other_names.create(name="Policeman's heel", locale=page.locale)
    page.save()
    indexed(page)
    for query in ("plantar", "HEEL", "policeman"):
        results = list(client.get("/search/", {"q": query}).context_data["results"])
        assert results == [page], query
        assert results[0].card_text == "Pain under the heel."


def test_search_leaves_out_drafts_and_private_pages_also_below_a_private_one(clinic: Clinic, client: Client) -> None:
    indexed(ContentPageFactory(parent=clinic.home, title="Heron draft", live=False))
    private = indexed(ContentPageFactory(parent=clinic.home, title="Heron private"))
    indexed(ContentPageFactory(parent=private, title="Heron below"))
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    response = client.get("/search/", {"q": "heron"})
    assert list(response.context_data["results"]) == []


@pytest.mark.parametrize("query", ['"', "a'b", "upper-back", "NOT", "AND OR", "\0", "back*", "(", "%00", "x" * 5000])
def test_search_takes_whatever_people_type(clinic: Clinic, client: Client, query: str) -> None:
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    assert response.context_data["suggestions"]


def test_search_suggests_pages_that_start_alike_when_nothing_matches(clinic: Clinic, client: Client) -> None:
    page = indexed(ConditionPageFactory(parent=clinic.conditions, title="Plantar fasciitis"))
    response = client.get("/search/", {"q": "plant"})
    assert list(response.context_data["results"]) == []
    assert response.context_data["suggestions"] == [page]


def test_search_is_paged_and_asks_no_query_per_result(
    clinic: Clinic, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        indexed(ConditionPageFactory(parent=clinic.conditions, title=f"Heron {number}"))
    client.get("/search/", {"q": "warm the caches"})
    with django_assert_max_num_queries(12):
        response = client.get("/search/", {"q": "heron"})
    assert len(response.context_data["results"]) == 10
    assert len(client.get("/search/", {"q": "heron", "page": "2"}).context_data["results"]) == 2
    assert client.get("/search/", {"q": "heron", "page": "nonsense"}).context_data["results"].number == 1


def test_search_results_are_kept_from_robots(clinic: Clinic, client: Client) -> None:
    assert client.get("/search/").headers["X-Robots-Tag"] == "noindex"
    robots = client.get("/robots.txt")
    assert robots.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /search/" in robots.content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in robots.content.decode()
