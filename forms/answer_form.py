"""The Django form of a frozen definition: what renders, checks and cleans the answers to it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from forms import definitions, rules
from forms.fields import FieldType, Frozen, field_type


class AnswerForm(forms.Form):
    """A form with one field per question of a definition, named by its field id.

    ``data`` is a POST's QueryDict or an API's JSON object; leaving a question out is the same as leaving it empty.
    """

    def __init__(self, content: definitions.Content, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.content = content
        self.questions: dict[str, Frozen] = {}
        for question in definitions.questions_of(content):
            kind = field_type(question)
            self.questions[question["id"]] = question
            self.fields[question["id"]] = form_field = kind.form_field(question)
            form_field.widget.attrs["class"] = kind.control_class

    def clean(self) -> dict[str, Any]:
        """Add an error where JSON brought another type than the question takes; forget what the rules do not show.

        An answer with an error counts as none: what depends on it is asked for once it is right.
        """
        if not isinstance(self.data, MultiValueDict):
            for field_id, question in self.questions.items():
                if not _right_type(field_type(question), self.data.get(field_id)):
                    self.errors.pop(field_id, None)
                    self.add_error(field_id, _("This is not the type of value the question takes."))
        for field_id in self.questions.keys() - rules.shown(self.content, self.answers()):
            self.errors.pop(field_id, None)
            self.cleaned_data.pop(field_id, None)
        return self.cleaned_data

    def answers(self) -> dict[str, Any]:
        """Return what to store of a valid form: the answers by field id, without those left empty or not shown."""
        answers = {
            field_id: field_type(question).to_json(self.cleaned_data[field_id])
            for field_id, question in self.questions.items()
            if field_id in self.cleaned_data
        }
        return {field_id: answer for field_id, answer in answers.items() if not rules.is_empty(answer)}


def _right_type(kind: FieldType, value: Any) -> bool:
    if value is None or value == "" or kind.name == "hidden":
        return True
    if isinstance(value, bool):
        return bool in kind.json_types
    if not isinstance(value, kind.json_types):
        return False
    return not isinstance(value, list) or all(isinstance(item, str) for item in value)
