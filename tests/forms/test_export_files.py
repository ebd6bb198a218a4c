"""The workbook, the codebook, and that a file says of itself what it could not read."""

import csv
import io
import zipfile
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from forms.exports import Rows, codebook, reading, xlsx
from forms.exports.files import Choice, make_file
from forms.intake import submit
from forms.models import ExportFormat, FormPage, Submission
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, republish

XLSX = Choice(ExportFormat.XLSX)


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    return a_form(clinic.home, a_field("multi_line", label="Name"), a_field("number", label="Weeks", minimum=-9))


def answer(page: FormPage, name: str, weeks: Any = None) -> Submission:
    """Return a stored submission with the answers as given: a form would trim and refuse some of them."""
    definition = page.definition
    assert definition is not None
    submission = Submission(definition=definition, form_id=page.form_id)
    values = zip(definition.questions, (name, weeks), strict=False)
    submission.set_answers({question["id"]: value for question, value in values if value is not None})
    submission.save()
    return submission


def opened(choice: Choice = XLSX) -> Any:
    return load_workbook(io.BytesIO(b"".join(make_file(Submission.objects.all(), choice).chunks)))


def cells(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_workbook_has_the_rows_a_codebook_and_what_to_know_of_it(page: FormPage) -> None:
    submission = answer(page, "Ada", 6)
    book = opened()
    assert book.sheetnames == ["Requests", "Codebook", "About this file"]
    heading, row = cells(book["Requests"])
    assert heading == ["Reference", "Received", "Form", "Status", "Sent from", "Note", "Name", "Weeks"]
    assert row == [submission.reference, row[1], "Request an appointment", "New", None, None, "Ada", 6]
    assert book["Requests"].freeze_panes == "A2"
    assert dict(cells(book["About this file"])[1:])["Requests in this file"] == "1"


def test_a_moment_is_one_to_a_spreadsheet_in_the_clinics_time(page: FormPage) -> None:
    submission = answer(page, "Ada")
    shown = cells(opened()["Requests"])[1][1]
    local = timezone.localtime(submission.created_at).replace(tzinfo=None, microsecond=0)
    assert isinstance(shown, datetime)
    assert abs((shown - local).total_seconds()) < 1


@pytest.mark.parametrize("opening", ["=", "+", "-", "@", "\uff1d"])
def test_an_answer_is_text_and_never_a_formula(page: FormPage, opening: str) -> None:
    answer(page, f'{opening}HYPERLINK("https://evil.example")', -5)
    cell, number = list(opened()["Requests"].rows)[1][-2:]
    assert (cell.value, cell.data_type) == (f'{opening}HYPERLINK("https://evil.example")', "s")
    assert (number.value, number.data_type) == (-5, "n")
    raw = zipfile.ZipFile(io.BytesIO(b"".join(make_file(Submission.objects.all(), XLSX).chunks)))
    sheet = raw.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert f'<c t="inlineStr"><is><t xml:space="preserve">{opening}HYPERLINK' in sheet


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('<b>&amp; "x"</b>', '<b>&amp; "x"</b>'),
        ("  spaces  ", "  spaces  "),
        ("two\r\nlines\rthree", "two\nlines\nthree"),
        ("tab\there", "tab\there"),
        ("bell\x07nul\x00\x1f", "bell\ufffdnul\ufffd\ufffd"),
        ("half \ud83d", "half \ufffd"),
        ("leg 🦵 ünï", "leg 🦵 ünï"),
        ("x" * 40_000, "x" * 32_767),
    ],
)
def test_whatever_was_typed_makes_a_valid_sheet(page: FormPage, text: str, shown: str, monkeypatch: Any) -> None:
    answer(page, "placeholder")
    monkeypatch.setattr("forms.exports.rows.decrypt_for", lambda *_all: {page.definition.questions[0]["id"]: text})
    assert cells(opened()["Requests"])[1][-2] == shown


def test_text_that_looks_like_excels_own_code_stays_text() -> None:
    assert xlsx.text_of("_x0041_ and _x") == "_x005F_x0041_ and _x"


def test_rows_beyond_a_sheets_limit_go_on_in_another(page: FormPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 4)
    monkeypatch.setattr(reading, "CHUNK", 2)
    for number in range(7):
        answer(page, f"Patient {number}")
    book = opened()
    assert book.sheetnames == ["Requests", "Requests 2", "Requests 3", "Codebook", "About this file"]
    names = [row[-2] for sheet in book.sheetnames[:3] for row in cells(book[sheet])[1:]]
    assert names == [f"Patient {number}" for number in range(7)]
    assert [len(cells(book[sheet])) for sheet in book.sheetnames[:3]] == [4, 4, 2]


def test_rows_that_just_fill_a_sheet_open_no_other(page: FormPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 4)
    for number in range(3):
        answer(page, f"Patient {number}")
    assert opened().sheetnames == ["Requests", "Codebook", "About this file"]


def test_an_empty_workbook_is_valid(db: None) -> None:
    assert len(cells(opened()["Requests"])) == 1


def test_the_codebook_lists_each_wording_with_its_dates(clinic: Clinic) -> None:
    field = a_field("radios", label="Been here?", choices=["New", "Known"])
    other = a_field("single_line", label="Name")
    page = a_form(clinic.home, field, other)
    submit(page.definition, {other["id"]: "Ada"}, notify=False)
    renamed = field | {"value": field["value"] | {"label": "Have you been here before?", "help_text": "Ever"}}
    second = republish(page, renamed, other)
    third = republish(page, other)
    rows = Rows(Submission.objects.all())
    found = [dict(zip(codebook.headings(), line, strict=True)) for line in codebook.lines(rows)]
    assert [(line["Column"], line["Question"], line["Versions of the form"]) for line in found] == [
        ("Have you been here before?", "Been here?", "1"),
        ("Have you been here before?", "Have you been here before?", "2"),
        ("Name", "Name", "1, 2 and 3"),
    ]

    def at(moment: datetime) -> str:
        return timezone.localtime(moment).isoformat(timespec="seconds")

    assert [(line["Asked from"], line["Asked until"]) for line in found[:2]] == [
        (at(page.definitions.get(version=1).created_at), at(second.created_at)),
        (at(second.created_at), at(third.created_at)),
    ]
    assert found[2]["Asked until"] == ""
    assert found[0]["Choices, or the words agreed to"] == "New; Known"
    assert found[1]["Hint"] == "Ever"


def test_a_question_that_returns_is_listed_again_with_its_own_dates(clinic: Clinic) -> None:
    field, other = a_field("single_line", label="Pain"), a_field("single_line", label="Name")
    page = a_form(clinic.home, field, other)
    republish(page, other)
    republish(page, field, other)
    submit(page.definition, {other["id"]: "Ada"}, notify=False)
    lines = [line for line in codebook.lines(Rows(Submission.objects.all())) if line[0] == "Pain"]
    assert [line[7] for line in lines] == ["1", "3"]
    assert lines[0][6]
    assert not lines[1][6]


def test_csv_comes_with_its_codebook_in_a_zip_and_counts_what_it_could_not_read(page: FormPage) -> None:
    answer(page, "=Ada", 3)
    lost = answer(page, "Grace", 3)
    Submission.objects.filter(pk=lost.pk).update(key_id="gone")
    file = make_file(Submission.objects.all(), Choice(ExportFormat.CSV, codebook=True))
    assert file.name.endswith(".zip")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(file.chunks)))
    assert archive.testzip() is None

    def table(name: str) -> list[list[str]]:
        return list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))

    assert archive.namelist() == ["requests.csv", "codebook.csv", "about.csv"]
    assert table("requests.csv")[1][-2:] == ["'=Ada", "3"]
    assert [line[0] for line in table("codebook.csv")] == ["Column", "Name", "Weeks"]
    about = dict(table("about.csv"))
    assert about["Requests in this file"] == "2"
    assert about["Requests that could not be read"] == "1"
    assert about["Requests whose answers were erased"] == "0"
