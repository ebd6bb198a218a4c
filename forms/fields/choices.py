"""Fields a patient chooses from: radios, checkboxes and select, with choices that the editor writes.

A choice is kept by its id (the id of its item in the editor's list), so that rewording a choice changes no answer and
breaks no rule. An answer that chose the choice with a box to write in is an object: ``choice`` (or ``choices``) and
``other``, the words written.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from forms.fields.base import Column, FieldType, Frozen, PrefilledBlock, register
from forms.fields.choosing import (
    OTHER_MAX,
    Checkboxes,
    ChoiceField,
    ManyChoicesField,
    RadioSelect,
    Select,
    choice_ids,
    other_text,
)

OTHER, NONE = "other", "none"


class ChoiceBlock(blocks.StructBlock):
    """One choice: its words. Its id in the list is what an answer keeps."""

    label = blocks.CharBlock(max_length=200, label=gettext_lazy("Choice"))
    kind = blocks.ChoiceBlock(
        choices=[
            (OTHER, gettext_lazy("With a box to write in, as for “Something else”")),
            (NONE, gettext_lazy("Rules out all others, as for “None of these”")),
        ],
        required=False,
        label=gettext_lazy("What is special about it"),
        help_text=gettext_lazy("Empty: nothing. Only where several may be chosen can one rule out the others."),
    )
    value = blocks.CharBlock(
        max_length=60,
        required=False,
        label=gettext_lazy("Value for exports"),
        help_text=gettext_lazy("Written to exports in place of the words. Empty: the words."),
    )

    class Meta:
        icon = "list-ul"
        label = gettext_lazy("Choice")
        label_format = "{label}"
        form_layout = blocks.BlockGroup(children=["label"], settings=["kind", "value"])


class ChoiceListBlock(blocks.ListBlock):
    """The choices of a field, each with different words."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(ChoiceBlock(), **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the cleaned list; raise an error at each choice that repeats an earlier one."""
        result = super().clean(value)
        seen: dict[str, set[str]] = {"label": set(), "value": set(), "kind": set()}
        words = {
            "label": _("This choice is already in the list. Use other words."),
            "value": _("Another choice already has this value."),
            "kind": _("Another choice already has a box to write in. One is enough."),
        }
        errors: dict[int, ValidationError] = {}
        for index, choice in enumerate(result):
            repeated = {}
            for name, known in seen.items():
                text = (choice.get(name) or "").strip().casefold()
                if text in known and text != NONE:
                    repeated[name] = ValidationError(words[name])
                known.update({text} - {""})
            if repeated:
                errors[index] = StructBlockValidationError(block_errors=repeated)
        if errors:
            raise ListBlockValidationError(block_errors=errors)
        return result


class ChoicesFieldBlock(PrefilledBlock):
    """A question with choices that the editor writes."""

    choices = ChoiceListBlock(
        min_num=2,
        label=gettext_lazy("Choices"),
        help_text=gettext_lazy("In the order shown. You can reword a choice later: old answers keep the old words."),
    )


def freeze_choice(choice_id: str, value: Any) -> dict[str, Any]:
    """Return a choice as a definition keeps it; what is special about it only where something is."""
    frozen: dict[str, Any] = {"id": choice_id, "label": value["label"]}
    if value.get("value"):
        frozen["value"] = value["value"]
    if value.get("kind"):
        frozen["kind"] = value["kind"]
    return frozen


class ChoiceType(FieldType):
    """What the types with choices share: ``choices`` is a list of id and label in every frozen field."""

    template = "forms/fields/choices.html"
    control_class = "choice__input"
    operand = "choice"
    choice_parts = ("choices",)

    def freeze(self, field_id: str, value: blocks.StructValue) -> Frozen:
        """Return the field as a definition keeps it, its choices by id."""
        choices = [freeze_choice(item.id, item.value) for item in value["choices"].bound_blocks]
        return super().freeze(field_id, value) | {"choices": choices}

    def takes(self, value: Any) -> bool:
        """Return whether JSON brought an id or ids, alone or with the words of the box to write in."""
        if isinstance(value, dict):
            chosen = value.get("choices" if self.multiple else "choice")
            is_whole = value.keys() <= {"choices" if self.multiple else "choice", "other"}
            return is_whole and super().takes(chosen) and isinstance(value.get("other", ""), str)
        return super().takes(value)

    def required_message(self, field: Frozen) -> str:
        """Return what to do when nothing was chosen."""
        return _("Choose an answer to “%(question)s”.") % {"question": field["label"]}

    def labels(self, field: Frozen) -> dict[str, str]:
        """Return the words of each choice by its id."""
        return dict(self.choices(field))

    def other(self, field: Frozen) -> str:
        """Return the id of the choice with a box to write in; empty where there is none."""
        return next((choice["id"] for choice in field["choices"] if choice.get("kind") == OTHER), "")

    def item_schema(self, field: Frozen, *, without: str = "") -> dict[str, Any]:
        """Return the schema of one choice: its id, with its words as the title."""
        pairs = [pair for pair in self.choices(field) if pair[0] != without]
        return {"oneOf": [{"const": choice_id, "title": label} for choice_id, label in pairs]}

    def prefilled(self, field: Frozen, values: list[str]) -> Any:
        """Return the ids of the choices whose value for exports, or whose id, is among ``values``.

        The choice with a box to write in cannot be chosen so: what was to be written would still be missing.
        """
        wanted = {text.strip().casefold() for value in values for text in value.split(",")} - {""}
        ids = [
            choice["id"]
            for choice in field["choices"]
            if choice.get("kind") != OTHER and wanted & {choice["id"], choice.get("value", "").casefold()}
        ]
        return (ids if self.multiple else ids[0]) if ids else None

    def writer(self, field: Frozen) -> Callable[[Any], str]:
        """Return a function that writes the words of all choices made, and what was written beside one."""
        return self._writer(field, self.labels(field), with_other=True)

    def columns(self, field: Frozen) -> list[Column]:
        """Return a column for the choices, by their values for exports, and one for what was written beside one."""
        values = {choice["id"]: choice.get("value") or choice["label"] for choice in field["choices"]}
        columns = [Column("", "", self._writer(field, values, with_other=False))]
        return [*columns, Column("other", _("own words"), other_text)] if self.other(field) else columns

    def _writer(self, field: Frozen, words: dict[str, str], *, with_other: bool) -> Callable[[Any], str]:
        other = self.other(field) if with_other else ""
        if not other:
            return lambda answer: "; ".join([words.get(chosen, chosen) for chosen in choice_ids(answer)])

        def write(answer: Any) -> str:
            own = {other: f"{words[other]}: {other_text(answer)}"} if other_text(answer) else {}
            return "; ".join([own.get(chosen) or words.get(chosen, chosen) for chosen in choice_ids(answer)])

        return write

    def index_terms(self, field: Frozen, answer: Any) -> Iterable[tuple[str, str]]:
        """Return each choice made."""
        return [(f"choice:{field['id']}", chosen) for chosen in choice_ids(answer)]

    def fhir_item(self, field: Frozen) -> dict[str, Any]:
        """Return a choice with its options; one with a box to write in is open."""
        other = self.other(field)
        options = [
            {"valueCoding": {"code": key, "display": label}} for key, label in self.choices(field) if key != other
        ]
        repeats = {"repeats": True} if self.multiple else {}
        return {"type": "open-choice" if other else "choice", "answerOption": options, **repeats}

    def fhir_answers(self, field: Frozen, answer: Any) -> list[dict[str, Any]]:
        """Return the choices made; what was written beside one is a text."""
        labels, other = self.labels(field), self.other(field)
        return [
            {"valueString": other_text(answer) or labels[chosen]}
            if chosen == other
            else {"valueCoding": {"code": chosen, "display": labels.get(chosen, chosen)}}
            for chosen in choice_ids(answer)
        ]

    def _choosing(self, field: Frozen) -> dict[str, Any]:
        return {"choices": self.choices(field), "other_id": self.other(field), "words": self.labels(field)}


def _other_schema() -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": OTHER_MAX, "pattern": r"\S"}


class SingleChoice(ChoiceType):
    """What the types with one answer share."""

    operators = ("is", "is_not", "any_of", "answered", "unanswered")

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return the ids to choose from; the one with a box to write in comes with what was written."""
        other = self.other(field)
        plain = {"type": "string", **self.item_schema(field, without=other)}
        if not other:
            return plain
        label = self.labels(field)[other]
        with_other = {
            "type": "object",
            "properties": {"choice": {"const": other, "title": label}, "other": _other_schema()},
            "required": ["choice", "other"],
            "additionalProperties": False,
        }
        return {"anyOf": [plain, with_other]}


class RadiosBlock(ChoicesFieldBlock):
    """One of a few choices, all in view."""

    class Meta:
        icon = "radio-full"
        label = gettext_lazy("Choose one")
        description = gettext_lazy("One answer of a few, all in view.")
        preview_value = {
            "label": gettext_lazy("How did you hear about us?"),
            "choices": [
                {"label": gettext_lazy("My doctor sent me")},
                {"label": gettext_lazy("A friend")},
                {"label": gettext_lazy("Another way"), "kind": OTHER},
            ],
        }


@register
class Radios(SingleChoice):
    """One of a few choices, all in view."""

    name = "radios"
    block_class = RadiosBlock

    def form_field(self, field: Frozen) -> forms.Field:
        """Return radio buttons."""
        message = {"invalid_choice": self.required_message(field)}
        return ChoiceField(widget=RadioSelect, **self._choosing(field), **self._common(field, **message))


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
class SelectOne(SingleChoice):
    """One of many choices."""

    name = "select"
    block_class = SelectBlock
    template = "forms/fields/input.html"
    control_class = "field__control"

    def form_field(self, field: Frozen) -> forms.Field:
        """Return a select that starts with nothing chosen."""
        message = {"invalid_choice": self.required_message(field)}
        choosing = self._choosing(field)
        choosing["choices"] = [("", _("Choose…")), *choosing["choices"]]
        return ChoiceField(widget=Select, **choosing, **self._common(field, **message))


class CheckboxesBlock(ChoicesFieldBlock):
    """Any number of choices."""

    class Meta:
        icon = "tasks"
        label = gettext_lazy("Choose any")
        description = gettext_lazy("As many answers as apply, all in view.")
        preview_value = {
            "label": gettext_lazy("What makes it worse?"),
            "choices": [
                {"label": gettext_lazy("Sitting")},
                {"label": gettext_lazy("Lifting")},
                {"label": gettext_lazy("None of these"), "kind": NONE},
            ],
        }


class ManyChoices(ChoiceType):
    """What the types with any number of answers share."""

    multiple = True
    json_types = (list,)
    operators = ("contains", "contains_not", "any_of", "answered", "unanswered")

    def form_field(self, field: Frozen) -> forms.Field:
        """Return checkboxes."""
        alone = [choice["id"] for choice in field["choices"] if choice.get("kind") == NONE]
        message = {"invalid_choice": _("Choose from the answers shown.")}
        return ManyChoicesField(
            widget=Checkboxes, exclusive=alone, **self._choosing(field), **self._common(field, **message)
        )

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return a list of different ids; with the words of the box to write in, an object of both."""
        other = self.other(field)
        some = self._list_schema(field, without=other) | ({"minItems": 1} if field.get("required") else {})
        if not other:
            return some
        chosen = self._list_schema(field) | {"contains": {"const": other}}
        with_other = {
            "type": "object",
            "properties": {"choices": chosen, "other": _other_schema()},
            "required": ["choices", "other"],
            "additionalProperties": False,
        }
        return {"anyOf": [some, with_other]}

    def _list_schema(self, field: Frozen, *, without: str = "") -> dict[str, Any]:
        items = {"type": "string", **self.item_schema(field, without=without)}
        schema: dict[str, Any] = {"type": "array", "items": items, "uniqueItems": True}
        if alone := [choice["id"] for choice in field["choices"] if choice.get("kind") == NONE]:
            schema["anyOf"] = [{"maxItems": 1}, {"not": {"contains": {"enum": alone}}}]
        return schema

    def required_message(self, field: Frozen) -> str:
        """Return what to do when nothing was ticked."""
        return _("Choose at least one answer to “%(question)s”.") % {"question": field["label"]}


@register
class CheckboxList(ManyChoices):
    """Any number of choices."""

    name = "checkboxes"
    block_class = CheckboxesBlock
