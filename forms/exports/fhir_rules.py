"""A form's rules as FHIR says them: ``enableWhen`` where it can, else an expression in FHIRPath.

``enableWhen`` is a list of comparisons of which all or any must hold. It has no "contains" for words, and cannot say
"one of these, and also that". For those rules there is the extension of HL7's guide to structured data capture:
http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression
"""

from typing import Any

from forms.fields import Frozen
from forms.fields.base import FIELD_TYPES
from forms.fields.choices import OTHER
from forms.rules import Condition, Rule, conditions_of, is_group

EXPRESSION = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"
Part = dict[str, Any]

COMPARISONS = {
    "is": "=", "contains": "=", "any_of": "=", "is_not": "!=", "contains_not": "!=",
    "greater_than": ">", "after": ">", "less_than": "<", "before": "<",
}  # fmt: skip
NEGATIVE = ("is_not", "contains_not", "unanswered", "unticked")


def enabled_when(rule: Rule | None, questions: dict[str, Frozen]) -> Part:
    """Return what of an item says when it shows: nothing where it always does."""
    if not rule or not any(each["question"] in questions for each in conditions_of(rule)):
        return {}
    compared = [_alternatives(each, questions) for each in _all_of(rule)]
    if all(compared) and len(compared) == 1:
        (ways,) = compared
        return {"enableWhen": ways, **({"enableBehavior": "any"} if len(ways) > 1 else {})}
    if all(len(ways) == 1 for ways in compared):
        return {"enableWhen": [way for (way,) in compared], "enableBehavior": "all"}
    expression = {"language": "text/fhirpath", "expression": _expression(rule, questions)}
    return {"extension": [{"url": EXPRESSION, "valueExpression": expression}]}


def _all_of(part: Rule | Condition) -> list[Rule | Condition]:
    """Return the parts that must all hold, groups of the same kind taken apart."""
    if is_group(part) and (part["match"] == "all" or len(part["conditions"]) == 1):
        return [each for inner in part["conditions"] for each in _all_of(inner)]
    return [part]


def _alternatives(part: Rule | Condition, questions: dict[str, Frozen]) -> list[Part]:
    """Return the comparisons of which one must hold; none where ``enableWhen`` cannot say it."""
    if not is_group(part):
        return _comparisons(part, questions[part["question"]]) if part["question"] in questions else []
    ways = [_alternatives(each, questions) for each in part["conditions"]]
    is_either = part["match"] == "any" or len(ways) == 1
    return [way for inner in ways for way in inner] if is_either and all(ways) else []


def _expression(part: Rule | Condition, questions: dict[str, Frozen]) -> str:
    if not is_group(part):
        return _condition(part, questions.get(part["question"], {"type": ""}))
    word = " or " if part["match"] == "any" else " and "
    said = [
        f"({_expression(each, questions)})" if is_group(each) else _expression(each, questions)
        for each in part["conditions"]
    ]
    return word.join(said)


def _comparisons(condition: Condition, question: Frozen) -> list[Part]:
    """Return the comparisons of which one must hold; none where ``enableWhen`` cannot say it."""
    operator, asked = condition["operator"], condition["question"]
    if operator in ("answered", "unanswered"):
        return [{"question": asked, "operator": "exists", "answerBoolean": operator == "answered"}]
    if operator in ("ticked", "unticked"):
        return [{"question": asked, "operator": "=" if operator == "ticked" else "!=", "answerBoolean": True}]
    operand = _operand(question)
    if operator in ("contains", "contains_not") and operand != "choice":
        return []
    values = condition["value"] if operator == "any_of" else [condition["value"]]
    if operand == "choice" and _own_words(question) in values:
        return []
    return [
        {"question": asked, "operator": COMPARISONS[operator], **_operand_value(operand, question, value)}
        for value in values or []
    ]


def _operand(question: Frozen) -> str:
    kind = FIELD_TYPES.get(question["type"])
    return kind.operand if kind else "text"


def _own_words(question: Frozen) -> str:
    """Return the id of the choice that is answered in words instead, "" where there is none."""
    return next((choice["id"] for choice in question.get("choices") or [] if choice.get("kind") == OTHER), "")


def _operand_value(operand: str, question: Frozen, value: Any) -> Part:
    if operand == "choice":
        return {"answerCoding": {"code": str(value)}}
    if operand == "date":
        return {"answerDate": value}
    if operand == "number":
        kind = FIELD_TYPES[question["type"]].fhir_item(question)["type"]
        is_whole = kind == "integer" and float(value).is_integer()
        return {"answerInteger": int(value)} if is_whole else {"answerDecimal": value}
    return {"answerString": str(value)}


def _condition(condition: Condition, question: Frozen) -> str:
    operator, value = condition["operator"], condition["value"]
    answer = f"%resource.descendants().where(linkId = {_quoted(condition['question'])}).answer.value"
    operand = _operand(question)
    if operator in ("answered", "unanswered"):
        holds = f"{answer}.exists()"
    elif operator in ("ticked", "unticked"):
        holds = f"{answer}.where($this = true).exists()"
    elif operand == "choice":
        holds = _chosen(answer, question, value if operator == "any_of" else [value])
    elif operand == "text":
        compare = ".contains({})" if operator in ("contains", "contains_not") else " = {}"
        words = f"$this.lower().trim(){compare.format(_quoted(str(value).strip().lower()))}"
        holds = f"{answer}.where({words}).exists()"
    else:
        literal = f"@{value}" if operand == "date" else str(value)
        sign = COMPARISONS[operator].removeprefix("!")
        holds = f"{answer}.where($this {sign} {literal}).exists()"
    return f"{holds}.not()" if operator in NEGATIVE else holds


def _chosen(answer: str, question: Frozen, values: list[Any]) -> str:
    own = _own_words(question)
    codes = " or ".join(f"code = {_quoted(str(value))}" for value in values if value != own)
    ways = [f"{answer}.ofType(Coding).where({codes}).exists()"] if codes else []
    if own and own in values:
        ways.append(f"{answer}.ofType(string).exists()")
    return ways[0] if len(ways) == 1 else f"({' or '.join(ways)})"


def _quoted(text: str) -> str:
    """Return a string of FHIRPath: https://hl7.org/fhirpath/#string"""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
