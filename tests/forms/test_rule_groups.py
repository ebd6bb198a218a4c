"""Rules with groups of conditions: "a, and (b or c)"."""

import itertools
import json
from typing import Any

import jsonschema_rs
import pytest
from django.core.exceptions import ValidationError

from forms import rules
from forms.intake import InvalidSubmissionError, submit
from forms.models import FormDefinition
from forms.rules.block import RuleField
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, a_step
from tests.forms.test_rules import NEW, OLD, ONE, THREE, TWO, a_rule, messages_of, new_or_existing, only_new

FOUR = "40000000-0000-4000-8000-000000000000"


def new_and(group: dict[str, Any]) -> dict[str, Any]:
    """Return the rule that somebody is new, and that the group holds."""
    return {"match": "all", "conditions": [*only_new()["conditions"], group]}


def grouped() -> dict[str, Any]:
    """Return the rule that somebody is new, and gave a doctor's name or agreed."""
    return new_and(a_rule((TWO, "answered", None), (THREE, "ticked", None), match="any"))


def a_grouped_form(clinic: Clinic) -> FormDefinition:
    """Return a form whose required question FOUR depends on three others through a group."""
    return a_form(
        clinic.home,
        new_or_existing(),
        a_field("multi_line", field_id=TWO, label="Your doctor"),
        a_field("consent", field_id=THREE, required=False),
        a_field("phone", field_id=FOUR, required=True, rule=grouped()),
    ).definition


ALL_ANSWERS = [
    {name: value for name, value in zip((ONE, TWO, THREE), values, strict=True) if value}
    for values in itertools.product((NEW["id"], OLD["id"]), ("Dr. Wu", ""), (True, False))
]


@pytest.mark.parametrize("answers", ALL_ANSWERS)
def test_a_group_counts_as_one_condition(clinic: Clinic, answers: dict[str, Any]) -> None:
    definition = a_grouped_form(clinic)
    is_shown = answers[ONE] == NEW["id"] and (TWO in answers or THREE in answers)
    assert rules.holds(grouped(), answers) is is_shown
    schema = jsonschema_rs.Draft202012Validator(definition.json_schema())
    assert schema.is_valid(answers) is not is_shown
    if is_shown:
        with pytest.raises(InvalidSubmissionError) as caught:
            submit(definition, answers)
        assert list(caught.value.errors) == [FOUR]
    else:
        assert submit(definition, answers).read_answers() == answers


def test_a_group_is_said_in_brackets(clinic: Clinic, client: Any) -> None:
    text = client.get(a_grouped_form(clinic).page.url).content.decode()
    assert (
        "Answer this only if your answer to “New or existing patient?” is “New patient”, and (you answered “Your "
        "doctor”, or you ticked “Consent”)." in text
    )


@pytest.mark.parametrize(
    ("group", "words"),
    [
        (a_rule((FOUR, "answered", None)), "“Phone number” cannot depend on its own answer."),
        (a_rule((ONE, "is", "gone")), "“New or existing patient?” no longer has the choice"),
        (a_rule(("gone", "answered", None)), "The question this depends on was removed."),
        ({"match": "any", "conditions": []}, "Add a condition to the empty group"),
    ],
)
def test_what_is_wrong_in_a_group_is_refused_at_its_field(group: dict[str, Any], words: str) -> None:
    found = messages_of([a_step(new_or_existing(), a_field("phone", field_id=FOUR, rule=new_and(group)))])
    assert list(found) == ["0.1"]
    assert words in found["0.1"][0]


def test_a_draft_keeps_a_group_that_is_not_finished_and_its_preview_leaves_it_out() -> None:
    unfinished = new_and(a_rule(("", "is", None)))
    assert RuleField().clean(json.dumps(unfinished)) == unfinished
    assert rules.freeze(unfinished) == only_new()


@pytest.mark.parametrize(
    "group",
    [
        new_and(a_rule((ONE, "is", NEW["id"]))),
        {"match": "any", "conditions": "x"},
        {"match": "any", "conditions": [], "x": 1},
    ],
)
def test_a_group_in_a_group_and_what_is_no_group_are_refused(group: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="cannot be read"):
        RuleField().clean(json.dumps(new_and(group)))


def test_the_api_tells_of_groups(clinic: Clinic, client: Any) -> None:
    page = a_grouped_form(clinic).page
    rule = client.get(f"/api/v1/forms/{page.pk}/").json()["steps"][0]["fields"][3]["rule"]
    assert rule["conditions"] == grouped()["conditions"]
    assert rule["match"] == "all"
