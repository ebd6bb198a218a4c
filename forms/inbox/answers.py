"""What a patient was asked and answered, as the front desk reads it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from forms import rules
from forms.fields import Frozen, field_type
from forms.models import Submission


@dataclass(frozen=True)
class ShownAnswer:
    """One question as the patient saw it, with the answer as text; ``was_asked`` is False where a rule hid it.

    ``value`` is the answer as it is stored, None where there is none.
    """

    question_id: str
    type: str
    question: str
    answer: str
    link: str = ""
    files: tuple[dict[str, Any], ...] = ()
    was_asked: bool = True
    value: Any = None


@dataclass(frozen=True)
class ShownStep:
    """A step of the form with its answers."""

    title: str
    answers: list[ShownAnswer]


def shown_steps(submission: Submission) -> list[ShownStep]:
    """Return every question of the definition the patient saw, step by step, with its answer as text.

    Raises privacy.AnswersUnreadableError.
    """
    answers = submission.read_answers()
    content = submission.definition.content
    asked = rules.shown(content, answers)
    return [
        ShownStep(step["title"], [_shown(each, answers, asked) for each in _questions(step)])
        for step in content["steps"]
        if any(True for _question in _questions(step))
    ]


def _questions(step: dict[str, Any]) -> Iterator[Frozen]:
    return (field for field in step["fields"] if field["type"] != "static_text")


def _shown(question: Frozen, answers: dict[str, Any], asked: set[str]) -> ShownAnswer:
    answer, asked_for = answers.get(question["id"]), (question["id"], question["type"], question["label"])
    if answer is None:
        return ShownAnswer(*asked_for, "", was_asked=question["id"] in asked)
    kind = field_type(question)
    text, files = kind.writer(question)(answer), tuple(kind.files(answer))
    return ShownAnswer(*asked_for, text, kind.link(answer), files, value=answer)
