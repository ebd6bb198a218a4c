"""Requests over the API: for whom, which, and with what in the audit trail."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinicsite.roles import ADMINISTRATORS, FRONT_DESK, MARKETING_EDITORS
from forms import quarantine
from forms.evidence import Evidence
from forms.intake import submit
from forms.models import EventKind, FormPage, Status, Submission, SubmissionEvent
from forms.rows import Statement
from tests.api.conftest import ApiClient
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form
from tests.tokens.conftest import a_token, a_user
from tokens.models import Scope

LIST = "/api/v1/submissions/"


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    return a_form(clinic.home, a_field("single_line", label="What hurts?"), a_field("multi_line", label="Since when?"))


def a_request(page: FormPage, words: str, **values: Any) -> Submission:
    submission = submit(page.definition, {page.definition.questions[0]["id"]: words}, source="/appointment/")
    Submission.objects.filter(pk=submission.pk).update(**values)
    submission.refresh_from_db()
    return submission


@pytest.fixture
def desk(clinic: Clinic) -> ApiClient:
    """Return a program that acts for the front desk."""
    _token, headers = a_token(a_user(FRONT_DESK), Scope.READ_SUBMISSIONS)
    return ApiClient(Client(headers=headers))


def listed(desk: ApiClient, **query: Any) -> list[str]:
    return [item["reference"] for item in desk.get(LIST, query)["items"]]


def test_the_list_has_no_answers(desk: ApiClient, page: FormPage) -> None:
    submission = a_request(page, "zanzibarian")
    response = desk.response(LIST)
    assert "zanzibarian" not in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    (item,) = desk.get(LIST)["items"]
    assert (item["reference"], item["status"], item["form_title"]) == (submission.reference, "new", page.title)
    assert item["form"] == str(page.form_id)
    assert not SubmissionEvent.objects.filter(kind=EventKind.VIEWED).exists()


def test_a_program_that_keeps_its_place_reads_every_request_once(desk: ApiClient, page: FormPage) -> None:
    references = [a_request(page, str(number)).reference for number in range(5)]
    found, after = [], None
    while True:
        answer = desk.get(LIST, {"limit": 2, **({"after": after} if after else {})})
        found += [item["reference"] for item in answer["items"]]
        if answer["next"] is None:
            break
        after = answer["next"]
    assert found == references
    assert desk.get(LIST, {"after": answer["cursor"]}) == {"items": [], "next": None, "cursor": answer["cursor"]}
    later = a_request(page, "one more").reference
    assert listed(desk, after=answer["cursor"]) == [later]
    assert listed(desk, after=found[-1]) == [later]


def test_a_request_that_is_released_later_is_told_of_then(desk: ApiClient, page: FormPage) -> None:
    caught = submit(page.definition, {}, evidence=Evidence(honeypot="x"))
    first = a_request(page, "first")
    cursor = desk.get(LIST)["cursor"]
    second = a_request(page, "second")
    quarantine.release(caught, None)
    assert listed(desk, after=cursor) == [second.reference, caught.reference]
    # One that was told of already is told of again: whoever kept its reference has lost nothing meanwhile.
    first.refresh_from_db()
    quarantine.put_in(first, None)
    assert listed(desk) == [second.reference, caught.reference]
    assert listed(desk, status="quarantine") == [first.reference]
    quarantine.release(first, None)
    assert listed(desk) == [second.reference, caught.reference, first.reference]
    assert listed(desk, after=first.reference) == [second.reference, caught.reference, first.reference]


def test_a_request_whose_key_was_given_first_and_that_is_stored_last_is_not_left_out(
    desk: ApiClient, page: FormPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = iter([900_002, 900_001])
    next_key = lambda _model: [Statement(f"SELECT {next(keys)}", [], gives_rows=True)]  # noqa: E731
    monkeypatch.setattr("forms.intake.reserving_key", next_key)
    sent = submit(page.definition, {}, evidence=Evidence(address="192.0.2.1"), idempotency_key=uuid.uuid4())
    cursor = desk.get(LIST)["cursor"]
    late = submit(page.definition, {}, evidence=Evidence(address="192.0.2.2"), idempotency_key=uuid.uuid4())
    assert late.pk < sent.pk
    assert listed(desk, after=cursor) == [late.reference]


def test_filters_narrow_the_list_and_quarantine_is_only_shown_when_asked_for(desk: ApiClient, page: FormPage) -> None:
    now = timezone.now()
    old = a_request(page, "old", created_at=now - dt.timedelta(days=9)).reference
    booked = a_request(page, "booked", status=Status.BOOKED).reference
    spam = a_request(page, "spam", status=Status.QUARANTINE).reference
    yesterday = (now - dt.timedelta(days=1)).isoformat()
    assert listed(desk) == [old, booked]
    assert listed(desk, status="booked") == [booked]
    assert listed(desk, status="quarantine") == [spam]
    assert listed(desk, received_before=yesterday) == [old]
    assert listed(desk, received_from=yesterday) == [booked]
    assert listed(desk, form=str(page.form_id)) == [old, booked]
    assert listed(desk, form="00000000-0000-4000-8000-000000000000") == []


@pytest.mark.parametrize(
    "query",
    [
        {"after": "0000-0000"},
        {"after": "Wzld:forged"},
        {"status": "lost"},
        {"received_from": "2026-01-01"},
        {"contact": "a@b.example"},
    ],
)
def test_a_filter_that_cannot_be_used_is_named(desk: ApiClient, page: FormPage, query: dict[str, str]) -> None:
    problem = desk.get(LIST, query, status=422)
    assert [(error["location"], error["field"]) for error in problem["errors"]] == [("query", next(iter(query)))]


def test_one_request_has_every_question_as_the_patient_saw_it(desk: ApiClient, page: FormPage) -> None:
    submission = a_request(page, "My knee")
    answer = desk.get(f"{LIST}{submission.reference}/")
    first, second = answer["steps"][0]["answers"]
    assert first == {
        "question_id": page.definition.questions[0]["id"],
        "type": "single_line",
        "question": "What hurts?",
        "was_asked": True,
        "answer": "My knee",
        "value": "My knee",
        "files": [],
    }
    assert (second["question"], second["answer"], second["value"]) == ("Since when?", "", None)
    assert answer["unreadable"] == ""


def test_reading_one_is_in_the_trail_with_the_tokens_name_and_leaves_it_unread(desk: ApiClient, page: FormPage) -> None:
    submission = a_request(page, "My knee")
    desk.get(f"{LIST}{submission.reference}/")
    event = submission.events.get(kind=EventKind.VIEWED)
    assert (event.actor, event.address, event.details) == ("front-desk", "127.0.0.1", {"token": "A program"})
    submission.refresh_from_db()
    assert submission.read_at is None


def test_answers_that_are_gone_or_cannot_be_read_are_said_to_be(
    desk: ApiClient, page: FormPage, settings: pytest.FixtureRequest
) -> None:
    erased, locked = a_request(page, "erased"), a_request(page, "locked", key_id="lost")
    Submission.objects.filter(pk=erased.pk).update(erased_at=timezone.now(), answers_encrypted=b"")
    answer = desk.get(f"{LIST}{erased.reference}/")
    assert answer["erased_at"]
    assert answer["steps"] == []
    assert "erased" in answer["unreadable"]
    assert "lost" in desk.get(f"{LIST}{locked.reference}/")["unreadable"]


def test_the_scope_and_the_users_right_are_both_needed_at_that_moment(page: FormPage, client: Client) -> None:
    submission = a_request(page, "zanzibarian")
    user = a_user(FRONT_DESK)
    _token, headers = a_token(user, Scope.READ_DRAFTS, Scope.WRITE_CONTENT)
    for url in (LIST, f"{LIST}{submission.reference}/"):
        refused = client.get(url, headers=headers)
        assert refused.status_code == 403
        assert refused["WWW-Authenticate"] == 'Bearer error="insufficient_scope", scope="submissions:read"'
        assert "submissions:read" in refused.json()["detail"]
    _token, headers = a_token(user, Scope.READ_SUBMISSIONS)
    assert client.get(LIST, headers=headers).status_code == 200
    user.groups.clear()
    for url in (LIST, f"{LIST}{submission.reference}/"):
        refused = client.get(url, headers=headers)
        assert (refused.status_code, b"zanzibarian" in refused.content) == (403, False)
    _token, headers = a_token(a_user(MARKETING_EDITORS), *Scope)
    assert client.get(LIST, headers=headers).status_code == 403
    _token, headers = a_token(a_user(ADMINISTRATORS), *Scope)
    assert client.get(LIST, headers=headers).status_code == 200
    assert submission.events.filter(kind=EventKind.VIEWED).count() == 0


def test_a_reference_of_no_request_is_not_found(desk: ApiClient, page: FormPage) -> None:
    desk.get(f"{LIST}0000-0000/", status=404)
    assert desk.get(f"{LIST}nonsense/", status=422)["errors"][0]["field"] == "reference"


def test_a_list_costs_the_same_however_long_it_is(
    desk: ApiClient, page: FormPage, django_assert_num_queries: Any
) -> None:
    for number in range(8):
        a_request(page, str(number))
    desk.get(LIST)
    # The token, its user's permissions (two), and the requests.
    with django_assert_num_queries(4):
        desk.get(LIST)
