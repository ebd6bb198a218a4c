"""What is sent to whom, from the durable queue: a row written in the same transaction as the submission."""

import datetime as dt
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from forms.models import EventKind, FormPage, Submission, SubmissionEvent
from forms.notifications.planning import Routing, plan, routing, routing_of

__all__ = ["RETRY_MINUTES", "Routing", "notify_front_desk", "plan", "routing", "routing_of"]

# The wait before each further attempt, in minutes: a mail server that is down for a night loses nothing.
RETRY_MINUTES = (1, 5, 15, 60, 180, 480, 960)


@task()
def notify_front_desk(submission_id: int, attempt: int = 1) -> None:
    """Tell the form's staff of a new submission; at a failure, try again later, and in the end fail visibly.

    Raises the mail server's error after the last attempt, so that the task is kept as failed.
    """
    submission = Submission.objects.select_related("definition").get(pk=submission_id)
    page = FormPage.objects.filter(form_id=submission.form_id).first()
    recipients = page.recipients if page else []
    if not recipients:
        return
    try:
        message_for(submission, recipients).send()
    except (SMTPException, OSError) as error:
        _failed(submission, error, attempt)
    else:
        SubmissionEvent.objects.record(EventKind.NOTIFIED, submission, recipients=len(recipients))


def message_for(submission: Submission, recipients: list[str]) -> EmailMessage:
    """Return the e-mail: the reference and a link to the inbox. No answer, and no title that could name a condition."""
    path = reverse("submissions:inspect", args=[submission.pk])
    body = _(
        "A new request has arrived through the website.\n\n"
        "Reference: %(reference)s\n"
        "Read it here (you need to log in): %(url)s\n"
    ) % {"reference": submission.reference, "url": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path}
    subject = _("New request %(reference)s") % {"reference": submission.reference}
    return EmailMessage(subject=subject, body=body, to=recipients)


def _failed(submission: Submission, error: Exception, attempt: int) -> None:
    again = attempt <= len(RETRY_MINUTES)
    SubmissionEvent.objects.record(
        EventKind.NOTIFICATION_FAILED, submission, error=type(error).__name__, attempt=attempt, again=again
    )
    if not again:
        raise error
    later = timezone.now() + dt.timedelta(minutes=RETRY_MINUTES[attempt - 1])
    notify_front_desk.using(run_after=later).enqueue(submission.pk, attempt=attempt + 1)
