"""What the form check says of a form, how it follows the editor, and how hard a text is to read."""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from clinicsite.models import ClinicSettings
from clinicsite.roles import FRONT_DESK, MARKETING_EDITORS
from forms.building import reading
from forms.building.check import check
from forms.building.files import read
from forms.building.starters import starters
from forms.models import FormPage
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, a_step
from tests.forms.test_rules import ONE, TWO, a_rule, new_or_existing

LogIn = Callable[[str], Client]
HARD = (
    "The undersigned hereby authorizes the aforementioned practitioner to disclose individually identifiable health "
    "information for purposes of reimbursement."
)


def a_good_form(clinic: Clinic, *fields: dict[str, Any], **changes: Any) -> FormPage:
    """Return a form that the check has nothing to say of, with further fields and other options."""
    good = {
        "introduction": "<p>In an emergency, call 911.</p>",
        "notification_recipients": "desk@example.com",
        "retention_days": 365,
    }
    base = [a_field("phone", field_id=ONE, required=True), a_field("consent", field_id=TWO)]
    steps = changes.pop("steps", None) or [a_step(*base, *fields)]
    return a_form(clinic.home, steps=steps, **good | changes)


def said_of(page: FormPage) -> str:
    """Return all that the check says of a form."""
    return "\n".join(finding.message for finding in check(page))


def test_nothing_is_said_of_a_good_form(clinic: Clinic) -> None:
    assert check(a_good_form(clinic)) == []


@pytest.mark.parametrize("name", sorted(starters()))
def test_a_ready_made_form_needs_no_more_than_recipients_and_a_time_to_erase(clinic: Clinic, name: str) -> None:
    page = read(starters()[name].filled_in(ClinicSettings.for_site(clinic.site)))
    clinic.home.add_child(instance=page)
    # A test clinic has neither locations nor clinicians.
    findings = [finding for finding in check(page) if "to choose from" not in finding.message]
    assert [finding.field for finding in findings] == ["notification_recipients", "retention_days"]


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"steps": [a_step(a_field("consent"))]}, "no question for a phone number or an e-mail address"),
    ({"steps": [a_step(a_field("consent"), a_field("email"))]}, "No phone number and no e-mail address must be given"),
    ({"steps": [a_step(a_field("phone", required=True))]}, "There is no consent"),
    (
        {"steps": [a_step(a_field("phone", required=True), a_field("consent", required=False))]},
        "without agreeing to anything",
    ),
    ({"notification_recipients": ""}, "Nobody is told of new requests"),
    ({"patient_email": True}, "no question asks for their address"),
    ({"retention_days": None}, "Answers are kept until somebody erases them"),
    ({"introduction": ""}, "in an emergency, call 911"),
    ({"promise": HARD}, "reads like grade 20 of school"),
    ({"confirmation_text": f"<p>{HARD}</p>"}, "reads like grade 20 of school"),
    ({"closes_at": timezone.now() - dt.timedelta(days=1)}, "The form is closed"),
    (
        {"opens_at": timezone.now() + dt.timedelta(days=9), "closes_at": timezone.now() + dt.timedelta(days=1)},
        "closes before it opens",
    ),
]


@pytest.mark.parametrize(("changes", "words"), FAULTS)
def test_a_fault_of_the_form_is_told(clinic: Clinic, changes: dict[str, Any], words: str) -> None:
    assert words in said_of(a_good_form(clinic, **changes))
    assert len(check(a_good_form(clinic, slug="again", **changes))) == 1


def test_a_fault_of_a_question_leads_to_it(clinic: Clinic) -> None:
    hard = a_field("multi_line", label="Why?", help_text=HARD)
    one_choice = a_field("days_of_week", offered=["monday"])
    many = [a_field("single_line", label=f"Question {number}", required=True) for number in range(9)]
    page = a_good_form(clinic, hard, one_choice, *many)
    found = {finding.block: finding.message for finding in check(page)}
    assert "reads like grade 20" in found[hard["id"]]
    assert "has one answer to choose from" in found[one_choice["id"]]
    assert "has 13 questions. On a phone" in found[page.steps[0].id]
    assert "10 questions must be answered" in found[""]


def test_only_told_under_a_condition_is_said(clinic: Clinic) -> None:
    rule = a_rule((ONE, "answered", None))
    told = [{"type": "addresses", "value": {"addresses": "desk@example.com", "rule": rule}}]
    page = a_good_form(clinic, notification_recipients="", notification_rules=told)
    assert "meets none of the conditions" in said_of(page)


def test_what_publishing_would_refuse_comes_first_with_its_place(clinic: Clinic) -> None:
    page = a_good_form(clinic)
    too_few = a_field("radios", choices=["One"])
    page.steps = [a_step(a_field("phone", required=True), too_few)]
    first, *others = check(page)
    assert first.message.startswith("Step 1 “Your visit”, question 2 “New or existing patient?”: The minimum number")
    assert (first.block, first.is_refused) == (too_few["id"], True)
    assert not any(finding.is_refused for finding in others)
    broken = a_field("email", rule=a_rule(("gone", "answered", None)))
    page.steps = [a_step(a_field("phone", required=True), broken)]
    first, *others = check(page)
    assert "The question this depends on was removed" in first.message
    assert (first.block, first.is_refused) == (broken["id"], True)


def test_a_rule_beside_the_steps_that_cannot_work_is_told(clinic: Clinic) -> None:
    page = a_good_form(clinic)
    page.confirmations = [{"type": "confirmation", "value": {"title": "T", "rule": a_rule(("gone", "answered", None))}}]
    (finding,) = check(page)
    assert finding.is_refused
    assert finding.message.startswith(
        "Text after sending 1 “T”, “Conditions”: The question this depends on was removed"
    )


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("store", 1),
        ("names", 1),
        ("wanted", 2),
        ("places", 2),
        ("ankle", 2),
        ("insurance", 3),
        ("the", 1),
        ("Ada's", 2),
    ],
)
def test_syllables_are_counted_as_people_say_them(word: str, number: int) -> None:
    assert reading.syllables(word) == number


def test_a_text_has_the_grade_of_flesch_and_kincaid() -> None:
    # 12 words, 14 syllables, one sentence.
    assert reading.grade("The cat sat on the mat and it was very happy there.") == pytest.approx(2.86, abs=0.01)
    assert reading.grade("Enter your phone number.") is None
    assert reading.grade(reading.plain_text(f"<p>{HARD}</p>")) == reading.grade(HARD)
    assert reading.grade("") is None


def posted(*, label: str = "Your phone", introduction: str = "") -> dict[str, Any]:
    """Return what the editor's form sends for a form with one question."""
    field = {"label": label, "required": "on", "rule": ""}
    step = {"title": "You", "introduction": rich_text("<p></p>"), "rule": "", "fields": streamfield([("phone", field)])}
    data = {
        "title": "Typed",
        "slug": "typed",
        "introduction": rich_text(f"<p>{introduction}</p>"),
        "closed_text": rich_text("<p></p>"),
        "confirmation_text": rich_text("<p></p>"),
        "confirmation_title": "Thanks",
        "submit_label": "Send",
        "notification_mode": "each",
        "steps": streamfield([("step", step)]),
        "confirmations": streamfield([]),
        "notification_rules": streamfield([]),
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }
    return nested_form_data(data)


def test_the_check_follows_what_is_typed_and_stores_nothing(clinic: Clinic, role_client: LogIn) -> None:
    page = a_good_form(clinic)
    client = role_client(MARKETING_EDITORS)
    address = f"/admin/form_pages/{page.pk}/check/"
    text = client.post(address, posted(label=HARD[:190])).content.decode()
    assert "There is no consent" in text
    assert "reads like grade" in text
    assert re.search(r'data-count="\d"', text)
    assert not page.revisions.exists()
    page.refresh_from_db()
    assert page.title != "Typed"
    text = client.post(
        f"/admin/form_pages/new/{clinic.home.pk}/check/", posted(introduction="Call 911")
    ).content.decode()
    assert "There is no consent" in text
    assert "in an emergency" not in text


def test_the_panel_stands_beside_the_editor(clinic: Clinic, role_client: LogIn) -> None:
    page = a_good_form(clinic)
    client = role_client(MARKETING_EDITORS)
    assert (
        f'data-form-check="/admin/form_pages/{page.pk}/check/"'
        in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    )
    new = client.get(f"/admin/pages/add/forms/formpage/{clinic.home.pk}/").content.decode()
    assert f'data-form-check="/admin/form_pages/new/{clinic.home.pk}/check/"' in new


def test_only_editors_have_a_form_checked(clinic: Clinic, role_client: LogIn) -> None:
    page = a_good_form(clinic)
    client = role_client(FRONT_DESK)
    for address in (f"/admin/form_pages/{page.pk}/check/", f"/admin/form_pages/new/{clinic.home.pk}/check/"):
        answer = client.post(address, posted())
        assert answer.status_code == 302
        assert "consent" not in answer.content.decode()


def test_publishing_tells_what_the_check_still_has_to_say(clinic: Clinic, role_client: LogIn) -> None:
    page = a_good_form(clinic)
    client = role_client(MARKETING_EDITORS)
    answer = client.post(f"/admin/pages/{page.pk}/edit/", posted() | {"action-publish": "1"})
    assert answer.status_code == 302
    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert any("The form check has" in message and "There is no consent" in message for message in told)
    page.refresh_from_db()
    assert page.title == "Typed"


def test_a_rule_beside_the_steps_is_refused_at_publishing_and_kept_in_a_draft(
    clinic: Clinic, role_client: LogIn
) -> None:
    page = a_good_form(clinic, new_or_existing() | {"id": "30000000-0000-4000-8000-000000000000"})
    client = role_client(MARKETING_EDITORS)
    rule = json.dumps(a_rule(("gone", "answered", None)))
    confirmation = {"title": "Soon", "text": rich_text("<p></p>"), "rule": rule}
    data = posted() | nested_form_data({"confirmations": streamfield([("confirmation", confirmation)])})
    answer = client.post(f"/admin/pages/{page.pk}/edit/", data | {"action-publish": "1"})
    assert answer.status_code == 200
    assert "The question this depends on was removed" in answer.content.decode()
    assert client.post(f"/admin/pages/{page.pk}/edit/", data).status_code == 302
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert draft.confirmations[0].value["rule"] == json.loads(rule)
