"""A rule as JSON Schema (2020-12): what must be sent when.

Words and the order of dates cannot be compared in JSON Schema. Where a rule does that, what depends on it is not
required by the schema; the server still requires it when the rule holds.
"""

from typing import Any

from forms.rules import Rule, is_group

Schema = dict[str, Any]


class CannotSayError(Exception):
    """A condition that JSON Schema has no words for."""


def requirements(content: dict[str, Any], describe: Any, is_required: Any) -> list[Schema]:
    """Return for each required question under a rule the ``if``/``then`` that requires it where it shows.

    ``describe`` gives the schema of an answer to a frozen field, ``is_required`` says whether it must be answered.
    """
    whens = _whens(content)
    return [
        {"if": when, "then": {"required": [field["id"]], "properties": {field["id"]: describe(field)}}}
        for step in content["steps"]
        for field in step["fields"]
        if (when := whens[field["id"]]) and is_required(field)
    ]


def _whens(content: dict[str, Any]) -> dict[str, Schema | None]:
    """Return for each field when it shows: {} for always, None where that cannot be said."""
    whens: dict[str, Schema | None] = {}
    questions = {field["id"]: field for step in content["steps"] for field in step["fields"]}
    for step in content["steps"]:
        step_when = _when(step.get("rule"), questions, whens)
        for field in step["fields"]:
            own = _when(field.get("rule"), questions, whens)
            whens[field["id"]] = None if step_when is None or own is None else _both(step_when, own)
    return whens


def _both(first: Schema, second: Schema) -> Schema:
    parts = [part for part in (first, second) if part]
    return {"allOf": parts} if len(parts) > 1 else (parts[0] if parts else {})


def _when(rule: Rule | None, questions: dict[str, Any], whens: dict[str, Schema | None]) -> Schema | None:
    if not rule:
        return {}
    try:
        return _whole(rule, questions, whens)
    except CannotSayError:
        return None


def _whole(rule: Rule, questions: dict[str, Any], whens: dict[str, Schema | None]) -> Schema:
    met = [
        _whole(part, questions, whens) if is_group(part) else _condition(part, questions, whens)
        for part in rule["conditions"]
    ]
    return met[0] if len(met) == 1 else {"allOf" if rule["match"] == "all" else "anyOf": met}


def _condition(condition: dict[str, Any], questions: dict[str, Any], whens: dict[str, Schema | None]) -> Schema:
    asked = condition["question"]
    when = whens.get(asked)
    if when is None:
        raise CannotSayError
    is_negative = condition["operator"] in POSITIVE_OF
    answer = _answer(condition, questions[asked])
    met = _both(when, {"required": [asked], "properties": {asked: answer}})
    return {"not": met} if is_negative else met


# A negative condition holds wherever its positive does not, as in forms.rules.
POSITIVE_OF = {"is_not": "is", "contains_not": "contains", "unanswered": "answered", "unticked": "ticked"}


def _answer(condition: dict[str, Any], question: dict[str, Any]) -> Schema:
    name = POSITIVE_OF.get(condition["operator"], condition["operator"])
    value = condition["value"]
    has_choices = "choices" in question
    if name in ("answered", "ticked"):
        return {"const": True} if question["type"] == "consent" else _SOMETHING
    if name == "is" and (has_choices or question["type"] in ("number", "scale", "date", "date_of_birth")):
        return _chosen({"const": value}, question)
    if name == "any_of" and has_choices:
        return _chosen({"enum": value}, question)
    if name in ("is", "any_of") and question["type"] in ("location", "clinician"):
        ids = [int(each) if each.isdigit() else each for each in ([value] if name == "is" else value)]
        return {"type": "object", "required": ["id"], "properties": {"id": {"enum": ids}}}
    if name == "contains" and has_choices:
        return _chosen({"const": value}, question)
    if name in ("greater_than", "less_than"):
        return {"type": "number", "exclusiveMinimum" if name == "greater_than" else "exclusiveMaximum": value}
    raise CannotSayError


# Words of any kind; an object or a list with something in it.
_SOMETHING: Schema = {"minLength": 1, "pattern": r"\S", "minProperties": 1, "minItems": 1}
_LISTS = ("checkboxes", "days_of_week", "times_of_day", "body_area")


def _chosen(fits: Schema, question: dict[str, Any]) -> Schema:
    """Return what holds where a choice that ``fits`` was made, alone or with words written beside one."""
    is_list = question["type"] in _LISTS
    alone = {"type": "array", "contains": fits} if is_list else fits
    if not any(choice.get("kind") == "other" for choice in question.get("choices", [])):
        return alone
    part = "choices" if is_list else "choice"
    return {"anyOf": [alone, {"type": "object", "required": [part], "properties": {part: alone}}]}
