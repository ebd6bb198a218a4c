"""What messages tell of: each change that readers can see, in its own transaction, and nothing that is private."""

import json
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from clinicsite.models import ClinicSettings, ContentPage
from conditions.models import Treatment
from forms import quarantine
from forms.evidence import Evidence
from forms.intake import submit
from forms.models import Submission
from tests.conftest import Clinic
from tests.factories import ContentPageFactory, HomePageFactory, ImageFactory
from tests.forms.builders import a_field, a_form, only_field
from tests.webhooks.conftest import add_endpoint
from webhooks.models import Delivery, Endpoint, EventType

URL = "https://203.0.113.5/"


@pytest.fixture
def endpoint(clinic: Clinic) -> Endpoint:
    """Return an endpoint that is told of everything; nothing is sent here."""
    return add_endpoint(clinic, URL)


def taken(**wanted: Any) -> list[dict[str, Any]]:
    """Return what was queued since the last time, the oldest first, and forget it."""
    rows = Delivery.objects.filter(**wanted).order_by("pk")
    contents = [json.loads(body) for body in rows.values_list("body", flat=True)]
    rows.delete()
    return contents


def told() -> list[tuple[str, Any]]:
    """Return the events that were queued since the last time, each with its page's path."""
    return [(each["type"], each["data"].get("path")) for each in taken()]


def publish(page: Page) -> None:
    page.save_revision().publish()


def test_a_page_that_is_published_is_told_of_with_its_addresses_and_no_word_of_it(
    clinic: Clinic, endpoint: Endpoint
) -> None:
    page = ContentPageFactory(parent=clinic.home, title="Heron", slug="insurance", live=False)
    assert told() == []
    publish(page)
    [content] = taken()
    assert content["type"] == "page.published"
    assert content["data"] == {
        "id": page.pk,
        "type": "ContentPage",
        "path": "/insurance/",
        "url": "http://localhost/insurance/",
        "api_url": f"http://localhost/api/v1/pages/{page.pk}/",
    }
    assert "Heron" not in json.dumps(content)
    page.title = "Heron again"
    page.save_revision()
    assert told() == [], "a draft is nobody's business"
    publish(page)
    assert told() == [("page.published", "/insurance/")]


def test_what_is_unpublished_and_deleted_is_told_of_with_the_address_it_had(clinic: Clinic, endpoint: Endpoint) -> None:
    parent = ContentPageFactory(parent=clinic.home, slug="plans")
    ContentPageFactory(parent=parent, slug="insurance")
    draft = ContentPageFactory(parent=parent, slug="draft", live=False)
    taken()
    parent.unpublish()
    [content] = taken()
    assert (content["type"], content["data"]["path"], content["data"]["api_url"]) == (
        "page.unpublished",
        "/plans/",
        None,
    )
    publish(parent)
    taken()
    draft.delete()
    assert told() == []
    ContentPage.objects.get(pk=parent.pk).delete()
    assert sorted(told()) == [("page.deleted", "/plans/"), ("page.deleted", "/plans/insurance/")]


def test_a_new_address_is_told_of_for_every_page_that_has_one(clinic: Clinic, endpoint: Endpoint) -> None:
    parent = ContentPageFactory(parent=clinic.home, slug="plans")
    child = ContentPageFactory(parent=parent, slug="insurance")
    ContentPageFactory(parent=parent, slug="draft", live=False)
    taken()
    parent.slug = "fees"
    publish(parent)
    found = taken()
    assert [(each["type"], each["data"]["path"], each["data"].get("previous_path")) for each in found] == [
        ("page.moved", "/fees/", "/plans/"),
        ("page.published", "/fees/", None),
        ("page.moved", "/fees/insurance/", "/plans/insurance/"),
    ]
    assert found[2]["data"]["id"] == child.pk
    Page.objects.get(pk=parent.pk).move(clinic.staff, pos="last-child")
    assert told() == [
        ("page.moved", f"/{clinic.staff.slug}/fees/"),
        ("page.moved", f"/{clinic.staff.slug}/fees/insurance/"),
    ]
    Page.objects.get(pk=parent.pk).move(clinic.staff, pos="first-child")
    assert told() == [("page.moved", f"/{clinic.staff.slug}/fees/")], "another place among its siblings"


def private(page: Page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type="password", password="heron")


def test_what_is_private_is_never_told_of(clinic: Clinic, endpoint: Endpoint) -> None:
    section = ContentPageFactory(parent=clinic.home, slug="members")
    private(section)
    taken()
    page = ContentPageFactory(parent=section, slug="secret")
    publish(page)
    page.slug = "more-secret"
    publish(page)
    page.unpublish()
    publish(page)
    section.slug = "fellows"
    publish(section)
    Page.objects.get(pk=page.pk).delete()
    Page.objects.get(pk=section.pk).delete()
    assert told() == []


def test_a_section_that_becomes_private_or_public_is_told_of_page_by_page(clinic: Clinic, endpoint: Endpoint) -> None:
    section = ContentPageFactory(parent=clinic.home, slug="members")
    ContentPageFactory(parent=section, slug="news")
    ContentPageFactory(parent=section, slug="draft", live=False)
    alias = section.create_alias(parent=clinic.staff, update_slug="members")
    taken()
    restriction = private(section)
    paths = ["/members/", "/members/news/", alias.url]
    assert sorted(told()) == [("page.unpublished", path) for path in sorted(paths)]
    restriction.password = "another"
    restriction.save()
    assert told() == []
    restriction.delete()
    assert sorted(told()) == [("page.published", path) for path in sorted(paths)]


def test_a_page_moved_into_a_private_section_is_gone_and_comes_back_with_a_move_out(
    clinic: Clinic, endpoint: Endpoint
) -> None:
    section = ContentPageFactory(parent=clinic.home, slug="members")
    private(section)
    page = ContentPageFactory(parent=clinic.home, slug="news")
    ContentPageFactory(parent=page, slug="today")
    taken()
    Page.objects.get(pk=page.pk).move(section, pos="last-child")
    assert told() == [("page.unpublished", "/news/"), ("page.unpublished", "/news/today/")]
    Page.objects.get(pk=page.pk).move(clinic.home, pos="last-child")
    assert told() == [("page.published", "/news/"), ("page.published", "/news/today/")]


def test_a_private_section_can_be_moved_and_nothing_is_told(clinic: Clinic, endpoint: Endpoint) -> None:
    section = ContentPageFactory(parent=clinic.home, slug="members")
    ContentPageFactory(parent=section, slug="secret")
    private(section)
    taken()
    Page.objects.get(pk=section.pk).move(clinic.staff, pos="last-child")
    assert told() == []


def test_pages_of_another_site_are_told_to_that_sites_endpoint_alone(clinic: Clinic, endpoint: Endpoint) -> None:
    home = HomePageFactory(parent=Page.objects.get(depth=1), slug="other")
    other = Site.objects.create(hostname="other.example", port=443, root_page=home)
    theirs = add_endpoint(clinic, URL, site=other)
    taken()
    page = ContentPageFactory(parent=home, slug="news")
    assert [each["data"]["url"] for each in taken(endpoint=theirs)] == ["https://other.example/news/"]
    assert told() == []
    Page.objects.get(pk=page.pk).move(clinic.home, pos="last-child")
    assert [each["type"] for each in taken(endpoint=theirs)] == ["page.unpublished"]
    assert told() == [("page.published", "/news/")]


def test_only_chosen_events_are_told_and_only_to_endpoints_that_are_on(clinic: Clinic) -> None:
    add_endpoint(clinic, URL, is_active=False)
    chosen = add_endpoint(clinic, URL, events=[EventType.PAGE_UNPUBLISHED.value])
    page = ContentPageFactory(parent=clinic.home)
    page.unpublish()
    assert list(Delivery.objects.values_list("endpoint", "type")) == [(chosen.pk, "page.unpublished")]


@pytest.mark.parametrize("change", ["publish", "move", "delete", "restrict", "snippet", "submit"])
def test_a_change_that_is_taken_back_is_not_told_of(clinic: Clinic, endpoint: Endpoint, change: str) -> None:
    page = ContentPageFactory(parent=clinic.home)
    form = a_form(clinic.home, a_field("single_line"))
    taken()
    work = {
        "publish": lambda: publish(page),
        "move": lambda: Page.objects.get(pk=page.pk).move(clinic.staff, pos="last-child"),
        "delete": lambda: Page.objects.get(pk=page.pk).delete(),
        "restrict": lambda: private(page),
        "snippet": lambda: Treatment.objects.create(name="Taping", locale=clinic.home.locale),
        "submit": lambda: submit(form.definition, {}),
    }[change]
    with transaction.atomic():
        work()
        assert Delivery.objects.exists()
        transaction.set_rollback(True)
    assert told() == []


def test_pages_are_told_of_in_the_transaction_that_writes_them(
    committed_clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody opens a transaction around it, as the command that publishes on schedule: both or neither."""
    page = ContentPageFactory(parent=committed_clinic.home, slug="news", live=False)
    add_endpoint(committed_clinic, URL)

    def fail(_messages: object) -> None:
        raise OSError("no room")

    with monkeypatch.context() as patched:
        patched.setattr("webhooks.pages.queue", fail)
        with pytest.raises(OSError, match="no room"):
            publish(page)
        assert not Page.objects.get(pk=page.pk).live
        live = ContentPageFactory
        with pytest.raises(OSError, match="no room"):
            live(parent=committed_clinic.home, slug="other")
        home = committed_clinic.staff
        with pytest.raises(OSError, match="no room"):
            Page.objects.get(pk=home.pk).move(committed_clinic.conditions, pos="last-child")
        assert Page.objects.get(pk=home.pk).depth == home.depth
        with pytest.raises(OSError, match="no room"):
            Page.objects.get(pk=home.pk).delete()
        assert Page.objects.filter(pk=home.pk).exists()
    publish(page)
    assert told() == [("page.published", "/news/")]


def test_what_pages_draw_on_is_told_of_by_its_id(clinic: Clinic, endpoint: Endpoint) -> None:
    def data() -> list[tuple[str, str, int, str]]:
        return [tuple(each["data"].values()) for each in taken(type="settings.changed")]

    settings = ClinicSettings.for_site(clinic.site)
    assert data() == [], "looking at a setting for the first time changes nothing"
    settings.save()
    [changed] = data()
    assert changed == ("setting", "ClinicSettings", settings.pk, "saved")
    treatment = Treatment.objects.create(name="Taping", locale=clinic.home.locale)
    pk = treatment.pk
    assert data() == [("snippet", "Treatment", pk, "saved")]
    treatment.delete()
    assert data() == [("snippet", "Treatment", pk, "deleted")]
    image = ImageFactory()
    assert data() == [("image", "ClinicImage", image.pk, "saved")]
    image.save(update_fields=["file_size"])
    assert data() == []
    redirect = Redirect.objects.create(old_path="/old", site=clinic.site, redirect_link="/new/")
    assert data() == [("redirect", "Redirect", redirect.pk, "saved")]
    ContentPageFactory(parent=clinic.home)
    assert data() == []


def test_a_setting_of_another_site_is_told_to_that_sites_endpoint_alone(clinic: Clinic, endpoint: Endpoint) -> None:
    home = HomePageFactory(parent=Page.objects.get(depth=1), slug="other")
    other = Site.objects.create(hostname="other.example", port=443, root_page=home)
    taken()
    ClinicSettings.for_site(other)
    Redirect.objects.create(old_path="/old", site=other, redirect_link="/new/")
    assert told() == []


def test_a_request_is_told_of_by_its_reference_and_nothing_else(clinic: Clinic, endpoint: Endpoint) -> None:
    page = a_form(clinic.home, a_field("email"), title="Pelvic floor", notification_recipients="desk@harbor.example")
    taken()
    submission = submit(page.definition, {only_field(page.definition)["id"]: "ada@example.com"}, source="/neck/")
    [content] = taken()
    assert content["type"] == "submission.received"
    assert content["data"] == {
        "reference": submission.reference,
        "form_id": str(page.form_id),
        "received_at": submission.created_at.isoformat(),
    }
    for word in ("ada", "Pelvic", "neck", "harbor"):
        assert word not in json.dumps(content)


def test_a_request_in_quarantine_is_told_of_when_it_is_released_and_then_once(
    clinic: Clinic, endpoint: Endpoint
) -> None:
    page = a_form(clinic.home, a_field("email"))
    data = {only_field(page.definition)["id"]: "ada@example.com"}
    taken()
    caught = submit(page.definition, data, evidence=Evidence(honeypot="https://spam.example"))
    assert told() == []
    quarantine.release(caught, None)
    first = Delivery.objects.get()
    assert caught.reference in first.body
    caught.refresh_from_db()
    quarantine.put_in(caught, None)
    quarantine.release(caught, None)
    assert Delivery.objects.get() == first


def test_samples_and_repetitions_are_not_told_of(clinic: Clinic, endpoint: Endpoint) -> None:
    page = a_form(clinic.home, a_field("email"))
    data = {only_field(page.definition)["id"]: "ada@example.com"}
    taken()
    for _each in range(2):
        submit(page.definition, data, evidence=Evidence(address="192.0.2.1"))
    assert [each["type"] for each in taken()] == ["submission.received"]
    submit(page.definition, data, notify=False)
    assert told() == []
    assert Submission.objects.count() == 2


@pytest.mark.parametrize("told_of", [[], [EventType.PAGE_MOVED.value]])
def test_where_no_endpoint_wants_requests_a_post_asks_nothing_of_webhooks(clinic: Clinic, told_of: list[str]) -> None:
    if told_of:
        add_endpoint(clinic, URL, events=told_of)
    page = a_form(clinic.home, a_field("single_line"))
    submit(page.definition, {})
    with CaptureQueriesContext(connection) as captured:
        submit(page.definition, {})
    asked = [query["sql"] for query in captured if "webhooks" in query["sql"]]
    # Within the question for the state of the content, which is put anyway.
    assert len(asked) == 1
    assert "clinicsite_contentstate" in asked[0]
