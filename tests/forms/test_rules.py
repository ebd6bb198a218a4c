"""What rules show, in which words, what an editor gets wrong with them, and what the API says of them."""

import json
import uuid
from typing import Any

import jsonschema_rs
import pytest
from django.core.exceptions import ValidationError

from forms import rules
from forms.blocks import StepsBlock
from forms.fields import FIELD_TYPES
from forms.intake import InvalidSubmissionError, submit
from forms.models import FormDefinition
from forms.rules.words import CONDITIONS
from tests.conftest import Clinic
from tests.forms.builders import DEFAULTS, a_choice, a_field, a_form, a_step, republish

KINDS_OF_ANSWERS: dict[str, list[tuple[str, Any, Any, bool]]] = {
    "words": [
        ("is", "Ada", "ada ", True),
        ("is", "Ada", "Adam", False),
        ("is", None, "Ada", False),
        ("is_not", "Ada", "Adam", True),
        ("is_not", "Ada", "ADA", False),
        ("is_not", None, "Ada", True),
        ("contains", "I fell off a ladder", "LADDER", True),
        ("contains", "I fell", "ladder", False),
        ("contains", None, "ladder", False),
        ("contains_not", "I fell", "ladder", True),
        ("contains_not", "My ladder broke", "ladder", False),
        ("contains_not", None, "ladder", True),
        ("answered", "x", None, True),
        ("answered", None, None, False),
        ("answered", "", None, False),
        ("unanswered", None, None, True),
        ("unanswered", "x", None, False),
    ],
    "one choice": [
        ("is", {"choice": "a", "other": "my aunt"}, "a", True),
        ("any_of", {"choice": "a", "other": "my aunt"}, ["a", "b"], True),
        ("is_not", {"choice": "a", "other": "my aunt"}, "a", False),
        ("is", "a", "a", True),
        ("is", "a", "b", False),
        ("is", None, "a", False),
        ("is_not", "a", "b", True),
        ("is_not", None, "b", True),
        ("any_of", "a", ["a", "b"], True),
        ("any_of", "c", ["a", "b"], False),
        ("any_of", None, ["a"], False),
        ("answered", "a", None, True),
        ("unanswered", None, None, True),
    ],
    "several choices": [
        ("contains", {"choices": ["a", "b"], "other": "x"}, "a", True),
        ("contains_not", {"choices": ["a"], "other": "x"}, "a", False),
        ("any_of", {"choices": ["a"], "other": "x"}, ["b"], False),
        ("answered", {"choices": ["a"], "other": "x"}, None, True),
        ("contains", ["a", "b"], "a", True),
        ("contains", ["b"], "a", False),
        ("contains", None, "a", False),
        ("contains_not", ["b"], "a", True),
        ("contains_not", ["a", "b"], "a", False),
        ("contains_not", None, "a", True),
        ("any_of", ["b", "c"], ["a", "b"], True),
        ("any_of", ["c"], ["a", "b"], False),
        ("any_of", ["a"], "abc", False),
        ("any_of", None, ["a"], False),
        ("answered", ["a"], None, True),
        ("answered", [], None, False),
        ("unanswered", [], None, True),
    ],
    "a number": [
        ("is", 3, 3, True),
        ("is", 3.0, 3, True),
        ("is", 3, 4, False),
        ("is_not", 3, 4, True),
        ("greater_than", 4, 3, True),
        ("greater_than", 3, 3, False),
        ("greater_than", None, 3, False),
        ("greater_than", 10, 9.5, True),
        ("less_than", 0, 1, True),
        ("less_than", 1, 1, False),
        ("less_than", None, 1, False),
        ("answered", 0, None, True),
        ("unanswered", 0, None, False),
    ],
    "a date": [
        ("is", "2026-03-27", "2026-03-27", True),
        ("is_not", "2026-03-27", "2026-03-28", True),
        ("before", "2026-03-26", "2026-03-27", True),
        ("before", "2026-03-27", "2026-03-27", False),
        ("before", None, "2026-03-27", False),
        ("after", "2026-12-01", "2026-03-27", True),
        ("after", "2026-03-27", "2026-03-27", False),
        ("after", None, "2026-03-27", False),
        ("answered", "2026-03-27", None, True),
        ("unanswered", None, None, True),
    ],
    "a page": [
        ("is", {"id": 12, "label": "Ballard"}, "12", True),
        ("is", {"id": 12, "label": "Ballard"}, "13", False),
        ("is", {"id": "any", "label": "No preference"}, "any", True),
        ("is_not", {"id": 12, "label": "Ballard"}, "13", True),
        ("is_not", None, "13", True),
        ("any_of", {"id": 12, "label": "Ballard"}, ["11", "12"], True),
        ("any_of", None, ["11", "12"], False),
        ("answered", {"id": 12, "label": "Ballard"}, None, True),
        ("unanswered", None, None, True),
    ],
    "parts": [
        ("answered", {"first": "Ada"}, None, True),
        ("answered", None, None, False),
        ("unanswered", {}, None, True),
        ("unanswered", {"first": "Ada"}, None, False),
    ],
    "a tick": [
        ("ticked", True, None, True),
        ("ticked", None, None, False),
        ("ticked", False, None, False),
        ("unticked", None, None, True),
        ("unticked", True, None, False),
    ],
}
KIND_OF_TYPE = {
    "single_line": "words",
    "multi_line": "words",
    "email": "words",
    "phone": "words",
    "radios": "one choice",
    "select": "one choice",
    "checkboxes": "several choices",
    "days_of_week": "several choices",
    "times_of_day": "several choices",
    "number": "a number",
    "date": "a date",
    "consent": "a tick",
    "patient_type": "one choice",
    "body_area": "several choices",
    "scale": "a number",
    "date_of_birth": "a date",
    "name": "parts",
    "address": "parts",
    "upload": "parts",
    "location": "a page",
    "clinician": "a page",
}
ONE, TWO, THREE = (f"{number}0000000-0000-4000-8000-000000000000" for number in (1, 2, 3))
NEW, OLD = a_choice("New patient"), a_choice("Existing patient")


def a_rule(*conditions: tuple[str, str, Any], match: str = "all") -> dict[str, Any]:
    """Return a rule of (question, operator, value)."""
    return {
        "match": match,
        "conditions": [
            {"question": question, "operator": operator, "value": value} for question, operator, value in conditions
        ],
    }


def only_new() -> dict[str, Any]:
    """Return the rule that question ONE is answered with "New patient"."""
    return a_rule((ONE, "is", NEW["id"]))


def new_or_existing() -> dict[str, Any]:
    """Return the question ONE."""
    return a_field("radios", field_id=ONE, choices=[NEW, OLD], required=True)


def a_ruled_form(clinic: Clinic) -> FormDefinition:
    """Return a form whose required question TWO is for new patients, and THREE for those who answered TWO."""
    return a_form(
        clinic.home,
        new_or_existing(),
        a_field("phone", field_id=TWO, label="Your doctor's phone", required=True, rule=only_new()),
        a_field("single_line", field_id=THREE, label="Your doctor", rule=a_rule((TWO, "answered", None))),
    ).definition


@pytest.mark.parametrize(
    ("operator", "answer", "value", "expected"), [case for cases in KINDS_OF_ANSWERS.values() for case in cases]
)
def test_an_operator_holds_or_does_not(operator: str, answer: Any, value: Any, expected: bool) -> None:
    assert rules.holds(a_rule(("q", operator, value)), {"q": answer}) is expected


@pytest.mark.parametrize("kind", sorted(FIELD_TYPES))
def test_every_operator_of_a_field_type_is_in_the_table_and_has_words(kind: str) -> None:
    tried = {operator for operator, *_case in KINDS_OF_ANSWERS.get(KIND_OF_TYPE.get(kind, ""), [])}
    assert set(FIELD_TYPES[kind].operators) == tried
    assert tried <= CONDITIONS.keys()


@pytest.mark.parametrize(("match", "expected"), [("all", False), ("any", True)])
def test_all_or_any_conditions_must_hold(match: str, expected: bool) -> None:
    rule = a_rule(("a", "is", "x"), ("b", "is", "y"), match=match)
    assert rules.holds(rule, {"a": "x", "b": "z"}) is expected


def test_a_hidden_questions_stale_answer_is_neither_stored_nor_evaluated(clinic: Clinic) -> None:
    answers = {ONE: OLD["id"], TWO: "206 555 0142", THREE: "Dr. Stale"}
    assert submit(a_ruled_form(clinic), answers).read_answers() == {ONE: OLD["id"]}


def test_a_hidden_questions_wrong_answer_is_no_error(clinic: Clinic) -> None:
    definition = a_ruled_form(clinic)
    for wrong in ("call me", 5):
        answers = {ONE: OLD["id"], TWO: wrong}
        assert submit(definition, answers).read_answers() == {ONE: OLD["id"]}


def test_a_required_question_is_required_where_it_shows_and_only_there(clinic: Clinic) -> None:
    definition = a_ruled_form(clinic)
    submit(definition, {ONE: OLD["id"]})
    with pytest.raises(InvalidSubmissionError) as caught:
        submit(definition, {ONE: NEW["id"]})
    assert list(caught.value.errors) == [TWO]


def test_leaving_out_the_question_a_rule_looks_at_is_leaving_it_empty(clinic: Clinic) -> None:
    definition = a_form(
        clinic.home,
        a_field("single_line", field_id=ONE),
        a_field("phone", field_id=TWO, required=True, rule=a_rule((ONE, "unanswered", None))),
    ).definition
    for data in ({}, {ONE: ""}, {ONE: "  "}):
        with pytest.raises(InvalidSubmissionError) as caught:
            submit(definition, data)
        assert list(caught.value.errors) == [TWO]


def test_what_is_shown_is_stored(clinic: Clinic) -> None:
    answers = {ONE: NEW["id"], TWO: "206 555 0142", THREE: "Dr. Fresh"}
    assert submit(a_ruled_form(clinic), answers).read_answers() == answers


def test_a_step_that_does_not_show_takes_its_fields_along(clinic: Clinic) -> None:
    steps = [
        a_step(new_or_existing()),
        a_step(a_field("phone", field_id=TWO, required=True), rule=only_new()),
        a_step(a_field("email", field_id=THREE, rule=a_rule((TWO, "unanswered", None)))),
    ]
    definition = a_form(clinic.home, steps=steps).definition
    ids = [step["id"] for step in definition.steps]
    assert rules.shown(definition.content, {ONE: OLD["id"]}) == {ids[0], ONE, ids[2], THREE}
    assert rules.shown(definition.content, {ONE: NEW["id"], TWO: "1"}) == {ids[0], ONE, ids[1], TWO}
    assert submit(definition, {ONE: OLD["id"], TWO: "no phone"}).read_answers() == {ONE: OLD["id"]}


def test_a_fixed_value_under_a_rule_is_stored_only_where_it_holds(clinic: Clinic) -> None:
    definition = a_form(clinic.home, new_or_existing(), a_field("hidden", field_id=TWO, rule=only_new())).definition
    assert submit(definition, {ONE: OLD["id"]}).read_answers() == {ONE: OLD["id"]}
    assert submit(definition, {ONE: NEW["id"]}).read_answers() == {ONE: NEW["id"], TWO: "Spring 2027"}


def test_a_step_of_fixed_values_alone_is_no_step_in_the_page(clinic: Clinic, client: Any) -> None:
    steps = [a_step(a_field("email")), a_step(a_field("hidden"), title="Nothing to see"), a_step(a_field("phone"))]
    page = a_form(clinic.home, steps=steps)
    text = client.get(page.url).content.decode()
    assert text.count('class="form__step"') == 2
    assert "Nothing to see" not in text


def test_new_words_for_a_question_and_its_choice_break_no_rule(clinic: Clinic) -> None:
    page = a_form(clinic.home, new_or_existing(), a_field("phone", field_id=TWO, required=True, rule=only_new()))
    renamed = a_field(
        "radios", field_id=ONE, label="First time here?", choices=[NEW | {"value": {"label": "Yes"}}, OLD]
    )
    definition = republish(page, renamed, page.steps.raw_data[0]["value"]["fields"][1])
    with pytest.raises(InvalidSubmissionError) as caught:
        submit(definition, {ONE: NEW["id"]})
    assert list(caught.value.errors) == [TWO]
    assert submit(definition, {ONE: OLD["id"]})


def test_a_copied_form_keeps_its_rules(clinic: Clinic) -> None:
    page = a_form(clinic.home, new_or_existing(), a_field("phone", field_id=TWO, required=True, rule=only_new()))
    copy = page.copy(update_attrs={"slug": "copy"})
    assert submit(copy.definition, {ONE: OLD["id"], TWO: "x"}).read_answers() == {ONE: OLD["id"]}


def test_a_definition_without_rules_says_nothing_of_them(clinic: Clinic) -> None:
    definition = a_form(clinic.home, a_field("single_line", rule=None)).definition
    assert "rule" not in json.dumps(definition.content)


def test_the_page_says_in_words_who_a_question_is_for(clinic: Clinic, client: Any) -> None:
    definition = a_ruled_form(clinic)
    text = client.get(definition.page.url).content.decode()
    assert "Answer this only if your answer to “New or existing patient?” is “New patient”." in text
    assert "Answer this only if you answered “Your doctor&#x27;s phone”." in text
    assert text.count("data-rule=") == 2


@pytest.mark.parametrize(
    ("kind", "operator", "value", "words"),
    [
        ("number", "greater_than", 6, "is more than 6."),
        ("date", "before", "2026-03-27", "is before March 27, 2026."),
        ("days_of_week", "any_of", ["monday", "friday"], "is “Monday” or “Friday”."),
        ("multi_line", "contains", "fall", "includes “fall”."),
    ],
)
def test_a_value_is_said_as_people_write_it(
    clinic: Clinic, client: Any, kind: str, operator: str, value: Any, words: str
) -> None:
    fields = [a_field(kind, field_id=ONE), a_field("email", rule=a_rule((ONE, operator, value)))]
    assert words in client.get(a_form(clinic.home, *fields).url).content.decode()


def test_an_unfinished_rule_does_not_break_the_preview(clinic: Clinic) -> None:
    page = a_form(clinic.home, new_or_existing())
    unfinished = a_rule(("", "is", None))
    page.steps = [a_step(new_or_existing(), a_field("email", label="Reworded", rule=unfinished), rule=unfinished)]
    assert "Reworded" in page.make_preview_request().content.decode()


def messages_of(steps: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Return what publishing refuses, by the number of the step and field whose rule it stands at."""
    block = StepsBlock()
    found: dict[str, list[str]] = {}
    try:
        block.clean(block.to_python(steps))
    except ValidationError as error:
        for number, step in error.block_errors.items():
            if "rule" in step.block_errors:
                found[f"{number}"] = step.block_errors["rule"].messages
            if "fields" in step.block_errors:
                for position, field in step.block_errors["fields"].block_errors.items():
                    found[f"{number}.{position}"] = field.block_errors["rule"].messages
    return found


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (a_rule((str(uuid.uuid4()), "is", NEW["id"])), "The question this depends on was removed."),
        (
            {"match": "all", "conditions": [{"question": THREE[::-1], "operator": "is", "value": "x", "label": "Age"}]},
            "The question “Age” was removed.",
        ),
        (a_rule((TWO, "answered", None)), "“Email address” cannot depend on its own answer."),
        (a_rule((THREE, "answered", None)), "“Phone number” comes later"),
        (a_rule((ONE, "is", str(uuid.uuid4()))), "“New or existing patient?” no longer has the choice"),
        (a_rule((ONE, "any_of", [NEW["id"], "gone"])), "“New or existing patient?” no longer has the choice"),
        (a_rule((ONE, "is", None)), "Say which answer to “New or existing patient?”"),
        (a_rule((ONE, "any_of", [])), "Say which answer to “New or existing patient?”"),
        (a_rule((ONE, "greater_than", 3)), "An answer to “New or existing patient?” cannot be compared in this way."),
        (a_rule(("", "is", None)), "Choose the question that this depends on"),
    ],
)
def test_a_rule_that_cannot_work_is_refused_at_its_field_naming_the_question(rule: dict[str, Any], words: str) -> None:
    fields = [new_or_existing(), a_field("email", field_id=TWO, rule=rule), a_field("phone", field_id=THREE)]
    found = messages_of([a_step(*fields)])
    assert list(found) == ["0.1"]
    assert words in found["0.1"][0]


@pytest.mark.parametrize(
    ("kind", "operator", "value", "is_fine"),
    [
        ("number", "greater_than", 6, True),
        ("number", "greater_than", "six", False),
        ("number", "greater_than", float("inf"), False),
        ("date", "before", "2026-03-27", True),
        ("date", "before", "03/27", False),
        ("date", "before", "20260327", False),
        ("date", "before", "2026-W02-1", False),
        ("days_of_week", "contains", "monday", True),
        ("days_of_week", "contains", "sunday", False),
        ("single_line", "is", "  ", False),
        ("single_line", "is", "x", True),
        ("consent", "ticked", None, True),
        ("hidden", "is", "x", False),
    ],
)
def test_a_value_must_fit_the_question(kind: str, operator: str, value: Any, is_fine: bool) -> None:
    fields = [a_field(kind, field_id=ONE), a_field("email", rule=a_rule((ONE, operator, value)))]
    assert (messages_of([a_step(*fields)]) == {}) is is_fine


def test_a_step_may_not_look_into_itself_but_may_look_back() -> None:
    step = a_step(a_field("email", field_id=TWO), rule=a_rule((TWO, "answered", None)))
    assert "“Email address” cannot depend on its own answer" in messages_of([a_step(new_or_existing()), step])["1"][0]
    step = a_step(a_field("email", field_id=TWO), rule=only_new())
    assert messages_of([a_step(new_or_existing()), step]) == {}
    assert list(messages_of([step, a_step(new_or_existing())])) == ["0"]


def test_a_draft_may_have_unfinished_rules() -> None:
    block = StepsBlock()
    steps = [a_step(a_field("email", rule=a_rule(("", "is", None))))]
    cleaned = block.clean_deferred(block.to_python(steps))
    assert cleaned[0].value["fields"][0].value["rule"] == a_rule(("", "is", None))


@pytest.mark.parametrize("typed", ["{", "[1]", '{"match": "some", "conditions": []}', '{"match": "all"}'])
def test_what_the_editor_cannot_have_written_is_refused(typed: str) -> None:
    from forms.rules.block import RuleBlock

    block = RuleBlock(required=False)
    with pytest.raises(ValidationError, match="cannot be read"):
        block.clean(block.value_from_datadict({"rule": typed}, {}, "rule"))


def test_a_rule_comes_back_from_the_editor_as_it_went() -> None:
    from forms.rules.block import RuleBlock

    block = RuleBlock(required=False)
    assert block.clean(block.value_from_datadict({"rule": block.get_form_state(only_new())}, {}, "rule")) == only_new()
    assert block.clean(block.value_from_datadict({"rule": block.get_form_state(None)}, {}, "rule")) is None


@pytest.mark.parametrize(
    ("answers", "is_valid"),
    [
        ({ONE: OLD["id"]}, True),
        ({ONE: NEW["id"]}, False),
        ({ONE: NEW["id"], TWO: "206 555 0142"}, True),
        ({}, False),
    ],
)
def test_the_schema_requires_what_the_rules_show(clinic: Clinic, answers: dict[str, Any], is_valid: bool) -> None:
    definition = a_ruled_form(clinic)
    assert jsonschema_rs.Draft202012Validator(definition.json_schema()).is_valid(answers) is is_valid


@pytest.mark.parametrize("kind", sorted(KIND_OF_TYPE))
def test_the_schema_takes_nothing_that_the_server_refuses_for_a_missing_answer(clinic: Clinic, kind: str) -> None:
    """Words and dates cannot be compared in JSON Schema: there, the server alone requires."""
    own = a_field(kind, field_id=ONE, required=False)
    choices = [choice["id"] for choice in own["value"].get("choices", [])] or DEFAULTS[kind].get("offered", [])
    values = {"number": 3, "scale": 3, "date": "2026-03-27", "date_of_birth": "2026-03-27", "patient_type": "new"}
    values |= {"location": "any", "clinician": "any"}
    for operator in FIELD_TYPES[kind].operators:
        value: Any = values.get(kind, choices[0] if choices else "x")
        operand = rules.OPERATORS[operator].operand
        value = None if operand == "none" else [value] if operand == "many" else value
        ruled = a_field("single_line", field_id=TWO, required=True, rule=a_rule((ONE, operator, value)))
        definition = a_form(clinic.home, own, ruled, slug=f"{kind}-{operator}".replace("_", "-")).definition
        says = bool(definition.json_schema().get("allOf"))
        assert says is (operator in SAID.get(KIND_OF_TYPE[kind], set())), operator
        validator = jsonschema_rs.Draft202012Validator(definition.json_schema())
        for answers in ({}, {ONE: example(kind, choices)}):
            is_shown = TWO in rules.shown(definition.content, answers)
            assert validator.is_valid(answers) is not (says and is_shown), (operator, answers)


SAID = {
    "words": {"answered", "unanswered"},
    "one choice": {"is", "is_not", "any_of", "answered", "unanswered"},
    "several choices": {"contains", "contains_not", "any_of", "answered", "unanswered"},
    "a number": {"is", "is_not", "greater_than", "less_than", "answered", "unanswered"},
    "a date": {"is", "is_not", "answered", "unanswered"},
    "parts": {"answered", "unanswered"},
    "a page": {"is", "is_not", "any_of", "answered", "unanswered"},
    "a tick": {"ticked", "unticked"},
}


def example(kind: str, choices: list[str]) -> Any:
    """Return a valid answer to a question of that type."""
    plain = {
        "number": 5,
        "scale": 5,
        "date": "2026-03-27",
        "date_of_birth": "1984-03-27",
        "consent": True,
        "email": "ada@example.com",
        "phone": "206 555 0142",
        "patient_type": "existing",
        "name": {"first": "Ada", "last": "Lovelace"},
        "upload": ["a token"],
        "location": {"id": "any", "label": "No preference"},
        "clinician": {"id": "any", "label": "No preference"},
        "address": {"street": "12 Main St", "city": "Seattle", "state": "WA", "zip": "98107"},
    }
    if KIND_OF_TYPE[kind] == "several choices":
        return choices[:1]
    return plain.get(kind, choices[0] if choices else "x")
