"""What one person may ask: a copy of all they sent, through whichever form, and its erasure."""

import io
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from clinicsite.roles import ADMINISTRATORS, FRONT_DESK, MARKETING_EDITORS
from forms import uploads
from forms.inbox.work import add_note
from forms.intake import submit
from forms.models import EventKind, FormPage, NotificationState, Status, Submission, SubmissionEvent
from forms.notifications import retry
from forms.persons import copy
from forms.privacy import erasure
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, press
from tests.forms.files import PDF, a_file

LogIn = Callable[[str], Client]
ADA = "ada@example.com"
INDEX = "/admin/privacy-requests/"


@pytest.fixture
def first(clinic: Clinic) -> FormPage:
    fields = [a_field("email"), a_field("multi_line"), a_field("upload")]
    options = {"notification_recipients": "desk@harbor.example", "patient_email": True}
    return a_form(clinic.home, *fields, title="Request an appointment", **options)


@pytest.fixture
def second(clinic: Clinic) -> FormPage:
    return a_form(clinic.home, a_field("email"), a_field("multi_line"), title="Feedback", slug="feedback")


def send(page: FormPage, text: str, email: str = ADA, file: Any = None) -> Submission:
    ids = {question["type"]: question["id"] for question in page.definition.questions}
    data = QueryDict(mutable=True)
    data.update({ids["email"]: email, ids["multi_line"]: text})
    return submit(page.definition, data, files=MultiValueDict({ids["upload"]: [file]} if file else {}))


def found(browser: Client, contact: str = ADA) -> Any:
    return browser.post(INDEX, {"contact": contact})


def zip_of(response: Any) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_all_that_a_person_sent_is_listed_without_what_it_says(
    as_role: LogIn, first: FormPage, second: FormPage
) -> None:
    mine = [send(first, "Numb left toes"), send(second, "Kind people", "ADA@Example.com ")]
    send(first, "Another's", "grace@example.com")
    response = found(as_role(ADMINISTRATORS))
    text = response.content.decode()
    assert response.context["requests"] == mine
    assert all(each.reference in text for each in mine)
    assert "Numb left toes" not in text
    assert response.request["QUERY_STRING"] == ""
    event = SubmissionEvent.objects.get(kind=EventKind.SEARCHED)
    assert (event.actor, event.details) == ("administrators", {"found": 2, "purpose": "privacy"})


def test_what_is_no_contact_and_what_nobody_named_is_said_at_the_field(as_role: LogIn, first: FormPage) -> None:
    browser = as_role(ADMINISTRATORS)
    text = found(browser, "Ada Lovelace").content.decode()
    assert "Enter a whole e-mail address" in text
    assert 'value="Ada Lovelace"' in text
    assert "Nothing that is kept names this" in found(browser, "nobody@example.com").content.decode()


def test_the_copy_holds_answers_notes_and_files_of_every_form(
    as_role: LogIn, first: FormPage, second: FormPage
) -> None:
    one = send(first, "Numb <left> toes", file=a_file(name="../../My card.exe"))
    two = send(second, "Kind people")
    send(first, "Another's", "grace@example.com")
    browser = as_role(ADMINISTRATORS)
    add_note(one, "Called twice", User.objects.create_user("the-desk"))
    response = browser.post(f"{INDEX}copy/", {"shown": found(browser).context["shown"]})
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith('attachment; filename="copy-of-requests-2')
    with zip_of(response) as archive:
        assert archive.testzip() is None
        page, data = archive.read(copy.READABLE).decode(), json.loads(archive.read(copy.DATA))
        files = [name for name in archive.namelist() if name.startswith("files/")]
        (item,) = data["requests"][0]["answers"][2]["files"]
        assert files == [item["file"]]
        assert archive.read(item["file"]) == PDF
    assert files[0].startswith(f"files/{one.reference}/")
    assert files[0].endswith("My card.pdf")
    assert ".." not in files[0]
    assert [each["reference"] for each in data["requests"]] == [one.reference, two.reference]
    assert data["requests"][0]["answers"][1] == {
        "question": "What brings you to us?",
        "answer": "Numb <left> toes",
        "files": [],
    }
    assert data["requests"][0]["notes"][0]["text"] == "Called twice"
    assert "Numb &lt;left&gt; toes" in page
    assert "Called twice" in page
    assert "Kind people" in page
    assert "Another" not in page
    given = SubmissionEvent.objects.filter(kind=EventKind.ACCESS_GIVEN)
    assert {(event.submission_id, event.actor) for event in given} == {
        (one.pk, "administrators"),
        (two.pk, "administrators"),
    }


def test_what_cannot_be_read_is_said_in_the_copy_and_stops_nothing(as_role: LogIn, first: FormPage) -> None:
    lost = send(first, "Under a lost key")
    fileless = send(first, "With a lost file", file=a_file())
    Submission.objects.filter(pk=lost.pk).update(key_id="gone")
    uploads.storage().delete(uploads.file_name(fileless.uploads.get()))
    browser = as_role(ADMINISTRATORS)
    with zip_of(browser.post(f"{INDEX}copy/", {"shown": found(browser).context["shown"]})) as archive:
        data = json.loads(archive.read(copy.DATA))["requests"]
        assert archive.namelist() == [copy.READABLE, copy.DATA]
    assert "“gone” is not among the keys" in data[0]["problem"]
    assert data[1]["answers"][2]["files"][0]["problem"] == "This file is not where it was stored."


def test_erasing_asks_first_and_keeps_what_is_held(as_role: LogIn, first: FormPage, second: FormPage) -> None:
    free, held, others = send(first, "A"), send(second, "B"), send(first, "C", "grace@example.com")
    erasure.set_hold([held], None, "", held=True, reason="Claim")
    browser = as_role(ADMINISTRATORS)
    shown = {"shown": found(browser).context["shown"]}
    asked = browser.post(f"{INDEX}erase/", shown).content.decode()
    assert "1 request</strong>" in asked
    assert held.reference in asked
    assert "This field is required" not in asked
    assert "This field is required" in browser.post(f"{INDEX}erase/", {**shown, "reason": " "}).content.decode()
    assert not Submission.objects.exclude(erased_at=None).exists()
    done = browser.post(f"{INDEX}erase/", {**shown, "reason": "Asked by letter"}, follow=True).content.decode()
    assert "1 request was erased." in done
    assert f"under legal hold: {held.reference}" in done
    assert set(Submission.objects.filter(erased_at=None)) == {held, others}
    assert Submission.objects.count() == 3
    event = free.events.get(kind=EventKind.ERASED)
    assert (event.actor, event.details["reason"]) == ("administrators", "Asked by letter")
    # Once more: only what is held is left, and nothing to erase.
    assert list(found(browser).context["requests"]) == [held]
    assert "for good</button>" not in browser.post(f"{INDEX}erase/", shown).content.decode()


def test_the_buttons_act_on_what_was_shown_and_on_nothing_made_up(as_role: LogIn, first: FormPage) -> None:
    send(first, "A")
    browser = as_role(ADMINISTRATORS)
    shown = found(browser).context["shown"]
    later = send(first, "B")
    for forged in ("", "[1, 2]", shown + "x"):
        assert browser.post(f"{INDEX}copy/", {"shown": forged})["Location"] == INDEX
        assert browser.post(f"{INDEX}erase/", {"shown": forged, "reason": "x"})["Location"] == INDEX
    browser.post(f"{INDEX}erase/", {"shown": shown, "reason": "Asked"})
    assert list(Submission.objects.filter(erased_at=None)) == [later]
    assert browser.get(f"{INDEX}copy/")["Location"] == INDEX


@pytest.mark.parametrize("role", [FRONT_DESK, MARKETING_EDITORS])
def test_only_administrators_answer_privacy_requests(as_role: LogIn, first: FormPage, role: str) -> None:
    send(first, "A")
    shown = found(as_role(ADMINISTRATORS)).context["shown"]
    browser = as_role(role)
    for response in (
        browser.get(INDEX),
        found(browser),
        browser.post(f"{INDEX}copy/", {"shown": shown}),
        browser.post(f"{INDEX}erase/", {"shown": shown, "reason": "x"}),
    ):
        assert response.status_code == 403
    assert not Submission.objects.exclude(erased_at=None).exists()
    assert INDEX not in browser.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("state", [NotificationState.PENDING, NotificationState.FAILED])
def test_no_e_mail_goes_out_about_what_was_erased(first: FormPage, state: NotificationState) -> None:
    submission = send(first, "A")
    submission.notifications.update(state=state)
    erasure.erase(submission)
    assert set(submission.notifications.values_list("state", flat=True)) == {NotificationState.SET_ASIDE}
    assert retry(submission.notifications.all(), None) == 0
    assert submission.events.filter(kind=EventKind.NOTIFICATION_SET_ASIDE).count() == 2


def test_a_file_that_cannot_be_removed_stops_no_erasure_and_is_told(
    as_role: LogIn, first: FormPage, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    stuck, _free = send(first, "A", file=a_file()), send(first, "B")
    browser = as_role(ADMINISTRATORS)
    shown = found(browser).context["shown"]

    def refuse(name: str) -> None:
        raise OSError("read-only")

    monkeypatch.setattr(uploads.storage(), "delete", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        done = browser.post(f"{INDEX}erase/", {"shown": shown, "reason": "Asked"}, follow=True).content.decode()
    assert "2 requests were erased." in done
    assert "1 file is not removed yet." in done
    assert not stuck.uploads.exists()
    monkeypatch.undo()
    assert uploads.purge_unclaimed() == 1


def type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_the_commands_read_the_contact_from_standard_input(
    first: FormPage, second: FormPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one, held = send(first, "Numb left toes"), send(second, "B")
    erasure.set_hold([held], None, "", held=True, reason="Claim")
    target, said = tmp_path / "copy.zip", io.StringIO()
    type_in(monkeypatch, f"{ADA}\n")
    call_command("subject_access", output=str(target), stderr=said)
    assert said.getvalue().startswith("2 requests")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert "Numb left toes" in zipfile.ZipFile(target).read(copy.READABLE).decode()
    for options, expected in (
        ({"dry_run": True}, f"{held.reference} of"),
        ({}, f"Erased 1 requests.\n{held.reference} is under legal hold"),
    ):
        type_in(monkeypatch, ADA)
        said = io.StringIO()
        call_command("erase_person", reason="Asked", stdout=said, stderr=io.StringIO(), **options)
        assert expected in said.getvalue()
    assert list(Submission.objects.filter(erased_at=None)) == [held]
    assert one.events.get(kind=EventKind.ERASED).actor == ""


@pytest.mark.parametrize(("typed", "words"), [("", "whole e-mail"), ("Ada", "whole e-mail"), (ADA, "Nothing that is")])
def test_the_commands_say_what_they_could_not_find(
    db: None, monkeypatch: pytest.MonkeyPatch, typed: str, words: str
) -> None:
    type_in(monkeypatch, typed)
    with pytest.raises(CommandError, match=words):
        call_command("erase_person", reason="Asked", stderr=io.StringIO())


@pytest.mark.parametrize(("role", "may"), [(FRONT_DESK, False), (ADMINISTRATORS, True)])
def test_a_request_is_held_and_erased_from_its_own_page(as_role: LogIn, first: FormPage, role: str, may: bool) -> None:
    submission = send(first, "A")
    own = reverse("submissions:inspect", args=[submission.pk])
    browser = as_role(role)
    duties = browser.get(own).context["duties"]
    assert bool(duties) is may
    if not may:
        return
    hold, _erase = duties
    assert press(browser, hold["url"], reason="Claim 12")["Location"] == own
    (lift,) = browser.get(own).context["duties"]
    press(browser, lift["url"], reason="Settled")
    _hold, erase = browser.get(own).context["duties"]
    assert press(browser, erase["url"], reason="Asked")["Location"] == own
    submission.refresh_from_db()
    assert submission.erased_at
    assert submission.status == Status.NEW
    assert browser.get(own).context["duties"] == []
