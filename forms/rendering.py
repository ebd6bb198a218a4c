"""A form as templates show it: its steps, and in each the fields with what was typed and what is wrong with it."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.forms import BoundField
from django.urls import reverse

from forms import definitions
from forms.answer_form import AnswerForm
from forms.availability import Availability
from forms.evidence import HONEYPOT
from forms.fields import FieldType, Frozen, field_type
from forms.fields.parts import PartsWidget, error_controls
from forms.models.definitions import FormDefinition
from forms.rules.words import note

if TYPE_CHECKING:
    from forms.models.pages import FormPage


@dataclass(frozen=True)
class ShownField:
    """One field in a page: its frozen form, its type, and the bound field of a question.

    ``rule`` is its rule as JSON for the browser, ``note`` the same in words; both are empty without one.
    """

    field: Frozen
    bound: BoundField | None
    rule: str = ""
    note: str = ""

    @property
    def kind(self) -> FieldType:
        """The field's type."""
        return field_type(self.field)

    @property
    def template(self) -> str:
        """The template that shows it."""
        return self.kind.template

    @property
    def control_id(self) -> str:
        """The id of the control that an error's link leads to: of several, the first."""
        if self.bound is None:
            return ""
        return f"{self.bound.auto_id}_0" if self.bound.use_fieldset else self.bound.auto_id

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What is wrong with the answer, each with the id of the control to go to."""
        if self.bound is None:
            return []
        if isinstance(self.bound.field.widget, PartsWidget):
            return error_controls(self.bound)
        return [(self.control_id, message) for message in self.bound.errors]


@dataclass(frozen=True)
class ShownStep:
    """One step in a page."""

    id: str
    title: str
    introduction: str
    fields: list[ShownField]
    rule: str = ""
    note: str = ""

    @property
    def is_seen(self) -> bool:
        """Whether there is anything in it to see: a step of fixed values alone is passed over (forms.rules.shown)."""
        return not self.fields or any(item.field["type"] != "hidden" for item in self.fields)


def shown_steps(form: AnswerForm, prefix: str) -> list[ShownStep]:
    """Return the steps of ``form``; the ids of their controls open with ``prefix``."""
    form.auto_id = f"{prefix}%s"
    return [
        ShownStep(
            id=step["id"],
            title=step["title"],
            introduction=step["introduction"],
            fields=[_shown_field(field, form) for field in step["fields"]],
            **_rule_parts(step, form, "step"),
        )
        for step in form.content["steps"]
    ]


def _shown_field(field: Frozen, form: AnswerForm) -> ShownField:
    bound = form[field["id"]] if field["id"] in form.fields else None
    return ShownField(field, bound, **_rule_parts(field, form, field["type"]))


def _rule_parts(part: dict[str, Any], form: AnswerForm, kind: str) -> dict[str, str]:
    rule = part.get("rule") if kind != "hidden" else None  # Nothing of it is in the page.
    return {"rule": json.dumps(rule), "note": note(rule, form.questions, kind)} if rule else {}


def embed_context(
    page: "FormPage",
    *,
    definition: FormDefinition | None,
    form: AnswerForm | None = None,
    key: str = "",
    source: str = "",
    place: str = "",
    availability: Availability = Availability.OPEN,
    is_too_many: bool = False,
    are_files_refused: bool = False,
    level: int | None = None,
) -> dict[str, Any]:
    """Return what ``forms/embed.html`` needs. Without a definition, the form is a preview that cannot be sent.

    ``source`` is the page a form that comes back was sent from, and ``place`` which of that page's forms it was.
    ``availability`` says whether it can be sent, ``is_too_many`` that it came back because too much came from one
    address, ``are_files_refused`` that too many files did, without which it comes back. ``level`` is that of the steps'
    headings where it comes back into another page than its own.
    """
    content = definition.content if definition else definitions.freeze(page)
    form = form or AnswerForm(content)
    is_closed = availability != Availability.OPEN
    return {
        "page": page,
        "form": form,
        "version": definition.version if definition else "",
        "can_send": definition is not None,
        "action": reverse("forms:receive", args=[page.form_id]),
        "count_url": reverse("forms:reached", args=[page.form_id]) if definition else "",
        "challenge_url": reverse("forms:challenge") if definition and page.proof_of_work else "",
        "honeypot": HONEYPOT,
        "key": key,
        "source": source,
        "place": place,
        "availability": availability,
        "is_too_many": is_too_many,
        "are_files_refused": are_files_refused,
        "level": level,
        "is_refused": bool(form.errors) or is_too_many or (form.is_bound and is_closed),
        "has_required": any(question.get("required") for question in definitions.questions_of(content)),
    }
