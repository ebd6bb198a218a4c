"""New ids for the steps, questions and choices of a file, and its rules in terms of them.

The ids in a file only tie its rules to its questions; as they are, two forms made of one file would share them.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from forms.building.files.places import Problem
from forms.rules import Rule, conditions_of


@dataclass
class Ids:
    """The new id of each id in a file: of the questions, and of each question's choices."""

    questions: dict[str, str] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)
    rules: list[tuple[Rule, str]] = field(default_factory=list)

    def translate_rules(self) -> Iterator[Problem]:
        """Rewrite the rules that were met to the new ids; yield those that name a question the file does not have."""
        for rule, place in self.rules:
            for condition in conditions_of(rule):
                asked = condition["question"]
                if asked not in self.questions:
                    message = _("A condition names the question “%(question)s”, which is not in the file.")
                    yield Problem(place, message % {"question": asked})
                    continue
                known = self.choices.get(asked, {})
                condition["question"] = self.questions[asked]
                condition["value"] = _translated(condition["value"], known)


def _translated(value: Any, known: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_translated(each, known) for each in value]
    return known.get(value, value) if isinstance(value, str) else value


def new_id() -> str:
    """Return an id as Wagtail gives them to blocks."""
    return str(uuid.uuid4())
