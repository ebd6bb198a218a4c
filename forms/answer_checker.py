"""Checks the answers to a definition when nothing is to be shown: as ``AnswerForm`` does, and many times quicker."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from forms import definitions, rules
from forms.fields import FieldType, Frozen, field_type

NO_FILES: MultiValueDict = MultiValueDict()


@dataclass(frozen=True)
class _Question:
    """A question with what checks its answers, shared by all requests: cleaning leaves no trace in a form field."""

    id: str
    frozen: Frozen
    kind: FieldType
    form_field: forms.Field | None

    def checking(self, form_id: UUID | None) -> forms.Field:
        """Return the form field; a new one for a question whose choices are live pages, or that takes files."""
        if self.form_field is not None:
            return self.form_field
        form_field = self.kind.form_field(self.frozen)
        form_field.form_id = form_id
        return form_field


class AnswerChecker:
    """Answers to one definition, checked as ``AnswerForm`` does and many times quicker: nothing is made to be shown."""

    def __init__(self, content: definitions.Content, form_id: UUID | None = None) -> None:
        self.content = content
        self.form_id = form_id
        self._questions = []
        for question in definitions.questions_of(content):
            kind = field_type(question)
            form_field = None if kind.is_live else kind.form_field(question)
            self._questions.append(_Question(question["id"], question, kind, form_field))

    def answers(self, data: Mapping[str, Any], files: MultiValueDict = NO_FILES) -> dict[str, Any] | None:
        """Return what ``AnswerForm.answers`` does; None where an answer is wrong, for ``AnswerForm`` to say which."""
        is_json = not isinstance(data, MultiValueDict)
        answers: dict[str, Any] = {}
        kept: dict[str, tuple[_Question, forms.Field, Any]] = {}
        wrong: set[str] = set()
        for question in self._questions:
            form_field = question.checking(self.form_id)
            value = form_field.widget.value_from_datadict(data, files, question.id)
            try:
                cleaned = form_field.clean(value)
                answer = question.kind.to_json(cleaned)
            except ValidationError:
                wrong.add(question.id)
                continue
            if is_json and not question.kind.takes(data.get(question.id)):
                wrong.add(question.id)
            elif not rules.is_empty(answer):
                answers[question.id] = answer
                if question.kind.keeps_elsewhere:
                    kept[question.id] = question, form_field, cleaned
        shown = rules.shown(self.content, answers)
        if wrong & shown:
            return None
        try:
            for field_id in kept.keys() & shown:
                question, form_field, cleaned = kept[field_id]
                value = question.kind.keep(question.frozen, form_field, cleaned, self.form_id)
                answers[field_id] = question.kind.to_json(value)
        except ValidationError:
            return None
        return {field_id: answer for field_id, answer in answers.items() if field_id in shown}

    def index_terms(self, answers: dict[str, Any]) -> list[tuple[str, str]]:
        """Return the kinds and values by which these answers can be found (see FieldType.index_terms)."""
        return [
            term
            for question in self._questions
            if question.id in answers
            for term in question.kind.index_terms(question.frozen, answers[question.id])
        ]
