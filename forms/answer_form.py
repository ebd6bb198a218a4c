"""The Django form of a frozen definition: what renders, checks and cleans the answers to it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from forms import definitions, rules
from forms.fields import Frozen, field_type


class AnswerForm(forms.Form):
    """A form with one field per question of a definition, named by its field id.

    ``data`` is a POST's QueryDict or an API's JSON object, ``files`` a POST's files; leaving a question out is the same
    as leaving it empty. ``form_id`` names the form that files are kept for.
    """

    def __init__(
        self,
        content: definitions.Content,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        *,
        form_id: UUID | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.content = content
        self.form_id = form_id
        self.questions: dict[str, Frozen] = {}
        for question in definitions.questions_of(content):
            kind = field_type(question)
            self.questions[question["id"]] = question
            self.fields[question["id"]] = form_field = kind.form_field(question)
            form_field.widget.attrs.setdefault("class", kind.control_class)
            form_field.form_id = form_id

    def clean(self) -> dict[str, Any]:
        """Add an error where JSON brought another type than the question takes; forget what the rules do not show.

        An answer with an error counts as none: what depends on it is asked for once it is right. Files are stored here,
        even where another answer has an error: the form that comes back then need not be given them again.
        """
        if not isinstance(self.data, MultiValueDict):
            for field_id, question in self.questions.items():
                if not field_type(question).takes(self.data.get(field_id)):
                    self.errors.pop(field_id, None)
                    self.add_error(field_id, _("This is not the type of value the question takes."))
        for field_id in self.questions.keys() - rules.shown(self.content, self.answers()):
            self.errors.pop(field_id, None)
            self.cleaned_data.pop(field_id, None)
        self._keep()
        return self.cleaned_data

    def _keep(self) -> None:
        for field_id, question in self.questions.items():
            if field_id not in self.cleaned_data:
                continue
            value, form_field = self.cleaned_data[field_id], self.fields[field_id]
            try:
                self.cleaned_data[field_id] = field_type(question).keep(question, form_field, value, self.form_id)
            except ValidationError as error:
                self.add_error(field_id, error)

    def answers(self) -> dict[str, Any]:
        """Return what to store of a valid form: the answers by field id, without those left empty or not shown."""
        answers = {
            field_id: field_type(question).to_json(self.cleaned_data[field_id])
            for field_id, question in self.questions.items()
            if field_id in self.cleaned_data
        }
        return {field_id: answer for field_id, answer in answers.items() if not rules.is_empty(answer)}
