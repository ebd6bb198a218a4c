"""The copies of a page's pictures are ready before anybody asks for the page."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, Site

from clinicsite.models import ClinicRendition
from tests import factories
from tests.conftest import Clinic


def run_worker() -> None:
    call_command("worker", once=True)


def outcomes() -> set[str]:
    """Return how our tasks ended; Wagtail has some of its own in the queue."""
    return set(DBTaskResult.objects.filter(task_path__startswith="clinicsite.").values_list("status", flat=True))


def copies() -> set[int]:
    return set(ClinicRendition.objects.values_list("pk", flat=True))


@pytest.fixture
def profile(clinic: Clinic, kept_connection: None) -> Any:
    """Return a person whose profile, with a photo, has just been published."""
    photo = factories.ImageFactory(file__width=700, file__height=500)
    page = factories.StaffProfilePageFactory(parent=clinic.staff, photo=photo)
    page.save_revision().publish()
    return page


def test_a_reader_of_a_page_just_published_waits_for_no_picture(profile: Any, client: Client) -> None:
    assert not copies()
    run_worker()
    ready = copies()
    assert ready
    for address in (profile.url, profile.get_parent().url, f"/api/v1/pages/{profile.pk}/", "/api/v1/pages/"):
        assert client.get(address).status_code == 200
    assert copies() == ready
    assert outcomes() == {"SUCCESSFUL"}


@pytest.mark.parametrize("allowed", ["clinic.example", ".clinic.example"])
def test_a_site_whose_own_host_name_lets_nobody_in_has_its_copies_too(
    allowed: str, profile: Any, client: Client, settings: Any
) -> None:
    """As Wagtail sets a site up: it is called localhost, and the proxy names another host."""
    settings.ALLOWED_HOSTS = [allowed]
    run_worker()
    assert outcomes() == {"SUCCESSFUL"}
    ready = copies()
    assert ready
    for address in (profile.url, f"/api/v1/pages/{profile.pk}/"):
        assert client.get(address, headers={"host": "clinic.example"}).status_code == 200
    assert copies() == ready


def test_two_sites_that_share_the_one_host_are_not_confused(profile: Any, clinic: Clinic, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["clinic.example"]
    top, picture = Page.objects.get(depth=1), factories.ImageFactory(file__width=700, file__height=500)
    home = factories.HomePageFactory(parent=top, title="Branch", hero_image=picture)
    Site.objects.create(hostname="branch.internal", root_page=home)
    home.save_revision().publish()
    run_worker()
    assert outcomes() == {"SUCCESSFUL"}
    assert ClinicRendition.objects.filter(image=picture).exists()


def test_a_page_taken_back_before_its_turn_is_left_out(profile: Any) -> None:
    profile.unpublish()
    run_worker()
    assert not copies()


def test_a_page_deleted_before_its_turn_is_left_out(profile: Any) -> None:
    profile.delete()
    run_worker()
    assert outcomes() == {"SUCCESSFUL"}
