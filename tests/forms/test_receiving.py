"""Forms with limits, the address that takes posts, and how far patients get: what intake asks of a form's page."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from clinicsite.models import ContentState
from forms import deadlines
from forms.intake import ClosedFormError, submit
from forms.models import Status, StepCount, Submission
from forms.receiving import definition_seen, receiver_of
from tests.api.conftest import ApiClient
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, only_field

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def api(client: Client) -> ApiClient:
    return ApiClient(client)


@pytest.mark.parametrize(
    ("limits", "state", "words"),
    [
        ({"opens_at": HOUR}, "not_yet_open", "This form opens on"),
        ({"closes_at": -HOUR}, "closed", "This form is closed"),
        ({"max_submissions": 1}, "full", "This form takes no more requests"),
    ],
)
def test_a_form_that_is_not_open_says_so_and_keeps_what_was_typed(
    clinic: Clinic, client: Client, api: ApiClient, limits: dict, state: str, words: str
) -> None:
    now = timezone.now()
    fitting = {name: now + value if isinstance(value, dt.timedelta) else value for name, value in limits.items()}
    page = a_form(clinic.home, a_field("single_line"), closed_text="<p>Call us instead.</p>", **fitting)
    field_id = only_field(page.definition)["id"]
    if state == "full":
        submit(page.definition, {})
    before = Submission.objects.count()

    shown = client.get(page.url).content.decode()
    assert words in shown
    assert "Call us instead." in shown
    assert "<form" not in shown.split("<main")[1]

    refused = client.post(f"/forms/{page.form_id}/", {field_id: "Ada Lovelace"})
    assert refused.status_code == 409
    assert 'value="Ada Lovelace"' in refused.content.decode()
    assert words in refused.content.decode()

    assert api.get(f"/api/v1/forms/{page.pk}/")["state"] == state
    problem = api.post(f"/api/v1/forms/{page.pk}/submissions/", {"version": 1, "answers": {}}, status=409)
    assert problem["status"] == 409
    assert Submission.objects.count() == before


def test_samples_come_into_a_closed_form(clinic: Clinic) -> None:
    page = a_form(clinic.home, a_field("single_line"), closes_at=timezone.now() - HOUR)
    submit(page.definition, {}, received_at=timezone.now())
    with pytest.raises(ClosedFormError):
        submit(page.definition, {})


def test_what_is_in_quarantine_takes_nobodys_place(clinic: Clinic) -> None:
    page = a_form(clinic.home, a_field("single_line"), max_submissions=1)
    Submission.objects.filter(pk=submit(page.definition, {}).pk).update(status=Status.QUARANTINE)
    submit(page.definition, {})
    with pytest.raises(ClosedFormError):
        submit(page.definition, {})


@pytest.mark.parametrize(
    ("received", "hours", "due"),
    [
        ("2026-11-23T10:00", 24, "2026-11-24T10:00"),  # Monday
        ("2026-11-20T16:00", 24, "2026-11-23T16:00"),  # Friday
        ("2026-11-21T12:00", 24, "2026-11-24T00:00"),  # Saturday
        ("2026-11-20T23:00", 1, "2026-11-23T00:00"),
        ("2026-11-18T09:00", 120, "2026-11-25T09:00"),
    ],
)
def test_an_answer_is_due_by_working_days(received: str, hours: int, due: str, settings: object) -> None:
    settings.TIME_ZONE = "America/Los_Angeles"
    zone = timezone.get_current_timezone()
    moment = dt.datetime.fromisoformat(received).replace(tzinfo=zone)
    assert deadlines.respond_by(moment, hours) == dt.datetime.fromisoformat(due).replace(tzinfo=zone)


def test_a_submission_knows_by_when_to_answer_it_and_how_long_it_is_kept(clinic: Clinic) -> None:
    page = a_form(clinic.home, a_field("single_line"), response_hours=24, retention_days=90)
    submission = submit(page.definition, {})
    assert submission.respond_by == deadlines.respond_by(submission.created_at, 24)
    assert submission.expires_on == timezone.localdate(submission.created_at) + dt.timedelta(days=90)
    plain = submit(a_form(clinic.home, a_field("email"), slug="plain").definition, {})
    assert (plain.respond_by, plain.expires_on) == (None, None)


def test_the_posting_address_takes_what_the_page_takes(clinic: Clinic, client: Client) -> None:
    page = a_form(clinic.home, a_field("single_line", required=True))
    field_id = only_field(page.definition)["id"]
    wrong = client.post(f"/forms/{page.form_id}/", {"source": "/neck/"})
    assert wrong.status_code == 422
    assert 'name="source" value="/neck/"' in wrong.content.decode()
    sent = client.post(f"/forms/{page.form_id}/", {field_id: "Ada", "source": "/neck/"})
    submission = Submission.objects.get()
    assert sent["Location"].startswith(f"{page.url}received/{submission.reference}/")
    assert sent["Cache-Control"] == "no-store"
    assert client.get(f"/forms/{page.form_id}/")["Location"] == page.url


def test_the_posting_address_refuses_other_sites_pages_and_gone_forms(clinic: Clinic) -> None:
    page = a_form(clinic.home, a_field("single_line"))
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post(f"/forms/{page.form_id}/", {}, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert strict.post(f"/forms/{uuid.uuid4()}/", {}).status_code == 404
    page.unpublish()
    assert strict.post(f"/forms/{page.form_id}/", {}).status_code == 404
    assert not Submission.objects.exists()


def test_a_private_form_is_posted_at_its_own_page_where_the_password_is_asked(clinic: Clinic, client: Client) -> None:
    page = a_form(clinic.home, a_field("single_line"))
    PageViewRestriction.objects.create(page=clinic.home, restriction_type="password", password="open sesame")
    response = client.post(f"/forms/{page.form_id}/", {})
    assert (response.status_code, response["Location"]) == (307, page.url)
    client.post(page.url, {})
    assert not Submission.objects.exists()


def test_another_sites_host_takes_no_post_for_a_form(clinic: Clinic, client: Client, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    page = a_form(clinic.home, a_field("single_line"))
    Site.objects.create(hostname="other.example", port=80, root_page=clinic.staff)
    assert client.post(f"/forms/{page.form_id}/", {}, headers={"host": "other.example"}).status_code == 404
    assert client.post(f"/forms/{page.form_id}/", {}, headers={"host": "localhost"}).status_code == 303


def test_steps_reached_are_counted_without_a_trace_of_who(clinic: Clinic, client: Client) -> None:
    page = a_form(clinic.home, a_field("single_line"))
    step = page.definition.steps[0]["id"]
    url = f"/forms/{page.form_id}/reached/"
    for sent in (step, step, "nothing", ""):
        assert client.post(url, {"step": sent}).status_code == 204
    assert list(StepCount.objects.values_list("step", "count")) == [(step, 2)]
    assert not client.cookies
    assert client.get(url).status_code == 405


def test_one_address_cannot_fill_the_counts(clinic: Clinic, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forms.drop_off.LARGEST_IN_WINDOW", 3)
    page = a_form(clinic.home, a_field("single_line"))
    for _post in range(5):
        client.post(f"/forms/{page.form_id}/reached/", {"step": page.definition.steps[0]["id"]})
    assert StepCount.objects.get().count == 3


def test_what_is_remembered_of_a_form_is_forgotten_with_its_next_change(clinic: Clinic, client: Client) -> None:
    page = a_form(clinic.home, a_field("single_line"), notification_recipients="desk@harbor.example")
    address = f"/forms/{page.form_id}/"

    def recipients() -> list[str]:
        submission = submit(page.definition, {})
        return list(submission.notifications.values_list("recipient", flat=True))

    assert recipients() == ["desk@harbor.example"]
    page.notification_recipients = "front@harbor.example"
    page.save_revision()
    assert recipients() == ["desk@harbor.example"], "a draft changes nothing"
    page.get_latest_revision().publish()
    assert recipients() == ["front@harbor.example"]

    assert client.post(address, {}).status_code == 303
    restriction = PageViewRestriction.objects.create(page=clinic.home, restriction_type="login")
    assert client.post(address, {}).status_code == 307
    restriction.delete()
    assert client.post(address, {}).status_code == 303
    page.unpublish()
    assert client.post(address, {}).status_code == 404
    page.delete()
    assert client.post(address, {}).status_code == 404


def test_a_form_without_any_state_of_the_content_is_read_each_time(clinic: Clinic) -> None:
    page = a_form(clinic.home, a_field("single_line"), response_hours=24)
    ContentState.objects.all().delete()
    assert receiver_of(page.form_id).response_hours == 24
    type(page).objects.filter(pk=page.pk).update(response_hours=48)
    assert receiver_of(page.form_id).response_hours == 48
    assert definition_seen(page.form_id, 1) == page.definition
    assert definition_seen(page.form_id, 2) is None
