"""The audit trail on the screen: who sees it, what it can be narrowed to, and that looking at it leaves a trace."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinicsite.roles import ADMINISTRATORS, FRONT_DESK, MARKETING_EDITORS
from forms import audit_report
from forms.intake import submit
from forms.models import EventKind, FormPage, Submission, SubmissionEvent
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, only_field

LogIn = Callable[[str], Client]
REPORT = "/admin/reports/audit/"


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    return a_form(clinic.home, a_field("single_line"))


def send(page: FormPage) -> Submission:
    return submit(page.definition, {only_field(page.definition)["id"]: "Numb toes"})


def listed(browser: Client, **filters: str) -> list[SubmissionEvent]:
    return list(browser.get(REPORT, filters).context["object_list"])


def rows(browser: Client, **filters: str) -> list[list[str]]:
    response = browser.get(REPORT, filters | {"export": "csv"})
    assert "no-store" in response["Cache-Control"]
    text = b"".join(response.streaming_content).decode()
    return list(csv.reader(io.StringIO(text, newline="")))


def test_looking_at_the_trail_and_taking_it_out_is_recorded(as_role: LogIn, page: FormPage) -> None:
    browser = as_role(ADMINISTRATORS)
    assert listed(browser, kind=EventKind.SUBMITTED) == []
    assert rows(browser, actor="administrators")[1][2] == "Audit trail exported"
    kinds = [(event.kind, event.actor, event.details) for event in SubmissionEvent.objects.order_by("sequence")]
    assert kinds == [
        (EventKind.TRAIL_VIEWED, "administrators", {"filters": {"kind": "submitted"}}),
        (EventKind.TRAIL_EXPORTED, "administrators", {"filters": {"actor": "administrators"}}),
    ]


@pytest.mark.parametrize("role", [None, FRONT_DESK, MARKETING_EDITORS])
def test_others_do_not_see_the_trail(as_role: LogIn, page: FormPage, role: str | None) -> None:
    browser = as_role(role) if role else Client()
    for address in (REPORT, f"{REPORT}results/", f"{REPORT}?export=csv"):
        assert browser.get(address).status_code == (403 if role else 302)
    assert browser.post(f"{REPORT}check/").status_code == (403 if role else 302)
    assert not SubmissionEvent.objects.exists()


def test_the_list_narrows_to_a_kind_a_person_a_request_and_days(as_role: LogIn, page: FormPage) -> None:
    one, two = send(page), send(page)
    as_role(FRONT_DESK).get(reverse("submissions:inspect", args=[one.pk]))
    browser = as_role(ADMINISTRATORS)
    viewed = one.events.get(kind=EventKind.VIEWED)
    assert listed(browser, kind=EventKind.VIEWED) == [viewed]
    assert listed(browser, actor="Front-Desk") == [viewed]
    assert listed(browser, reference=two.reference.lower().replace("-", " ")) == list(two.events.all())
    assert listed(browser, reference="no such") == []
    assert listed(browser, at_to="2020-01-01") == []
    everything = listed(browser)
    assert [event.sequence for event in everything] == sorted((each.sequence for each in everything), reverse=True)
    assert "Numb toes" not in browser.get(REPORT).content.decode()


def test_the_file_holds_every_event_and_no_formula(as_role: LogIn, page: FormPage) -> None:
    submission = send(page)
    SubmissionEvent.objects.record(EventKind.ERASED, submission, reason="=1+1")
    with connection.cursor() as cursor:
        table = SubmissionEvent._meta.db_table
        cursor.execute(f"UPDATE {table} SET actor = '=cmd' WHERE kind = 'erased'")  # noqa: S608
    heading, *lines = rows(as_role(ADMINISTRATORS))
    assert heading == ["Number", "At", "Event", "User name", "From", "Request", "Details"]
    erased = next(line for line in lines if line[2] == "Answers erased")
    assert erased[3] == "'=cmd"
    assert erased[5] == submission.reference
    assert len(lines) == SubmissionEvent.objects.count()


@pytest.mark.parametrize("read", [listed, rows])
def test_a_longer_trail_costs_no_more_queries(
    as_role: LogIn, page: FormPage, read: Callable[[Client], list[Any]]
) -> None:
    browser = as_role(ADMINISTRATORS)
    numbers = []
    for _time in range(2):
        for _number in range(5):
            send(page)
        read(browser)  # What is cached is cached.
        with CaptureQueriesContext(connection) as queries:
            read(browser)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_the_trail_is_checked_at_the_press_of_a_button(
    as_role: LogIn, page: FormPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = as_role(ADMINISTRATORS)
    send(page)

    def said() -> str:
        return browser.post(f"{REPORT}check/", follow=True).content.decode()

    assert "The trail is whole: 1 events" in said()
    monkeypatch.setattr(audit_report, "MOST_CHECKED_HERE", 1)
    assert "verify_audit" in said()
    monkeypatch.undo()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {SubmissionEvent._meta.db_table} SET actor = 'x' WHERE sequence = 1")  # noqa: S608
    assert "The trail is broken. Event 1 was changed" in said()
