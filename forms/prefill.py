"""Answers that the address of a page brings along, for the questions whose editor allows it.

Such an answer is as good as typed: it must be one the question takes, the patient sees it and can change it, and
nothing is stored before the form is sent. Questions about who somebody is, files and agreements take none: an address
is kept in histories and logs.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from forms import definitions
from forms.fields import field_type

LONGEST = 200
MOST_VALUES = 20


def prefilled(content: definitions.Content, query: MultiValueDict) -> dict[str, Any]:
    """Return what to show in the questions of a definition, by field id, given the parameters of an address."""
    answers: dict[str, Any] = {}
    for question in definitions.questions_of(content):
        parameter = question.get("query_parameter")
        values = [value for value in query.getlist(parameter) if 0 < len(value) <= LONGEST] if parameter else []
        if not values:
            continue
        kind = field_type(question)
        answer = kind.prefilled(question, values[:MOST_VALUES])
        try:
            if answer is not None and kind.form_field(question).clean(answer) is not None:
                answers[question["id"]] = answer
        except ValidationError:
            continue
    return answers
