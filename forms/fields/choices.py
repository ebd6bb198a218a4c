"""Fields a patient chooses from: radios, checkboxes, select, days, times, and consent.

A choice is kept by its id (the id of its item in the editor's list), so that rewording a choice changes no answer and
breaks no rule.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from forms.fields.base import FieldBlock, FieldType, Frozen, register


class ChoiceBlock(blocks.StructBlock):
    """One choice: its words. Its id in the list is what an answer keeps."""

    label = blocks.CharBlock(max_length=200, label=gettext_lazy("Choice"))

    class Meta:
        icon = "list-ul"
        label = gettext_lazy("Choice")
        label_format = "{label}"


class ChoiceListBlock(blocks.ListBlock):
    """The choices of a field, each with different words."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(ChoiceBlock(), **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the cleaned list; raise an error at each choice that repeats an earlier one."""
        result = super().clean(value)
        seen: set[str] = set()
        errors: dict[int, ValidationError] = {}
        for index, choice in enumerate(result):
            words = (choice["label"] or "").strip().casefold()
            if words and words in seen:
                same = ValidationError(gettext_lazy("This choice is already in the list. Use other words."))
                errors[index] = StructBlockValidationError(block_errors={"label": same})
            seen.add(words)
        if errors:
            raise ListBlockValidationError(block_errors=errors)
        return result


class ChoicesFieldBlock(FieldBlock):
    """A question with choices that the editor writes."""

    choices = ChoiceListBlock(
        min_num=2,
        label=gettext_lazy("Choices"),
        help_text=gettext_lazy("In the order shown. You can reword a choice later: old answers keep the old words."),
    )


class ChoiceType(FieldType):
    """What the types with choices share: ``choices`` is a list of id and label in every frozen field."""

    template = "forms/fields/choices.html"
    control_class = "choice__input"
    operand = "choice"

    def freeze(self, field_id: str, value: blocks.StructValue) -> Frozen:
        """Return the field as a definition keeps it, its choices by id."""
        choices = [{"id": item.id, "label": item.value["label"]} for item in value["choices"].bound_blocks]
        return super().freeze(field_id, value) | {"choices": choices}

    def required_message(self, field: Frozen) -> str:
        """Return what to do when nothing was chosen."""
        return _("Choose an answer to “%(question)s”.") % {"question": field["label"]}

    def pairs(self, field: Frozen) -> list[tuple[str, str]]:
        """Return the choices as Django takes them."""
        return [(choice["id"], choice["label"]) for choice in field["choices"]]

    def labels(self, field: Frozen) -> dict[str, str]:
        """Return the words of each choice by its id."""
        return dict(self.pairs(field))

    def item_schema(self, field: Frozen) -> dict[str, Any]:
        """Return the schema of one choice: its id, with its words as the title."""
        return {"oneOf": [{"const": choice_id, "title": label} for choice_id, label in self.pairs(field)]}


class SingleChoice(ChoiceType):
    """What the types with one answer share."""

    operators = ("is", "is_not", "any_of", "answered", "unanswered")

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return the ids to choose from."""
        return {"type": "string", **self.item_schema(field)}

    def writer(self, field: Frozen) -> Callable[[Any], str]:
        """Return a function that writes the choice's words."""
        labels = self.labels(field)
        return lambda answer: labels.get(answer, str(answer))


class RadiosBlock(ChoicesFieldBlock):
    """One of a few choices, all in view."""

    class Meta:
        icon = "radio-full"
        label = gettext_lazy("Choose one")
        description = gettext_lazy("One answer of a few, all in view.")
        preview_value = {
            "label": gettext_lazy("Are you a new or an existing patient?"),
            "choices": [{"label": gettext_lazy("New patient")}, {"label": gettext_lazy("Existing patient")}],
        }


@register
class Radios(SingleChoice):
    """One of a few choices, all in view."""

    name = "radios"
    block_class = RadiosBlock

    def form_field(self, field: Frozen) -> forms.Field:
        """Return radio buttons."""
        message = {"invalid_choice": self.required_message(field)}
        return forms.ChoiceField(choices=self.pairs(field), widget=forms.RadioSelect, **self._common(field, **message))


class SelectBlock(ChoicesFieldBlock):
    """One of many choices, in a list that opens."""

    class Meta:
        icon = "list-ul"
        label = gettext_lazy("Choose one from a long list")
        description = gettext_lazy("One answer of many, in a list that opens. For fewer than seven, use “Choose one”.")
        preview_value = {
            "label": gettext_lazy("Your insurance"),
            "choices": [{"label": gettext_lazy("Medicare")}, {"label": gettext_lazy("I pay myself")}],
        }


@register
class Select(SingleChoice):
    """One of many choices."""

    name = "select"
    block_class = SelectBlock
    template = "forms/fields/input.html"
    control_class = "field__control"

    def form_field(self, field: Frozen) -> forms.Field:
        """Return a select that starts with nothing chosen."""
        choices = [("", _("Choose…")), *self.pairs(field)]
        message = {"invalid_choice": self.required_message(field)}
        return forms.ChoiceField(choices=choices, widget=forms.Select, **self._common(field, **message))


class CheckboxesBlock(ChoicesFieldBlock):
    """Any number of choices."""

    class Meta:
        icon = "tasks"
        label = gettext_lazy("Choose any")
        description = gettext_lazy("As many answers as apply, all in view.")
        preview_value = {
            "label": gettext_lazy("Where does it hurt?"),
            "choices": [{"label": gettext_lazy("Neck")}, {"label": gettext_lazy("Back")}],
        }


@register
class Checkboxes(ChoiceType):
    """Any number of choices."""

    name = "checkboxes"
    block_class = CheckboxesBlock
    multiple = True
    json_types = (list,)
    operators = ("contains", "contains_not", "any_of", "answered", "unanswered")

    def form_field(self, field: Frozen) -> forms.Field:
        """Return checkboxes."""
        return forms.MultipleChoiceField(
            choices=self.pairs(field),
            widget=forms.CheckboxSelectMultiple,
            **self._common(field, invalid_choice=_("Choose from the answers shown.")),
        )

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return a list of different ids."""
        schema = {"type": "array", "items": {"type": "string", **self.item_schema(field)}, "uniqueItems": True}
        return schema | ({"minItems": 1} if field.get("required") else {})

    def to_json(self, value: list[str]) -> list[str]:
        """Return the ids chosen, each once."""
        return list(dict.fromkeys(value))

    def writer(self, field: Frozen) -> Callable[[Any], str]:
        """Return a function that writes the words of all choices made."""
        labels = self.labels(field)
        return lambda answer: "; ".join([labels.get(choice_id, choice_id) for choice_id in answer])

    def required_message(self, field: Frozen) -> str:
        """Return what to do when nothing was ticked."""
        return _("Choose at least one answer to “%(question)s”.") % {"question": field["label"]}


class FixedChoices(Checkboxes):
    """Checkboxes whose choices we know; the editor only says which of them to offer."""

    css_class = "choices--pills"
    known: tuple[tuple[str, Any], ...] = ()

    def freeze(self, field_id: str, value: blocks.StructValue) -> Frozen:
        """Return the field with the choices on offer, in their natural order."""
        frozen = FieldType.freeze(self, field_id, value)
        offered = frozen.pop("offered")
        return frozen | {"choices": [{"id": key, "label": str(label)} for key, label in self.known if key in offered]}


DAYS = (
    ("monday", gettext_lazy("Monday")),
    ("tuesday", gettext_lazy("Tuesday")),
    ("wednesday", gettext_lazy("Wednesday")),
    ("thursday", gettext_lazy("Thursday")),
    ("friday", gettext_lazy("Friday")),
    ("saturday", gettext_lazy("Saturday")),
    ("sunday", gettext_lazy("Sunday")),
)
TIMES = (
    ("early_morning", gettext_lazy("Early morning (before 9)")),
    ("morning", gettext_lazy("Morning (9 to 12)")),
    ("afternoon", gettext_lazy("Afternoon (12 to 5)")),
    ("evening", gettext_lazy("Evening (after 5)")),
)


class DaysOfWeekBlock(FieldBlock):
    """Days of the week."""

    offered = blocks.MultipleChoiceBlock(
        choices=DAYS,
        default=[key for key, _label in DAYS[:5]],
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Days to choose from"),
        help_text=gettext_lazy("Leave out the days on which you are closed."),
    )

    class Meta:
        icon = "calendar"
        label = gettext_lazy("Days of the week")
        description = gettext_lazy("The days on which the patient is free.")
        preview_value = {"label": gettext_lazy("What days are you free?"), "offered": ["monday", "tuesday", "friday"]}


@register
class DaysOfWeek(FixedChoices):
    """Days of the week."""

    name = "days_of_week"
    block_class = DaysOfWeekBlock
    known = DAYS


class TimesOfDayBlock(FieldBlock):
    """Times of day."""

    offered = blocks.MultipleChoiceBlock(
        choices=TIMES,
        default=[key for key, _label in TIMES],
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Times to choose from"),
        help_text=gettext_lazy("Leave out the times at which you are closed."),
    )

    class Meta:
        icon = "time"
        label = gettext_lazy("Times of day")
        description = gettext_lazy("The times at which the patient is free.")
        preview_value = {"label": gettext_lazy("What times work best?"), "offered": ["morning", "afternoon", "evening"]}


@register
class TimesOfDay(FixedChoices):
    """Times of day."""

    name = "times_of_day"
    block_class = TimesOfDayBlock
    known = TIMES


class ConsentBlock(FieldBlock):
    """A box to tick under the exact words agreed to."""

    required = blocks.BooleanBlock(
        required=False,
        default=True,
        label=gettext_lazy("Must be agreed to"),
        help_text=gettext_lazy("The form cannot be sent until the box is ticked."),
    )
    statement = blocks.TextBlock(
        max_length=2000,
        label=gettext_lazy("The words agreed to"),
        help_text=gettext_lazy("Shown beside the box, and kept word for word with each request."),
    )

    class Meta:
        icon = "check"
        label = gettext_lazy("Consent")
        description = gettext_lazy(
            "A box to tick beside the words the patient agrees to. They are kept with the answer."
        )
        preview_value = {
            "label": gettext_lazy("Consent"),
            "statement": gettext_lazy("I agree that you may contact me about this request."),
            "required": True,
        }


@register
class Consent(FieldType):
    """A box to tick. The definition keeps the exact words that were agreed to."""

    name = "consent"
    block_class = ConsentBlock
    template = "forms/fields/consent.html"
    control_class = "choice__input"
    json_types = (bool,)
    operators = ("ticked", "unticked")

    def form_field(self, field: Frozen) -> forms.Field:
        """Return a checkbox."""
        return forms.BooleanField(**self._common(field))

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return true where agreement is needed, else either; the description holds the words agreed to."""
        schema: dict[str, Any] = {"const": True} if field.get("required") else {"type": "boolean"}
        return schema | {"description": field["statement"]}

    def writer(self, field: Frozen) -> Callable[[Any], str]:
        """Return a function that writes what was agreed to."""
        agreed = _("Agreed: %(statement)s") % {"statement": field["statement"]}
        return lambda answer: agreed if answer else ""

    def required_message(self, field: Frozen) -> str:
        """Return what to do when the box was not ticked."""
        return _("Check the box under “%(question)s” to go on.") % {"question": field["label"]}

    def describe(self, field: Frozen) -> dict[str, Any]:
        """Return the schema; the words agreed to stay its description, before any hint."""
        return super().describe(field) | {"description": field["statement"]}
