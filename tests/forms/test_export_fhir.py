"""A clinic's record system can take in forms and answers: they are FHIR R4B, checked by another's models."""

import json
import uuid
from typing import Any

import pytest
from django.utils import timezone

from forms.exports import fhir, fhir_rules
from forms.exports.files import Choice, make_file
from forms.intake import submit
from forms.models import ExportFormat, FormPage, Submission
from tests.conftest import Clinic
from tests.forms.builders import DEFAULTS, a_field, a_form, a_step, republish

Questionnaire = pytest.importorskip("fhir.resources.R4B.questionnaire").Questionnaire
QuestionnaireResponse = pytest.importorskip("fhir.resources.R4B.questionnaireresponse").QuestionnaireResponse

# An answer as it is stored, for each type that does not take plain words.
ANSWERS: dict[str, Any] = {
    "email": "ada@example.com",
    "phone": "206 555 0142",
    "number": 6,
    "date": "2026-03-04",
    "days_of_week": ["monday", "friday"],
    "times_of_day": ["morning"],
    "name": {"first": "Ada", "last": "Lovelace"},
    "address": {"street": "1420 Alder Street", "city": "Seattle", "state": "WA", "zip": "98101"},
    "date_of_birth": "1990-12-10",
    "scale": 7,
    "body_area": ["neck"],
    "patient_type": "new",
    "consent": True,
    "upload": [{"id": str(uuid.uuid4()), "name": "card.pdf", "type": "application/pdf", "size": 1200}],
    "location": {"id": 7, "label": "Ballard"},
    "clinician": {"id": 9, "label": "Amara Okafor"},
}


def resources() -> list[dict[str, Any]]:
    """Return the lines of the file, each checked as what it says it is."""
    file = make_file(Submission.objects.all(), Choice(ExportFormat.FHIR))
    lines = [json.loads(line) for line in b"".join(file.chunks).decode().splitlines()]
    for line in lines:
        model = Questionnaire if line["resourceType"] == "Questionnaire" else QuestionnaireResponse
        model.model_validate(line)
    return lines


def stored(page: FormPage, answers: dict[str, Any]) -> Submission:
    """Return a submission with ``answers`` as they stand in the database."""
    definition = page.definition
    assert definition is not None
    submission = Submission(definition=definition, form_id=page.form_id, locale="en")
    submission.set_answers(answers)
    submission.save()
    return submission


@pytest.mark.parametrize("kind", DEFAULTS)
def test_every_type_of_field_is_valid_with_and_without_an_answer(clinic: Clinic, kind: str) -> None:
    field = a_field(kind, **({} if kind in ("static_text", "hidden") else {"help_text": "A hint"}))
    page = a_form(clinic.home, field, a_field("single_line"))
    question = next(each for each in page.definition.steps[0]["fields"] if each["id"] == field["id"])
    choice = (question.get("choices") or [{"id": "Words"}])[0]["id"]
    answer = ANSWERS.get(kind, [choice] if kind == "checkboxes" else choice)
    stored(page, {} if kind == "static_text" else {field["id"]: answer})
    stored(page, {})
    form, full, empty = resources()
    assert field["id"] in [item["linkId"] for item in form["item"][0]["item"]]
    assert "item" not in empty
    if kind != "static_text":
        (item,) = full["item"][0]["item"]
        assert item["linkId"] == field["id"]
        assert item["answer"]


def test_what_is_asked_and_answered_arrives_whole(clinic: Clinic) -> None:
    fields = [
        a_field("radios", label="Been here?", choices=["New", "Known"], required=True),
        a_field("number", label="Weeks", whole=True),
        a_field("date", label="Since"),
        a_field("consent", label="Consent"),
    ]
    page = a_form(clinic.home, *fields, title="Call me back")
    radios, number, date, consent = (field["id"] for field in fields)
    choice = page.definition.questions[0]["choices"][1]["id"]
    answers = {radios: choice, number: 6, date: "2026-03-04", consent: True}
    submission = stored(page, answers)
    form, response = resources()

    assert (form["title"], form["version"], form["status"]) == ("Call me back", "1", "active")
    assert form["url"] == f"urn:uuid:{page.form_id}"
    assert [item["type"] for item in form["item"][0]["item"]] == ["choice", "integer", "date", "boolean"]
    assert [item.get("required", False) for item in form["item"][0]["item"]] == [True, False, False, True]
    assert response["questionnaire"] == f"urn:uuid:{page.form_id}|1"
    assert response["id"] == str(submission.uuid)
    assert response["identifier"]["value"] == submission.reference
    assert response["language"] == "en"
    given = {item["linkId"]: item["answer"] for item in response["item"][0]["item"]}
    assert given == {
        radios: [{"valueCoding": {"code": choice, "display": "Known"}}],
        number: [{"valueInteger": 6}],
        date: [{"valueDate": "2026-03-04"}],
        consent: [{"valueBoolean": True}],
    }


def test_each_version_of_a_form_is_a_questionnaire_and_answers_name_theirs(clinic: Clinic) -> None:
    field = a_field("single_line", label="Name")
    page = a_form(clinic.home, field)
    submit(page.definition, {field["id"]: "Ada"}, notify=False)
    renamed = field | {"value": field["value"] | {"label": "Full name"}}
    submit(republish(page, renamed), {field["id"]: "Grace"}, notify=False)
    first, second, ada, grace = resources()
    assert [(each["version"], each["status"]) for each in (first, second)] == [("1", "retired"), ("2", "active")]
    assert ada["questionnaire"].endswith("|1")
    assert grace["questionnaire"].endswith("|2")
    assert ada["item"][0]["item"][0]["text"] == "Name"
    assert grace["item"][0]["item"][0]["text"] == "Full name"


def test_what_cannot_be_read_or_was_erased_has_its_response_and_says_so(clinic: Clinic) -> None:
    field = a_field("single_line")
    page = a_form(clinic.home, field)
    erased, lost = (submit(page.definition, {field["id"]: "Ada"}, notify=False) for _number in range(2))
    Submission.objects.filter(pk=erased.pk).update(erased_at=timezone.now(), answers_encrypted=b"")
    Submission.objects.filter(pk=lost.pk).update(key_id="gone")
    _form, first, second = resources()
    assert first["extension"][0]["valueCode"] == "masked"
    assert "were erased" in first["text"]["div"]
    assert second["extension"][0]["valueCode"] == "error"
    assert "“gone”" in second["text"]["div"]


ASKED = a_field("radios", label="Been here?", choices=["New", "Known", "Both"])
NEW, KNOWN, BOTH = (choice["id"] for choice in ASKED["value"]["choices"])
WEEKS, WORDS, SINCE, AGREED = (a_field(kind) for kind in ("number", "single_line", "date", "consent"))


QUESTIONS = {
    field["id"]: {"id": field["id"], "type": field["type"], **field["value"]} for field in (WEEKS, WORDS, SINCE, AGREED)
} | {
    ASKED["id"]: {
        "id": ASKED["id"],
        "type": "radios",
        "choices": [{"id": choice, "label": choice} for choice in (NEW, KNOWN, BOTH)],
    }
}


def condition(field: dict[str, Any], operator: str, value: Any = None) -> dict[str, Any]:
    return {"question": field["id"], "operator": operator, "value": value}


def item_under(clinic: Clinic, match: str, *conditions: dict[str, Any]) -> dict[str, Any]:
    """Return the item of a question that shows only when the rule of ``conditions`` holds."""
    asked = a_field("single_line", label="Asked", rule={"match": match, "conditions": list(conditions)})
    page = a_form(clinic.home, steps=[a_step(ASKED, WEEKS, WORDS, SINCE, AGREED), a_step(asked)])
    form = fhir.questionnaire(page.definition)
    Questionnaire.model_validate(form)
    return form["item"][1]["item"][0]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (condition(ASKED, "is", NEW), {"operator": "=", "answerCoding": {"code": NEW}}),
        (condition(ASKED, "is_not", NEW), {"operator": "!=", "answerCoding": {"code": NEW}}),
        (condition(ASKED, "answered"), {"operator": "exists", "answerBoolean": True}),
        (condition(ASKED, "unanswered"), {"operator": "exists", "answerBoolean": False}),
        (condition(WEEKS, "greater_than", 6), {"operator": ">", "answerInteger": 6}),
        (condition(WEEKS, "less_than", 6.5), {"operator": "<", "answerDecimal": 6.5}),
        (condition(SINCE, "before", "2026-01-02"), {"operator": "<", "answerDate": "2026-01-02"}),
        (condition(SINCE, "after", "2026-01-02"), {"operator": ">", "answerDate": "2026-01-02"}),
        (condition(AGREED, "ticked"), {"operator": "=", "answerBoolean": True}),
        (condition(AGREED, "unticked"), {"operator": "!=", "answerBoolean": True}),
        (condition(WORDS, "is", "yes"), {"operator": "=", "answerString": "yes"}),
    ],
)
def test_a_condition_is_an_enable_when(clinic: Clinic, said: dict[str, Any], expected: dict[str, Any]) -> None:
    item = item_under(clinic, "all", said)
    assert item["enableWhen"] == [{"question": said["question"], **expected}]
    assert "enableBehavior" not in item


def test_all_and_any_are_the_behaviour(clinic: Clinic) -> None:
    both = (condition(ASKED, "is", NEW), condition(WEEKS, "greater_than", 6))
    assert item_under(clinic, "all", *both)["enableBehavior"] == "all"


def test_any_of_is_several_comparisons_of_which_one_holds(clinic: Clinic) -> None:
    item = item_under(clinic, "all", condition(ASKED, "any_of", [NEW, BOTH]))
    assert [each["answerCoding"]["code"] for each in item["enableWhen"]] == [NEW, BOTH]
    assert item["enableBehavior"] == "any"


def test_what_enable_when_cannot_say_is_an_expression(clinic: Clinic) -> None:
    item = item_under(clinic, "all", condition(ASKED, "any_of", [NEW, BOTH]), condition(WORDS, "contains_not", "It's "))
    assert "enableWhen" not in item
    (extension,) = item["extension"]
    assert extension["url"].endswith("/sdc-questionnaire-enableWhenExpression")
    answer = "%resource.descendants().where(linkId = '{}').answer.value"
    assert extension["valueExpression"]["expression"] == (
        f"{answer.format(ASKED['id'])}.ofType(Coding).where(code = '{NEW}' or code = '{BOTH}').exists() and "
        f"{answer.format(WORDS['id'])}.where($this.lower().trim().contains('it\\'s')).exists().not()"
    )


def test_groups_are_taken_apart_where_that_says_the_same_and_else_are_an_expression(clinic: Clinic) -> None:
    new, known, long = condition(ASKED, "is", NEW), condition(ASKED, "is", KNOWN), condition(WEEKS, "greater_than", 6)
    same = item_under(clinic, "all", long, {"match": "all", "conditions": [new]})
    assert [each["operator"] for each in same["enableWhen"]] == [">", "="]
    assert same["enableBehavior"] == "all"
    either = fhir_rules.enabled_when(
        {"match": "any", "conditions": [long, {"match": "any", "conditions": [new, known]}]}, QUESTIONS
    )
    assert (len(either["enableWhen"]), either["enableBehavior"]) == (3, "any")
    mixed = fhir_rules.enabled_when(
        {"match": "all", "conditions": [long, {"match": "any", "conditions": [new, known]}]}, QUESTIONS
    )
    said = mixed["extension"][0]["valueExpression"]["expression"]
    assert said.endswith(".exists())")
    assert " and (" in said
    assert " or " in said


def test_a_rule_on_a_step_is_on_its_group(clinic: Clinic) -> None:
    rule = {"match": "all", "conditions": [condition(ASKED, "is", KNOWN)]}
    page = a_form(clinic.home, steps=[a_step(ASKED), a_step(a_field("single_line"), rule=rule)])
    group = fhir.questionnaire(page.definition)["item"][1]
    assert group["enableWhen"] == [{"question": ASKED["id"], "operator": "=", "answerCoding": {"code": KNOWN}}]
