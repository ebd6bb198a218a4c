"""What comes out in bulk: every stored row, each answer under its own question, nothing a spreadsheet would run."""

import csv
import io
import uuid
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from forms.exports import Catalogue, Rows, csv_file, reading, safe
from forms.exports.columns import FIXED
from forms.intake import submit
from forms.models import FormDefinition, FormPage, Status, Submission
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, only_field, republish

FIXED_COLUMNS = sum(column.is_default for column in FIXED)


def answer(definition: FormDefinition, *values: Any) -> Submission:
    return submit(definition, {q["id"]: v for q, v in zip(definition.questions, values, strict=True)}, notify=False)


def read_back(rows: Rows, **options: Any) -> list[list[str]]:
    """Return the cells of the CSV file of ``rows``, as a program reads it."""
    text = b"".join(csv_file(rows, **options)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def exported(*keys: str) -> list[list[str]]:
    """Return the exported cells, without the usual columns that are not of questions."""
    cells = read_back(Rows(Submission.objects.all(), keys))
    return cells if keys else [row[FIXED_COLUMNS:] for row in cells]


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    return a_form(clinic.home, a_field("single_line", label="Name"), a_field("single_line", label="Pain"))


def test_a_row_tells_when_what_and_how_it_stands(page: FormPage) -> None:
    submission = submit(page.definition, {}, source="/neck/")
    row = read_back(Rows(Submission.objects.all()))[1]
    received = submission.created_at.astimezone(timezone.get_current_timezone())
    assert row[:FIXED_COLUMNS] == [
        submission.reference,
        received.isoformat(timespec="seconds"),
        "Request an appointment",
        "New",
        "/neck/",
        "",
    ]
    assert row[1][-6] in "+-"


def test_a_removed_fields_answers_stay_in_the_export(page: FormPage) -> None:
    answer(page.definition, "Ada", "Neck")
    name = page.steps.raw_data[0]["value"]["fields"][0]
    answer(republish(page, name), "Grace")
    assert exported() == [["Name", "Pain"], ["Ada", "Neck"], ["Grace", ""]]


def test_a_field_put_back_under_the_old_label_gets_a_column_of_its_own(page: FormPage) -> None:
    answer(page.definition, "Ada", "Neck")
    name = page.steps.raw_data[0]["value"]["fields"][0]
    republish(page, name)
    answer(republish(page, name, a_field("single_line", label="Pain")), "Grace", "Knee")
    assert exported() == [["Name", "Pain", "Pain (2)"], ["Ada", "Neck", ""], ["Grace", "", "Knee"]]


def test_a_renamed_field_keeps_its_column_under_the_newest_words(page: FormPage) -> None:
    answer(page.definition, "Ada", "Neck")
    name, pain = page.steps.raw_data[0]["value"]["fields"]
    renamed = pain | {"value": pain["value"] | {"label": "Where does it hurt?"}}
    answer(republish(page, name, renamed), "Grace", "Knee")
    assert exported() == [["Name", "Where does it hurt?"], ["Ada", "Neck"], ["Grace", "Knee"]]


def test_reordering_and_adding_never_move_a_column(page: FormPage) -> None:
    answer(page.definition, "Ada", "Neck")
    name, pain = page.steps.raw_data[0]["value"]["fields"]
    answer(republish(page, a_field("email", label="Email"), pain, name), "g@example.com", "Knee", "Grace")
    assert exported() == [["Name", "Pain", "Email"], ["Ada", "Neck", ""], ["Grace", "Knee", "g@example.com"]]


def test_a_field_of_another_type_keeps_the_answers_of_the_old_one(page: FormPage) -> None:
    answer(page.definition, "Ada", "Neck")
    name, pain = page.steps.raw_data[0]["value"]["fields"]
    answer(page.definition, "Zoe", "=1")
    answer(republish(page, name, a_field("number", field_id=pain["id"], label="Pain", minimum=-9)), "Grace", -7)
    # A column that has held words stays one of words, or the older ones could be formulas.
    assert exported() == [["Name", "Pain"], ["Ada", "Neck"], ["Zoe", "'=1"], ["Grace", "'-7"]]


def test_a_field_split_over_versions_is_one_column_for_all_of_them(page: FormPage) -> None:
    name, pain = page.steps.raw_data[0]["value"]["fields"]
    answer(page.definition, "Ada", "Neck")
    answer(republish(page, pain), "Back")
    answer(republish(page, name), "Grace")
    answer(republish(page, pain, name), "Knee", "Zoe")
    assert exported() == [["Name", "Pain"], ["Ada", "Neck"], ["", "Back"], ["Grace", ""], ["Zoe", "Knee"]]


def test_a_renamed_choice_shows_as_the_patient_saw_it(clinic: Clinic) -> None:
    choice_id = str(uuid.uuid4())

    def radios(label: str) -> dict[str, Any]:
        choices = [{"type": "item", "id": choice_id, "value": {"label": label}}, "Other"]
        return a_field("radios", field_id="10000000-0000-4000-8000-000000000000", label="Kind", choices=choices)

    page = a_form(clinic.home, radios("New"))
    answer(page.definition, choice_id)
    answer(republish(page, radios("New patient")), choice_id)
    assert exported() == [["Kind"], ["New"], ["New patient"]]


def test_deleting_the_page_keeps_every_submission(page: FormPage) -> None:
    answer(page.definition, "Ada", "Neck")
    page.delete()
    assert exported() == [["Name", "Pain"], ["Ada", "Neck"]]
    assert FormDefinition.objects.get().page is None


def test_several_answers_to_one_question_are_joined_readably(clinic: Clinic) -> None:
    page = a_form(clinic.home, a_field("days_of_week", label="Days"))
    answer(page.definition, ["tuesday", "monday"])
    assert exported()[1] == ["Tuesday; Monday"]


def test_chosen_columns_come_in_the_order_chosen_with_the_note_always_there(page: FormPage) -> None:
    submission = answer(page.definition, "Ada", "Neck")
    name, pain = [column.key for column in Catalogue([page.form_id]).columns][-2:]
    assert exported(pain, "status", name, "reference", "no such column") == [
        ["Pain", "Status", "Name", "Reference", "Note"],
        ["Neck", "New", "Ada", submission.reference, ""],
    ]


def test_every_column_on_offer_can_be_exported(page: FormPage) -> None:
    answer(page.definition, "Ada", "Neck")
    keys = [column.key for column in Catalogue([page.form_id]).columns]
    heading, row = exported(*keys)
    assert len(heading) == len(row) == len(keys) == len(FIXED) + 2
    assert dict(zip(keys, row, strict=True))["channel"] == "Website"
    assert dict(zip(keys, row, strict=True))["version"] == "1"


@pytest.mark.parametrize("opening", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_cell_opens_as_a_formula(page: FormPage, opening: str) -> None:
    text = f'{opening}HYPERLINK("https://evil.example")'
    assert safe(text) == f"'{text}"
    assert safe(f"'{text}") == f"''{text}"
    # As stored by whatever way: the form trims the spaces among them.
    submission = answer(page.definition, "Ada", "")
    submission.set_answers({question["id"]: text for question in page.definition.questions})
    submission.save()
    assert exported()[1] == [f"'{text}", f"'{text}"]


@pytest.mark.parametrize("text", ["Ada", "a=b", "'tis fine", "", "206-555-0142", "'"])
def test_harmless_text_is_left_alone(text: str) -> None:
    assert safe(text) == text


def test_formulas_are_stopped_in_answers_labels_titles_and_addresses(clinic: Clinic) -> None:
    page = a_form(clinic.home, a_field("single_line", label="=1+1"), a_field("phone", label="Phone"), title="@Form")
    fields = {q["id"]: v for q, v in zip(page.definition.questions, ["=HYPERLINK(1)", "+1 206 555 0142"], strict=True)}
    submit(page.definition, fields, source="=evil")
    heading, row = read_back(Rows(Submission.objects.all()))
    assert heading[-2:] == ["'=1+1", "Phone"]
    assert row[-2:] == ["'=HYPERLINK(1)", "'+1 206 555 0142"]
    assert (row[2], row[4]) == ("'@Form", "'=evil")


def test_a_negative_number_stays_a_number(clinic: Clinic) -> None:
    page = a_form(clinic.home, a_field("number", label="Change", minimum=-10))
    answer(page.definition, -5)
    assert exported()[1] == ["-5"]


@pytest.mark.parametrize(
    "text", ['Comma, "quote"\nand line – ünïcode 🦵', "plain", "a,b", 'say "hi"', "two\nlines", "'", "a\u2028b"]
)
def test_the_file_is_rfc_4180_and_reads_back_the_same(clinic: Clinic, text: str) -> None:
    page = a_form(clinic.home, a_field("multi_line", label='Say "hi", please'))
    answer(page.definition, text)
    data = b"".join(csv_file(Rows(Submission.objects.all())))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    assert rows[0][-1] == 'Say "hi", please'
    assert rows[1][-1] == text
    assert not b"".join(csv_file(Rows(Submission.objects.all()), bom=False)).startswith(b"\xef\xbb\xbf")


def test_what_python_reads_back_is_what_its_own_writer_would_have_written(page: FormPage) -> None:
    for name, pain in (("Ada", "Neck"), ("A, B", 'say "x"'), ("'=1", "-2"), ("x\ny", "")):
        answer(page.definition, name, pain)
    buffer = io.StringIO(newline="")
    cells = read_back(Rows(Submission.objects.all()))
    csv.writer(buffer).writerows(cells)
    assert b"".join(csv_file(Rows(Submission.objects.all()), bom=False)).decode() == buffer.getvalue()


def test_every_stored_submission_is_in_the_file_over_many_chunks(
    page: FormPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "CHUNK", 3)
    for index in range(10):
        answer(page.definition, f"Patient {index}", "")
    rows = Rows(Submission.objects.order_by("-created_at"))
    answer(page.definition, "Too late", "")
    answer(republish(page, a_field("single_line", label="New question")), "Too late as well")
    assert rows.total == 10
    cells = read_back(rows)
    assert [row[FIXED_COLUMNS] for row in cells[1:]] == [f"Patient {index}" for index in range(10)]
    assert rows.done == 10


def test_an_unreadable_submission_has_its_row_and_is_counted(page: FormPage, settings: Any) -> None:
    answer(page.definition, "Ada", "Neck")
    lost = answer(page.definition, "Grace", "Knee")
    Submission.objects.filter(pk=lost.pk).update(key_id="gone")
    changed = answer(page.definition, "Zoe", "Back")
    Submission.objects.filter(pk=changed.pk).update(answers_encrypted=b"x" * 40)
    rows = Rows(Submission.objects.all())
    _heading, first, second, third = read_back(rows)
    assert first[FIXED_COLUMNS:] == ["Ada", "Neck"]
    assert second[FIXED_COLUMNS:] == third[FIXED_COLUMNS:] == ["", ""]
    assert "“gone”" in second[5]
    assert "changed after they were stored" in third[5]
    assert (rows.done, rows.unreadable, rows.erased) == (3, 2, 0)


def test_an_erased_submission_has_its_row_with_a_note(page: FormPage) -> None:
    erased = answer(page.definition, "Ada", "Neck")
    Submission.objects.filter(pk=erased.pk).update(erased_at=timezone.now(), answers_encrypted=b"")
    rows = Rows(Submission.objects.all())
    row = read_back(rows)[1]
    assert row[0] == erased.reference
    assert row[5].startswith("The answers were erased on ")
    assert row[FIXED_COLUMNS:] == ["", ""]
    assert (rows.done, rows.unreadable, rows.erased) == (1, 0, 1)


def test_an_answer_that_its_type_cannot_write_costs_neither_the_file_nor_its_words(clinic: Clinic) -> None:
    page = a_form(clinic.home, a_field("checkboxes", label="Where?"), a_field("single_line", label="Name"))
    submission = answer(page.definition, [], "Ada")
    where, name = (question["id"] for question in page.definition.questions)
    submission.set_answers({where: 7, name: "Ada"})
    submission.save()
    assert exported()[1] == ["7", "Ada"]


def test_quarantine_is_in_the_file_or_not_by_the_filter_alone(page: FormPage) -> None:
    caught = answer(page.definition, "Spam", "")
    Submission.objects.filter(pk=caught.pk).update(status=Status.QUARANTINE, quarantine_reason="honeypot")
    answer(page.definition, "Ada", "")
    keys = ("status", "quarantine")
    cells = exported(*keys)
    assert [row[0] for row in cells[1:]] == ["Quarantine", "New"]
    assert cells[1][1] == "A field that people cannot see was filled in"
    without = read_back(Rows(Submission.objects.exclude(status=Status.QUARANTINE), keys))
    assert [row[0] for row in without[1:]] == ["New"]


def test_an_export_of_nothing_is_a_header(db: None) -> None:
    expected = [[str(column.heading) for column in FIXED if column.is_default]]
    assert read_back(Rows(Submission.objects.none())) == expected
    assert read_back(Rows(Submission.objects.all())) == expected


def test_two_forms_share_a_file_without_sharing_columns(clinic: Clinic) -> None:
    one = a_form(clinic.home, a_field("single_line", label="Name"))
    two = one.copy(update_attrs={"slug": "two", "title": "Call me back"})
    answer(two.definition, "Grace")
    answer(one.definition, "Ada")
    # The form published first comes first, so that a new form moves nobody's columns.
    assert exported() == [["Name", "Name (2)"], ["", "Grace"], ["Ada", ""]]
    assert only_field(one.definition)["id"] == only_field(two.definition)["id"]


def test_an_export_costs_a_handful_of_queries(page: FormPage, django_assert_num_queries: Any) -> None:
    for index in range(20):
        answer(page.definition, str(index), "")
    # The snapshot, three for the definitions, and where Django counts them one chunk and the look for another.
    with django_assert_num_queries(4 if connection.vendor == "postgresql" else 6):
        list(Rows(Submission.objects.all()))
