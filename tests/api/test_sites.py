"""Several sites beside and within each other: under each host its own pages, and no others'."""

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import Page, Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION
from wagtail.search import index

from clinicsite.public import is_public, public_pages
from tests import factories
from tests.api.conftest import ApiClient
from tests.conftest import Clinic
from tests.webhooks.conftest import add_endpoint
from webhooks.models import Delivery

BRANCH = "branch.example"


@pytest.fixture(autouse=True)
def _hosts(settings: pytest.FixtureRequest) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "testserver", BRANCH]


def a_site(parent: Page) -> Page:
    """Return the page "Inside" of a new site whose root stands below ``parent``."""
    root = factories.ContentPageFactory(parent=parent, title="Branch", slug="branch")
    Site.objects.create(hostname=BRANCH, root_page=root)
    page = factories.ContentPageFactory(parent=root, title="Inside", slug="inside")
    index.insert_or_update_object(page)
    return page


def titles(api: ApiClient, host: str, path: str = "/api/v1/pages/", **query: str) -> set[str]:
    """Return the titles, or else the paths, of all pages in a list under ``host``."""
    found = api.response(path, query, Host=host).json()["items"]
    return {page.get("title") or page["path"] for page in found}


def test_a_site_within_another_has_its_own_pages_and_the_outer_one_all_but_these(
    api: ApiClient, clinic: Clinic, client: Client
) -> None:
    inside = a_site(clinic.home)
    outside = factories.ContentPageFactory(parent=clinic.home, title="Outside", slug="outside")
    index.insert_or_update_object(outside)
    outer = {clinic.home.title, "Conditions", "Our staff", "Outside"}
    assert titles(api, "localhost") == outer
    assert titles(api, BRANCH) == {"Branch", "Inside"}
    assert titles(api, "localhost", "/api/v1/sitemap/") == {"/", "/conditions/", "/our-staff/", "/outside/"}
    assert titles(api, BRANCH, "/api/v1/sitemap/") == {"/", "/inside/"}
    for host, shown, left_out in [(BRANCH, "/inside/", "/outside/"), ("localhost", "/outside/", "/inside/")]:
        xml = client.get("/sitemap.xml", headers={"host": host}).content.decode()
        assert shown in xml
        assert left_out not in xml
    for word, host, found in [("Inside", BRANCH, True), ("Inside", "localhost", False), ("Outside", BRANCH, False)]:
        assert titles(api, host, q=word) == ({word} if found else set())
        results = client.get("/search/", {"q": word}, headers={"host": host}).context_data["results"]
        assert [page.title for page in results] == ([word] if found else [])
    for page, path, own, other in [
        (inside, "/inside/", BRANCH, "localhost"),
        (outside, "/outside/", "localhost", BRANCH),
    ]:
        for address, query in [
            (f"/api/v1/pages/{page.pk}/", {}),
            ("/api/v1/pages/by-path/", {"path": path}),
        ]:
            assert api.response(address, query, Host=own).json()["title"] == page.title
            assert api.response(address, query, Host=other).status_code == 404
    query = {"path": "/branch/inside/"}
    assert api.response("/api/v1/pages/by-path/", query, Host="localhost").status_code == 404
    crumbs = api.response(f"/api/v1/pages/{inside.pk}/", Host=BRANCH).json()["breadcrumbs"]
    assert [crumb["title"] for crumb in crumbs] == ["Branch"]


def test_a_page_of_an_inner_site_is_told_to_that_site_alone(clinic: Clinic) -> None:
    inside = a_site(clinic.home)
    inner = Site.objects.get(hostname=BRANCH)
    for site in (clinic.site, inner):
        add_endpoint(clinic, "https://203.0.113.5/", site=site)
    inside.save_revision().publish()
    assert [each.endpoint.site for each in Delivery.objects.all()] == [inner]


def test_two_hosts_of_one_root_have_the_same_pages(api: ApiClient, clinic: Clinic) -> None:
    Site.objects.create(hostname=BRANCH, root_page=clinic.home)
    assert titles(api, BRANCH) == titles(api, "localhost") != set()


@pytest.mark.parametrize("asked", ["api", "search"])
def test_a_site_that_another_process_added_has_its_own_pages_at_once(
    asked: str, api: ApiClient, clinic: Clinic, client: Client
) -> None:
    """Wagtail's cache, of each process its own, is emptied only where the site was saved."""
    titles(api, "localhost")
    stale = Site.get_site_root_paths()
    inside = a_site(Page.objects.get(depth=1))
    cache.set(SITE_ROOT_PATHS_CACHE_KEY, stale, 3600, version=SITE_ROOT_PATHS_CACHE_VERSION)
    if asked == "api":
        assert titles(api, BRANCH) == {"Branch", "Inside"}
    else:
        results = client.get("/search/", {"q": "inside"}, headers={"host": BRANCH}).context_data["results"]
        assert list(results) == [inside]
    assert inside.url == f"http://{BRANCH}/inside/"


def test_beside_a_page_outside_of_every_site_nothing_is_public(clinic: Clinic) -> None:
    lost = factories.ContentPageFactory(parent=Page.objects.get(depth=1), title="Lost")
    assert not is_public(clinic.staff, beside=lost)
    assert not public_pages(Page.objects.all(), beside=lost)
    assert is_public(clinic.staff, beside=clinic.home)
