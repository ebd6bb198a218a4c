"""What each type of field takes, refuses, stores, writes and shows."""

import datetime as dt
import re
from typing import Any

import jsonschema_rs
import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from clinicsite.roles import MARKETING_EDITORS
from forms.answer_form import AnswerForm
from forms.blocks import StepBlock, StepsBlock
from forms.definitions import json_schema
from forms.fields import FIELD_TYPES, field_type
from forms.rendering import shown_steps
from tests.forms.builders import ANSWERING_TYPES, DEFAULTS, a_field, a_step

TOMORROW = (timezone.localdate() + dt.timedelta(days=1)).isoformat()
ADA = {"first": "Ada", "last": "Lovelace"}
HOME = {"street": "12 Main St", "city": "Seattle", "state": "WA", "zip": "98107"}
# For each type: what is typed, what is stored, what is written as text.
VALID = {
    "single_line": ("  Ada ", "Ada", "Ada"),
    "multi_line": ("One\nTwo", "One\nTwo", "One\nTwo"),
    "email": ("ada@example.com", "ada@example.com", "ada@example.com"),
    "phone": ("(206) 555-0142 ext. 5", "(206) 555-0142 ext. 5", "(206) 555-0142 ext. 5"),
    "number": (6, 6, "6"),
    "date": ("2026-03-27", "2026-03-27", "2026-03-27"),
    "radios": ("choice-0", "choice-0", "New patient"),
    "checkboxes": (["choice-1", "choice-0"], ["choice-1", "choice-0"], "Back; Neck"),
    "select": ("choice-1", "choice-1", "I pay myself"),
    "days_of_week": (["monday", "friday"], ["monday", "friday"], "Monday; Friday"),
    "times_of_day": (["evening"], ["evening"], "Evening (after 5)"),
    "consent": (True, True, "Agreed: I agree that you may contact me."),
    "name": (ADA, ADA, "Ada Lovelace"),
    "address": (HOME, HOME, "12 Main St\nSeattle, WA 98107"),
    "date_of_birth": ("1984-03-27", "1984-03-27", "1984-03-27"),
    "scale": (0, 0, "0"),
    "body_area": (["knee", "neck"], ["knee", "neck"], "Knee; Neck"),
    "patient_type": ("new", "new", "I am new here"),
}
INVALID = [
    ("single_line", "x" * 201, "at most 200 characters"),
    ("single_line", "a\x00b", "Null characters"),
    ("multi_line", "x" * 5001, "at most 5000 characters"),
    ("email", "ada@", "Enter your email address, such as name@example.com"),
    ("phone", "12", "Enter your phone number, such as 206 555 0142"),
    ("phone", "call me", "Enter your phone number, such as 206 555 0142"),
    ("number", 521, "Enter 520 or less."),
    ("number", -1, "Enter 0 or more."),
    ("number", 1.5, "Enter a whole number, such as 6"),
    ("date", "yesterday", "Enter a date, such as 3/27/2026"),
    ("date", "2026-02-30", "Enter a date, such as 3/27/2026"),
    ("date", TOMORROW, "Enter today's date or an earlier one."),
    ("radios", "made-up", "Choose an answer to “New or existing patient?”."),
    ("select", "made-up", "Choose an answer to “Insurance”."),
    ("checkboxes", ["made-up"], "Choose from the answers shown."),
    ("days_of_week", ["sunday"], "Choose from the answers shown."),
    ("times_of_day", ["midnight"], "Choose from the answers shown."),
    ("name", {"first": "Ada"}, "Enter your last name"),
    ("name", {"first": "x" * 81, "last": "y"}, "at most 80 characters"),
    ("address", HOME | {"zip": "9810"}, "Enter a ZIP code, such as 98107"),
    ("address", {"street": "12 Main St", "city": "Seattle", "state": "WA"}, "Enter your ZIP code, such as 98107"),
    ("date_of_birth", "27 March", "Date of birth must include a day and a year"),
    ("date_of_birth", TOMORROW, "Date of birth must be in the past"),
    ("date_of_birth", "1884-03-27", "more than 125 years ago"),
    ("scale", 11, "Choose a number for “How bad is it?”."),
    ("body_area", ["hip"], "Choose from the answers shown."),
    ("patient_type", "other", "Choose an answer to “Have you been here before?”."),
]


def frozen(kind: str, **options: Any) -> dict[str, Any]:
    """Return a frozen field of a type, through the same block the editor uses."""
    raw = a_field(kind, field_id="field", **options)
    for number, choice in enumerate(raw["value"].get("choices", [])):
        choice["id"] = f"choice-{number}"
    value = StepsBlock().to_python([a_step(raw)])
    return FIELD_TYPES[kind].freeze("field", value[0].value["fields"][0].value)


def content_of(field: dict[str, Any]) -> dict[str, Any]:
    return {"title": "Form", "steps": [{"id": "s", "title": "Step", "introduction": "", "fields": [field]}]}


def errors_of(field: dict[str, Any], data: dict[str, Any]) -> list[str]:
    return [str(message) for message in AnswerForm(content_of(field), data).errors.get("field", [])]


def test_every_type_is_tested() -> None:
    assert set(DEFAULTS) == set(FIELD_TYPES)
    # Files and choices of pages have tests of their own: test_uploads and test_pickers.
    assert set(VALID) | {"upload"} == set(ANSWERING_TYPES)


@pytest.mark.parametrize("kind", VALID)
def test_a_valid_answer_is_stored_and_written(kind: str) -> None:
    typed, stored, written = VALID[kind]
    field = frozen(kind)
    form = AnswerForm(content_of(field), {"field": typed})
    assert form.is_valid(), form.errors
    assert form.answers() == {"field": stored}
    assert field_type(field).writer(field)(stored) == written


@pytest.mark.parametrize("kind", VALID)
def test_the_schema_describes_what_is_stored(kind: str) -> None:
    validator = jsonschema_rs.Draft202012Validator(json_schema(content_of(frozen(kind, required=True))))
    assert validator.is_valid({"field": VALID[kind][1]})
    assert not validator.is_valid({})
    assert not validator.is_valid({"field": {"another": "type"}})
    assert not validator.is_valid({"field": VALID[kind][1], "unknown": 1})


@pytest.mark.parametrize("kind", VALID)
def test_an_empty_answer_to_a_required_question_says_what_to_do(kind: str) -> None:
    field = frozen(kind, required=True)
    empty = {"checkboxes": [], "days_of_week": [], "times_of_day": [], "consent": False}.get(kind, "")
    for data in ({}, {"field": empty}):
        messages = errors_of(field, data)
        assert messages
        assert not {"", "This field is required."} & set(messages)


@pytest.mark.parametrize("kind", VALID)
def test_an_optional_question_may_be_left_empty_and_stores_nothing(kind: str) -> None:
    form = AnswerForm(content_of(frozen(kind, required=False)), {})
    assert form.is_valid()
    assert form.answers() == {}


@pytest.mark.parametrize(("kind", "typed", "message"), INVALID)
def test_an_invalid_answer_says_what_to_do(kind: str, typed: Any, message: str) -> None:
    (error,) = errors_of(frozen(kind), {"field": typed})
    assert message in error


@pytest.mark.parametrize("typed", ["206 555 0142", "+1 206-555-0142", "206.555.0142", "+44 20 7946 0958"])
def test_a_phone_number_may_be_written_in_any_way(typed: str) -> None:
    assert errors_of(frozen("phone"), {"field": typed}) == []


@pytest.mark.parametrize("typed", ["3/27/2026", "2026-03-27", "03/27/26"])
def test_a_date_may_be_typed_as_americans_do(typed: str) -> None:
    form = AnswerForm(content_of(frozen("date")), {"field": typed})
    assert form.is_valid()
    assert form.answers() == {"field": "2026-03-27"}


def test_a_date_may_have_to_lie_ahead() -> None:
    assert errors_of(frozen("date", limit="future"), {"field": "2020-01-01"}) == ["Enter today's date or a later one."]


def test_a_number_need_not_be_whole() -> None:
    form = AnswerForm(content_of(frozen("number", whole=False)), {"field": 1.5})
    assert form.is_valid()
    assert form.answers() == {"field": 1.5}


def test_zero_is_an_answer() -> None:
    form = AnswerForm(content_of(frozen("number")), {"field": 0})
    assert form.is_valid()
    assert form.answers() == {"field": 0}


def test_a_fixed_value_is_stored_whatever_was_sent() -> None:
    form = AnswerForm(content_of(frozen("hidden")), {"field": "mine"})
    assert form.is_valid()
    assert form.answers() == {"field": "Spring 2027"}


def test_static_text_asks_nothing() -> None:
    form = AnswerForm(content_of(frozen("static_text")), {"field": "mine"})
    assert form.is_valid()
    assert form.answers() == {}


def shown(kind: str, data: dict[str, Any] | None = None, **options: Any) -> str:
    form = AnswerForm(content_of(frozen(kind, **options)), data)
    (step,) = shown_steps(form, prefix="f1-")
    return render_to_string("forms/step.html", {"step": step})


GROUPS = (
    *("radios", "checkboxes", "days_of_week", "times_of_day", "body_area", "patient_type"),
    *("scale", "name", "address", "date_of_birth"),
)
PARTS = ("name", "address")


@pytest.mark.parametrize("kind", ANSWERING_TYPES)
def test_label_hint_and_error_belong_to_the_control(kind: str) -> None:
    text = shown(kind, {}, required=True, help_text="A little help")
    control_id = "f1-field_0" if kind in GROUPS else "f1-field"
    assert f'for="{control_id}"' in text
    assert f'id="{control_id}"' in text
    assert '<p class="field__hint" id="f1-field_helptext">A little help' in text
    if kind in PARTS:
        assert 'aria-describedby="f1-field_helptext"' in text
        assert 'aria-describedby="f1-field_0_error"' in text
        assert '<p class="field__error" id="f1-field_0_error">' in text
    else:
        assert 'aria-describedby="f1-field_helptext f1-field_error' in text
        assert '<p class="field__error" id="f1-field_error">' in text
    for described in re.findall('aria-describedby="(.*?)"', text):
        assert all(f'id="{each}"' in text for each in described.split())
    assert 'aria-invalid="true"' in text
    assert '<span class="field__required">required</span>' in text


@pytest.mark.parametrize("kind", ANSWERING_TYPES)
def test_a_question_not_yet_answered_shows_no_error(kind: str) -> None:
    text = shown(kind)
    assert "field--error" not in text
    assert "placeholder" not in text
    assert "aria-invalid" not in text


@pytest.mark.parametrize("kind", [*GROUPS[:6], "consent"])
def test_choices_stand_in_a_fieldset_headed_by_the_question(kind: str) -> None:
    text = shown(kind)
    assert '<fieldset class="field field--choices"' in text
    assert f'<legend class="field__label">{DEFAULTS[kind]["label"]}' in text
    assert 'class="choice__input"' in text


@pytest.mark.parametrize(
    ("kind", "attribute"),
    [
        ("email", 'type="email"'),
        ("email", 'autocomplete="email"'),
        ("phone", 'type="tel"'),
        ("phone", 'autocomplete="tel"'),
        ("number", 'inputmode="numeric"'),
        ("number", 'max="520"'),
        ("date", 'type="date"'),
    ],
)
def test_the_control_helps_the_keyboard_and_the_browser(kind: str, attribute: str) -> None:
    assert attribute in shown(kind)


def test_a_name_is_filled_in_by_the_browser() -> None:
    assert 'autocomplete="given-name"' in shown("single_line", autocomplete="given-name")


def test_what_a_patient_typed_is_shown_as_text() -> None:
    assert "<script>" not in shown("single_line", {"field": '"><script>'})


@pytest.mark.parametrize("kind", DEFAULTS)
def test_every_type_is_previewed_in_the_block_picker(as_role: Any, kind: str) -> None:
    block = StepBlock().child_blocks["fields"].child_blocks[kind]
    response = as_role(MARKETING_EDITORS).get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200
    assert 'class="form"' in response.content.decode()


def test_a_step_is_previewed_with_its_questions(as_role: Any) -> None:
    response = as_role(MARKETING_EDITORS).get(
        reverse("wagtailadmin_block_preview"), {"id": StepsBlock().child_blocks["step"].definition_prefix}
    )
    assert "About you" in response.content.decode()
    assert "We call you on this number." in response.content.decode()


def cleaning_error(*fields: dict[str, Any]) -> dict[str, Any]:
    """Return the error an editor gets for a step of ``fields``, as the editor's screen takes it."""
    block = StepsBlock()
    with pytest.raises(ValidationError) as caught:
        block.clean(block.to_python([a_step(*fields)]))
    return caught.value.as_json_data()


def test_choices_in_the_same_words_are_refused_at_the_second(db: None) -> None:
    error = cleaning_error(a_field("radios", choices=["Yes", "No", " yes "]))
    field = error["blockErrors"][0]["blockErrors"]["fields"]["blockErrors"][0]
    assert list(field["blockErrors"]["choices"]["blockErrors"]) == [2]


def test_a_question_without_choices_is_refused_at_its_choices(db: None) -> None:
    error = cleaning_error(a_field("checkboxes", choices=[]))
    field = error["blockErrors"][0]["blockErrors"]["fields"]["blockErrors"][0]
    assert "choices" in field["blockErrors"]


def test_limits_that_no_number_fits_are_refused_at_the_upper_one(db: None) -> None:
    error = cleaning_error(a_field("number", minimum=5, maximum=1))
    field = error["blockErrors"][0]["blockErrors"]["fields"]["blockErrors"][0]
    assert "maximum" in field["blockErrors"]


@pytest.mark.parametrize("fields", [[], ["static_text"], ["hidden"]])
def test_a_form_that_asks_nothing_is_refused_at_its_fields(db: None, fields: list[str]) -> None:
    error = cleaning_error(*[a_field(kind) for kind in fields])
    assert "fields" in error["blockErrors"][0]["blockErrors"]


def test_a_draft_may_still_ask_nothing(db: None) -> None:
    block = StepsBlock()
    assert block.clean_deferred(block.to_python([a_step(a_field("static_text"))]))
