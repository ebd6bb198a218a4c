"""What a process remembers of the site is forgotten with the first change: no reader sees what is hidden by then."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from clinicsite.api import memory
from clinicsite.models import ClinicSettings
from clinicsite.roles import ADMINISTRATORS
from conditions.models import Treatment
from tests import factories
from tests.api.clinic import a_document, block
from tests.api.conftest import ApiClient
from tests.conftest import Clinic

SECRET = "Secret plans"


@pytest.fixture
def linked(clinic: Clinic) -> Page:
    """Return a page that others link to in every way."""
    return factories.ContentPageFactory(parent=clinic.home, title=SECRET, slug="plans")


@pytest.fixture
def linking(clinic: Clinic, linked: Page) -> Page:
    """Return a page that links to ``linked`` and to a document, below another one."""
    document = a_document(601)
    text = f'<p><a linktype="page" id="{linked.pk}">page</a> <a linktype="document" id="{document.pk}">file</a></p>'
    body = [
        block("rich_text", text),
        block("cta", {"heading": "Next", "text": "", "link": {"text": "", "page": linked.pk}}),
    ]
    return factories.ContentPageFactory(parent=clinic.home, title="Insurance", body=body)


def _unpublish(linked: Page) -> None:
    linked.unpublish()


def _make_private(linked: Page) -> None:
    PageViewRestriction.objects.create(page=linked, restriction_type=PageViewRestriction.LOGIN)


def _delete(linked: Page) -> None:
    linked.delete()


def _move_away(linked: Page) -> None:
    linked.move(Page.objects.get(depth=1), pos="last-child")


@pytest.mark.parametrize("hide", [_unpublish, _make_private, _delete, _move_away])
def test_a_link_target_that_is_hidden_is_hidden_at_once(
    hide: Callable[[Page], None], linked: Page, linking: Page, api: ApiClient
) -> None:
    address = f"/api/v1/pages/{linking.pk}/"
    before = api.get(address)
    assert before["body"][1]["value"]["link"]["page"]["title"] == SECRET
    hide(linked)
    after = api.get(address)
    assert after["body"][1]["value"]["link"]["page"] is None
    assert "/plans/" not in str(after)
    assert SECRET not in str(after)


def test_a_page_that_is_hidden_is_gone_at_once(linked: Page, api: ApiClient) -> None:
    addresses = [(f"/api/v1/pages/{linked.pk}/", None), ("/api/v1/pages/by-path/", {"path": "/plans/"})]
    for address, query in addresses:
        assert api.get(address, query)["title"] == SECRET
    _make_private(linked)
    for address, query in addresses:
        api.get(address, query, status=404)


def test_a_page_shows_again_once_it_is_public(linked: Page, linking: Page, api: ApiClient) -> None:
    linked.unpublish()
    address = f"/api/v1/pages/{linking.pk}/"
    assert api.get(address)["body"][1]["value"]["link"]["page"] is None
    linked.save_revision().publish()
    assert api.get(address)["body"][1]["value"]["link"]["page"]["title"] == SECRET


def test_a_new_title_and_address_show_at_once(linked: Page, linking: Page, api: ApiClient) -> None:
    api.get(f"/api/v1/pages/{linking.pk}/")
    linked.title, linked.slug = "Prices", "prices"
    linked.save_revision().publish()
    after = api.get(f"/api/v1/pages/{linking.pk}/")
    link = after["body"][1]["value"]["link"]["page"]
    assert (link["title"], link["path"]) == ("Prices", "/prices/")
    assert 'href="/prices/"' in after["body"][0]["value"]


def test_a_document_made_private_is_hidden_at_once(linking: Page, api: ApiClient, clinic: Clinic) -> None:
    address = f"/api/v1/pages/{linking.pk}/"
    assert "/documents/601/" in api.get(address)["body"][0]["value"]
    collection = Collection.get_first_root_node().add_child(name="Staff only")
    document = get_document_model().objects.get(pk=601)
    document.collection = collection
    document.save()
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    assert "/documents/" not in api.get(address)["body"][0]["value"]


def _restrict(browser: Client, leaflets: Collection, private: Collection) -> None:
    address = reverse("wagtailadmin_collections:set_privacy", args=[leaflets.pk])
    browser.post(address, {"restriction_type": CollectionViewRestriction.LOGIN})


def _move_collection(browser: Client, leaflets: Collection, private: Collection) -> None:
    address = reverse("wagtailadmin_collections:edit", args=[leaflets.pk])
    browser.post(address, {"name": leaflets.name, "parent": private.pk})


def _move_document(browser: Client, leaflets: Collection, private: Collection) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtaildocs", "document", "add_to_collection"])
    browser.post(f"{address}?id=601", {"collection": private.pk})


@pytest.mark.parametrize("hide", [_restrict, _move_collection, _move_document])
def test_a_document_made_private_in_the_admin_is_hidden_at_once(
    hide: Callable[[Client, Collection, Collection], None],
    linking: Page,
    api: ApiClient,
    role_client: Callable[[str], Client],
) -> None:
    leaflets, private = (Collection.get_first_root_node().add_child(name=name) for name in ("Leaflets", "Staff only"))
    CollectionViewRestriction.objects.create(collection=private, restriction_type=CollectionViewRestriction.LOGIN)
    document = get_document_model().objects.get(pk=601)
    document.collection = leaflets
    document.save()
    browser = role_client(ADMINISTRATORS)
    address = f"/api/v1/pages/{linking.pk}/"
    assert "/documents/601/" in api.get(address)["body"][0]["value"]
    tag = api.response(address)["ETag"]
    hide(browser, leaflets, private)
    assert "/documents/" not in api.get(address)["body"][0]["value"]
    assert api.response(address, **{"If-None-Match": tag}).status_code == 200


def test_changed_settings_and_snippets_show_at_once(api: ApiClient, clinic_pages: dict[str, Any]) -> None:
    condition = f"/api/v1/pages/{clinic_pages['ConditionPage'].pk}/"
    api.get(condition), api.get("/api/v1/site/")
    settings = ClinicSettings.objects.get()
    settings.name = "Another clinic"
    settings.save()
    treatment = Treatment.objects.get()
    treatment.name = "Another treatment"
    treatment.save()
    after = api.get(condition)
    assert api.get("/api/v1/site/")["name"] == "Another clinic"
    assert after["treatments"][0]["value"]["treatment"]["name"] == "Another treatment"
    assert "Another clinic" in str(after["structured_data"])
    assert "Another treatment" in str(after["structured_data"])


def test_a_moved_site_shows_at_once(api: ApiClient, clinic: Clinic, linked: Page) -> None:
    address = f"/api/v1/pages/{linked.pk}/"
    assert api.get(address)["seo"]["canonical_url"].startswith("http://localhost/")
    clinic.site.hostname, clinic.site.port = "www.clinic.example", 443
    clinic.site.save()
    assert api.get(address)["seo"]["canonical_url"] == "https://www.clinic.example/plans/"


def test_two_hosts_are_not_confused(api: ApiClient, clinic: Clinic, linked: Page, linking: Page) -> None:
    address = f"/api/v1/pages/{linking.pk}/"
    first, second = (api.client.get(address, headers={"Host": host}).json() for host in ("testserver", "localhost"))
    links = [answer["body"][1]["value"]["link"]["page"]["url"] for answer in (first, second)]
    assert links == ["http://testserver/plans/", "http://localhost/plans/"]


def test_a_process_remembers_only_the_present(api: ApiClient, clinic: Clinic, linked: Page) -> None:
    for _change in range(3):
        linked.save_revision().publish()
        api.get(f"/api/v1/pages/{linked.pk}/")
    assert len({version for version, *_rest in memory._memories}) == 1


def test_too_many_links_are_forgotten(
    api: ApiClient, clinic: Clinic, linking: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/api/v1/pages/{linking.pk}/"
    expected = api.get(address)
    monkeypatch.setattr(memory, "MOST_LINKS", 0)
    assert api.get(address) == expected
