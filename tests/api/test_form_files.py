"""A file sent over the API before the form that it belongs to."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.utils import timezone

from clinicsite.models import ApiSettings
from forms.models import FormPage, Submission, Upload
from tests.api.conftest import ApiClient
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form
from tests.forms.files import PDF, REFUSED, a_file

ASKED, OTHER = "11111111-0000-4000-8000-000000000000", "22222222-0000-4000-8000-000000000000"


@pytest.fixture
def form(clinic: Clinic) -> FormPage:
    """Return a form that asks for files, and something else."""
    return a_form(clinic.home, a_field("upload", field_id=ASKED), a_field("email", field_id=OTHER))


def send(api: ApiClient, form: FormPage, *, field: str = ASKED, file: Any = None, **headers: str) -> Any:
    """Post a file as a front end's server would, and return the response."""
    data = {"version": 1, "field": field, "file": file or a_file()}
    return api.client.post(f"/api/v1/forms/{form.pk}/files/", data, headers=headers)


def test_a_file_is_sent_and_its_token_is_the_answer(api: ApiClient, form: FormPage) -> None:
    sent = send(api, form)
    assert sent.status_code == 201
    kept = sent.json()
    assert (kept["name"], kept["type"], kept["size"]) == ("referral.pdf", "application/pdf", len(PDF))
    assert Upload.objects.get().submission is None
    api.post(f"/api/v1/forms/{form.pk}/submissions/", {"version": 1, "answers": {ASKED: [kept["token"]]}})
    (item,) = Submission.objects.get().read_answers()[ASKED]
    assert item["name"] == "referral.pdf"
    assert Upload.objects.get().submission == Submission.objects.get()


def test_the_same_key_sent_again_gives_the_same_submission_with_its_file(api: ApiClient, form: FormPage) -> None:
    payload = {"version": 1, "answers": {ASKED: [send(api, form).json()["token"]]}}
    address, key = f"/api/v1/forms/{form.pk}/submissions/", {"Idempotency-Key": str(uuid.uuid4())}
    assert api.post(address, payload, **key) == api.post(address, payload, **key)
    assert Upload.objects.get().submission == Submission.objects.get()


@pytest.mark.parametrize("answer", [["made-up"], "made-up", [1], [{"id": "x"}]])
def test_what_is_no_token_is_refused_at_the_question(api: ApiClient, form: FormPage, answer: Any) -> None:
    payload = {"version": 1, "answers": {ASKED: answer}}
    problem = api.post(f"/api/v1/forms/{form.pk}/submissions/", payload, status=422)
    assert [error["field"] for error in problem["errors"]] == [ASKED]


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_of_another_kind_is_refused(api: ApiClient, form: FormPage, name: str) -> None:
    response = send(api, form, file=a_file(REFUSED[name], name))
    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == ["file"]
    assert not Upload.objects.exists()


@pytest.mark.parametrize("field", [OTHER, "unknown"])
def test_a_question_that_takes_no_files_is_named(api: ApiClient, form: FormPage, field: str) -> None:
    response = send(api, form, field=field)
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "field")


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}])
def test_another_sites_page_cannot_send_files(api: ApiClient, form: FormPage, headers: dict[str, str]) -> None:
    assert send(api, form, **headers).status_code == 403
    assert not Upload.objects.exists()


def test_an_allowed_front_end_on_another_origin_can_send_files(api: ApiClient, form: FormPage, clinic: Clinic) -> None:
    ApiSettings.objects.update_or_create(site=clinic.site, defaults={"allowed_origins": "https://front.example"})
    from_it = {"Sec-Fetch-Site": "cross-site", "Origin": "https://front.example"}
    assert send(api, form, **from_it | {"Origin": "https://elsewhere.example"}).status_code == 403
    sent = send(api, form, **from_it)
    assert (sent.status_code, sent["Access-Control-Allow-Origin"]) == (201, "https://front.example")
    assert Upload.objects.count() == 1


def test_a_form_that_is_not_public_takes_no_files(api: ApiClient, form: FormPage) -> None:
    form.unpublish()
    assert send(api, form).status_code == 404


def test_a_closed_form_takes_no_files(api: ApiClient, form: FormPage) -> None:
    form.closes_at = timezone.now() - dt.timedelta(minutes=1)
    form.save_revision().publish()
    assert send(api, form).status_code == 409
    assert not Upload.objects.exists()


def test_files_from_one_address_are_limited_in_number_and_in_room(
    api: ApiClient, form: FormPage, settings: pytest.FixtureRequest
) -> None:
    settings.FORMS_UPLOAD_ADDRESS_MAX_BYTES = 2 * 1024
    assert [send(api, form).status_code for _each in range(3)] == [201, 201, 429]
    settings.FORMS_UPLOAD_ADDRESS_MAX_BYTES, settings.FORMS_RATE_HARD_LIMIT = 1024**2, 4
    assert [send(api, form).status_code for _each in range(2)] == [201, 429]
