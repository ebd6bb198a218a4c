"""Who is to be told of a submission, and when: rows of the queue, made from a form's settings and the answers."""

import datetime as dt
import itertools
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils import timezone

from forms import rules
from forms.addresses import split_addresses
from forms.models import (
    FormDefinition,
    FormPage,
    Notification,
    NotificationKind,
    NotificationMode,
    NotificationState,
    Submission,
)
from forms.rows import Statement, inserting_values

# "Once a day in the morning": before the front desk opens.
HOUR_OF_DAILY_DIGEST = 7


@dataclass(frozen=True)
class Routing:
    """Whom a form tells: the addresses for every submission, further ones by rule, when, and whether the patient."""

    recipients: tuple[str, ...]
    by_rule: tuple[tuple[rules.Rule | None, tuple[str, ...]], ...]
    mode: str
    tells_patient: bool

    def addresses(self, answers: rules.Answers) -> list[str]:
        """Return the staff's addresses for these answers, each once however it is written."""
        met = [recipients for rule, recipients in self.by_rule if rules.holds(rule, answers)]
        found: dict[str, str] = {}
        for address in itertools.chain(self.recipients, *met):
            found.setdefault(address.lower(), address)
        return list(found.values())


@lru_cache(maxsize=256)
def routing(recipients: str, rules_json: str, mode: str, tells_patient: bool) -> Routing:
    """Return the routing of a form from its page's columns as they are stored, read once per content.

    ``rules_json`` is the raw text of ``notification_rules``.
    """
    return Routing(
        recipients=tuple(split_addresses(recipients)),
        by_rule=tuple(
            (rules.freeze(block["value"].get("rule")), tuple(split_addresses(block["value"]["addresses"])))
            for block in json.loads(rules_json or "[]")
        ),
        mode=mode,
        tells_patient=tells_patient,
    )


def routing_of(page: FormPage) -> Routing:
    """Return the routing of a form's page."""
    rules_json = json.dumps(page.notification_rules.get_prep_value())
    return routing(page.notification_recipients, rules_json, page.notification_mode, page.patient_email)


class Planned(NamedTuple):
    """A notification that is not stored yet: the values of its columns."""

    submission_id: int | None
    kind: str
    recipient: str
    is_digest: bool
    created_at: dt.datetime
    due_at: dt.datetime
    state: str = NotificationState.PENDING.value
    attempts: int = 0
    last_error: str = ""
    leased_until: dt.datetime | None = None
    sent_at: dt.datetime | None = None


def plan(routing: Routing, definition: FormDefinition, answers: rules.Answers, submission: Submission) -> list[Planned]:
    """Return the notifications of a submission: one per member of staff, and one to the patient if asked for.

    Makes no query. ``queueing`` stores them, in the transaction that stores the submission.
    """
    now = timezone.now()
    due = due_at(routing.mode, now)
    is_digest = routing.mode != NotificationMode.EACH
    planned = [
        Planned(submission.pk, NotificationKind.FRONT_DESK.value, address, is_digest, now, due)
        for address in routing.addresses(answers)
    ]
    if routing.tells_patient and patient_address(definition.questions, answers):
        planned.append(Planned(submission.pk, NotificationKind.PATIENT.value, "", False, now, now))
    return planned


def queueing(planned: list[Planned]) -> list[Statement]:
    """Return the statement that stores what is planned; none where that is nothing."""
    return [inserting_values(Notification, Planned._fields, planned)] if planned else []


def due_at(mode: str, now: dt.datetime) -> dt.datetime:
    """Return when staff is told, by the clinic's clock, of what comes in at ``now``."""
    if mode == NotificationMode.EACH:
        return now
    local = timezone.localtime(now)
    if mode == NotificationMode.HOURLY:
        # Added to a moment and not to the clock's face, where an hour is missing or twice there when clocks change.
        return local.replace(minute=0, second=0, microsecond=0).astimezone(dt.UTC) + dt.timedelta(hours=1)
    morning = local.replace(hour=HOUR_OF_DAILY_DIGEST, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + dt.timedelta(days=1)


def patient_address(questions: Iterable[dict[str, Any]], answers: rules.Answers) -> str:
    """Return the first e-mail address among the answers; empty if the patient gave none."""
    return next(_answers_of_type("email", questions, answers), "")


def patient_first_name(questions: Iterable[dict[str, Any]], answers: rules.Answers) -> str:
    """Return the first name the patient gave in a question for names; empty if there is none."""
    for answer in _answers_of_type("name", questions, answers):
        if isinstance(answer, dict) and answer.get("first"):
            return str(answer["first"]).strip()
    return ""


def _answers_of_type(kind: str, questions: Iterable[dict[str, Any]], answers: rules.Answers) -> Iterator[Any]:
    for question in questions:
        if question["type"] == kind and answers.get(question["id"]):
            yield answers[question["id"]]
