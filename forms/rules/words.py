"""A rule in words, for those who see all questions at once: “Answer this only if …”."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.fields import field_type
from forms.rules import Rule, is_group

CONDITIONS = {
    "is": gettext_lazy("your answer to “%(question)s” is “%(value)s”"),
    "is_not": gettext_lazy("your answer to “%(question)s” is not “%(value)s”"),
    "any_of": gettext_lazy("your answer to “%(question)s” is %(value)s"),
    "contains": gettext_lazy("your answer to “%(question)s” includes “%(value)s”"),
    "contains_not": gettext_lazy("your answer to “%(question)s” does not include “%(value)s”"),
    "greater_than": gettext_lazy("your answer to “%(question)s” is more than %(value)s"),
    "less_than": gettext_lazy("your answer to “%(question)s” is less than %(value)s"),
    "before": gettext_lazy("your answer to “%(question)s” is before %(value)s"),
    "after": gettext_lazy("your answer to “%(question)s” is after %(value)s"),
    "answered": gettext_lazy("you answered “%(question)s”"),
    "unanswered": gettext_lazy("you did not answer “%(question)s”"),
    "ticked": gettext_lazy("you ticked “%(question)s”"),
    "unticked": gettext_lazy("you did not tick “%(question)s”"),
}
OPENINGS = {
    "step": gettext_lazy("Answer these questions only if %(conditions)s."),
    "static_text": gettext_lazy("This is for you only if %(conditions)s."),
    "question": gettext_lazy("Answer this only if %(conditions)s."),
}


def note(rule: Rule | None, questions: dict[str, dict[str, Any]], kind: str) -> str:
    """Return who a rule's ``kind`` ("step", or a field's type) is for; empty without a rule.

    ``questions`` are the frozen questions of the definition by id.
    """
    conditions = _all_conditions(rule, questions) if rule else ""
    return str(OPENINGS.get(kind, OPENINGS["question"])) % {"conditions": conditions} if conditions else ""


def _all_conditions(rule: Rule, questions: dict[str, dict[str, Any]]) -> str:
    parts = []
    for part in rule["conditions"]:
        if is_group(part):
            group = _all_conditions(part, questions)
            parts += [_("(%(conditions)s)") % {"conditions": group}] if group else []
        elif part["question"] in questions:
            parts.append(_condition(part, questions[part["question"]]))
    return (_(", and ") if rule["match"] == "all" else _(", or ")).join(parts)


def _condition(condition: dict[str, Any], question: dict[str, Any]) -> str:
    return str(CONDITIONS[condition["operator"]]) % {
        "question": question["label"].rstrip(),
        "value": _value(condition["value"], question),
    }


def _value(value: Any, question: dict[str, Any]) -> str:
    labels = dict(field_type(question).choices(question))
    if field_type(question).is_live:  # A page that is no longer offered has no words here.
        labels = {each: labels.get(each, _("another")) for each in (value if isinstance(value, list) else [value])}
    if isinstance(value, list):
        return _(" or ").join(_("“%(choice)s”") % {"choice": labels.get(each, each)} for each in value)
    if field_type(question).operand == "date" and value:
        return date_format(dt.date.fromisoformat(value), "DATE_FORMAT")
    return labels.get(value, str(value if value is not None else ""))
