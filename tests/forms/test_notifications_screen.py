"""The list of e-mails in the admin: failures are seen and mended there, by those who work on requests."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clinicsite.roles import ADMINISTRATORS, CLINICIAN_REVIEWERS, FRONT_DESK, MARKETING_EDITORS
from forms.intake import submit
from forms.models import Chore, EventKind, Notification, NotificationState, SubmissionEvent, Worker
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form

LIST = "/admin/notifications/"
FAILED = NotificationState.FAILED


@pytest.fixture
def failed(clinic: Clinic) -> list[Notification]:
    """Return two e-mails that failed."""
    page = a_form(clinic.home, a_field("single_line"), notification_recipients="one@example.com\ntwo@example.com")
    assert page.definition
    submit(page.definition, {})
    Notification.objects.update(state=FAILED, attempts=8, last_error="SMTPRecipientsRefused 550")
    return list(Notification.objects.all())


def action(name: str, *ids: Any, **query: str) -> str:
    """Return the address of a bulk action on these e-mails."""
    address = reverse("wagtail_bulk_action", args=["forms", "notification", name])
    return f"{address}?{'&'.join([*(f'id={pk}' for pk in ids), *(f'{key}={text}' for key, text in query.items())])}"


def test_a_failure_is_listed_with_its_reason_and_a_way_to_the_request(
    failed: list[Notification], as_role: Callable[[str], Client]
) -> None:
    html = as_role(FRONT_DESK).get(LIST, {"state": FAILED}).content.decode()
    assert "one@example.com" in html
    assert "The mail server refused this address." in html
    assert f"/admin/submissions/{failed[0].submission_id}/" in html
    assert "Try again" in html
    assert "one@example.com" not in as_role(FRONT_DESK).get(LIST, {"state": "sent"}).content.decode()


@pytest.mark.parametrize("role", [FRONT_DESK, ADMINISTRATORS])
def test_trying_again_asks_first_then_queues_and_records(
    failed: list[Notification], as_role: Callable[[str], Client], role: str
) -> None:
    client = as_role(role)
    url = action("retry", failed[0].pk, next=LIST)
    assert "Yes, try again" in client.get(url).content.decode()
    assert Notification.objects.filter(state=FAILED).count() == 2
    assert client.post(url).headers["Location"] == LIST
    failed[0].refresh_from_db()
    assert (failed[0].state, failed[0].attempts) == (NotificationState.PENDING, 0)
    event = SubmissionEvent.objects.get(kind=EventKind.NOTIFICATION_RETRIED)
    assert event.actor == role.lower().replace(" ", "-")
    assert event.address == "127.0.0.1"


def test_all_that_the_filter_shows_can_be_set_aside_and_nothing_else(
    failed: list[Notification], as_role: Callable[[str], Client]
) -> None:
    Notification.objects.filter(pk=failed[1].pk).update(state=NotificationState.PENDING)
    as_role(FRONT_DESK).post(action("set_aside", "all", state=FAILED))
    states = dict(Notification.objects.values_list("pk", "state"))
    assert states == {failed[0].pk: NotificationState.SET_ASIDE, failed[1].pk: NotificationState.PENDING}


def test_what_was_sent_meanwhile_is_not_sent_again(
    failed: list[Notification], as_role: Callable[[str], Client]
) -> None:
    Notification.objects.update(state=NotificationState.SENT)
    client = as_role(FRONT_DESK)
    url = action("retry", failed[0].pk)
    assert "None of these" in client.get(url).content.decode()
    client.post(url)
    assert set(Notification.objects.values_list("state", flat=True)) == {NotificationState.SENT}


@pytest.mark.parametrize("role", [MARKETING_EDITORS, CLINICIAN_REVIEWERS])
def test_others_see_and_do_nothing(failed: list[Notification], as_role: Callable[[str], Client], role: str) -> None:
    client = as_role(role)
    for url in (LIST, f"{LIST}results/"):
        response = client.get(url)
        assert response.status_code == HTTPStatus.FORBIDDEN
        assert "one@example.com" not in response.content.decode()
    for name in ("retry", "set_aside"):
        client.get(action(name, failed[0].pk))
        client.post(action(name, failed[0].pk))
    assert Notification.objects.filter(state=FAILED).count() == 2
    dashboard = client.get("/admin/").content.decode()
    assert "could not be sent" not in dashboard
    assert "background worker" not in dashboard
    assert LIST not in dashboard


def test_the_dashboard_says_what_failed_and_that_no_worker_runs(
    failed: list[Notification], as_role: Callable[[str], Client]
) -> None:
    client = as_role(FRONT_DESK)
    dashboard = client.get("/admin/").content.decode()
    assert "2 e-mails about requests could not be sent" in dashboard
    assert "background worker is not running" in dashboard
    assert "background worker is not running" in client.get(LIST).content.decode()
    Worker.objects.create(worker_id="one", alive_at=timezone.now())
    Notification.objects.update(state=NotificationState.SENT)
    dashboard = client.get("/admin/").content.decode()
    assert "could not be sent" not in dashboard
    assert "background worker" not in dashboard


def test_the_dashboard_says_which_chore_fails(db: None, as_role: Callable[[str], Client]) -> None:
    Chore.objects.create(name="forms.privacy.erasure.purge", last_error="NotErasedError")
    Chore.objects.create(name="forms.workers.forget_dead")
    dashboard = as_role(FRONT_DESK).get("/admin/").content.decode()
    assert "erasing requests whose time is up" in dashboard
    assert "forgetting workers" not in dashboard


def test_the_list_takes_as_many_queries_for_many_as_for_few(
    failed: list[Notification], as_role: Callable[[str], Client]
) -> None:
    client = as_role(FRONT_DESK)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for row in failed * 5:
        row.pk = None
        row.save()
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) == len(few)


def test_no_answer_is_on_the_screen(clinic: Clinic, as_role: Callable[[str], Client]) -> None:
    page = a_form(clinic.home, a_field("email"), title="Pelvic floor", patient_email=True)
    assert page.definition
    submit(page.definition, {page.definition.questions[0]["id"]: "ana@example.org"})
    html = as_role(FRONT_DESK).get(LIST).content.decode()
    assert "The patient" in html
    assert "ana@example.org" not in html
    assert "Pelvic" not in html
