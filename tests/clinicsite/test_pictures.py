"""The copies of a page's pictures are ready before anybody asks for the page."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult

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


def test_a_page_taken_back_before_its_turn_is_left_out(profile: Any) -> None:
    profile.unpublish()
    run_worker()
    assert not copies()


def test_a_page_deleted_before_its_turn_is_left_out(profile: Any) -> None:
    profile.delete()
    run_worker()
    assert outcomes() == {"SUCCESSFUL"}
