"""That staff are told of each request, without a word of it, and that a mail server's failure loses nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.core.management import call_command
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from forms import notifications
from forms.intake import submit
from forms.models import EventKind, FormPage, Submission
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, only_field

pytestmark = pytest.mark.usefixtures("kept_connection")


class Mailbox(Message):
    """Keeps what an SMTP server receives."""

    def __init__(self) -> None:
        super().__init__()
        self.received: list = []

    def handle_message(self, message: object) -> None:
        """Keep it."""
        self.received.append(message)


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """Run a real SMTP server and send to it."""
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=0)
    controller.port = free_port()
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield mailbox
    controller.stop()


def free_port() -> int:
    """Return a port that nobody listens on."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    return a_form(
        clinic.home,
        a_field("multi_line", label="Reason"),
        title="Pelvic floor appointment",
        notification_recipients="desk@example.com, second@example.com",
    )


def send(page: FormPage) -> Submission:
    return submit(page.definition, {only_field(page.definition)["id"]: "A very private reason"})


def run_worker() -> None:
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def waiting() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(task_path__startswith="forms.", status="READY")


def test_the_worker_sends_reference_and_link_and_nothing_of_the_request(page: FormPage, mailbox: Mailbox) -> None:
    submission = send(page)
    assert mailbox.received == []
    run_worker()
    (message,) = mailbox.received
    text = message.as_string()
    assert message["To"] == "desk@example.com, second@example.com"
    assert message["Subject"] == f"New request {submission.reference}"
    assert submission.reference in message.get_payload()
    assert f"/admin/submissions/{submission.pk}/" in message.get_payload()
    for secret in ("private reason", "Reason", "Pelvic"):
        assert secret not in text
    assert submission.events.filter(kind=EventKind.NOTIFIED).count() == 1


def test_a_mail_server_that_is_down_is_tried_again_later(page: FormPage, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    submission = send(page)
    run_worker()
    failed = submission.events.get(kind=EventKind.NOTIFICATION_FAILED)
    assert failed.details == {"error": "ConnectionRefusedError", "attempt": 1, "again": True}
    again = waiting().get()
    assert again.args_kwargs == {"args": [submission.pk], "kwargs": {"attempt": 2}}
    assert again.run_after > timezone.now()


def test_after_the_last_attempt_the_task_is_kept_as_failed(page: FormPage, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    submission = send(page)
    waiting().delete()
    notifications.notify_front_desk.enqueue(submission.pk, attempt=len(notifications.RETRY_MINUTES) + 1)
    run_worker()
    assert DBTaskResult.objects.get(task_path__startswith="forms.").status == "FAILED"
    assert not waiting().exists()


def test_a_failed_attempt_succeeds_when_the_server_is_back(page: FormPage, settings: Any, mailbox: Mailbox) -> None:
    port = settings.EMAIL_PORT
    settings.EMAIL_PORT = free_port()
    send(page)
    run_worker()
    settings.EMAIL_PORT = port
    waiting().update(run_after=timezone.now())
    run_worker()
    assert len(mailbox.received) == 1


@pytest.mark.parametrize("gone", ["recipients", "page"])
def test_nobody_to_tell_is_no_failure(page: FormPage, mailbox: Mailbox, gone: str) -> None:
    send(page)
    if gone == "page":
        page.delete()
    else:
        page.notification_recipients = ""
        page.save()
    run_worker()
    assert mailbox.received == []
    assert DBTaskResult.objects.get(task_path__startswith="forms.").status == "SUCCESSFUL"
