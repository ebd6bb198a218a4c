"""What is wrong with the rules of a form that is about to be published, each told where it belongs."""

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from forms.fields import Frozen, field_type
from forms.rules import MATCHES, OPERATORS, Rule, is_group


@dataclass(frozen=True)
class Problem:
    """A message at the rule of the step at ``step``, or of its field at ``field``."""

    step: int
    field: int | None
    message: str


def problems(steps: list[dict[str, Any]], rules: dict[str, Rule]) -> Iterator[Problem]:
    """Yield what is wrong with ``rules``, the edited rules by the id of their step or field, in these frozen steps."""
    questions = {field["id"]: field for step in steps for field in step["fields"]}
    earlier: set[str] = set()
    for number, step in enumerate(steps):
        inside = {field["id"] for field in step["fields"]}
        for message in _messages(rules.get(step["id"]), questions, earlier, inside):
            yield Problem(number, None, message)
        for position, field in enumerate(step["fields"]):
            for message in _messages(rules.get(field["id"]), questions, earlier, {field["id"]}):
                yield Problem(number, position, message)
            earlier.add(field["id"])


def later_problems(steps: list[dict[str, Any]], rule: Rule | None) -> list[str]:
    """Return what is wrong with a ``rule`` that is looked at once the form is sent: all questions come before it."""
    questions = {field["id"]: field for step in steps for field in step["fields"]}
    return list(_messages(rule, questions, set(questions), set()))


def _messages(rule: Rule | None, questions: dict[str, Frozen], earlier: set[str], own: set[str]) -> Iterator[str]:
    if not rule:
        return
    if rule.get("match") not in MATCHES:
        yield _("Choose whether all of the conditions must be true, or any of them.")
    for part in rule.get("conditions", []):
        if is_group(part):
            if not part["conditions"]:
                yield _("Add a condition to the empty group, or remove the group.")
            yield from _messages(part, questions, earlier, own)
        elif message := _place_problem(part, questions, earlier, own) or _value_problem(part, questions):
            yield message


def _place_problem(condition: dict[str, Any], questions: dict[str, Frozen], earlier: set[str], own: set[str]) -> str:
    asked = condition.get("question")
    if not asked:
        return _("Choose the question that this depends on, or remove the condition.")
    if asked not in questions:
        if label := condition.get("label"):
            return _("The question “%(question)s” was removed. Choose another, or remove the condition.") % {
                "question": label
            }
        return _("The question this depends on was removed. Choose another, or remove the condition.")
    words = {"question": questions[asked].get("label", "")}
    if asked in own:
        return _("“%(question)s” cannot depend on its own answer. Choose an earlier question.") % words
    if asked not in earlier:
        return _("“%(question)s” comes later, so it has no answer yet. Choose an earlier question.") % words
    return ""


def _value_problem(condition: dict[str, Any], questions: dict[str, Frozen]) -> str:
    question = questions[condition["question"]]
    kind = field_type(question)
    words = {"question": question.get("label", "")}
    operator = OPERATORS.get(condition.get("operator", ""))
    if operator is None or condition["operator"] not in kind.operators:
        return _("An answer to “%(question)s” cannot be compared in this way. Choose how to compare it.") % words
    value = condition.get("value")
    if operator.operand == "none":
        return ""
    if operator.operand == "many" and not isinstance(value, list | None):
        return _("Give the answers to “%(question)s” that this depends on as a list.") % words
    values = (value or []) if operator.operand == "many" else [value]
    if not values or any(each in (None, "") for each in values):
        return _("Say which answer to “%(question)s” this depends on.") % words
    if kind.operand == "choice" and not {str(each) for each in values} <= dict(kind.choices(question)).keys():
        return _("“%(question)s” no longer has the choice that this depends on. Choose another.") % words
    if not all(_FITS[kind.operand](each) for each in values):
        return _("Compare the answer to “%(question)s” with a value of its own kind.") % words
    return ""


def _is_date(value: Any) -> bool:
    try:
        # Python reads "20260327" too; a rule compares texts, in which only one way of writing sorts.
        return isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


_FITS = {
    "choice": lambda value: isinstance(value, str),
    "text": lambda value: isinstance(value, str) and bool(value.strip()),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value),
    "date": _is_date,
}
