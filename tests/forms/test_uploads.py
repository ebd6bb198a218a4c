"""Files of patients, from the form to the front desk: what is taken, where it lies, who gets it, and when it goes."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from clinicsite.roles import ADMINISTRATORS, CLINICIAN_REVIEWERS, FRONT_DESK, MARKETING_EDITORS
from forms import housekeeping, uploads
from forms.models import EventKind, FormPage, Submission, SubmissionEvent, Upload
from forms.privacy import UnreadableError, erasure
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form
from tests.forms.files import CONTENT, PDF, REFUSED, a_file

OLD_KEY = "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
NEW_KEY = "new:HxwdHhkaGxgVFhcUERITEA0ODwwJCgsIBQYHBAECAwA="
ASKED, EMAIL = "11111111-0000-4000-8000-000000000000", "22222222-0000-4000-8000-000000000000"
KEY = "9b2f2c1e-3c39-4d55-9d8e-0d6f4f0c7a11"


@pytest.fixture(autouse=True)
def private_root(settings: Any, tmp_path: Path) -> Path:
    """Keep the files of each test in a folder of its own."""
    private = settings.STORAGES["private"] | {"OPTIONS": {"location": tmp_path / "private"}}
    settings.STORAGES = settings.STORAGES | {"private": private}
    return tmp_path / "private"


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    """Return a form that asks for a file and needs an e-mail address."""
    return a_form(
        clinic.home, a_field("upload", field_id=ASKED, required=True), a_field("email", field_id=EMAIL, required=True)
    )


def send(client: Client, page: FormPage, *files: Any, **data: Any) -> Any:
    """Post the form with ``files``."""
    return client.post(page.url, {ASKED: list(files), EMAIL: "ada@example.com"} | data)


def tokens_in(response: Any) -> list[str]:
    """Return the tokens of the files that a form holds when it comes back."""
    return re.findall(rf'name="{ASKED}_kept" value="([^"]+)"', response.content.decode())


def stored_files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", CONTENT)
def test_a_file_is_known_by_its_content_and_stored_unreadable(
    client: Client, page: FormPage, private_root: Path, kind: str
) -> None:
    assert send(client, page, a_file(CONTENT[kind], "card.xyz")).status_code == 303
    submission = Submission.objects.get()
    (item,) = submission.read_answers()[ASKED]
    upload = Upload.objects.get()
    assert (item["name"], item["type"], item["size"]) == ("card.xyz", kind, len(CONTENT[kind]))
    assert (item["id"], upload.submission) == (str(upload.uuid), submission)
    (path,) = stored_files(private_root)
    assert CONTENT[kind] not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    assert uploads.read(upload) == CONTENT[kind]


def test_private_files_are_not_under_what_is_served_and_have_no_address() -> None:
    assert not Path(settings.PRIVATE_ROOT).is_relative_to(settings.MEDIA_ROOT)
    assert not Path(settings.PRIVATE_ROOT).is_relative_to(settings.STATIC_ROOT)
    with pytest.raises(ValueError, match="no address"):
        storages["private"].url("aa/whatever")


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_or_pdf_is_refused_by_name_whatever_it_is_called(
    client: Client, page: FormPage, private_root: Path, name: str
) -> None:
    response = send(client, page, a_file(REFUSED[name], name))
    assert response.status_code == 422
    assert f"“{name}” is not a photo (JPEG, PNG, HEIC, WebP) or a PDF." in response.content.decode()
    assert not stored_files(private_root)


def test_what_is_too_large_empty_or_too_much_is_told_at_the_question(client: Client, page: FormPage) -> None:
    with override_settings(FORMS_UPLOAD_MAX_BYTES=1024):
        large = send(client, page, a_file(PDF + b"x" * 2000)).content.decode()
    assert "“referral.pdf” is too large. A file can have up to 1\xa0KB." in large
    assert "“referral.pdf” is empty." in send(client, page, a_file(b"")).content.decode()
    assert "Add no more than 2 files." in send(client, page, a_file(), a_file(), a_file()).content.decode()
    missing = send(client, page).content.decode()
    assert "Add a photo or a PDF for “Your insurance card”." in missing
    assert not Submission.objects.exists()


def test_a_form_that_comes_back_keeps_its_files_without_sending_them_again(client: Client, page: FormPage) -> None:
    back = send(client, page, a_file(name="front.pdf"), **{EMAIL: "ada"})
    assert back.status_code == 422
    (token,) = tokens_in(back)
    assert "front.pdf" in back.content.decode()
    assert send(client, page, **{f"{ASKED}_kept": token}).status_code == 303
    (item,) = Submission.objects.get().read_answers()[ASKED]
    assert item["name"] == "front.pdf"
    assert Upload.objects.get().submission == Submission.objects.get()


def test_an_unticked_file_is_not_sent(client: Client, page: FormPage) -> None:
    (_front, back) = tokens_in(
        send(client, page, a_file(name="front.pdf"), a_file(PDF + b" ", "back.pdf"), **{EMAIL: "x"})
    )
    send(client, page, **{f"{ASKED}_kept": back})
    assert [item["name"] for item in Submission.objects.get().read_answers()[ASKED]] == ["back.pdf"]
    assert Upload.objects.filter(submission=None).count() == 1


def test_a_file_of_a_question_that_does_not_show_is_not_stored(
    clinic: Clinic, client: Client, private_root: Path
) -> None:
    rule = {"match": "all", "conditions": [{"question": EMAIL, "operator": "is", "value": "someone@example.com"}]}
    page = a_form(
        clinic.home, a_field("email", field_id=EMAIL), a_field("upload", field_id=ASKED, required=True, rule=rule)
    )
    assert send(client, page, a_file()).status_code == 303
    assert Submission.objects.get().read_answers() == {EMAIL: "ada@example.com"}
    assert not stored_files(private_root)


@pytest.mark.parametrize("token", ["", "made-up", "WyJhIl0:1abc:xyz"])
def test_a_made_up_token_is_no_file(client: Client, page: FormPage, token: str) -> None:
    response = send(client, page, **{f"{ASKED}_kept": token})
    assert response.status_code == 422
    assert "no longer here. Add it again." in response.content.decode()


def test_a_token_is_good_for_its_own_question_and_form_only(clinic: Clinic, client: Client, page: FormPage) -> None:
    (token,) = tokens_in(send(client, page, a_file(), **{EMAIL: "ada"}))
    assert uploads.from_token(token, page.form_id, ASKED)
    assert not uploads.from_token(token, page.form_id, EMAIL)
    other = a_form(clinic.home, a_field("upload", field_id=ASKED), slug="other")
    assert client.post(other.url, {f"{ASKED}_kept": token}).status_code == 422


def test_a_token_ends_after_a_day(client: Client, page: FormPage, monkeypatch: pytest.MonkeyPatch) -> None:
    (token,) = tokens_in(send(client, page, a_file(), **{EMAIL: "ada"}))
    monkeypatch.setattr("django.core.signing.time.time", lambda: timezone.now().timestamp() + 86_500)
    assert not uploads.from_token(token, page.form_id, ASKED)


def test_a_form_with_a_file_posted_twice_is_one_submission(client: Client, page: FormPage) -> None:
    first, second = (send(client, page, a_file(), key=KEY) for _time in range(2))
    assert first["Location"] == second["Location"]
    assert Submission.objects.count() == 1
    assert Upload.objects.filter(submission=None).count() == 1


def test_another_file_under_the_same_key_is_another_submission(client: Client, page: FormPage) -> None:
    send(client, page, a_file(), key=KEY)
    send(client, page, a_file(PDF + b" "), key=KEY)
    assert Submission.objects.count() == 2


def test_a_file_that_another_submission_has_must_be_added_again(client: Client, page: FormPage) -> None:
    (token,) = tokens_in(send(client, page, a_file(), **{EMAIL: "ada"}))
    kept = {f"{ASKED}_kept": token}
    assert send(client, page, key=KEY, **kept).status_code == 303
    assert send(client, page, key=KEY, **kept).status_code == 303
    corrected = send(client, page, key=KEY, **kept | {EMAIL: "ada.l@example.com"})
    assert corrected.status_code == 422
    assert "no longer here. Add it again." in corrected.content.decode()
    assert tokens_in(corrected) == []
    assert Submission.objects.count() == 1
    assert Upload.objects.get().submission == Submission.objects.get()


def test_the_same_form_sent_twice_is_one_request_and_its_file_is_not_missed(client: Client, clinic: Clinic) -> None:
    form = a_form(clinic.home, a_field("upload", field_id=ASKED), a_field("single_line", field_id=EMAIL, required=True))
    (token,) = tokens_in(send(client, form, a_file(), **{EMAIL: ""}))
    kept = {f"{ASKED}_kept": token}
    first, again = (send(client, form, key=KEY, **kept) for _time in range(2))
    assert (first.status_code, again.status_code) == (303, 303)
    assert Upload.objects.get().submission == Submission.objects.get()


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), RuntimeError("The bucket is away.")])
def test_a_full_disk_is_told_at_the_question_and_nothing_else_is_lost(
    client: Client, page: FormPage, monkeypatch: pytest.MonkeyPatch, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise error

    monkeypatch.setattr("forms.storage.PrivateStorage._save", fail)
    response = send(client, page, a_file(name="ada-lovelace.pdf"))
    text = response.content.decode()
    assert response.status_code == 422
    assert "We cannot store files just now." in text
    assert 'value="ada@example.com"' in text
    assert not Upload.objects.exists()
    assert "could not be stored" in caplog.text
    assert "ada" not in caplog.text


def test_files_that_are_never_sent_cannot_fill_the_disk(client: Client, page: FormPage) -> None:
    send(client, page, a_file(), **{EMAIL: "ada"})
    with override_settings(FORMS_UPLOAD_WAITING_MAX_BYTES=len(PDF) + 10):
        refused = send(client, page, a_file())
    assert "We cannot store files just now." in refused.content.decode()


@pytest.mark.parametrize("more", [{EMAIL: "no address"}, {"stage": "review"}, {}])
def test_files_are_counted_by_address_whatever_becomes_of_their_form(
    client: Client, page: FormPage, settings: Any, more: dict[str, str]
) -> None:
    settings.FORMS_RATE_HARD_LIMIT = 3
    for number in range(5):
        response = send(client, page, a_file(PDF + b"%d" % number), **more)
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 3600
    assert "add it again later" in response.content.decode()
    assert Upload.objects.count() == 3
    other = Client(REMOTE_ADDR="192.0.2.99")
    assert send(other, page, a_file()).status_code == 303


def test_one_address_cannot_take_up_the_room_of_all(client: Client, page: FormPage, settings: Any) -> None:
    settings.FORMS_UPLOAD_ADDRESS_MAX_BYTES = 6 * 1024
    large = PDF + b"%" * 2000
    found = [send(client, page, a_file(large), **{EMAIL: ""}).status_code for _each in range(3)]
    assert found == [422, 422, 429]
    assert Upload.objects.count() == 2
    assert send(Client(REMOTE_ADDR="192.0.2.99"), page, a_file(large)).status_code == 303


@pytest.mark.parametrize("more", [{}, {"stage": "review"}])
def test_a_closed_form_stores_no_file(client: Client, page: FormPage, more: dict[str, str]) -> None:
    page.closes_at = timezone.now() - dt.timedelta(hours=1)
    page.save_revision().publish()
    assert send(client, page, a_file(), **more).status_code == 409
    assert not Upload.objects.exists()


def test_a_form_with_a_file_sent_again_just_after_closing_is_the_request_that_was_taken(
    client: Client, page: FormPage
) -> None:
    sent = send(client, page, a_file())
    page.closes_at = timezone.now()
    page.save_revision().publish()
    again = send(client, page, a_file())
    assert again.status_code == 303
    assert again["Location"].partition("?")[0] == sent["Location"].partition("?")[0]
    assert send(client, page, a_file(PDF + b" ")).status_code == 409


def test_what_was_never_sent_is_gone_after_a_day_and_what_was_sent_stays(
    client: Client, page: FormPage, private_root: Path
) -> None:
    send(client, page, a_file())
    send(client, page, a_file(), **{EMAIL: "ada"})
    assert uploads.purge_unclaimed() == 0
    assert len(stored_files(private_root)) == 2
    assert uploads.purge_unclaimed(timezone.now() + dt.timedelta(hours=26)) == 1
    assert len(stored_files(private_root)) == 1
    assert Upload.objects.get().submission == Submission.objects.get()


def test_the_worker_removes_what_was_never_sent() -> None:
    assert "forms.uploads.purge_unclaimed" in {regular.function for regular in housekeeping.REGULAR}


def test_a_file_is_read_under_a_new_key_and_encrypted_anew(
    client: Client, page: FormPage, private_root: Path, settings: Any
) -> None:
    send(client, page, a_file())
    settings.FORMS_ENCRYPTION_KEYS = [NEW_KEY, OLD_KEY]
    assert uploads.reseal(Upload.objects.get()) is True
    assert uploads.reseal(Upload.objects.get()) is False
    settings.FORMS_ENCRYPTION_KEYS = [NEW_KEY]
    assert uploads.read(Upload.objects.get()) == PDF
    assert len(stored_files(private_root)) == 1
    settings.FORMS_ENCRYPTION_KEYS = [OLD_KEY]
    with pytest.raises(UnreadableError, match="new"):
        uploads.read(Upload.objects.get())


def test_a_change_of_keys_that_breaks_off_leaves_no_copy_for_ever(
    client: Client, page: FormPage, private_root: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(client, page, a_file())
    settings.FORMS_ENCRYPTION_KEYS = [NEW_KEY, OLD_KEY]
    upload, old = Upload.objects.get(), stored_files(private_root)[0]
    delete = uploads.storage().delete

    def die(name: str) -> None:
        if old.match(name):
            raise KeyboardInterrupt
        delete(name)

    with monkeypatch.context() as killed:
        killed.setattr(uploads.storage(), "delete", die)
        with pytest.raises(KeyboardInterrupt):
            uploads.reseal(upload)
    other = private_root / "exports" / old.name
    other.parent.mkdir()
    other.touch()
    assert uploads.sweep() == 0
    assert uploads.sweep(timezone.now() + dt.timedelta(hours=26)) == 1
    assert not old.exists()
    assert other.exists()
    assert uploads.read(Upload.objects.get()) == PDF


def test_erasing_removes_what_a_change_of_keys_has_left_too(
    client: Client, page: FormPage, private_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    send(client, page, a_file())
    (file,) = stored_files(private_root)
    file.with_name(f"{file.name[:-8]}{'0' * 8}").write_bytes(b"under an earlier key")
    with django_capture_on_commit_callbacks(execute=True):
        uploads.erase(Submission.objects.get())
    assert not stored_files(private_root)


def test_files_stay_while_the_database_does_not_know_them(client: Client, page: FormPage, private_root: Path) -> None:
    send(client, page, a_file())
    Upload.objects.all().delete()
    assert uploads.sweep(timezone.now() + dt.timedelta(hours=26)) == 0
    assert len(stored_files(private_root)) == 1


def test_a_change_of_keys_leaves_what_was_erased_alone(
    client: Client, page: FormPage, private_root: Path, settings: Any
) -> None:
    send(client, page, a_file())
    upload = Upload.objects.get()
    erasure.erase(Submission.objects.get())
    settings.FORMS_ENCRYPTION_KEYS = [NEW_KEY, OLD_KEY]
    assert uploads.reseal(upload) is False
    assert uploads.purge_unclaimed() == 1
    assert uploads.reseal(upload) is False
    assert not stored_files(private_root)


def test_erasing_removes_the_files(
    client: Client, page: FormPage, private_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    send(client, page, a_file(), a_file(PDF + b" "))
    with django_capture_on_commit_callbacks(execute=True):
        assert uploads.erase(Submission.objects.get()) == 2
        assert len(stored_files(private_root)) == 2
    assert not stored_files(private_root)
    assert not Upload.objects.exists()


def test_an_erasure_that_fails_keeps_the_files(
    client: Client, page: FormPage, private_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    send(client, page, a_file())
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        assert erasure.erase(Submission.objects.get())
        transaction.set_rollback(True)
    assert len(stored_files(private_root)) == 1
    assert Upload.objects.get().submission == Submission.objects.get()


def test_a_file_of_an_erased_request_that_is_still_there_is_removed_by_the_worker_and_taken_by_nobody(
    client: Client, page: FormPage, private_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (token,) = tokens_in(send(client, page, a_file(), **{EMAIL: "ada"}))
    send(client, page, **{f"{ASKED}_kept": token})
    erasure.erase(Submission.objects.get())  # And the process ends before it deletes the file.
    assert "no longer here. Add it again." in send(client, page, **{f"{ASKED}_kept": token}).content.decode()
    assert uploads.left_of_erased() == 1

    def refuse(name: str) -> None:
        raise PermissionError

    with monkeypatch.context() as broken:
        broken.setattr(uploads.storage(), "delete", refuse)
        with pytest.raises(uploads.NotRemovedError, match="1 of 1"):
            uploads.purge_unclaimed()
    assert uploads.purge_unclaimed() == 1
    assert not stored_files(private_root)


def test_the_front_desk_saves_a_file_and_the_trail_says_who(client: Client, page: FormPage, as_role: Any) -> None:
    send(client, page, a_file(name="../referral <1>.exe"))
    submission, upload = Submission.objects.get(), Upload.objects.get()
    desk = as_role(FRONT_DESK)
    address = reverse("submissions:file", args=[submission.pk, upload.uuid])
    assert address in desk.get(reverse("submissions:inspect", args=[submission.pk])).content.decode()
    response = desk.get(address)
    assert response.content == PDF
    assert response["Content-Disposition"].startswith("attachment; ")
    assert "referral <1>.pdf" in response["Content-Disposition"]
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    event = SubmissionEvent.objects.get(kind=EventKind.FILE_DOWNLOADED)
    assert (event.submission, event.actor, event.address) == (submission, "front-desk", "127.0.0.1")
    assert "referral" not in str(event.details)


@pytest.mark.parametrize(
    ("role", "status"),
    [(FRONT_DESK, 200), (ADMINISTRATORS, 200), (MARKETING_EDITORS, 403), (CLINICIAN_REVIEWERS, 403), ("", 302)],
)
def test_only_who_reads_requests_gets_a_file(
    client: Client, page: FormPage, as_role: Any, role: str, status: int
) -> None:
    send(client, page, a_file())
    address = reverse("submissions:file", args=[Submission.objects.get().pk, Upload.objects.get().uuid])
    response = (as_role(role) if role else client).get(address)
    assert response.status_code == status
    assert (PDF in response.content) is (status == 200)


def test_a_file_belongs_to_its_own_request(client: Client, page: FormPage, as_role: Any) -> None:
    send(client, page, a_file())
    send(client, page, a_file(PDF + b" "))
    first, second = Submission.objects.order_by("pk")
    address = reverse("submissions:file", args=[first.pk, second.uploads.get().uuid])
    assert as_role(FRONT_DESK).get(address).status_code == 404


def test_a_file_that_is_gone_says_so(client: Client, page: FormPage, as_role: Any, private_root: Path) -> None:
    send(client, page, a_file())
    stored_files(private_root)[0].unlink()
    submission = Submission.objects.get()
    address = reverse("submissions:file", args=[submission.pk, Upload.objects.get().uuid])
    response = as_role(FRONT_DESK).get(address, follow=True)
    assert "This file is not where it was stored." in response.content.decode()


def test_nothing_of_a_file_lies_unencrypted_in_a_folder_on_its_way_in(
    client: Client, page: FormPage, tmp_path: Path, settings: Any
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "not-there")
    assert send(client, page, a_file(PDF + b"x" * 3_000_000)).status_code == 303


def test_a_form_with_files_is_sent_as_such(clinic: Clinic, client: Client, page: FormPage) -> None:
    assert 'enctype="multipart/form-data"' in client.get(page.url).content.decode()
    plain = a_form(clinic.home, a_field("email"), slug="plain")
    assert "multipart" not in client.get(plain.url).content.decode()
