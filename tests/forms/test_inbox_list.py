"""How the list of requests is searched, sorted and gone through."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clinicsite.roles import FRONT_DESK
from forms.inbox import order, work
from forms.inbox.search import Wanted, reference_in
from forms.intake import submit
from forms.models import EventKind, FormPage, Status, Submission, SubmissionEvent
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, republish

INDEX, RESULTS = reverse("submissions:index"), reverse("submissions:index_results")
SEARCH = reverse("submissions:contact")
LogIn = Callable[[str], Client]


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    return a_form(clinic.home, a_field("single_line"))


def send(page: FormPage, count: int = 1) -> list[Submission]:
    """Send in requests an hour after each other, the newest last."""
    start = timezone.now() - dt.timedelta(days=3)
    return [
        submit(page.definition, {}, received_at=start + dt.timedelta(hours=number), notify=False)
        for number in range(count)
    ]


def own_page(submission: Submission) -> str:
    return reverse("submissions:inspect", args=[submission.pk])


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("7KQ4-M2XD", "7KQ4-M2XD"),
        (" 7kq4 m2xd ", "7KQ4-M2XD"),
        ("7KQ4M", "7KQ4-M"),
        ("7kq", "7KQ"),
        ("OIL", "011"),
        ("ada@example.com", ""),
        ("206 555 0142", ""),
        ("+47 2345", ""),
        ("Lovelace, Ada", ""),
        ("", ""),
    ],
)
def test_a_reference_is_understood_as_people_say_it(typed: str, reference: str) -> None:
    assert reference_in(typed) == reference


def test_digits_are_a_reference_while_they_can_be_one(db: None) -> None:
    assert Wanted.typed("2345") == Wanted(reference="2345")
    phone = Wanted.typed("206 555 0142")
    assert phone is not None
    assert phone.digests


def test_a_whole_reference_leads_to_the_request_and_a_part_to_a_list(as_role: LogIn, page: FormPage) -> None:
    one, two = send(page, 2)
    Submission.objects.filter(pk=two.pk).update(reference="0000-0000")
    browser = as_role(FRONT_DESK)
    typed = one.reference.replace("-", " ").lower()
    assert browser.post(SEARCH, {"contact": typed})["Location"] == own_page(one)
    response = browser.post(SEARCH, {"contact": one.reference[:3]})
    assert response["Location"] == f"{INDEX}?contact=1"
    assert set(browser.get(RESULTS, {"contact": "1"}).context["object_list"]) == {one}
    assert not SubmissionEvent.objects.filter(kind=EventKind.SEARCHED).exists()


def test_the_search_box_never_sends_what_is_typed_in_an_address(as_role: LogIn, page: FormPage) -> None:
    text = as_role(FRONT_DESK).get(INDEX).content.decode()
    assert 'name="q"' not in text.partition("<main")[2]
    assert f'method="post" action="{SEARCH}"' in text


def test_what_one_person_searched_for_no_other_person_sees(as_role: LogIn, page: FormPage) -> None:
    (one,) = send(page)
    as_role(FRONT_DESK).post(SEARCH, {"contact": one.reference[:4]})
    assert not as_role("Administrators").get(RESULTS, {"contact": "1"}).context["object_list"]


def test_a_choice_that_is_no_longer_offered_can_still_be_looked_for(as_role: LogIn, clinic: Clinic) -> None:
    question = a_field("radios", choices=["Neck", "Knee"])
    page = a_form(clinic.home, question)
    neck = submit(page.definition, {question["id"]: question["value"]["choices"][0]["id"]})
    changed = question | {"value": question["value"] | {"choices": question["value"]["choices"][1:]}}
    republish(page, changed)
    submit(page.definition, {question["id"]: question["value"]["choices"][1]["id"]})
    query = {"form_id": str(page.form_id), f"answer_{question['id']}": question["value"]["choices"][0]["id"]}
    response = as_role(FRONT_DESK).get(RESULTS, query)
    assert set(response.context["object_list"]) == {neck}
    assert "Neck" in response.content.decode()


@pytest.mark.parametrize("kind", ["days_of_week", "body_area"])
def test_fixed_choices_can_be_filtered_by_too(as_role: LogIn, clinic: Clinic, kind: str) -> None:
    page = a_form(clinic.home, a_field(kind))
    (question,) = page.definition.questions
    text = as_role(FRONT_DESK).get(INDEX, {"form_id": str(page.form_id)}).content.decode()
    assert f'name="answer_{question["id"]}"' in text


def test_the_tabs_keep_the_other_filters_and_count_by_them(as_role: LogIn, clinic: Clinic, page: FormPage) -> None:
    send(page, 2)
    other = a_form(clinic.home, a_field("email"), slug="other")
    (booked,) = send(other)
    booked.change_status(Status.BOOKED, seen=Status.NEW)
    form = {"form_id": str(other.form_id)}
    tabs = as_role(FRONT_DESK).get(RESULTS, form | {"status": "booked", "p": "2"}).context["tabs"]
    assert {tab.label: tab.count for tab in tabs} == {
        "All": 1, "New": 0, "Contacted": 0, "Booked": 1, "Closed": 0, "Quarantine": 0,
    }  # fmt: skip
    assert [tab.label for tab in tabs if tab.is_current] == ["Booked"]
    assert tabs[0].url == f"{INDEX}?form_id={other.form_id}"
    assert tabs[1].url == f"{INDEX}?form_id={other.form_id}&status=new"


def test_an_unfiltered_list_shows_no_filter_as_set(as_role: LogIn, page: FormPage) -> None:
    send(page)
    browser = as_role(FRONT_DESK)
    assert not browser.get(INDEX).context["is_filtering"]
    assert browser.get(INDEX, {"unread": "on"}).context["is_filtering"]


def test_what_waits_longest_for_an_answer_comes_first(as_role: LogIn, page: FormPage) -> None:
    unpromised, later, sooner, answered = send(page, 4)
    now = timezone.now()
    for submission, hours in ((later, 5), (sooner, -2), (answered, -9)):
        Submission.objects.filter(pk=submission.pk).update(respond_by=now + dt.timedelta(hours=hours))
    answered.change_status(Status.CONTACTED, seen=Status.NEW)
    response = as_role(FRONT_DESK).get(RESULTS, {"ordering": "respond_by"})
    assert list(response.context["object_list"]) == [sooner, later, unpromised, answered]


@pytest.mark.parametrize("ordering", [sign + name for name in order.SORTABLE for sign in ("", "-")])
def test_going_through_the_list_meets_each_request_once_in_its_order(
    clinic: Clinic, page: FormPage, ordering: str
) -> None:
    """With ties and with empty values in every key."""
    staff = [User.objects.create(username=name) for name in ("ann", "ben")]
    submissions = [*send(page, 4), *send(a_form(clinic.home, a_field("email"), slug="b", title="Another"), 4)]
    for number, submission in enumerate(submissions):
        work.assign([submission], [*staff, None][number % 3], staff[0])
        due = timezone.now() + dt.timedelta(hours=number // 2) if number % 4 else None
        status = list(Status)[number % 2]
        Submission.objects.filter(pk=submission.pk).update(respond_by=due, status=status)
    everything = Submission.objects.all()
    listed = list(order.in_order(everything, ordering).values_list("pk", flat=True))
    found = [order.neighbours(everything, ordering, pk) for pk in listed]
    assert [before for before, _after in found] == [None, *listed[:-1]]
    assert [after for _before, after in found] == [*listed[1:], None]


def test_a_request_leads_on_in_the_list_it_was_opened_from(as_role: LogIn, page: FormPage) -> None:
    oldest, booked, newest = send(page, 3)
    booked.change_status(Status.BOOKED, seen=Status.NEW)
    browser = as_role(FRONT_DESK)
    browser.get(INDEX, {"status": "new"})
    context = browser.get(own_page(newest)).context
    assert (context["before"], context["after"]) == (None, oldest.pk)
    assert context["list_url"] == f"{INDEX}?status=new"
    # Worked on, it is not in that list any more; the way on stays.
    browser.post(own_page(newest), {"status": "closed", "assignee": "", "note": "", "seen": 0})
    assert browser.get(own_page(newest)).context["after"] == oldest.pk
    browser.get(RESULTS, {"ordering": "created_at", "p": "1"})
    context = browser.get(own_page(booked)).context
    assert (context["before"], context["after"]) == (oldest.pk, newest.pk)


def test_the_list_costs_the_same_with_every_column_and_many_people(as_role: LogIn, page: FormPage) -> None:
    browser = as_role(FRONT_DESK)
    me = User.objects.get(username="front-desk")
    keys = ["received", "form", "status", "respond_by", "assignee", "source", "channel", "first_contact"]
    browser.post(reverse("submissions:columns"), {"column": keys})
    query = {"assignee": "me", "ordering": "-assignee__username", "form_id": str(page.form_id)}
    costs = []
    for number in (1, 15):
        work.assign(send(page, number), me, me)
        browser.get(RESULTS, query)
        with CaptureQueriesContext(connection) as asked:
            browser.get(RESULTS, query)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 18


def test_a_request_costs_the_same_however_much_happened_to_it(as_role: LogIn, clinic: Clinic) -> None:
    page = a_form(clinic.home, a_field("email"), a_field("multi_line"))
    email = page.definition.questions[0]["id"]
    browser = as_role(FRONT_DESK)
    me = User.objects.get(username="front-desk")
    submission = submit(page.definition, {email: "ada@example.com"}, notify=False)
    costs = []
    for number in (1, 12):
        for _time in range(number):
            submit(page.definition, {email: "ada@example.com"}, notify=False)
            submission.refresh_from_db()
            work.apply(submission, work.Change(note="Called"), seen=submission.revision, user=me)
        browser.get(own_page(submission))
        with CaptureQueriesContext(connection) as asked:
            text = browser.get(own_page(submission)).content.decode()
        costs.append(len(asked))
    assert text.count(">Called<") == 13
    assert costs[0] == costs[1] <= 35


def test_looking_for_new_requests_is_cheap_and_writes_nothing(as_role: LogIn, page: FormPage) -> None:
    send(page, 3)
    browser = as_role(FRONT_DESK)
    browser.get(INDEX)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(reverse("submissions:look"), {"known": "0-0"}).json()["count"] == 3
    statements = [query["sql"] for query in asked]
    assert len(statements) <= 8
    assert all(statement.startswith("SELECT") for statement in statements)
