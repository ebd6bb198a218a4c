"""What comes out in bulk: every stored row, each answer under its own question, nothing a spreadsheet would run."""

import csv
import io
import uuid
from typing import Any

import pytest

from forms import exports
from forms.intake import submit
from forms.models import FormDefinition, FormPage, Submission
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, only_field, republish

FIXED = len(exports.fixed_headers())


def answer(definition: FormDefinition, *values: Any) -> Submission:
    return submit(definition, {q["id"]: v for q, v in zip(definition.questions, values, strict=True)}, notify=False)


def exported() -> list[list[str]]:
    """Return the exported rows, the fixed columns left out."""
    return [row[FIXED:] for row in exports.rows(Submission.objects.all())]


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    return a_form(clinic.home, a_field("single_line", label="Name"), a_field("single_line", label="Pain"))


def test_a_row_tells_when_what_and_how_it_stands(page: FormPage) -> None:
    submission = submit(page.definition, {}, source="/neck/")
    row = list(exports.rows(Submission.objects.all()))[1]
    received = submission.created_at.astimezone(exports.timezone.get_current_timezone())
    assert row[:FIXED] == [
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


@pytest.mark.parametrize("opening", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b"])
def test_no_cell_opens_as_a_formula(opening: str) -> None:
    text = f'{opening}HYPERLINK("https://evil.example")'
    assert exports.safe(text) == f"'{text}"
    assert exports.safe(f"'{text}") == f"''{text}"


@pytest.mark.parametrize("text", ["Ada", "a=b", "'tis fine", "", "206-555-0142", "'"])
def test_harmless_text_is_left_alone(text: str) -> None:
    assert exports.safe(text) == text


def test_formulas_are_stopped_in_answers_and_in_labels(clinic: Clinic) -> None:
    page = a_form(clinic.home, a_field("single_line", label="=1+1"), a_field("phone", label="Phone"))
    answer(page.definition, '=HYPERLINK("https://evil.example","x")', "+1 206 555 0142")
    assert exported() == [
        ["'=1+1", "Phone"],
        ['\'=HYPERLINK("https://evil.example","x")', "'+1 206 555 0142"],
    ]


def test_a_negative_number_stays_a_number(clinic: Clinic) -> None:
    page = a_form(clinic.home, a_field("number", label="Change", minimum=-10))
    answer(page.definition, -5)
    assert exported()[1] == ["-5"]


def test_the_file_is_rfc_4180_and_reads_back_the_same(clinic: Clinic) -> None:
    page = a_form(clinic.home, a_field("multi_line", label='Say "hi", please'))
    text = 'Comma, "quote"\nand line – ünïcode 🦵'
    answer(page.definition, text)
    data = b"".join(exports.csv_lines(Submission.objects.all()))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    assert rows[0][-1] == 'Say "hi", please'
    assert rows[1][-1] == text


def test_every_stored_submission_is_in_the_file_over_many_chunks(
    page: FormPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "CHUNK", 3)
    for index in range(10):
        answer(page.definition, f"Patient {index}", "")
    submissions, count = exports.snapshot(Submission.objects.order_by("-created_at"))
    answer(page.definition, "Too late", "")
    assert count == 10
    assert [row[FIXED] for row in list(exports.rows(submissions))[1:]] == [f"Patient {index}" for index in range(10)]


def test_an_export_of_nothing_is_a_header(db: None) -> None:
    assert list(exports.rows(Submission.objects.none())) == [exports.fixed_headers()]


def test_two_forms_share_a_file_without_sharing_columns(clinic: Clinic) -> None:
    one = a_form(clinic.home, a_field("single_line", label="Name"))
    two = one.copy(update_attrs={"slug": "two", "title": "Call me back"})
    answer(one.definition, "Ada")
    answer(two.definition, "Grace")
    header, first, second = exported()
    assert header == ["Name", "Name (2)"]
    assert sorted([first, second]) == [["", "Grace"], ["Ada", ""]] or sorted([first, second]) == [
        ["", "Ada"],
        ["Grace", ""],
    ]
    assert only_field(one.definition)["id"] == only_field(two.definition)["id"]


def test_an_export_costs_a_handful_of_queries(page: FormPage, django_assert_num_queries: Any) -> None:
    for index in range(20):
        answer(page.definition, str(index), "")
    with django_assert_num_queries(3):  # the definitions, one chunk, and the look for another
        list(exports.rows(Submission.objects.all()))
