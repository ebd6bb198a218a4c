"""Erasure, retention, legal hold, the audit trail and the change of keys."""

import datetime as dt
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from clinicsite.roles import ADMINISTRATORS, FRONT_DESK, MARKETING_EDITORS
from forms import quarantine, uploads
from forms.inbox import work
from forms.inbox.contacts import with_answer
from forms.intake import submit
from forms.models import EventKind, FormPage, IndexTerm, NotificationState, Status, Submission, SubmissionEvent
from forms.privacy import AnswersUnreadableError, erasure, rotation, verification
from forms.privacy.verification import verify
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form

LogIn = Callable[[str], Client]
OLD = "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
NEW = "new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    fields = [a_field("email"), a_field("multi_line")]
    return a_form(clinic.home, *fields, retention_days=90, notification_recipients="desk@harbor.example")


def send(page: FormPage, email: str = "ada@example.com") -> Submission:
    mail, reason = page.definition.questions
    return submit(page.definition, {mail["id"]: email, reason["id"]: "Numb left toes"})


def note(submission: Submission, text: str = "Called twice") -> None:
    from forms.inbox.work import add_note

    add_note(submission, text, User.objects.get_or_create(username="desk")[0])


def test_erasing_leaves_that_there_was_a_request_and_nothing_it_said(page: FormPage) -> None:
    submission = send(page)
    note(submission)
    assert erasure.erase(submission, reason="Asked for by letter")
    submission.refresh_from_db()
    assert bytes(submission.answers_encrypted) == b""
    assert not submission.notes.exists()
    assert not IndexTerm.objects.filter(submission=submission).exists()
    assert set(submission.notifications.values_list("state", flat=True)) == {NotificationState.SET_ASIDE}
    assert submission.status == Status.NEW
    event = submission.events.get(kind=EventKind.ERASED)
    assert event.details == {"files": 0, "reason": "Asked for by letter"}
    with pytest.raises(AnswersUnreadableError, match="The answers were erased on"):
        submission.read_answers()
    assert not erasure.erase(submission)
    assert Submission.objects.count() == 1


def test_an_erased_request_takes_no_notes(page: FormPage, as_role: LogIn) -> None:
    submission = send(page)
    erasure.erase(submission)
    submission.refresh_from_db()
    own = reverse("submissions:inspect", args=[submission.pk])
    browser = as_role(FRONT_DESK)
    assert "Note for colleagues" not in browser.get(own).content.decode()
    browser.post(own, {"status": "closed", "note": "Was about the toes", "seen": submission.revision})
    action = reverse("submissions:action", args=[submission.pk])
    browser.post(action, {"action": "unread", "note": "Was about the toes", "seen": submission.revision + 1})
    submission.refresh_from_db()
    assert (submission.status, submission.read_at) == (Status.CLOSED, None)
    with pytest.raises(work.ErasedError):
        work.apply(submission, work.Change(note="Toes"), seen=submission.revision, user=None)
    assert not submission.notes.exists()


def test_what_is_held_is_not_erased_until_the_hold_is_lifted(page: FormPage) -> None:
    submission = send(page)
    erasure.set_hold([submission], None, "", held=True, reason="Claim 12")
    with pytest.raises(erasure.HeldError, match=submission.reference):
        erasure.erase(submission)
    assert erasure.purge(timezone.now() + dt.timedelta(days=400)) == 0
    submission.refresh_from_db()
    erasure.set_hold([submission], None, "", held=False, reason="Claim settled")
    assert erasure.purge(timezone.now() + dt.timedelta(days=400)) == 1
    kinds = list(submission.events.values_list("kind", flat=True))
    set_aside = EventKind.NOTIFICATION_SET_ASIDE
    assert kinds == [EventKind.SUBMITTED, EventKind.HELD, EventKind.HOLD_LIFTED, set_aside, EventKind.PURGED]


def test_answers_are_erased_when_their_time_is_up_and_not_before(page: FormPage) -> None:
    submission = send(page)
    last_day = timezone.now() + dt.timedelta(days=89)
    assert erasure.purge(last_day) == 0
    said = StringIO()
    call_command("purge_submissions", dry_run=True, stdout=said)
    assert said.getvalue() == ""
    assert erasure.purge(last_day + dt.timedelta(days=1)) == 1
    submission.refresh_from_db()
    assert submission.erased_at is not None


def test_one_request_that_cannot_be_erased_holds_up_no_other(page: FormPage, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck, _free = send(page), send(page, "grace@example.com")
    late = timezone.now() + dt.timedelta(days=90)
    erase = uploads.erase

    def refuse(submission: Submission) -> int:
        if submission.pk == stuck.pk:
            raise PermissionError
        return erase(submission)

    monkeypatch.setattr(uploads, "erase", refuse)
    with pytest.raises(erasure.NotErasedError, match="1 requests"):
        erasure.purge(late)
    assert list(Submission.objects.filter(erased_at=None)) == [stuck]
    monkeypatch.undo()
    assert erasure.purge(late) == 1


def test_a_form_that_keeps_answers_longer_keeps_those_it_has_longer_too(page: FormPage) -> None:
    submission = send(page)
    for days in (365, None, 30):
        page.retention_days = days
        page.save_revision().publish()
        submission.refresh_from_db()
        day = timezone.localdate(submission.created_at) + dt.timedelta(days=days) if days else None
        assert submission.expires_on == day


@pytest.mark.parametrize(("role", "may"), [(FRONT_DESK, False), (ADMINISTRATORS, True)])
def test_administrators_erase_and_hold_from_the_list(as_role: LogIn, page: FormPage, role: str, may: bool) -> None:
    free, held = send(page), send(page, "grace@example.com")
    erasure.set_hold([held], None, "", held=True, reason="Claim")
    ids = f"?id={free.pk}&id={held.pk}&next={reverse('submissions:index')}"
    url = reverse("wagtail_bulk_action", args=["forms", "submission", "erase"]) + ids
    browser = as_role(role)
    asked = browser.get(url)
    assert asked.status_code == (200 if may else 403)
    shown = asked.context["shown"] if may else ""
    said = browser.post(url, {"reason": "Asked for", "shown": shown}, follow=True).content.decode()
    assert (f"under legal hold: {held.reference}" in said) is may
    free.refresh_from_db()
    held.refresh_from_db()
    assert (free.erased_at is not None, held.erased_at) == (may, None)
    text = as_role(ADMINISTRATORS).get(reverse("submissions:inspect", args=[free.pk])).content.decode()
    assert ("The answers were erased on" in text) is may


def trail(page: FormPage, events: int = 5) -> None:
    submission = send(page)
    for _number in range(events - 1):
        SubmissionEvent.objects.record(EventKind.VIEWED, submission)


def by_sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(table=SubmissionEvent._meta.db_table))


def test_a_whole_trail_is_found_whole_and_names_its_end(page: FormPage) -> None:
    trail(page)
    verdict = verify()
    assert verdict.is_whole
    assert verdict.events == 5
    SubmissionEvent.objects.record(EventKind.EXPORTED, rows=1)
    assert verify(verdict.head).is_whole
    assert "is not in the trail" in verify("5:0123").problem
    said = StringIO()
    call_command("verify_audit", stdout=said)
    assert said.getvalue().startswith("The trail is whole: 6 events.")


def test_a_trail_that_grows_while_it_is_followed_is_whole(page: FormPage, monkeypatch: pytest.MonkeyPatch) -> None:
    trail(page)
    follow = verification._Walk.go_on

    def go_on_and_be_busy(*arguments: Any) -> str:
        problem = follow(*arguments)
        SubmissionEvent.objects.record(EventKind.EXPORTED, rows=1)
        return problem

    monkeypatch.setattr(verification._Walk, "go_on", go_on_and_be_busy)
    verdict = verify()
    assert (verdict.problem, verdict.events) == ("", 6)


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE {table} SET actor = 'somebody else' WHERE sequence = 3", "Event 3 was changed"),
        ("DELETE FROM {table} WHERE sequence = 3", "Event 3 is missing"),
        ("DELETE FROM {table} WHERE sequence = 5", "The trail ends at event 4, but event 5 was the last"),
        ("UPDATE {table} SET sequence = sequence + 100 WHERE sequence = 2", "Event 2 is missing"),
    ],
)
def test_a_trail_that_somebody_changed_is_found_out(page: FormPage, statement: str, problem: str) -> None:
    trail(page)
    by_sql(statement)
    assert problem in verify().problem
    with pytest.raises(CommandError, match="events before it are in order"):
        call_command("verify_audit", stdout=StringIO())


def test_two_events_that_change_places_are_found_out(page: FormPage) -> None:
    trail(page)
    for before, after in ((2, 102), (3, 2), (102, 3)):
        by_sql(f"UPDATE {{table}} SET sequence = {after} WHERE sequence = {before}")  # noqa: S608
    assert "Event 2 was changed" in verify().problem


def test_a_new_key_takes_everything_over_and_the_old_one_may_go(page: FormPage, as_role: LogIn) -> None:
    submission = send(page)
    note(submission)
    with override_settings(FORMS_ENCRYPTION_KEYS=[NEW, OLD]):
        assert rotation.still_under()["answers"] == {"test": 1}
        said = StringIO()
        call_command("rotate_keys", stdout=said)
        assert "answers: 1 encrypted anew, 0 unreadable" in said.getvalue()
        call_command("rotate_keys", stdout=StringIO())  # Again does nothing.
    with override_settings(FORMS_ENCRYPTION_KEYS=[NEW]):
        submission.refresh_from_db()
        assert "Numb left toes" in submission.read_answers().values()
        assert submission.notes.get().read_text() == "Called twice"
        assert verify().is_whole
        assert {key for counts in rotation.still_under().values() for key in counts} == {"new"}
        browser = as_role(FRONT_DESK)
        browser.post(reverse("submissions:contact"), {"contact": "ada@example.com"})
        found = browser.get(reverse("submissions:index_results"), {"contact": "1"}).context["object_list"]
        assert list(found) == [submission]


def test_what_cannot_be_read_is_counted_and_stops_nothing(page: FormPage) -> None:
    lost = send(page)
    Submission.objects.filter(pk=lost.pk).update(key_id="gone")
    kept = send(page, "grace@example.com")
    with override_settings(FORMS_ENCRYPTION_KEYS=[NEW, OLD]):
        assert rotation.rotate() == 1
        kept.refresh_from_db()
        assert kept.key_id == "new"
        assert rotation.still_under()["answers"] == {"gone": 1, "new": 1}


def test_a_broken_trail_is_not_sealed_anew(page: FormPage) -> None:
    trail(page)
    by_sql("UPDATE {table} SET actor = 'somebody else' WHERE sequence = 3")
    with override_settings(FORMS_ENCRYPTION_KEYS=[NEW, OLD]), pytest.raises(CommandError, match="Event 3 was changed"):
        call_command("rotate_keys", stdout=StringIO())
    assert not SubmissionEvent.objects.filter(key_id="new").exists()


def test_an_older_version_brings_no_older_retention_back(page: FormPage) -> None:
    older = page.save_revision()
    page.retention_days = 365
    page.save_revision().publish()
    editor = User.objects.create_user("editor")
    editor.groups.add(Group.objects.get(name=MARKETING_EDITORS))
    form_class = FormPage.get_edit_handler().get_form_class()
    assert form_class(instance=older.as_object(), for_user=editor).instance.retention_days == 365


def test_what_is_put_in_quarantine_by_hand_is_kept_from_that_day_on(page: FormPage) -> None:
    submission = send(page)
    long_ago = timezone.now() - dt.timedelta(days=80)
    Submission.objects.filter(pk=submission.pk).update(created_at=long_ago, expires_on=None)
    submission.refresh_from_db()
    quarantine.put_in(submission, None)
    assert erasure.purge() == 0
    assert quarantine.kept_until(submission) > timezone.now() + dt.timedelta(days=29)
    assert erasure.purge(timezone.now() + dt.timedelta(days=31)) == 1


def test_what_was_stored_without_search_terms_is_found_once_indexed(page: FormPage) -> None:
    old, erased, known = send(page), send(page, "bo@example.com"), send(page, "cy@example.com")
    erasure.erase(erased)
    IndexTerm.objects.filter(submission=old).delete()
    before = list(IndexTerm.objects.filter(submission=known).values_list("digest", flat=True))
    assert not with_answer(Submission.objects.all(), "email", "ada@example.com").exists()
    said = StringIO()
    call_command("index_submissions", stdout=said)
    assert "1 requests can now be found that could not before." in said.getvalue()
    assert with_answer(Submission.objects.all(), "email", "ada@example.com").get() == old
    assert list(IndexTerm.objects.filter(submission=known).values_list("digest", flat=True)) == before
    assert not IndexTerm.objects.filter(submission=erased).exists()
    call_command("index_submissions", stdout=said)
    assert "0 requests can now be found" in said.getvalue()


def test_indexing_passes_over_what_cannot_be_read_and_survives_a_change_of_keys(page: FormPage) -> None:
    with override_settings(FORMS_ENCRYPTION_KEYS=[NEW]):
        lost = send(page, "bo@example.com")
    old = send(page)
    IndexTerm.objects.all().delete()
    said, trouble = StringIO(), StringIO()
    call_command("index_submissions", stdout=said, stderr=trouble)
    assert "1 requests could not be read: their key is missing." in trouble.getvalue()
    assert not lost.index_terms.exists()
    with override_settings(FORMS_ENCRYPTION_KEYS=[NEW, OLD]):
        call_command("rotate_keys", stdout=said)
        call_command("index_submissions", stdout=said)
        assert old.index_terms.count() == 1
        assert with_answer(Submission.objects.all(), "email", "ada@example.com").get() == old
