"""``load_demo``: the clinic it builds, and that it leaves alone what is there."""

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from clinicsite.models import HomePage
from tests.conftest import Clinic


@pytest.fixture
def demo(db: None) -> HomePage:
    """Return the home page of a freshly built demo clinic."""
    call_command("load_demo", verbosity=0)
    return HomePage.objects.get()


def public_pages() -> list[Page]:
    return list(Page.objects.live().filter(depth__gt=1).order_by("path").specific())


def test_every_demo_page_is_served(demo: HomePage, client: Client) -> None:
    statuses = {page.url: client.get(page.url).status_code for page in public_pages()}
    assert len(statuses) > 20
    assert {url: status for url, status in statuses.items() if status != 200} == {}


def test_a_second_run_changes_nothing(demo: HomePage) -> None:
    before = list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision_id", "last_published_at"))
    call_command("load_demo", verbosity=0)
    assert (
        list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision_id", "last_published_at"))
        == before
    )


def test_a_clinic_that_is_there_already_is_left_alone(clinic: Clinic) -> None:
    call_command("load_demo", verbosity=0)
    assert [page.title for page in HomePage.objects.all()] == [clinic.home.title]
