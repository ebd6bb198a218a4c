"""What an editor may set on a question: limits, patterns, own words, choices with a box to write in, and answers that
links bring along."""

from typing import Any

import jsonschema_rs
import pytest
from django.test import Client

from forms.answer_form import AnswerForm
from forms.definitions import json_schema
from forms.fields import field_type
from forms.models import Submission
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, only_field
from tests.forms.test_fields import cleaning_error, content_of, errors_of, frozen, shown

OTHER = [{"label": "A friend"}, {"label": "Another way", "kind": "other"}, {"label": "None", "kind": "none"}]
FRIEND, ANOTHER, NONE = "choice-0", "choice-1", "choice-2"


def answers_to(field: dict[str, Any], data: dict[str, Any]) -> Any:
    """Return what is stored of a valid answer."""
    form = AnswerForm(content_of(field), data)
    assert form.is_valid(), form.errors
    return form.answers().get("field")


def fits_schema(field: dict[str, Any], answer: Any) -> bool:
    return jsonschema_rs.Draft202012Validator(json_schema(content_of(field))).is_valid({"field": answer})


def block_errors(kind: str, **options: Any) -> dict[str, Any]:
    """Return the errors an editor gets for a question of that type, by the part of its block."""
    error = cleaning_error(a_field(kind, **options))
    return error["blockErrors"][0]["blockErrors"]["fields"]["blockErrors"][0]["blockErrors"]


def test_a_definition_without_the_options_is_the_same_as_before_there_were_any() -> None:
    """These are the keys that definitions had when forms first went live; a further one would freeze a new version."""
    plain = {"id", "type", "label", "help_text", "required"}
    own = {
        "single_line": {"autocomplete"},
        "multi_line": set(),
        "email": set(),
        "phone": set(),
        "number": {"minimum", "maximum", "whole"},
        "date": {"limit"},
        "radios": {"choices"},
        "checkboxes": {"choices"},
        "select": {"choices"},
        "days_of_week": {"choices"},
        "times_of_day": {"choices"},
        "consent": {"statement"},
    }
    for kind, keys in own.items():
        assert frozen(kind).keys() == plain | keys, kind
    assert frozen("radios")["choices"][0] == {"id": "choice-0", "label": "New patient"}


@pytest.mark.parametrize(
    ("options", "good", "bad", "message"),
    [
        ({"min_length": 3}, "abc", "ab", "Use at least 3 characters."),
        ({"max_length": 3}, "abc", "abcd", "Use at most 3 characters."),
        ({"pattern": "letters"}, "Zoë O’Neill-Smith", "R2D2", "Use letters only."),
        ({"pattern": "letters"}, "Zoe\u0308", "Zoe1", "Use letters only."),
        ({"pattern": "letters"}, "प्रिया", "Henry Ⅷ", "Use letters only."),
        ({"pattern": "letters"}, "ศิริพร தமிழ்", "½", "Use letters only."),
        ({"pattern": "letters"}, "יוֹסֵף", "a_b", "Use letters only."),
        ({"pattern": "digits"}, "0042", "42 a", "Use digits only, without spaces."),
        ({"pattern": "letters_digits"}, "W1234", "W-1234", "Use letters and digits only, without spaces."),
        ({"pattern": "zip"}, "98107-1234", "981071", "Enter a ZIP code, such as 98107"),
        ({"mask": "AA-###"}, "wa-123", "wa123", "Enter it like AA-111"),
        ({"mask": "(###) *.A"}, "(123) 4.b", "(123) 4xb", "Enter it like (111) A.A"),
        ({"mask": "AA-###", "error_text": "It is on your card."}, "wa-123", "?", "It is on your card."),
    ],
)
def test_a_line_of_text_must_look_as_the_editor_says(
    options: dict[str, Any], good: str, bad: str, message: str
) -> None:
    field = frozen("single_line", **options)
    assert answers_to(field, {"field": good}) == good
    assert errors_of(field, {"field": bad}) == [message]
    assert fits_schema(field, good)
    assert not fits_schema(field, bad)


@pytest.mark.parametrize(("mask", "is_numeric"), [("#########", True), ("###-##-####", False), ("AA###", False)])
def test_a_keyboard_for_digits_only_comes_where_nothing_else_is_typed(mask: str, is_numeric: bool) -> None:
    assert ('inputmode="numeric"' in shown("single_line", mask=mask)) is is_numeric


def test_the_end_of_a_line_is_one_character_and_nothing_pasted_is_cut_off() -> None:
    field = frozen("multi_line", max_length=5)
    assert answers_to(field, {"field": "a\r\nb\r\nc"}) == "a\nb\nc"
    assert errors_of(field, {"field": "a\r\nb\r\ncd"}) == ["Use at most 5 characters."]
    assert "maxlength" not in shown("multi_line", max_length=5)
    assert 'data-long="Use at most 5 characters."' in shown("multi_line", max_length=5)


def test_a_long_text_takes_no_longer_to_refuse_for_any_pattern() -> None:
    field = frozen("single_line", pattern="letters")
    (message,) = errors_of(field, {"field": "a" * 199 + "1"})
    assert message == "Use letters only."


@pytest.mark.parametrize(
    ("kind", "options", "part"),
    [
        ("single_line", {"min_length": 5, "max_length": 4}, "max_length"),
        ("single_line", {"pattern": "zip", "mask": "###"}, "mask"),
        ("single_line", {"mask": "abc"}, "mask"),
        ("single_line", {"mask": "#+"}, "mask"),
        ("single_line", {"query_parameter": "no spaces"}, "query_parameter"),
        ("date", {"earliest": "2026-05-01", "latest": "2026-04-01"}, "latest"),
        ("number", {"minimum": 0.5, "whole": True}, "minimum"),
        ("name", {"parts": ["middle"]}, "parts"),
    ],
)
def test_options_that_cannot_work_are_refused_at_their_part(
    db: None, kind: str, options: dict[str, Any], part: str
) -> None:
    assert part in block_errors(kind, **options)


@pytest.mark.parametrize(
    ("choices", "part"),
    [
        ([{"label": "A", "kind": "other"}, {"label": "B", "kind": "other"}], "kind"),
        ([{"label": "A", "value": "x"}, {"label": "B", "value": "X"}], "value"),
    ],
)
def test_choices_that_clash_are_refused_at_the_second(db: None, choices: list[Any], part: str) -> None:
    errors = block_errors("radios", choices=choices)["choices"]["blockErrors"]
    assert list(errors) == [1]
    assert part in errors[1]["blockErrors"]


def test_limits_of_a_number_and_a_date_are_told_in_the_editors_words() -> None:
    number = frozen("number", maximum=10, error_text="Between 0 and 10, please.")
    assert errors_of(number, {"field": 11}) == ["Between 0 and 10, please."]
    date = frozen("date", limit="any", earliest="2026-05-01", error_text="In May or later.")
    assert date["earliest"] == "2026-05-01"
    assert errors_of(date, {"field": "2026-04-30"}) == ["In May or later."]
    assert answers_to(date, {"field": "2026-05-01"}) == "2026-05-01"
    text = shown("date", limit="any", earliest="2026-05-01")
    assert 'min="2026-05-01"' in text
    assert 'data-low="Enter May 1, 2026 or a later date."' in text
    assert "data-high" not in text


def test_a_whole_number_between_limits_that_are_none_can_be_typed() -> None:
    field = frozen("number") | {"minimum": 0.5, "maximum": 3.5}
    assert answers_to(field, {"field": 1}) == 1
    assert errors_of(field, {"field": 4}) == ["Enter 3.5 or less."]
    form = AnswerForm(content_of(field))
    assert 'min="1" max="3"' in str(form["field"])


def test_words_beside_a_choice_are_needed_kept_and_written() -> None:
    field = frozen("radios", choices=OTHER)
    whole = {"choice": ANOTHER, "other": "my aunt"}
    assert answers_to(field, {"field": FRIEND}) == FRIEND
    assert answers_to(field, {"field": {"choice": ANOTHER, "other": " my aunt "}}) == whole
    for lacking in (ANOTHER, {"choice": ANOTHER}, {"choice": ANOTHER, "other": " "}):
        assert errors_of(field, {"field": lacking}) == ["Write your answer beside “Another way”."]
    assert fits_schema(field, whole)
    assert fits_schema(field, FRIEND)
    assert not fits_schema(field, ANOTHER)
    assert not fits_schema(field, {"choice": FRIEND, "other": "x"})
    kind = field_type(field)
    assert kind.writer(field)(whole) == "Another way: my aunt"
    assert kind.writer(field)(ANOTHER) == "Another way"
    assert [column.write(whole) for column in kind.columns(field)] == ["Another way", "my aunt"]
    assert [column.write(FRIEND) for column in kind.columns(field)] == ["A friend", ""]


def test_words_beside_one_of_several_choices() -> None:
    field = frozen("checkboxes", choices=OTHER)
    whole = {"choices": [FRIEND, ANOTHER], "other": "my aunt"}
    assert answers_to(field, {"field": whole}) == whole
    assert answers_to(field, {"field": [FRIEND]}) == [FRIEND]
    assert errors_of(field, {"field": [ANOTHER]}) == ["Write your answer beside “Another way”."]
    assert fits_schema(field, whole)
    assert not fits_schema(field, [ANOTHER])
    assert field_type(field).writer(field)(whole) == "A friend; Another way: my aunt"


@pytest.mark.parametrize("sent", [[NONE, FRIEND], {"choices": [NONE, ANOTHER], "other": "x"}])
def test_a_choice_that_rules_out_others_stands_alone(sent: Any) -> None:
    field = frozen("checkboxes", choices=OTHER)
    (message,) = errors_of(field, {"field": sent})
    assert message == "“None” cannot go together with other answers. Choose one or the other."
    assert not fits_schema(field, sent)
    assert answers_to(field, {"field": [NONE]}) == [NONE]


def test_exports_have_the_values_and_the_inbox_the_words() -> None:
    field = frozen("radios", choices=[{"label": "New patient", "value": "N"}, {"label": "Existing patient"}])
    (column,) = field_type(field).columns(field)
    assert [column.write(each) for each in ("choice-0", "choice-1")] == ["N", "Existing patient"]
    assert field_type(field).writer(field)("choice-0") == "New patient"


@pytest.mark.parametrize("kind", ["radios", "select", "checkboxes"])
def test_what_was_written_beside_a_choice_is_there_when_the_form_comes_back(
    clinic: Clinic, client: Client, kind: str
) -> None:
    page = a_form(clinic.home, a_field(kind, choices=OTHER), a_field("email", required=True))
    asked, email = page.definition.questions
    other = asked["choices"][1]["id"]
    data = {asked["id"]: other, f"{asked['id']}_other": "my <aunt>"}
    text = client.post(page.url, data).content.decode()
    assert 'value="my &lt;aunt&gt;"' in text
    client.post(page.url, data | {email["id"]: "ada@example.com"})
    stored = Submission.objects.get().read_answers()[asked["id"]]
    chosen = {"choices": [other]} if kind == "checkboxes" else {"choice": other}
    assert stored == chosen | {"other": "my <aunt>"}


def test_a_question_takes_part_of_the_width() -> None:
    assert 'class="field field--half"' in shown("email", width="half")
    assert "width" not in frozen("email")


def test_an_empty_choice_in_a_list_still_asks(clinic: Clinic, client: Client) -> None:
    page = a_form(clinic.home, a_field("select", required=True))
    response = client.post(page.url, {})
    assert response.status_code == 422
    assert only_field(page.definition)["label"] in response.content.decode()
