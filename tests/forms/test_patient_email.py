"""The e-mail to the patient: first name and reference, nothing else, and no words of a stranger's to anybody."""

from typing import Any

import pytest
from django.core import mail

from clinicsite.models import ClinicSettings
from forms import notifications
from forms.intake import submit
from forms.models import EventKind, Notification, NotificationState, Submission
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form

NAME = "44444444-4444-4444-8444-444444444444"
EMAIL = "22222222-2222-4222-8222-222222222222"
REASON = "33333333-3333-4333-8333-333333333333"


@pytest.fixture
def clinic(clinic: Clinic) -> Clinic:
    settings = ClinicSettings.for_site(clinic.site)
    settings.name, settings.phone, settings.email = "Harbor", "(555) 010-2000", "hello@harbor.example"
    settings.save()
    return clinic


def send(clinic: Clinic, first: str = "Ana", **options: Any) -> Submission:
    page = a_form(
        clinic.home,
        a_field("name", field_id=NAME, label="Your name"),
        a_field("email", field_id=EMAIL),
        a_field("multi_line", field_id=REASON),
        title="Pelvic floor appointment",
        notification_recipients="",
        patient_email=True,
        **options,
    )
    assert page.definition
    answers = {NAME: {"first": first, "last": "Ruiz"}, EMAIL: "ana@example.org", REASON: "A very private reason"}
    submission = submit(page.definition, answers, locale="en")
    notifications.deliver_due()
    return submission


def test_it_holds_first_name_and_reference_and_how_to_reach_the_clinic(clinic: Clinic) -> None:
    submission = send(clinic)
    (message,) = mail.outbox
    assert message.to == ["ana@example.org"]
    assert message.subject == f"We have your request {submission.reference}"
    assert message.reply_to == ["hello@harbor.example"]
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    html = str(message.alternatives[0][0])
    for text in (message.body, html):
        assert "Hello Ana," in text
        assert submission.reference in text
        assert "(555) 010-2000" in text
    for secret in ("private reason", "Ruiz", "Pelvic"):
        assert secret not in message.message().as_string() + html
    assert submission.events.filter(kind=EventKind.PATIENT_NOTIFIED).count() == 1
    assert "ana@" not in str([*Notification.objects.values_list(), *submission.events.values_list()])


def test_the_editors_text_is_filled_in(clinic: Clinic) -> None:
    submission = send(clinic, patient_email_text="Dear {first_name}, we got {reference}. {other}")
    assert f"Dear Ana, we got {submission.reference}. {{other}}" in mail.outbox[0].body


@pytest.mark.parametrize("first", ["win at evil.example", "http://evil.example", "Ana <b>", "A" * 41, "Call 555 0100"])
def test_a_name_that_is_none_is_left_out(clinic: Clinic, first: str) -> None:
    send(clinic, first=first)
    assert "Hello,\n" in mail.outbox[0].body
    assert "evil" not in str(mail.outbox[0].message())


@pytest.mark.parametrize("first", ["Anne-Marie", "D’Arcy", "José Luis", "Zoë"])
def test_names_of_all_kinds_are_taken(clinic: Clinic, first: str) -> None:
    send(clinic, first=first)
    assert f"Hello {first}," in mail.outbox[0].body


def test_answers_that_cannot_be_read_are_tried_again_and_never_break_the_queue(clinic: Clinic, settings: Any) -> None:
    page = a_form(clinic.home, a_field("email", field_id=EMAIL), notification_recipients="", patient_email=True)
    assert page.definition
    submit(page.definition, {EMAIL: "ana@example.org"})
    Submission.objects.update(key_id="lost")
    notifications.deliver_due()
    row = Notification.objects.get()
    assert (row.state, row.last_error, row.attempts) == (NotificationState.PENDING, "AnswersUnreadableError", 1)
    assert mail.outbox == []
