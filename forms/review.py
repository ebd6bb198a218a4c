"""The answers to a form as a page shows them before they are sent, for browsers without scripts."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from forms import rules
from forms.answer_form import AnswerForm
from forms.fields import field_type
from forms.rendering import ShownField, ShownStep, shown_steps


@dataclass(frozen=True)
class Row:
    """A question with its answer as text, empty where there is none, and the id of its control in the form."""

    question: str
    answer: str
    control_id: str


@dataclass(frozen=True)
class Part:
    """A step with the questions the patient was asked."""

    title: str
    rows: list[Row]


@dataclass(frozen=True)
class Review:
    """What there is to check, and everything that was sent, to be sent again."""

    parts: list[Part]
    carried: list[tuple[str, str]]


def of_form(form: AnswerForm, data: QueryDict, place: str) -> Review:
    """Return the review of a valid form. ``data`` is what was sent with it, ``place`` where in its page it stood.

    Questions that the rules do not show are not listed.
    """
    answers = form.answers()
    shown = rules.shown(form.content, answers)
    steps = [step for step in shown_steps(form, prefix=f"{place}-") if step.id in shown]
    parts = [_part(step, shown, answers) for step in steps]
    return Review([part for part in parts if part.rows], _carried(form, data))


def _part(step: ShownStep, shown: set[str], answers: dict[str, Any]) -> Part:
    asked = [
        item for item in step.fields if item.bound and item.field["id"] in shown and item.field["type"] != "hidden"
    ]
    return Part(step.title, [_row(item, answers.get(item.field["id"])) for item in asked])


def _row(item: ShownField, answer: Any) -> Row:
    text = "" if rules.is_empty(answer) else field_type(item.field).writer(item.field)(answer)
    return Row(item.field["label"], text, item.control_id)


def _carried(form: AnswerForm, data: QueryDict) -> list[tuple[str, str]]:
    """Return what the page has to send again: all that was sent, a token for each file, and a key."""
    tokens = {f"{name}_kept": getattr(field.widget, "kept", []) for name, field in form.fields.items()}
    left_out = {"stage", *tokens}
    carried = [(name, value) for name, values in data.lists() if name not in left_out for value in values]
    carried += [(name, kept.token) for name, files in tokens.items() for kept in files]
    if not data.get("key"):
        # The form's own page is everybody's and has none. This one is the patient's: sent twice, it is one request.
        carried = [(name, value) for name, value in carried if name != "key"]
        carried.append(("key", str(uuid.uuid4())))
    return carried
