"""What is caught as spam: kept in quarantine, told to nobody, and released as if it had just come in."""

import datetime as dt
import threading
import uuid

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from forms import quarantine, spam
from forms.evidence import HONEYPOT, Evidence
from forms.intake import ClosedFormError, submit
from forms.models import (
    EventKind,
    FormDefinition,
    FormPage,
    Notification,
    QuarantineReason,
    RateCount,
    Status,
    StatusChangedError,
    Submission,
)
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, solved

ADDRESS = "192.0.2.7"


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    fields = [a_field("email"), a_field("multi_line")]
    return a_form(clinic.home, *fields, notification_recipients="desk@harbor.example")


def ids(definition: FormDefinition) -> list[str]:
    return [question["id"] for question in definition.questions]


def send(page: FormPage, client: Client, words: str = "It hurts", **more: str) -> Submission:
    email, reason = ids(page.definition)
    response = client.post(
        f"/forms/{page.form_id}/", {email: "ada@example.com", reason: words, "key": str(uuid.uuid4()), **more}
    )
    assert response.status_code == 303
    return Submission.objects.get(reference=response["Location"].split("received/")[1].split("/")[0])


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({HONEYPOT: "https://buy.example"}, QuarantineReason.HONEYPOT),
        ({"seconds": "0.4"}, QuarantineReason.TOO_FAST),
        ({"seconds": "48.2"}, ""),
        ({"seconds": "soon"}, ""),
        ({}, ""),
    ],
)
def test_what_no_patient_sends_is_kept_apart_and_nobody_is_told(
    page: FormPage, client: Client, more: dict[str, str], reason: str
) -> None:
    submission = send(page, client, **more)
    assert submission.quarantine_reason == reason
    assert submission.status == (Status.QUARANTINE if reason else Status.NEW)
    assert Notification.objects.count() == (0 if reason else 1)
    assert submission.events.filter(kind=EventKind.QUARANTINED).count() == bool(reason)
    assert submission.read_answers()[ids(page.definition)[1]] == "It hurts"


def test_many_from_one_address_are_kept_apart_and_very_many_are_put_off(
    page: FormPage, client: Client, settings: object
) -> None:
    settings.FORMS_RATE_SOFT_LIMIT, settings.FORMS_RATE_HARD_LIMIT = 2, 3
    found = [send(page, client, f"Number {number}").quarantine_reason for number in range(3)]
    assert found == ["", "", QuarantineReason.RATE]
    email, reason = ids(page.definition)
    refused = client.post(f"/forms/{page.form_id}/", {email: "ada@example.com", reason: "Number four"})
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert "Number four" in refused.content.decode()
    assert "We cannot take your request right now" in refused.content.decode()
    assert Submission.objects.count() == 3
    other = Client(REMOTE_ADDR="192.0.2.99")
    assert send(page, other, "From elsewhere").quarantine_reason == ""


def test_addresses_of_one_network_of_ipv6_are_one_sender(page: FormPage, settings: object) -> None:
    settings.FORMS_RATE_SOFT_LIMIT = 1
    clients = [Client(REMOTE_ADDR=f"2001:db8:1:{network}::{host}") for network, host in ((1, 1), (1, 2), (2, 1))]
    found = [send(page, client, f"Number {number}").quarantine_reason for number, client in enumerate(clients)]
    assert found == ["", QuarantineReason.RATE, ""]


def test_an_address_is_never_stored(page: FormPage) -> None:
    submit(page.definition, {}, evidence=Evidence(address=ADDRESS))
    count = RateCount.objects.get()
    assert ADDRESS.encode() not in bytes(count.digest)
    assert spam.forget_old_counts(count.expires_at + dt.timedelta(seconds=1)) == 1


def test_the_same_answers_a_day_later_are_a_duplicate_and_a_moment_later_the_same_request(
    page: FormPage, client: Client
) -> None:
    first = send(page, client)
    assert send(page, client) == first
    Submission.objects.filter(pk=first.pk).update(created_at=timezone.now() - dt.timedelta(hours=2))
    assert send(page, client).quarantine_reason == QuarantineReason.DUPLICATE
    Submission.objects.update(created_at=timezone.now() - dt.timedelta(hours=25))
    assert send(page, client).quarantine_reason == ""


def test_people_who_say_nothing_of_themselves_may_say_the_same(clinic: Clinic) -> None:
    page = a_form(clinic.home, a_field("multi_line"), slug="feedback")
    (field_id,) = ids(page.definition)
    data = {field_id: "All good"}
    one = submit(page.definition, data, evidence=Evidence(address=ADDRESS))
    assert submit(page.definition, data, evidence=Evidence(address=ADDRESS)) == one
    other = submit(page.definition, data, evidence=Evidence(address="192.0.2.8"))
    evidence = Evidence(address=ADDRESS, seconds=40.0)
    with_key = submit(page.definition, data, evidence=evidence, idempotency_key=uuid.uuid4())
    assert len({one.pk, other.pk, with_key.pk}) == 3
    assert {each.status for each in (one, other, with_key)} == {Status.NEW}


def test_a_form_may_ask_browsers_for_work_and_takes_each_proof_once(page: FormPage, client: Client) -> None:
    page.proof_of_work = True
    page.save_revision().publish()
    answer = client.get("/forms/challenge/")
    assert "no-store" in answer["Cache-Control"]
    proof = solved(answer.json())
    assert send(page, client, "One", proof=proof).quarantine_reason == ""
    assert send(page, client, "Two", proof=proof).quarantine_reason == QuarantineReason.NO_PROOF
    assert send(page, client, "Three").quarantine_reason == QuarantineReason.NO_PROOF


@pytest.mark.parametrize("payload", ["", "x", "bnVsbA==", "W10=", "eyJhIjoxfQ==", "é", "e30="])
def test_a_made_up_proof_is_none(db: None, payload: str) -> None:
    assert not spam.is_proof(payload)


def test_releasing_sends_what_would_have_been_sent_once(page: FormPage, client: Client) -> None:
    user = User.objects.create_user("desk")
    submission = send(page, client, **{HONEYPOT: "x"})
    quarantine.release(submission, user, "192.0.2.1")
    submission.refresh_from_db()
    assert (submission.status, submission.quarantine_reason) == (Status.NEW, "")
    assert [each.recipient for each in Notification.objects.all()] == ["desk@harbor.example"]
    assert submission.events.get(kind=EventKind.RELEASED).details == {"reason": "honeypot"}
    with pytest.raises(StatusChangedError):
        quarantine.release(submission, user)
    quarantine.put_in(submission, user)
    quarantine.release(submission, user)
    assert Notification.objects.count() == 1


def test_quarantine_ends_after_thirty_days(page: FormPage, client: Client) -> None:
    now = timezone.now()
    submission = send(page, client, **{HONEYPOT: "x"})
    assert not quarantine.overdue(now).exists()
    assert quarantine.overdue(now + dt.timedelta(days=31)).get() == submission
    Submission.objects.update(legal_hold=True)
    assert not quarantine.overdue(now + dt.timedelta(days=31)).exists()


def test_of_many_posts_at_once_a_form_takes_as_many_as_it_may(committed_clinic: Clinic) -> None:
    page = a_form(committed_clinic.home, a_field("single_line"), max_submissions=3)
    results = at_once(8, lambda number: submit(page.definition, {}, idempotency_key=uuid.uuid4()))
    assert sum(isinstance(result, Submission) for result in results) == 3
    assert sum(isinstance(result, ClosedFormError) for result in results) == 5
    assert Submission.objects.count() == 3


@pytest.mark.parametrize("key", [None, uuid.uuid4()])
def test_of_one_post_sent_many_times_at_once_one_is_stored(committed_clinic: Clinic, key: uuid.UUID | None) -> None:
    definition = a_form(committed_clinic.home, a_field("email")).definition
    data = {ids(definition)[0]: "ada@example.com"}
    evidence = Evidence(address=ADDRESS)
    results = at_once(6, lambda number: submit(definition, data, idempotency_key=key, evidence=evidence))
    assert {result.pk for result in results} == {Submission.objects.get().pk}


def at_once(number: int, do: object) -> list:
    """Return what ``do`` returns or raises in ``number`` threads, each with a connection of its own."""
    results: list = [None] * number
    barrier = threading.Barrier(number)

    def run(index: int) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(20)
            results[index] = do(index)
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
