"""That staff are told of each request, without a word of it, and that a mail server's failure loses nothing."""

import datetime as dt
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from forms import notifications
from forms.intake import submit
from forms.models import (
    EventKind,
    FormPage,
    Notification,
    NotificationKind,
    NotificationMode,
    NotificationState,
    Submission,
    SubmissionEvent,
)
from forms.notifications import delivery
from forms.notifications.messages import message_id
from forms.notifications.outgoing import explain
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form
from tests.forms.mail import Mailbox, free_port, mail_server, send_to

REASON = "33333333-3333-4333-8333-333333333333"
PENDING, SENT, FAILED = NotificationState.PENDING, NotificationState.SENT, NotificationState.FAILED


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """Run a real SMTP server and send to it."""
    with mail_server() as (mailbox, port):
        send_to(settings, port)
        yield mailbox


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    return a_form(
        clinic.home,
        a_field("multi_line", field_id=REASON, label="Reason"),
        title="Pelvic floor appointment",
        notification_recipients="desk@example.com, second@example.com",
    )


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("ana")


def send(page: FormPage) -> Submission:
    assert page.definition
    return submit(page.definition, {REASON: "A very private reason"})


def make_due() -> None:
    """Let the waits be over."""
    Notification.objects.update(due_at=timezone.now(), leased_until=None)


def states() -> dict[str, str]:
    return dict(Notification.objects.values_list("recipient", "state"))


def kinds(submission: Submission) -> list[str]:
    return [event.kind for event in submission.events.all()]


def test_each_address_gets_reference_and_link_and_nothing_of_the_request(page: FormPage, mailbox: Mailbox) -> None:
    submission = send(page)
    assert mailbox.received == []
    notifications.deliver_due()
    assert sorted(message["To"] for message in mailbox.received) == ["desk@example.com", "second@example.com"]
    assert len(mailbox.sessions) == 1, "one connection for all e-mails"
    for message in mailbox.received:
        assert message["Subject"] == f"New request {submission.reference}"
        assert message["Auto-Submitted"] == "auto-generated"
        assert f"/admin/submissions/{submission.pk}/" in message.get_payload()
        for secret in ("private reason", "Reason", "Pelvic"):
            assert secret not in message.as_string()
    assert states() == {"desk@example.com": SENT, "second@example.com": SENT}
    told = submission.events.filter(kind=EventKind.NOTIFIED)
    assert sorted(event.details["to"] for event in told) == ["desk@example.com", "second@example.com"]


def test_a_mail_server_that_is_down_is_tried_again_later(page: FormPage, settings: Any) -> None:
    send_to(settings, free_port())
    submission = send(page)
    assert notifications.deliver_due() is False
    tried, untouched = Notification.objects.order_by("pk")
    assert (tried.state, tried.attempts, tried.last_error) == (PENDING, 1, "ConnectionRefusedError")
    assert tried.due_at > timezone.now()
    assert tried.leased_until is None
    # One e-mail finds out; the others keep their attempts.
    assert (untouched.attempts, untouched.leased_until) == (0, None)
    failed = submission.events.get(kind=EventKind.NOTIFICATION_FAILED)
    expected = {"error": "ConnectionRefusedError", "attempt": 1, "again": True, "to": tried.recipient}
    assert failed.details == expected


def test_when_the_server_is_back_all_goes_at_once(page: FormPage, settings: Any) -> None:
    port = free_port()
    send_to(settings, port)
    send(page)
    notifications.deliver_due()
    Notification.objects.filter(attempts=1).update(due_at=timezone.now() + dt.timedelta(hours=8))
    with mail_server(port) as (mailbox, _port):
        assert notifications.deliver_due() is True
    assert sorted(mailbox.recipients) == ["desk@example.com", "second@example.com"]
    assert set(states().values()) == {SENT}


def test_after_the_last_attempt_it_has_failed_for_all_to_see(page: FormPage, settings: Any) -> None:
    send_to(settings, free_port())
    submission = send(page)
    Notification.objects.update(attempts=len(delivery.RETRY_MINUTES))
    for _each in range(2):
        notifications.deliver_due()
    assert set(states().values()) == {FAILED}
    assert not delivery.due(timezone.now() + dt.timedelta(days=9)).exists()
    last = submission.events.filter(kind=EventKind.NOTIFICATION_FAILED).last()
    assert last
    assert last.details["again"] is False
    assert explain("ConnectionRefusedError") == "The mail server could not be reached."


def test_an_address_refused_for_good_fails_at_once_and_holds_up_nobody(page: FormPage, mailbox: Mailbox) -> None:
    mailbox.refused["desk@example.com"] = "550 No such user: A very private reason"
    send(page)
    notifications.deliver_due()
    assert states() == {"desk@example.com": FAILED, "second@example.com": SENT}
    assert Notification.objects.get(state=FAILED).last_error == "SMTPRecipientsRefused 550"


def test_an_address_refused_for_now_is_tried_again(page: FormPage, mailbox: Mailbox) -> None:
    mailbox.refused["desk@example.com"] = "450 Greylisted"
    send(page)
    notifications.deliver_due()
    assert states() == {"desk@example.com": PENDING, "second@example.com": SENT}
    mailbox.refused.clear()
    make_due()
    notifications.deliver_due()
    assert states()["desk@example.com"] == SENT


def test_a_lease_that_ran_out_is_another_workers_and_the_e_mail_keeps_its_id(page: FormPage, mailbox: Mailbox) -> None:
    send(page)
    Notification.objects.filter(recipient="second@example.com").delete()
    (batch,) = [delivery._claim()]
    assert delivery._claim() == []
    Notification.objects.update(leased_until=timezone.now())
    notifications.deliver_due()
    # The first worker was only slow: it sends too, and marks nothing that is no longer its own.
    delivery._note_success(batch)
    assert SubmissionEvent.objects.filter(kind=EventKind.NOTIFIED).count() == 1
    make_due()
    Notification.objects.update(state=PENDING)
    notifications.deliver_due()
    first, second = mailbox.received
    assert first["Message-ID"] == second["Message-ID"] == message_id(batch[0])


@pytest.mark.parametrize("mode", [NotificationMode.HOURLY, NotificationMode.DAILY])
def test_a_digest_is_one_e_mail_to_each_about_all(page: FormPage, mailbox: Mailbox, mode: str) -> None:
    page.notification_mode = mode
    page.save()
    submissions = [send(page) for _each in range(3)]
    notifications.deliver_due()
    assert mailbox.received == []
    make_due()
    notifications.deliver_due()
    assert sorted(mailbox.recipients) == ["desk@example.com", "second@example.com"]
    for message in mailbox.received:
        assert message["Subject"] == "3 new requests"
        assert all(submission.reference in message.get_payload() for submission in submissions)
        assert "private" not in message.as_string()
    assert set(states().values()) == {SENT}
    assert all(kinds(submission).count(EventKind.NOTIFIED) == 2 for submission in submissions)


def test_an_e_mail_that_cannot_be_made_holds_up_no_other(
    page: FormPage, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    send(page)
    made = delivery.message_to_staff

    def fail_once(batch: list[Notification]) -> Any:
        if batch[0].recipient == "desk@example.com":
            raise ValueError("A very private reason")
        return made(batch)

    monkeypatch.setattr(delivery, "message_to_staff", fail_once)
    with caplog.at_level(logging.DEBUG):
        notifications.deliver_due()
    assert states() == {"desk@example.com": PENDING, "second@example.com": SENT}
    assert "private" not in caplog.text


def test_no_answer_is_in_a_row_or_an_event_of_a_notification(page: FormPage, mailbox: Mailbox) -> None:
    send(page)
    notifications.deliver_due()
    rows = [*Notification.objects.values_list(), *SubmissionEvent.objects.values_list()]
    assert "private" not in str(rows)


def test_nobody_to_tell_is_no_failure(page: FormPage, mailbox: Mailbox) -> None:
    page.notification_recipients = ""
    page.save()
    send(page)
    notifications.deliver_due()
    assert not Notification.objects.exists()


def test_staff_are_told_though_the_page_is_gone_meanwhile(page: FormPage, mailbox: Mailbox) -> None:
    send(page)
    page.delete()
    notifications.deliver_due()
    assert len(mailbox.received) == 2


def test_retrying_starts_over_and_is_recorded(page: FormPage, mailbox: Mailbox, user: User) -> None:
    submission = send(page)
    Notification.objects.update(state=FAILED, attempts=8, last_error="TimeoutError")
    assert notifications.retry(submission.notifications.all(), user, address="10.0.0.7") == 2
    notifications.deliver_due()
    assert set(states().values()) == {SENT}
    event = submission.events.filter(kind=EventKind.NOTIFICATION_RETRIED).first()
    assert event
    assert (event.actor, event.address) == ("ana", "10.0.0.7")
    assert notifications.retry(submission.notifications.all(), user) == 0, "what was sent is not sent again"


def test_what_is_set_aside_is_not_sent(page: FormPage, mailbox: Mailbox, user: User) -> None:
    submission = send(page)
    assert notifications.set_aside(submission.notifications.all(), user) == 2
    notifications.deliver_due()
    assert mailbox.received == []
    assert EventKind.NOTIFICATION_SET_ASIDE in kinds(submission)


def test_resending_tells_whom_the_form_now_names(page: FormPage, mailbox: Mailbox, user: User) -> None:
    submission = send(page)
    mailbox.refused["desk@example.com"] = "550 Gone"
    notifications.deliver_due()
    page.notification_recipients = "new@example.com"
    page.save()
    queued = notifications.resend(submission, user, "10.0.0.7")
    assert [each.recipient for each in queued] == ["new@example.com"]
    notifications.deliver_due()
    assert mailbox.recipients == ["second@example.com", "new@example.com"]
    assert states()["desk@example.com"] == NotificationState.SET_ASIDE


@pytest.mark.parametrize("gone", ["page", "answers"])
def test_resending_tells_those_told_before_where_the_form_cannot_say(
    page: FormPage, mailbox: Mailbox, user: User, gone: str
) -> None:
    submission = send(page)
    if gone == "page":
        page.delete()
    else:
        Submission.objects.update(answers_encrypted=b"", key_id="lost")
        submission.refresh_from_db()
    assert len(notifications.resend(submission, user)) == 2


def test_a_task_of_an_earlier_version_is_turned_into_notifications_once(page: FormPage, kept_connection: None) -> None:
    assert page.definition
    submission = submit(page.definition, {}, notify=False)
    for _each in range(2):
        notifications.notify_front_desk.enqueue(submission.pk)
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.filter(task_path__endswith="notify_front_desk").update(
        task_path="forms.notifications.notify_front_desk", run_after=F("enqueued_at")
    )
    call_command("worker", once=True)
    assert Notification.objects.filter(kind=NotificationKind.FRONT_DESK, state=SENT).count() == 2
