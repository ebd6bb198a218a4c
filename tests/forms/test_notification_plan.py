"""Whom a form tells of a submission, and when: decided by its settings and the answers, without a query."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forms.intake import submit
from forms.models import FormPage, NotificationKind, NotificationMode, Submission
from forms.notifications import plan, routing_of
from forms.notifications.planning import due_at, patient_first_name
from tests.conftest import Clinic
from tests.forms.builders import a_choice, a_field, a_form

PLACE = "11111111-1111-4111-8111-111111111111"
EMAIL = "22222222-2222-4222-8222-222222222222"
NORTH = a_choice("North")
SOUTH = a_choice("South")
ZONE = ZoneInfo("America/Los_Angeles")


def told_if(choice: dict[str, Any] | None, addresses: str) -> dict[str, Any]:
    """Return the raw data of addresses told when the place is ``choice``; always without one."""
    rule = choice and {
        "match": "all",
        "conditions": [{"question": PLACE, "operator": "is", "value": choice["id"], "label": "Place"}],
    }
    return {"type": "addresses", "value": {"addresses": addresses, "rule": rule}}


def a_page(clinic: Clinic, **options: Any) -> FormPage:
    place = a_field("radios", field_id=PLACE, label="Place", choices=[NORTH, SOUTH])
    return a_form(clinic.home, place, a_field("email", field_id=EMAIL), **options)


def planned(page: FormPage, **answers: Any) -> list[tuple[str, str]]:
    """Return kind and recipient of what is planned for a submission with these answers."""
    definition = page.definition
    assert definition
    submission = submit(definition, answers, notify=False)
    return [(row.kind, row.recipient) for row in plan(routing_of(page), definition, answers, submission)]


def test_each_address_is_told_once_and_rules_add_theirs(clinic: Clinic) -> None:
    page = a_page(
        clinic,
        notification_recipients="desk@example.com\nlead@example.com",
        notification_rules=[
            told_if(NORTH, "north@example.com, DESK@example.com"),
            told_if(SOUTH, "south@example.com"),
            told_if(None, "always@example.com"),
        ],
    )
    staff = ["desk@example.com", "lead@example.com", "north@example.com", "always@example.com"]
    assert planned(page, **{PLACE: NORTH["id"]}) == [(NotificationKind.FRONT_DESK, address) for address in staff]
    assert planned(page) == [
        (NotificationKind.FRONT_DESK, address)
        for address in ("desk@example.com", "lead@example.com", "always@example.com")
    ]


def test_the_patient_is_told_if_the_form_says_so_and_an_address_is_there(clinic: Clinic) -> None:
    page = a_page(clinic, notification_recipients="", patient_email=True)
    assert planned(page, **{EMAIL: "ana@example.org"}) == [(NotificationKind.PATIENT, "")]
    assert planned(page) == []
    page.patient_email = False
    assert planned(page, **{EMAIL: "ana@example.org"}) == []


def test_a_plan_makes_no_query(clinic: Clinic) -> None:
    page = a_page(clinic, notification_rules=[told_if(NORTH, "north@example.com")], patient_email=True)
    definition, routing = page.definition, routing_of(page)
    assert definition
    with CaptureQueriesContext(connection) as queries:
        rows = plan(routing, definition, {PLACE: NORTH["id"], EMAIL: "a@example.org"}, Submission())
    assert [row.kind for row in rows] == [NotificationKind.FRONT_DESK, NotificationKind.PATIENT]
    assert len(queries) == 0


@pytest.mark.parametrize(
    ("mode", "now", "due"),
    [
        (NotificationMode.EACH, (2027, 3, 1, 14, 20), (2027, 3, 1, 14, 20)),
        (NotificationMode.HOURLY, (2027, 3, 1, 14, 20), (2027, 3, 1, 15, 0)),
        (NotificationMode.HOURLY, (2027, 3, 1, 23, 59), (2027, 3, 2, 0, 0)),
        # The night in which the clocks go from two to three.
        (NotificationMode.HOURLY, (2027, 3, 14, 1, 30), (2027, 3, 14, 3, 0)),
        (NotificationMode.DAILY, (2027, 3, 1, 6, 59), (2027, 3, 1, 7, 0)),
        (NotificationMode.DAILY, (2027, 3, 1, 7, 0), (2027, 3, 2, 7, 0)),
        (NotificationMode.DAILY, (2027, 3, 13, 9, 0), (2027, 3, 14, 7, 0)),
    ],
)
def test_a_digest_is_due_by_the_clinics_clock(mode: str, now: tuple[int, ...], due: tuple[int, ...]) -> None:
    moment = due_at(mode, dt.datetime(*now, tzinfo=ZONE).astimezone(dt.UTC))
    assert moment.astimezone(ZONE).replace(tzinfo=None) == dt.datetime(*due)


def test_the_first_name_comes_from_the_question_for_names(clinic: Clinic) -> None:
    questions = [{"id": "a", "type": "single_line"}, {"id": "b", "type": "name"}]
    assert patient_first_name(questions, {"a": "Not this", "b": {"first": " Ana ", "last": "Ruiz"}}) == "Ana"
    assert patient_first_name(questions, {"a": "Not this"}) == ""
