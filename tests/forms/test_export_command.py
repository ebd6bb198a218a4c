"""Scripts take requests out as people do, and leave the same trail."""

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from forms.exports import Catalogue
from forms.intake import submit
from forms.models import EventKind, FormPage, Status, Submission, SubmissionEvent
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, only_field


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    page = a_form(clinic.home, a_field("single_line", label="Your name"), slug="appointment")
    for days, name in enumerate(("Ada", "Grace", "Zoe")):
        at = timezone.make_aware(dt.datetime(2026, 3, 1 + days, 12))
        submit(page.definition, {only_field(page.definition)["id"]: name}, received_at=at, notify=False)
    return page


def exported(tmp_path: Path, *options: str, **more: Any) -> list[list[str]]:
    target = tmp_path / "out.csv"
    call_command("export_submissions", *options, output=str(target), stderr=io.StringIO(), **more)
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    return list(csv.reader(io.StringIO(target.read_text(), newline="")))


def names(rows: list[list[str]]) -> list[str]:
    return [row[-1] for row in rows[1:]]


def test_the_file_is_whole_private_and_recorded_as_the_systems(page: FormPage, tmp_path: Path) -> None:
    assert names(exported(tmp_path, "--form", "appointment")) == ["Ada", "Grace", "Zoe"]
    assert (tmp_path / "out.csv").stat().st_mode & 0o077 == 0
    event = SubmissionEvent.objects.get(kind=EventKind.EXPORTED)
    assert (event.user, event.actor, event.address) == (None, "", None)
    assert event.details == {
        "format": "csv",
        "columns": [],
        "filters": {"form_id": [str(page.form_id)]},
        "rows": 3,
        "delivery": "command",
    }


def test_it_takes_days_statuses_and_columns(page: FormPage, tmp_path: Path) -> None:
    assert names(exported(tmp_path, "--since", "2026-03-02", "--until", "2026-03-03")) == ["Grace"]
    Submission.objects.filter(created_at__day=3).update(status=Status.QUARANTINE)
    assert names(exported(tmp_path)) == ["Ada", "Grace"]
    assert names(exported(tmp_path, "--include-quarantine")) == ["Ada", "Grace", "Zoe"]
    assert names(exported(tmp_path, "--status", "quarantine")) == ["Zoe"]
    key = Catalogue([page.form_id]).columns[-1].key
    assert exported(tmp_path, "--columns", f"{key},status")[:2] == [["Your name", "Status", "Note"], ["Ada", "New", ""]]


def test_it_lists_the_columns_there_are(page: FormPage) -> None:
    out = io.StringIO()
    call_command("export_submissions", "--list-columns", stdout=out)
    assert f"{page.form_id}:{only_field(page.definition)['id']}\tYour name" in out.getvalue().splitlines()
    assert not SubmissionEvent.objects.filter(kind=EventKind.EXPORTED).exists()


def test_it_writes_to_standard_output_and_says_on_the_other_what_it_could_not_read(
    page: FormPage, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    Submission.objects.filter(created_at__day=1).update(key_id="gone")
    call_command("export_submissions", "--format", "fhir")
    out, err = capfdbinary.readouterr()
    assert len(out.splitlines()) == 4
    assert b"3 requests, of which 1 could not be read and 0 were erased." in err


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [("form", ["nowhere"], "appointment"), ("columns", "reference,lost", "no column lost")],
)
def test_a_wrong_name_is_refused_with_what_there_is(page: FormPage, option: str, value: Any, words: str) -> None:
    with pytest.raises(CommandError, match="(?i)" + words.replace("appointment", "Request an appointment")):
        call_command("export_submissions", **{option: value})
    assert not SubmissionEvent.objects.filter(kind=EventKind.EXPORTED).exists()


def test_a_file_that_cannot_be_finished_does_not_appear(
    page: FormPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_rows: Any, **_options: Any) -> Any:
        yield b"half"
        raise OSError("disk")

    monkeypatch.setattr("forms.exports.files.csv_file", broken)
    (tmp_path / "out.csv").write_text("the last one")
    with pytest.raises(OSError, match="disk"):
        call_command("export_submissions", output=str(tmp_path / "out.csv"))
    assert (tmp_path / "out.csv").read_text() == "the last one"
    assert len(list(tmp_path.iterdir())) == 1
