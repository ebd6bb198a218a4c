"""The task of earlier versions: an upgrade finds some of it in the queue, to be found under its old name."""

from django_tasks import task

from forms.models import EventKind, Submission
from forms.notifications.by_hand import queue


@task()
def notify_front_desk(submission_id: int, attempt: int = 1) -> None:
    """Queue the notifications of a submission that has none yet."""
    submission = Submission.objects.select_related("definition").get(pk=submission_id)
    told = submission.events.filter(kind=EventKind.NOTIFIED).exists()
    if not told and not submission.notifications.exists():
        queue(submission)
