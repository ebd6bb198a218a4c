"""How the front desk works requests: tabs, filters by answers, notes, several at once, search by contact, figures."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clinicsite.roles import ADMINISTRATORS, ALL_ROLES, FRONT_DESK
from forms import quarantine
from forms.evidence import Evidence
from forms.inbox import contacts, overdue, work
from forms.inbox.columns import SESSION_KEY
from forms.inbox.report import waiting
from forms.intake import submit
from forms.models import AuditHead, EventKind, FormPage, Notification, Status, StepCount, Submission, SubmissionEvent
from forms.privacy import erasure
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, press

INDEX, RESULTS = reverse("submissions:index"), reverse("submissions:index_results")
LogIn = Callable[[str], Client]
SECRET = "Numb left toes"


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    fields = [a_field("email"), a_field("phone"), a_field("multi_line"), a_field("radios"), a_field("patient_type")]
    return a_form(clinic.home, *fields, response_hours=24, notification_recipients="desk@harbor.example")


def send(page: FormPage, email: str = "ada@example.com", *, choice: int = 0, patient: str = "new") -> Submission:
    mail, phone, reason, radios, kind = page.definition.questions
    answers = {
        mail["id"]: email,
        phone["id"]: "206 555 0142",
        reason["id"]: SECRET,
        radios["id"]: radios["choices"][choice]["id"],
        kind["id"]: patient,
    }
    return submit(page.definition, answers)


def listed(browser: Client, **query: str) -> set[Submission]:
    response = browser.get(RESULTS, query)
    assert SECRET not in response.content.decode()
    return set(response.context["object_list"])


def address(name: str, *arguments: object) -> str:
    return reverse(f"submissions:{name}", args=arguments)


@pytest.mark.parametrize("role", [*ALL_ROLES, None])
def test_every_further_address_is_for_the_front_desk_alone(
    as_role: LogIn, page: FormPage, role: str | None, settings: object
) -> None:
    submission = send(page)
    browser = as_role(role) if role else Client()
    reached = [
        browser.get(address("look"), {"known": "0-0"}),
        browser.post(address("contact"), {"contact": "ada@example.com"}),
        browser.post(address("columns"), {"column": "received"}),
        browser.get(address("print", submission.pk)),
        browser.post(address("action", submission.pk), {"action": "unread"}),
        browser.get(reverse("requests_report")),
        *[
            browser.get(reverse("wagtail_bulk_action", args=["forms", "submission", action]), {"id": submission.pk})
            for action in ("set_status", "assign", "mark_unread", "release")
        ],
    ]
    if role in (FRONT_DESK, ADMINISTRATORS):
        assert {response.status_code for response in reached} == {200, 302}
        return
    login = reverse("wagtailadmin_login")
    for response in reached:
        assert response.status_code == 403 or response["Location"].startswith(login), response
        assert SECRET not in response.content.decode()
        assert submission.reference not in response.content.decode()
    submission.refresh_from_db()
    assert (submission.read_at, submission.revision) == (None, 0)


def test_a_tab_shows_each_status_and_quarantine_stands_apart(as_role: LogIn, page: FormPage) -> None:
    new, booked, caught = (send(page, f"{name}@example.com") for name in ("a", "b", "c"))
    booked.change_status(Status.BOOKED, seen=Status.NEW)
    Submission.objects.filter(pk=caught.pk).update(status=Status.QUARANTINE, quarantine_reason="honeypot")
    browser = as_role(FRONT_DESK)
    assert listed(browser) == {new, booked}
    assert listed(browser, status="booked") == {booked}
    assert listed(browser, status="quarantine") == {caught}
    text = browser.get(INDEX, {"status": "quarantine"}).content.decode()
    assert "A field that people cannot see was filled in" in text
    assert "kept for 29 more days" in text
    counts = {tab.label: tab.count for tab in browser.get(INDEX).context["tabs"]}
    assert counts == {"All": 2, "New": 1, "Contacted": 0, "Booked": 1, "Closed": 0, "Quarantine": 1}


def test_requests_are_filtered_by_answers_that_the_database_cannot_read(as_role: LogIn, page: FormPage) -> None:
    one, two = send(page), send(page, "grace@example.com", choice=1, patient="existing")
    radios = page.definition.questions[3]
    browser = as_role(FRONT_DESK)
    form = {"form_id": str(page.form_id)}
    assert listed(browser, **form, **{f"answer_{radios['id']}": radios["choices"][1]["id"]}) == {two}
    assert listed(browser, patient_type="new") == {one}
    assert listed(browser, patient_type="existing") == {two}
    assert radios["label"] in browser.get(INDEX, form).content.decode()
    assert radios["label"] not in browser.get(INDEX).content.decode()


def test_requests_are_filtered_by_who_works_on_them(as_role: LogIn, page: FormPage) -> None:
    browser = as_role(FRONT_DESK)
    me = User.objects.get(username="front-desk")
    mine, other = send(page), send(page, "grace@example.com")
    work.assign([mine], me, me)
    assert listed(browser, assignee="me") == {mine}
    assert listed(browser, assignee=str(me.pk)) == {mine}
    assert listed(browser, assignee="nobody") == {other}


def test_what_nobody_has_opened_or_answered_in_time_stands_out(as_role: LogIn, page: FormPage) -> None:
    late, early = send(page), send(page, "grace@example.com")
    Submission.objects.filter(pk=late.pk).update(respond_by=timezone.now() - dt.timedelta(hours=1))
    browser = as_role(FRONT_DESK)
    text = browser.get(INDEX).content.decode()
    assert text.count("request-unread") == 2
    assert text.count("Overdue:") == 1
    assert list(overdue(Submission.objects.all())) == [late]
    assert listed(browser, overdue="on") == {late}
    browser.get(address("inspect", late.pk))
    assert listed(browser, unread="on") == {early}
    browser.post(address("action", late.pk), {"action": "unread", "seen": 0})
    assert listed(browser, unread="on") == {late, early}
    late.refresh_from_db()
    late.change_status(Status.CONTACTED, seen=Status.NEW)
    assert not overdue(Submission.objects.all()).exists()


@pytest.mark.parametrize("contact", ["Ada@Example.com ", "(206) 555-0142", "+1 206 555 0142"])
def test_a_contact_is_found_and_kept_out_of_every_address_and_record(
    as_role: LogIn, page: FormPage, contact: str
) -> None:
    mine = send(page)
    other = a_form(page.get_parent().specific, a_field("email"), slug="other")
    submit(other.definition, {other.definition.questions[0]["id"]: "grace@example.com"})
    browser = as_role(FRONT_DESK)
    response = browser.post(address("contact"), {"contact": contact})
    assert response["Location"] == f"{INDEX}?contact=1"
    assert listed(browser, contact="1") == {mine}
    event = SubmissionEvent.objects.get(kind=EventKind.SEARCHED)
    assert event.details == {"found": 1}
    assert event.address == "127.0.0.1"
    kept = str([session.get_decoded() for session in Session.objects.all()])
    assert "example.com" not in kept
    assert "5550142" not in kept


def test_half_a_contact_finds_nothing_and_says_what_to_type(as_role: LogIn, page: FormPage) -> None:
    send(page)
    browser = as_role(FRONT_DESK)
    answer = browser.post(address("contact"), {"contact": "Lovelace, Ada"}, follow=True).content.decode()
    assert "Enter a reference such as 7KQ4-M2XD, or a whole e-mail address or phone number." in answer
    assert listed(browser, contact="1") == set()


def test_everybody_chooses_their_columns(as_role: LogIn, page: FormPage) -> None:
    send(page)
    browser = as_role(FRONT_DESK)
    response = browser.post(address("columns"), {"column": ["received", "drop table"], "query": "status=new"})
    assert response["Location"] == f"{INDEX}?status=new"
    assert browser.session[SESSION_KEY] == ["received"]
    names = [column.name for column in browser.get(INDEX).context["table"].columns.values()]
    assert names == ["bulk_actions", "reference", "received"]


def test_the_list_looks_for_new_requests_and_learns_only_a_number(as_role: LogIn, page: FormPage) -> None:
    send(page)
    browser = as_role(FRONT_DESK)
    caught = send(page, "spam@example.com", patient="existing")
    quarantine.put_in(caught, None)
    response = browser.get(INDEX)
    known = str(response.context["known"])
    assert f'data-known="{known}"' in response.content.decode()

    def count(**query: str) -> int:
        return browser.get(address("look"), query).json()["count"]

    assert count(known=known) == 0
    send(page, "grace@example.com")
    quarantine.put_in(send(page, "more-spam@example.com"), None)
    assert count(known=known) == 1
    quarantine.release(caught, None)
    assert count(known=known) == 2
    assert count(known=known, patient_type="existing", status="booked") == 1
    assert count(known=str(browser.get(INDEX).context["known"])) == 0
    assert count(known="x") == count() == 0


def test_status_person_and_note_are_saved_together(as_role: LogIn, page: FormPage) -> None:
    browser, submission = as_role(FRONT_DESK), send(page)
    me = User.objects.get(username="front-desk")
    browser.post(
        address("inspect", submission.pk),
        {"status": "contacted", "assignee": me.pk, "note": "Call again at 5 & ask for <Ada>", "seen": 0},
    )
    submission.refresh_from_db()
    assert (submission.status, submission.assignee, submission.revision) == (Status.CONTACTED, me, 1)
    assert submission.first_contact_at is not None
    note = submission.notes.get()
    assert b"Call again" not in bytes(note.text_encrypted)
    kinds = [event.kind for event in submission.events.all()]
    assert kinds == [EventKind.SUBMITTED, EventKind.STATUS_CHANGED, EventKind.ASSIGNED, EventKind.NOTE_ADDED]
    assert "Call again" not in str(list(submission.events.values_list("details")))
    assert (
        "Call again at 5 &amp; ask for &lt;Ada&gt;" in browser.get(address("inspect", submission.pk)).content.decode()
    )


def test_a_page_names_earlier_requests_of_the_same_person(as_role: LogIn, page: FormPage) -> None:
    one, two = send(page), send(page, choice=1)
    other = a_form(page.get_parent().specific, a_field("email"), slug="other")
    third = submit(other.definition, {other.definition.questions[0]["id"]: "ada@example.com"})
    text = as_role(FRONT_DESK).get(address("inspect", one.pk)).content.decode()
    assert two.reference in text
    assert third.reference in text


def test_what_was_not_asked_is_told_apart_from_what_was_left_empty(as_role: LogIn, clinic: Clinic) -> None:
    first = a_field("single_line", label="Name")
    condition = {"question": first["id"], "operator": "answered", "value": None}
    rule = {"match": "all", "conditions": [condition]}
    page = a_form(clinic.home, first, a_field("email", rule=rule))
    text = as_role(FRONT_DESK).get(address("inspect", submit(page.definition, {}).pk)).content.decode()
    assert text.count("No answer") == 1
    assert text.count("Not asked") == 1


def test_a_request_can_be_printed_with_its_answers_alone(as_role: LogIn, page: FormPage) -> None:
    submission = send(page)
    browser = as_role(FRONT_DESK)
    response = browser.get(address("print", submission.pk))
    text = response.content.decode()
    assert SECRET in text
    assert submission.reference in text
    assert "wagtail" not in text
    assert "no-store" in response["Cache-Control"]
    assert submission.events.filter(kind=EventKind.VIEWED).count() == 1
    assert browser.post(address("print", submission.pk)).status_code == 403


def test_a_caught_request_is_released_from_its_page_and_put_back(as_role: LogIn, page: FormPage) -> None:
    mail = page.definition.questions[0]["id"]
    caught = submit(page.definition, {mail: "ada@example.com"}, evidence=Evidence(honeypot="x"))
    browser = as_role(FRONT_DESK)
    assert "In quarantine." in browser.get(address("inspect", caught.pk)).content.decode()
    browser.post(address("inspect", caught.pk), {"status": "booked", "seen": 0, "note": "Looks real"})
    caught.refresh_from_db()
    assert caught.status == Status.QUARANTINE
    browser.post(address("action", caught.pk), {"action": "release", "seen": 1})
    caught.refresh_from_db()
    assert caught.status == Status.NEW
    assert Notification.objects.filter(submission=caught).count() == 1
    browser.post(address("action", caught.pk), {"action": "quarantine", "seen": 2})
    caught.refresh_from_db()
    assert (caught.status, caught.quarantine_reason) == (Status.QUARANTINE, "by_hand")
    assert browser.post(address("action", caught.pk), {"action": "explode"}).status_code == 403


def test_the_front_desk_can_be_told_again(as_role: LogIn, page: FormPage) -> None:
    submission = send(page)
    submission.notifications.update(state="sent")
    as_role(FRONT_DESK).post(address("action", submission.pk), {"action": "notify", "seen": 0})
    assert submission.notifications.filter(state="pending").count() == 1


def bulk(action: str, *submissions: Submission) -> str:
    ids = "&".join(f"id={each.pk}" for each in submissions)
    return f"{reverse('wagtail_bulk_action', args=['forms', 'submission', action])}?{ids}&next={INDEX}"


def test_several_requests_are_changed_at_once(as_role: LogIn, page: FormPage) -> None:
    one, two, caught = (send(page, f"{name}@example.com") for name in ("a", "b", "c"))
    Submission.objects.filter(pk=caught.pk).update(status=Status.QUARANTINE, quarantine_reason="rate")
    browser = as_role(FRONT_DESK)
    me = User.objects.get(username="front-desk")
    text = browser.get(bulk("set_status", one, two)).content.decode()
    assert one.reference in text
    assert SECRET not in text
    assert press(browser, bulk("set_status", one, two, caught), status="closed")["Location"] == INDEX
    press(browser, bulk("assign", one, two), assignee=me.pk)
    press(browser, bulk("release", one, caught))
    for each in (one, two, caught):
        each.refresh_from_db()
    assert [each.status for each in (one, two, caught)] == [Status.CLOSED, Status.CLOSED, Status.NEW]
    assert [each.assignee for each in (one, two, caught)] == [me, me, None]
    events = SubmissionEvent.objects.filter(kind=EventKind.STATUS_CHANGED)
    assert {event.submission for event in events} == {one, two}


@pytest.mark.parametrize(("role", "offered"), [(FRONT_DESK, False), (ADMINISTRATORS, True)])
def test_only_what_a_person_may_do_is_offered_for_several(
    as_role: LogIn, page: FormPage, role: str, offered: bool
) -> None:
    submission = send(page)
    browser = as_role(role)
    text = browser.get(INDEX).content.decode()
    assert "Set the status of the selected requests" in text
    assert ("Erase the answers of the selected requests" in text) is offered
    refused = browser.get(bulk("erase", submission))
    assert refused.status_code == (200 if offered else 403)
    assert ("your role does not include this" in refused.content.decode()) is not offered


def test_all_of_a_filtered_list_can_be_changed(as_role: LogIn, page: FormPage) -> None:
    one, two = send(page), send(page, "grace@example.com", patient="existing")
    browser = as_role(FRONT_DESK)
    url = reverse("wagtail_bulk_action", args=["forms", "submission", "set_status"])
    press(browser, f"{url}?id=all&patient_type=existing&next={INDEX}", status="booked")
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.status, two.status) == (Status.NEW, Status.BOOKED)


def test_of_several_requests_those_changed_meanwhile_are_left_and_named(as_role: LogIn, page: FormPage) -> None:
    theirs, free = send(page), send(page, "b@example.com")
    browser = as_role(FRONT_DESK)
    url = bulk("set_status", theirs, free)
    shown = browser.get(url).context["shown"]
    theirs.change_status(Status.BOOKED, seen=Status.NEW)
    said = browser.post(url, {"shown": shown, "status": "contacted"}, follow=True).content.decode()
    theirs.refresh_from_db()
    free.refresh_from_db()
    assert (theirs.status, free.status) == (Status.BOOKED, Status.CONTACTED)
    assert f"somebody changed them after you opened the list: {theirs.reference}." in said
    assert "1 request was changed." in said


def test_what_comes_in_after_the_question_is_not_touched(as_role: LogIn, page: FormPage) -> None:
    seen = send(page)
    browser = as_role(ADMINISTRATORS)
    url = f"{reverse('wagtail_bulk_action', args=['forms', 'submission', 'erase'])}?id=all&status=new&next={INDEX}"
    shown = browser.get(url).context["shown"]
    late = send(page, "b@example.com")
    browser.post(url, {"shown": shown, "reason": "Spam"})
    assert list(Submission.objects.filter(erased_at=None)) == [late]
    for broken in ({}, {"shown": shown[:-1]}):
        asked = browser.post(url, {**broken, "reason": "Spam"}, follow=True).content.decode()
        assert "Nothing was changed, because the list was not whole." in asked
    seen.refresh_from_db()
    late.refresh_from_db()
    assert (seen.erased_at is None, late.erased_at) == (False, None)


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("set_status", {"status": "closed"}),
        ("assign", {"assignee": ""}),
        ("quarantine", {}),
        ("release", {}),
        ("erase", {"reason": "Spam"}),
    ],
)
def test_a_bulk_change_locks_the_trail_once_after_all_else(
    as_role: LogIn, page: FormPage, action: str, data: dict[str, str]
) -> None:
    many = [send(page, f"{name}@example.com") for name in "abc"]
    browser = as_role(ADMINISTRATORS)
    if action == "assign":
        work.assign(many, User.objects.get(username="administrators"), None)
    if action == "release":
        quarantine.put_all_in(many, None)
    url = bulk(action, *many)
    shown = browser.get(url).context["shown"]
    with CaptureQueriesContext(connection) as queries:
        browser.post(url, {"shown": shown, **data})
    head, row = AuditHead._meta.db_table, f'UPDATE "{Submission._meta.db_table}"'
    statements = [query["sql"] for query in queries]
    [locked] = [number for number, sql in enumerate(statements) if sql.startswith("SELECT") and head in sql]
    changed = [number for number, sql in enumerate(statements) if sql.startswith(row) and "idempotency_key" not in sql]
    assert changed
    assert max(changed) < locked


def test_the_dashboard_says_what_waits(as_role: LogIn, page: FormPage) -> None:
    late, caught = send(page), send(page, "b@example.com")
    Submission.objects.filter(pk=late.pk).update(respond_by=timezone.now() - dt.timedelta(hours=1))
    Submission.objects.filter(pk=caught.pk).update(status=Status.QUARANTINE)
    text = as_role(FRONT_DESK).get(reverse("wagtailadmin_home")).content.decode()
    assert "1 overdue" in text
    assert "1 in quarantine" in text


def test_the_report_counts_without_answers(as_role: LogIn, page: FormPage) -> None:
    one = send(page)
    send(page, "grace@example.com", patient="existing")
    Submission.objects.update(created_at=timezone.now() - dt.timedelta(hours=5), source="/neck/")
    one.refresh_from_db()
    one.change_status(Status.CONTACTED, seen=Status.NEW, at=one.created_at + dt.timedelta(hours=2))
    step = page.definition.steps[0]["id"]
    StepCount.objects.create(form_id=page.form_id, day=timezone.localdate(), step=step, count=7)
    browser = as_role(FRONT_DESK)
    response = browser.get(reverse("requests_report"), {"form_id": str(page.form_id)})
    context = response.context
    assert context["total"] == 2
    assert sum(number for _day, number in context["per_day"]) == 2
    assert [(row.label, row.value) for row in context["by_source"]] == [("/neck/", 2)]
    assert [row.value for row in context["by_patient"]] == [1, 1, 0]
    assert (context["waiting"].median, context["waiting"].waiting) == (dt.timedelta(hours=2), 1)
    assert [row.value for row in context["drop_off"]] == [7, 2]
    text = response.content.decode()
    assert "<svg" in text
    assert SECRET not in text
    lines = browser.get(reverse("requests_report"), {"format": "csv"}).content.decode().splitlines()
    assert "Requests by page,/neck/,2" in lines


def test_the_report_shows_which_days_it_is_about(as_role: LogIn, page: FormPage) -> None:
    browser = as_role(FRONT_DESK)
    today = timezone.localdate()
    for query in ({}, {"form_id": str(page.form_id), "first": "", "last": ""}):
        form = browser.get(reverse("requests_report"), query).context["form"]
        assert form["first"].value() == (today - dt.timedelta(days=29)).isoformat()
        assert form["last"].value() == today.isoformat()


@pytest.mark.parametrize(
    "query",
    [
        {"first": "2026-11-05", "last": "2026-11-01"},
        {"first": "x"},
        {"form_id": "none"},
        {"last": "0001-01-05"},
        {"last": "9999-12-31"},
    ],
)
def test_the_report_says_what_is_wrong_with_a_choice(as_role: LogIn, page: FormPage, query: dict[str, str]) -> None:
    response = as_role(FRONT_DESK).get(reverse("requests_report"), query)
    assert response.status_code == 200
    assert response.context["form"].errors


def test_the_report_counts_new_and_existing_patients_when_their_answers_are_erased(
    as_role: LogIn, page: FormPage
) -> None:
    new, _existing, caught = send(page), send(page, "b@example.com", patient="existing"), send(page, "c@example.com")
    quarantine.put_in(caught, None)
    caught.refresh_from_db()
    erasure.erase(new)
    erasure.erase(caught)
    assert not contacts.with_answer(Submission.objects.all(), "patient_type", "new").exists()
    browser = as_role(FRONT_DESK)
    for query in ({}, {"form_id": str(page.form_id)}):
        rows = browser.get(reverse("requests_report"), query).context["by_patient"]
        assert [row.value for row in rows] == [1, 1, 0]


def test_nine_in_ten_are_nine_of_ten(page: FormPage) -> None:
    for hours in range(1, 11):
        one = send(page, f"{hours}@example.com")
        contact = one.created_at + dt.timedelta(hours=hours)
        Submission.objects.filter(pk=one.pk).update(first_contact_at=contact)
    found = waiting(Submission.objects.all())
    assert (found.median, found.ninety) == (dt.timedelta(hours=5), dt.timedelta(hours=9))


def test_the_median_of_nothing_is_nothing(db: None) -> None:
    found = waiting(Submission.objects.all())
    assert (found.answered, found.median, found.waiting) == (0, None, 0)
