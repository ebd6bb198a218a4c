"""Choosing what goes into a file, and getting it at once."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from clinicsite.roles import ADMINISTRATORS, ALL_ROLES, FRONT_DESK, MARKETING_EDITORS
from forms.exports import Catalogue
from forms.intake import submit
from forms.models import EventKind, ExportPreset, FormPage, Status, Submission, SubmissionEvent
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, only_field

LogIn = Callable[[str], Client]
NEW = reverse("exports:new")


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    return a_form(clinic.home, a_field("single_line", label="Your name"))


@pytest.fixture
def request_of_ada(page: FormPage) -> Submission:
    return submit(page.definition, {only_field(page.definition)["id"]: "Ada Lovelace"}, source="/neck/", notify=False)


def keys(page: FormPage) -> list[str]:
    return [column.key for column in Catalogue([page.form_id]).columns if column.is_default]


def ask(browser: Client, page: FormPage, filters: str = "", **data: Any) -> HttpResponse:
    """Press the button that downloads the usual columns at once, unless ``data`` says otherwise."""
    sent = {"action": "now", "format": "csv", "columns": keys(page), "filters": filters} | data
    return browser.post(NEW, sent)


def rows_of(response: HttpResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("role", [*ALL_ROLES, None])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_front_desk_and_administrators_may_export(
    as_role: LogIn, page: FormPage, request_of_ada: Submission, role: str | None, method: str
) -> None:
    browser = as_role(role) if role else Client()
    response = ask(browser, page) if method == "post" else browser.get(NEW)
    if role in (FRONT_DESK, ADMINISTRATORS):
        assert response.status_code == 200
    else:
        assert response.status_code == (403 if role else 302)
        assert "Ada" not in response.content.decode()


def test_who_may_view_requests_may_not_therefore_export_them(page: FormPage, request_of_ada: Submission) -> None:
    from django.contrib.auth.models import Permission, User

    viewer = User.objects.create(username="viewer")
    viewer.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", "view_submission"]))
    browser = Client()
    browser.force_login(viewer)
    assert browser.get(NEW).status_code == 403
    assert ask(browser, page).status_code == 403


def test_the_screen_shows_how_many_requests_and_by_which_filters(
    as_role: LogIn, page: FormPage, request_of_ada: Submission
) -> None:
    submit(page.definition, {}, notify=False).change_status(Status.CLOSED, seen=Status.NEW)
    text = as_role(FRONT_DESK).get(NEW, {"status": "new", "p": "2"}).content.decode()
    assert "1 request</strong>" in text
    assert "<dt>Status</dt><dd>New</dd>" in text
    assert "Overdue" not in text
    assert "Your name" in text
    assert "Ada" not in text


def test_the_export_honours_the_filters_and_is_recorded(
    as_role: LogIn, page: FormPage, request_of_ada: Submission
) -> None:
    submit(page.definition, {}, notify=False)
    request_of_ada.change_status(Status.BOOKED, seen=Status.NEW)
    rows = rows_of(ask(as_role(FRONT_DESK), page, "status=booked"))
    assert [row[0] for row in rows[1:]] == [request_of_ada.reference]
    event = SubmissionEvent.objects.get(kind=EventKind.EXPORTED)
    assert (event.actor, event.address) == ("front-desk", "127.0.0.1")
    assert event.details == {
        "format": "csv",
        "columns": keys(page),
        "filters": {"status": ["booked"]},
        "rows": 1,
        "delivery": "at once",
    }


def test_requests_that_were_ticked_are_exported_and_no_others(
    as_role: LogIn, page: FormPage, request_of_ada: Submission
) -> None:
    others = [submit(page.definition, {}, notify=False) for _number in range(3)]
    browser = as_role(FRONT_DESK)
    text = browser.post(NEW, {"id": [request_of_ada.pk, others[1].pk]}).content.decode()
    assert "2 requests</strong>: those you ticked" in text
    filters = f"id={request_of_ada.pk}&id={others[1].pk}"
    assert filters.replace("&", "&amp;") in text
    rows = rows_of(ask(browser, page, filters))
    assert [row[0] for row in rows[1:]] == [request_of_ada.reference, others[1].reference]


def test_the_export_is_a_download_that_nobody_keeps(as_role: LogIn, page: FormPage, request_of_ada: Submission) -> None:
    response = ask(as_role(FRONT_DESK), page)
    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="requests-')
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("filters", ["created_at_from=soon", "id=7%3B", "status=lost"])
def test_a_filter_that_makes_no_sense_exports_nothing(
    as_role: LogIn, page: FormPage, request_of_ada: Submission, filters: str
) -> None:
    response = ask(as_role(FRONT_DESK), page, filters)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("submissions:index"))
    assert not SubmissionEvent.objects.filter(kind=EventKind.EXPORTED).exists()


def test_the_byte_order_mark_is_the_exporters_choice(
    as_role: LogIn, page: FormPage, request_of_ada: Submission
) -> None:
    browser = as_role(FRONT_DESK)
    assert ask(browser, page, bom="on").getvalue().startswith(b"\xef\xbb\xbf")
    assert not ask(browser, page).getvalue().startswith(b"\xef\xbb\xbf")


def test_columns_come_as_ticked_and_ordered(as_role: LogIn, page: FormPage, request_of_ada: Submission) -> None:
    name = keys(page)[-1]
    rows = rows_of(ask(as_role(FRONT_DESK), page, columns=[name, "reference"], order=[name, "reference"]))
    assert rows == [["Your name", "Reference", "Note"], ["Ada Lovelace", request_of_ada.reference, ""]]


def test_without_any_column_the_screen_asks_for_one(as_role: LogIn, page: FormPage, request_of_ada: Submission) -> None:
    response = ask(as_role(FRONT_DESK), page, columns=[])
    assert "Tick at least one column." in response.content.decode()
    assert not SubmissionEvent.objects.filter(kind=EventKind.EXPORTED).exists()


def test_a_column_moves_without_scripts_and_what_was_ticked_stays(
    as_role: LogIn, page: FormPage, request_of_ada: Submission
) -> None:
    order = [key for key in keys(page) if key != "note"]
    data = {"action": "up:received", "order": order, "columns": ["received"]}
    context = ask(as_role(FRONT_DESK), page, **data).context
    shown = [(column.key, ticked) for column, ticked in context["columns"]]
    assert shown[:2] == [("received", True), ("reference", False)]
    assert [key for key, _ticked in shown][2 : len(order)] == order[2:]


def test_a_preset_is_saved_used_changed_and_deleted(as_role: LogIn, page: FormPage, request_of_ada: Submission) -> None:
    browser = as_role(FRONT_DESK)
    name = keys(page)[-1]
    wanted = {"columns": [name, "status"], "preset_name": "Names", "keep_filters": "1", "action": "save_preset"}
    response = ask(browser, page, "status=new", **wanted)
    preset = ExportPreset.objects.get()
    assert response["Location"] == f"{NEW}?status=new&preset={preset.pk}"
    assert (preset.name, preset.format, preset.columns) == ("Names", "csv", [name, "status"])
    assert preset.filters == {"status": ["new"]}
    assert preset.created_by is not None

    chosen = browser.get(NEW, {"use_preset": preset.pk}, follow=True)
    assert chosen.request["QUERY_STRING"] == f"status=new&preset={preset.pk}"
    ticked = [column.key for column, is_ticked in chosen.context["columns"] if is_ticked]
    assert ticked == [name, "status"]

    ask(browser, page, **wanted | {"columns": ["reference"], "keep_filters": ""})
    preset.refresh_from_db()
    assert (preset.columns, preset.filters) == (["reference"], {})

    # Without filters of its own it leaves those that are there.
    chosen = browser.get(NEW, {"use_preset": preset.pk, "status": "new"}, follow=True)
    assert chosen.request["QUERY_STRING"] == f"status=new&preset={preset.pk}"
    none = browser.get(NEW, {"use_preset": "", "status": "new", "preset": preset.pk}, follow=True)
    assert none.request["QUERY_STRING"] == "status=new"

    ask(browser, page, action="delete_preset", preset=preset.pk)
    assert not ExportPreset.objects.exists()


def test_a_preset_needs_a_name(as_role: LogIn, page: FormPage, request_of_ada: Submission) -> None:
    response = ask(as_role(FRONT_DESK), page, action="save_preset", preset_name=" ")
    assert "Give the preset a name." in response.content.decode()
    assert not ExportPreset.objects.exists()


def test_a_lost_key_spoils_one_row_and_not_the_file(as_role: LogIn, page: FormPage, request_of_ada: Submission) -> None:
    new_key = "new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
    with override_settings(FORMS_ENCRYPTION_KEYS=[new_key]):
        submit(page.definition, {only_field(page.definition)["id"]: "Grace"}, notify=False)
        erased = submit(page.definition, {only_field(page.definition)["id"]: "Bo"}, notify=False)
        Submission.objects.filter(pk=erased.pk).update(erased_at=timezone.now(), key_id="test")
        browser = as_role(FRONT_DESK)
        assert "1 of them cannot be read, because its key is missing." in browser.get(NEW).content.decode()
        rows = rows_of(ask(browser, page))
    assert "key “test”" in rows[1][5]
    assert rows[2][-1] == "Grace"


def test_ticking_requests_in_the_inbox_leads_to_their_export(
    as_role: LogIn, page: FormPage, request_of_ada: Submission
) -> None:
    action = reverse("wagtail_bulk_action", args=["forms", "submission", "export"])
    desk = as_role(FRONT_DESK)
    assert desk.get(action, {"id": [request_of_ada.pk]})["Location"] == f"{NEW}?id={request_of_ada.pk}"
    assert desk.get(action, {"id": "all", "status": "new", "next": "/"})["Location"] == f"{NEW}?status=new"
    assert as_role(MARKETING_EDITORS).get(action, {"id": [request_of_ada.pk]}).status_code == 403


def test_a_search_by_contact_becomes_the_requests_it_found(as_role: LogIn, clinic: Clinic) -> None:
    page = a_form(clinic.home, a_field("email"))
    field = only_field(page.definition)["id"]
    mine = submit(page.definition, {field: "ada@example.com"}, notify=False)
    submit(page.definition, {field: "grace@example.com"}, notify=False)
    browser = as_role(FRONT_DESK)
    browser.post(reverse("submissions:contact"), {"contact": "ada@example.com"})
    assert f'href="{NEW}?contact=1"' in browser.get(reverse("submissions:index"), {"contact": "1"}).content.decode()
    shown = browser.get(NEW, {"contact": "1"})
    assert shown.context["filters"].urlencode() == f"id={mine.pk}"
    assert "ada@" not in shown.content.decode()
    browser.post(reverse("submissions:contact"), {"contact": "nobody@example.com"})
    assert browser.get(NEW, {"contact": "1"}).context["total"] == 0


def test_without_a_filter_quarantine_is_left_out_as_in_the_inbox(
    as_role: LogIn, page: FormPage, request_of_ada: Submission
) -> None:
    caught = submit(page.definition, {}, notify=False)
    Submission.objects.filter(pk=caught.pk).update(status=Status.QUARANTINE)
    browser = as_role(FRONT_DESK)
    assert [row[0] for row in rows_of(ask(browser, page))[1:]] == [request_of_ada.reference]
    assert [row[0] for row in rows_of(ask(browser, page, "status=quarantine"))[1:]] == [caught.reference]
    every = "status=" + "&status=".join(Status.values)
    assert len(rows_of(ask(browser, page, every))) == 3


def test_requests_that_come_in_while_the_file_is_read_do_not_change_it(
    as_role: LogIn, page: FormPage, request_of_ada: Submission
) -> None:
    response = ask(as_role(FRONT_DESK), page)
    first = next(content := iter(response.streaming_content))
    submit(page.definition, {only_field(page.definition)["id"]: "Too late"}, notify=False)
    text = (first + b"".join(content)).decode()
    assert "Ada Lovelace" in text
    assert "Too late" not in text
