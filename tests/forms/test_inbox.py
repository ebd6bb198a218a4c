"""What the front desk sees and does in the admin, and that nobody else can."""

import datetime
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings
from django.urls import reverse
from wagtail.models import ModelLogEntry, ReferenceIndex

from clinicsite.roles import ADMINISTRATORS, ALL_ROLES, CLINICIAN_REVIEWERS, FRONT_DESK, MARKETING_EDITORS
from forms.intake import submit
from forms.models import EventKind, FormPage, Status, Submission, SubmissionEvent
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, only_field

INDEX, RESULTS = (reverse(f"submissions:{name}") for name in ("index", "index_results"))
EXPORT = reverse("exports:new")
LogIn = Callable[[str], Client]


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    return a_form(clinic.home, a_field("single_line", label="Your name"))


@pytest.fixture
def request_of_ada(page: FormPage) -> Submission:
    return submit(page.definition, {only_field(page.definition)["id"]: "Ada Lovelace"}, source="/neck/")


def own_page(submission: Submission) -> str:
    return reverse("submissions:inspect", args=[submission.pk])


def kinds(submission: Submission) -> list[str]:
    return list(submission.events.values_list("kind", flat=True))


@pytest.mark.parametrize("role", [*ALL_ROLES, None])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("place", ["index", "index_results", "inspect"])
def test_only_front_desk_and_administrators_reach_requests(
    as_role: LogIn, request_of_ada: Submission, role: str | None, method: str, place: str
) -> None:
    url = own_page(request_of_ada) if place == "inspect" else reverse(f"submissions:{place}")
    response = getattr(as_role(role) if role else Client(), method)(url)
    if role in (FRONT_DESK, ADMINISTRATORS):
        assert response.status_code in ((200,) if method == "get" or place == "inspect" else (302, 405))
    elif role is None:
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("wagtailadmin_login"))
    else:
        assert response.status_code == 403
        assert "Ada" not in response.content.decode()


def test_every_admin_address_of_requests_is_in_the_matrix() -> None:
    from forms.inbox import SubmissionViewSet

    names = {pattern.name for pattern in SubmissionViewSet().get_urlpatterns()}
    # A file's address has its row in test_uploads.
    assert names == {
        *("index", "index_results", "inspect", "file"),
        # These have theirs in test_inbox_work.
        *("look", "contact", "columns", "print", "action"),
    }


@pytest.mark.parametrize(
    ("role", "shown"), [(FRONT_DESK, True), (MARKETING_EDITORS, False), (CLINICIAN_REVIEWERS, False)]
)
def test_the_menu_shows_requests_to_those_who_may_see_them(
    as_role: LogIn, page: FormPage, role: str, shown: bool
) -> None:
    text = as_role(role).get(reverse("wagtailadmin_home")).content.decode()
    assert (INDEX in text) is shown


def test_the_list_shows_requests_without_answers(as_role: LogIn, request_of_ada: Submission) -> None:
    text = as_role(FRONT_DESK).get(INDEX).content.decode()
    assert request_of_ada.reference in text
    assert "Request an appointment" in text
    assert "Ada" not in text


def test_the_list_filters_by_form_status_and_date(as_role: LogIn, clinic: Clinic, request_of_ada: Submission) -> None:
    other = submit(a_form(clinic.home, a_field("email"), slug="other").definition, {})
    other.change_status(Status.BOOKED, seen=Status.NEW)
    browser = as_role(FRONT_DESK)
    day = request_of_ada.created_at.date().isoformat()
    for query, expected in [
        ({"form_id": str(request_of_ada.form_id)}, {request_of_ada}),
        ({"status": "booked"}, {other}),
        ({"created_at_to": "2000-01-01"}, set()),
        ({"created_at_from": "2000-01-01"}, {request_of_ada, other}),
    ]:
        assert set(browser.get(RESULTS, query).context["object_list"]) == expected, (query, day)


def test_the_list_costs_the_same_for_many_requests(
    as_role: LogIn, page: FormPage, django_assert_max_num_queries: Callable
) -> None:
    browser = as_role(FRONT_DESK)
    for _index in range(15):
        submit(page.definition, {}, notify=False)
    browser.get(RESULTS)
    with django_assert_max_num_queries(12):
        browser.get(RESULTS)


def test_a_request_shows_its_questions_and_answers_and_records_who_looked(
    as_role: LogIn, request_of_ada: Submission
) -> None:
    response = as_role(FRONT_DESK).get(own_page(request_of_ada))
    text = response.content.decode()
    assert "Your name" in text
    assert "Ada Lovelace" in text
    assert "no-store" in response["Cache-Control"]
    viewed = SubmissionEvent.objects.get(kind=EventKind.VIEWED)
    assert (viewed.submission, viewed.actor) == (request_of_ada, "front-desk")


def test_a_request_shows_markup_as_text(as_role: LogIn, page: FormPage) -> None:
    evil = submit(page.definition, {only_field(page.definition)["id"]: "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in as_role(FRONT_DESK).get(own_page(evil)).content.decode()


def test_the_status_is_set_and_recorded(as_role: LogIn, request_of_ada: Submission) -> None:
    url = own_page(request_of_ada)
    assert as_role(FRONT_DESK).post(url, {"status": "contacted", "seen": 0}).status_code == 302
    request_of_ada.refresh_from_db()
    assert request_of_ada.status == Status.CONTACTED
    event = request_of_ada.events.get(kind=EventKind.STATUS_CHANGED)
    assert event.details == {"before": "new", "after": "contacted"}
    assert event.actor == "front-desk"


def test_the_second_of_two_people_is_told_and_overwrites_nothing(as_role: LogIn, request_of_ada: Submission) -> None:
    browser, url = as_role(FRONT_DESK), own_page(request_of_ada)
    browser.post(url, {"status": "booked", "seen": 0})
    answer = browser.post(url, {"status": "closed", "seen": 0, "note": "Called twice"}, follow=True).content.decode()
    request_of_ada.refresh_from_db()
    assert request_of_ada.status == Status.BOOKED
    assert "front-desk has changed this request meanwhile; it is now “Booked”" in answer
    assert "Called twice</textarea>" in answer
    assert kinds(request_of_ada).count(EventKind.STATUS_CHANGED) == 1


def test_a_status_that_is_none_changes_nothing(as_role: LogIn, request_of_ada: Submission) -> None:
    as_role(FRONT_DESK).post(own_page(request_of_ada), {"status": "lost", "seen": 0})
    request_of_ada.refresh_from_db()
    assert request_of_ada.status == Status.NEW


def test_who_may_only_view_cannot_change_the_status_or_export(request_of_ada: Submission) -> None:
    from django.contrib.auth.models import Permission

    viewer = User.objects.create(username="viewer")
    viewer.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", "view_submission"]))
    browser = Client()
    browser.force_login(viewer)
    url = own_page(request_of_ada)
    assert browser.get(url).status_code == 200
    assert "Note for colleagues" not in browser.get(url).content.decode()
    assert browser.post(url, {"status": "closed", "seen": 0}).status_code == 403
    assert browser.get(EXPORT).status_code == 403
    assert EXPORT not in browser.get(INDEX).content.decode()


def test_a_lost_key_spoils_one_request_and_no_list(as_role: LogIn, page: FormPage, request_of_ada: Submission) -> None:
    new_key = "new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
    browser = as_role(FRONT_DESK)
    with override_settings(FORMS_ENCRYPTION_KEYS=[new_key]):
        readable = submit(page.definition, {only_field(page.definition)["id"]: "Grace"})
        assert browser.get(INDEX).status_code == 200
        assert "the encryption key “test” is not among" in browser.get(own_page(request_of_ada)).content.decode()
        assert "Grace" in browser.get(own_page(readable)).content.decode()


def test_no_answer_reaches_wagtails_own_records(as_role: LogIn, request_of_ada: Submission) -> None:
    browser = as_role(FRONT_DESK)
    browser.get(own_page(request_of_ada))
    browser.post(own_page(request_of_ada), {"status": "closed", "seen": 0})
    assert not ModelLogEntry.objects.filter(content_type__app_label="forms").exists()
    assert not ReferenceIndex.objects.filter(base_content_type__model="submission").exists()


def test_editors_find_all_forms_in_one_list(as_role: LogIn, page: FormPage) -> None:
    assert "Request an appointment" in as_role(MARKETING_EDITORS).get(reverse("form_pages:index")).content.decode()


@pytest.mark.parametrize(("role", "shown"), [(FRONT_DESK, False), (MARKETING_EDITORS, True)])
def test_the_menu_shows_forms_to_those_who_edit_pages(as_role: LogIn, page: FormPage, role: str, shown: bool) -> None:
    text = as_role(role).get(reverse("wagtailadmin_home")).content.decode()
    assert (reverse("form_pages:index") in text) is shown


def test_the_way_to_the_export_carries_the_filters_and_not_the_page(as_role: LogIn, request_of_ada: Submission) -> None:
    text = as_role(FRONT_DESK).get(INDEX, {"status": "new", "p": "1"}).content.decode()
    assert f'href="{EXPORT}?status=new"' in text


@pytest.mark.parametrize(("role", "shown"), [(FRONT_DESK, True), (ADMINISTRATORS, True), (MARKETING_EDITORS, False)])
def test_the_dashboard_counts_new_requests_for_those_who_may_see_them(
    as_role: LogIn, page: FormPage, request_of_ada: Submission, role: str, shown: bool
) -> None:
    submit(page.definition, {}).change_status(Status.CLOSED, seen=Status.NEW)
    submit(page.definition, {})
    text = as_role(role).get(reverse("wagtailadmin_home")).content.decode()
    assert ("2 new requests" in text) is shown
    assert (f'href="{INDEX}?status=new"' in text) is shown


def test_the_dashboard_says_when_nothing_is_new(as_role: LogIn, page: FormPage) -> None:
    assert "No new requests" in as_role(FRONT_DESK).get(reverse("wagtailadmin_home")).content.decode()


def test_the_list_says_when_a_request_came_in_to_the_minute(as_role: LogIn, page: FormPage) -> None:
    at = datetime.datetime(2026, 11, 2, 17, 4, tzinfo=datetime.UTC)
    submit(page.definition, {}, received_at=at)
    assert "Nov. 2, 2026, 9:04 a.m." in as_role(FRONT_DESK).get(INDEX).content.decode()


def test_a_phone_number_and_an_address_can_be_used_at_once(as_role: LogIn, clinic: Clinic) -> None:
    page = a_form(clinic.home, a_field("phone"), a_field("email"))
    phone, email = page.definition.questions
    sent = submit(page.definition, {phone["id"]: "206 555 0142 x7", email["id"]: "a&b?c=d@example.org"})
    text = as_role(FRONT_DESK).get(own_page(sent)).content.decode()
    assert 'href="tel:+12065550142;ext=7"' in text
    assert 'href="mailto:a%26b%3Fc%3Dd@example.org"' in text


def test_an_answer_cannot_turn_the_text_around_it(as_role: LogIn, page: FormPage) -> None:
    sent = submit(page.definition, {only_field(page.definition)["id"]: "\u202ereversed"})
    assert '<dd dir="auto">\u202ereversed</dd>' in as_role(FRONT_DESK).get(own_page(sent)).content.decode()
