"""Condition rules: a field or a step is shown only when earlier answers are as its rule says.

A rule is plain JSON in a definition: ``match`` ("all" or "any") and ``conditions``. Each condition has the id of an
earlier ``question``, an ``operator`` and the ``value`` to compare with: a choice's id, several of them, words, a
number, an ISO date, or None for an operator that compares with nothing. In place of a condition may stand a group,
which is written like a rule: "a, and (b or c)".

``shown`` is the one function that decides, for every way in; rules.js mirrors it in the browser.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Rule = dict[str, Any]
Condition = dict[str, Any]
Answers = Mapping[str, Any]
Operand = Literal["none", "one", "many"]

MATCHES: dict[str, Callable[..., bool]] = {"all": all, "any": any}


@dataclass(frozen=True)
class Operator:
    """One way to look at an answer: its name in the editor, what it compares with, and whether it holds."""

    label: Promise
    operand: Operand
    holds: Callable[[Any, Any], bool]


def is_empty(answer: Any) -> bool:
    """Return whether an answer says nothing. Zero is an answer."""
    return answer is None or answer is False or answer in ("", [], {})


def compared(answer: Any) -> Any:
    """Return what of a stored answer a rule compares: of one with parts, the choice or choices, or the page's id."""
    if not isinstance(answer, dict):
        return answer
    if "label" in answer:
        return str(answer["id"])
    return answer.get("choice") or answer.get("choices") or answer


def _plain(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


def _same(answer: Any, value: Any) -> bool:
    return not is_empty(answer) and _plain(answer) == _plain(value)


def _includes(answer: Any, value: Any) -> bool:
    if isinstance(answer, list):
        return value in answer
    return isinstance(answer, str) and isinstance(value, str) and _plain(value) in _plain(answer)


def _any_of(answer: Any, values: Any) -> bool:
    chosen = answer if isinstance(answer, list) else [answer]
    return isinstance(values, list) and any(choice in values for choice in chosen)


def _comparable(answer: Any, value: Any) -> bool:
    kinds = ((str,), (int, float))
    return any(isinstance(answer, kind) and isinstance(value, kind) for kind in kinds) and not is_empty(answer)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda answer, value: _comparable(answer, value) and compare(answer, value)


def _not(holds: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda answer, value: not holds(answer, value)


def _answered(answer: Any, _value: Any) -> bool:
    return not is_empty(answer)


# ISO dates sort as text, so that "before" and "after" need no parsing.
OPERATORS: dict[str, Operator] = {
    "is": Operator(_("is"), "one", _same),
    "is_not": Operator(_("is not"), "one", _not(_same)),
    "any_of": Operator(_("is any of"), "many", _any_of),
    "contains": Operator(_("includes"), "one", _includes),
    "contains_not": Operator(_("does not include"), "one", _not(_includes)),
    "greater_than": Operator(_("is more than"), "one", _ordered(operator.gt)),
    "less_than": Operator(_("is less than"), "one", _ordered(operator.lt)),
    "before": Operator(_("is before"), "one", _ordered(operator.lt)),
    "after": Operator(_("is after"), "one", _ordered(operator.gt)),
    "answered": Operator(_("has an answer"), "none", _answered),
    "unanswered": Operator(_("has no answer"), "none", _not(_answered)),
    "ticked": Operator(_("is ticked"), "none", _answered),
    "unticked": Operator(_("is not ticked"), "none", _not(_answered)),
}


def is_group(part: Condition | Rule) -> bool:
    """Return whether a part of a rule is a group of conditions, and not one condition."""
    return "conditions" in part


def conditions_of(rule: Rule | None) -> Iterator[Condition]:
    """Yield the conditions of a rule, those in its groups too, in order."""
    for part in (rule or {}).get("conditions", []):
        if is_group(part):
            yield from conditions_of(part)
        else:
            yield part


def holds(rule: Rule | None, answers: Answers) -> bool:
    """Return whether ``answers`` are as ``rule`` says; without a rule they are. An unknown question has no answer."""
    if not rule:
        return True
    return MATCHES[rule["match"]](_met(part, answers) for part in rule["conditions"])


def _met(part: Condition | Rule, answers: Answers) -> bool:
    if is_group(part):
        return holds(part, answers)
    return OPERATORS[part["operator"]].holds(compared(answers.get(part["question"])), part["value"])


def shown(content: dict[str, Any], answers: Answers) -> set[str]:
    """Return the ids of the steps and fields of a definition's ``content`` that show, given the answers by field id.

    An answer to a question that does not show counts for nothing, so what depends on it goes too. A step of which no
    field shows does not show either.
    """
    ids: set[str] = set()
    known: dict[str, Any] = {}
    for step in content["steps"]:
        if not holds(step.get("rule"), known):
            continue
        seen = not step["fields"]
        for field in step["fields"]:
            if not holds(field.get("rule"), known):
                continue
            ids.add(field["id"])
            known[field["id"]] = answers.get(field["id"])
            seen = seen or field["type"] != "hidden"
        if seen:
            ids.add(step["id"])
    return ids


def freeze(rule: Rule | None) -> Rule | None:
    """Return an edited rule as a definition keeps it, without conditions that are not finished; None if none are.

    Only the preview of a draft meets unfinished conditions: a form with one is not published.
    """
    parts = [_frozen(part) for part in (rule or {}).get("conditions", [])]
    finished = [part for part in parts if part]
    return {"match": rule["match"], "conditions": finished} if rule and finished else None


def _frozen(part: Condition | Rule) -> Condition | Rule | None:
    if is_group(part):
        return freeze(part)
    if not part.get("question") or part.get("operator") not in OPERATORS:
        return None
    return {"question": part["question"], "operator": part["operator"], "value": part.get("value")}


def frozen_part(rule: Rule | None) -> dict[str, Rule]:
    """Return what a rule adds to a frozen field or step: nothing without one, as in definitions of old."""
    frozen = freeze(rule)
    return {"rule": frozen} if frozen else {}
