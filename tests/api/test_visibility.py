"""What an anonymous reader never sees."""

from typing import Any

import pytest
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from clinicsite.models import ClinicSettings
from conditions.models import RelatedCondition
from tests import factories
from tests.api.clinic import a_document, block
from tests.api.conftest import ApiClient
from tests.conftest import Clinic

SECRET = "Secret plans"


def make_private(page: Page) -> None:
    """Put ``page`` and all below it behind a login."""
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def assert_page_is_hidden(api: ApiClient, page: Page) -> None:
    """Fail where any way to ask for a page gives ``page`` away."""
    answers = [
        api.get(f"/api/v1/pages/{page.pk}/", status=404),
        api.get("/api/v1/pages/by-path/", {"path": page.get_url() or "/"}, status=404),
        api.get("/api/v1/pages/", {"limit": 100}),
        api.get("/api/v1/pages/", {"q": "secret"}),
    ]
    assert SECRET not in str(answers)


def test_a_draft_is_hidden(api: ApiClient, clinic: Clinic) -> None:
    assert_page_is_hidden(api, factories.ContentPageFactory(parent=clinic.home, title=SECRET, live=False))


def test_a_private_page_is_hidden(api: ApiClient, clinic: Clinic) -> None:
    page = factories.ContentPageFactory(parent=clinic.home, title=SECRET)
    make_private(page)
    assert_page_is_hidden(api, page)


def test_a_page_below_a_private_one_is_hidden(api: ApiClient, clinic: Clinic) -> None:
    parent = factories.ContentPageFactory(parent=clinic.home, title="Members")
    make_private(parent)
    assert_page_is_hidden(api, factories.ContentPageFactory(parent=parent, title=SECRET))


def test_a_page_of_another_site_is_hidden(api: ApiClient, clinic: Clinic) -> None:
    root = factories.HomePageFactory(parent=Page.objects.get(depth=1), title="Elsewhere")
    Site.objects.create(hostname="elsewhere.example", root_page=root)
    page = factories.ContentPageFactory(parent=root, title=SECRET)
    answers = [
        api.get(f"/api/v1/pages/{page.pk}/", status=404),
        api.get("/api/v1/pages/", {"limit": 100}),
        api.get("/api/v1/pages/", {"ancestor": root.pk}),
    ]
    assert SECRET not in str(answers)


def test_a_changed_draft_of_a_live_page_is_hidden(api: ApiClient, clinic: Clinic) -> None:
    page = factories.ContentPageFactory(parent=clinic.home, title="Insurance")
    page.title = SECRET
    page.save_revision()
    assert api.get(f"/api/v1/pages/{page.pk}/")["title"] == "Insurance"


def test_an_unpublished_ancestor_is_not_named(api: ApiClient, clinic: Clinic) -> None:
    parent = factories.ContentPageFactory(parent=clinic.home, title=SECRET, slug="plans", live=False)
    page = factories.ContentPageFactory(parent=parent, title="Insurance")
    answer = api.get(f"/api/v1/pages/{page.pk}/")
    assert [crumb["id"] for crumb in answer["breadcrumbs"]] == [clinic.home.pk]
    assert SECRET not in str(answer)


@pytest.mark.parametrize("hide", ["unpublish", "private"])
def test_links_to_a_hidden_page_say_nothing_of_it(hide: str, api: ApiClient, clinic: Clinic) -> None:
    hidden = factories.ContentPageFactory(parent=clinic.home, title=SECRET)
    page = factories.ContentPageFactory(
        parent=clinic.home,
        title="Insurance",
        body=[
            block("rich_text", f'<p>See <a linktype="page" id="{hidden.pk}">the page</a>.</p>'),
            block("cta", {"heading": "Next", "text": "", "link": {"text": "", "page": hidden.pk}}),
            block("form_embed", {"heading": "", "form": hidden.pk}),
        ],
    )
    clinic_settings = ClinicSettings.for_site(clinic.site)
    clinic_settings.appointment_page = hidden
    clinic_settings.navigation = [block("link", {"text": "", "page": hidden.pk})]
    clinic_settings.save()
    hidden.unpublish() if hide == "unpublish" else make_private(hidden)
    answer = api.get(f"/api/v1/pages/{page.pk}/")
    text, cta, form = (item["value"] for item in answer["body"])
    assert (text, cta["link"]["page"], form["form"]) == ("<p>See the page.</p>", None, None)
    site = api.get("/api/v1/site/")
    assert site["appointment_page"] is None
    assert SECRET not in str([answer, site])


def test_related_pages_that_are_hidden_are_left_out(api: ApiClient, clinic: Clinic) -> None:
    hidden = factories.ConditionPageFactory(parent=clinic.conditions, title=SECRET, live=False)
    author = factories.StaffProfilePageFactory(parent=clinic.staff, title=SECRET, slug="author", live=False)
    page = factories.ConditionPageFactory(parent=clinic.conditions, author=author)
    page.related_conditions.add(RelatedCondition(condition=hidden))
    page.save()
    answer = api.get(f"/api/v1/pages/{page.pk}/")
    assert (answer["author"], answer["related_conditions"]) == (None, [])
    assert SECRET not in str(answer)


def test_what_a_page_refers_to_may_be_deleted(api: ApiClient, clinic: Clinic, clinic_pages: dict[str, Any]) -> None:
    page = clinic_pages["ConditionPage"]
    for referred in (clinic_pages["ContentPage"], clinic_pages["FormPage"], clinic_pages["StaffProfilePage"]):
        type(referred).objects.get(pk=referred.pk).delete()
    factories.TreatmentFactory._meta.model.objects.all().delete()
    factories.ImageFactory._meta.model.objects.all().delete()
    answer = api.get(f"/api/v1/pages/{page.pk}/")
    by_type = {item["type"]: item["value"] for item in answer["self_care"]}
    assert by_type["figure"]["image"] is None
    assert by_type["form_embed"]["form"] is None
    assert answer["treatments"][0]["value"]["treatment"] is None


def test_a_document_of_a_private_collection_is_not_named(api: ApiClient, clinic: Clinic) -> None:
    collection = Collection.get_first_root_node().add_child(name="Staff only")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    document = a_document(601)
    document.title, document.collection = SECRET, collection
    document.save()
    text = f'<p>See <a linktype="document" id="{document.pk}">the file</a>.</p>'
    page = factories.ContentPageFactory(
        parent=clinic.home,
        body=[
            block("rich_text", text),
            block("cta", {"heading": "Next", "text": "", "link": {"text": "", "document": document.pk}}),
        ],
    )
    answer = api.get(f"/api/v1/pages/{page.pk}/")
    assert answer["body"][0]["value"] == "<p>See the file.</p>"
    assert answer["body"][1]["value"]["link"]["document"] is None
    assert SECRET not in str(answer)


@pytest.mark.parametrize("name", ["clinician", "condition", "location"])
def test_a_filter_by_a_hidden_page_finds_nothing(
    name: str, api: ApiClient, clinic: Clinic, clinic_pages: dict[str, Any]
) -> None:
    types = {"clinician": "StaffProfilePage", "condition": "ConditionPage", "location": "LocationPage"}
    page = clinic_pages[types[name]]
    page.unpublish()
    assert api.get("/api/v1/pages/", {name: page.pk})["total"] == 0
