"""What every field type answers for, and the registry that finds a type by its name.

A field lives twice: as a block while an editor works on it, and *frozen* in a definition once it is published.
Frozen, it is a plain JSON object: ``id`` (the block's UUID), ``type``, ``label``, ``help_text``, ``required`` and the
type's own options. Everything but the editor's block works on the frozen form, so that old definitions stay readable
for good.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from forms import rules
from forms.rules.block import RuledBlock

Frozen = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One column of an export that a field fills.

    ``part`` tells the columns of one field apart and never changes; ``heading`` is added to the question's words, for a
    field that fills several; ``write`` writes a stored answer's text for it.
    """

    part: str
    heading: str
    write: Callable[[Any], str]


class FieldBlock(RuledBlock):
    """What every field that asks something has: a label above it, a hint, and whether it must be answered."""

    label = blocks.CharBlock(
        max_length=200,
        label=gettext_lazy("Question"),
        help_text=gettext_lazy("Shown above the field. You can reword it later: old answers stay under the old words."),
    )
    help_text = blocks.CharBlock(
        max_length=300,
        required=False,
        label=gettext_lazy("Hint"),
        help_text=gettext_lazy("Shown in small print between the question and the field. Empty: nothing is shown."),
    )
    required = blocks.BooleanBlock(
        required=False,
        default=False,
        label=gettext_lazy("Must be answered"),
        help_text=gettext_lazy("The form cannot be sent without an answer. Ask for as little as you can."),
    )

    class Meta:
        label_format = "{label}"
        group = gettext_lazy("Questions")


class FieldType:
    """One type of field: the only place that knows how it is edited, asked, checked, stored and written as text."""

    name: ClassVar[str]
    block_class: ClassVar[type[blocks.StructBlock]]
    template: ClassVar[str] = "forms/fields/input.html"
    multiple: ClassVar[bool] = False
    json_types: ClassVar[tuple[type, ...]] = (str,)
    css_class: ClassVar[str] = ""
    control_class: ClassVar[str] = "field__control"
    # How a rule may look at an answer (forms.rules.OPERATORS), and what it compares it with.
    operators: ClassVar[tuple[str, ...]] = ("answered", "unanswered")
    operand: ClassVar[Literal["", "choice", "text", "number", "date"]] = ""

    def freeze(self, field_id: str, value: blocks.StructValue) -> Frozen:
        """Return the field as a definition keeps it."""
        frozen = {"id": field_id, "type": self.name, **value.block.get_prep_value(value)}
        rule = frozen.pop("rule", None)
        return frozen | rules.frozen_part(rule)

    def form_field(self, field: Frozen) -> forms.Field | None:
        """Return the Django form field that asks and cleans; None for a type that takes no answer."""
        raise NotImplementedError

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return the JSON Schema (2020-12) of an answer, without title and description."""
        return {"type": "string"}

    def to_json(self, value: Any) -> Any:
        """Return a cleaned value as the answer that is stored."""
        return value

    def writer(self, field: Frozen) -> Callable[[Any], str]:
        """Return the function that writes a stored answer as text, for the inbox and for exports."""
        return str

    def columns(self, field: Frozen) -> list[Column]:
        """Return the columns that an answer fills in an export: one, for most types."""
        return [Column("", "", self.writer(field))]

    def index_terms(self, field: Frozen, answer: Any) -> Iterable[tuple[str, str]]:
        """Return the kinds and values by which a stored answer can be found through a blind index.

        Kinds: "email" (trimmed, lower case), "phone" (E.164), "location" (page id) and "choice:<field id>" (choice id).
        """
        return ()

    def fhir_item(self, field: Frozen) -> dict[str, Any]:
        """Return what of a FHIR R4B Questionnaire item depends on the type: ``type`` and, with choices, the options.

        https://hl7.org/fhir/R4B/questionnaire-definitions.html#Questionnaire.item.type
        """
        return {"type": "string"}

    def fhir_answers(self, field: Frozen, answer: Any) -> list[dict[str, Any]]:
        """Return a stored answer as the answers of a FHIR R4B QuestionnaireResponse item."""
        return [{"valueString": str(answer)}]

    def link(self, answer: Any) -> str:
        """Return the address that uses a stored answer, such as a phone number's; empty for most types."""
        return ""

    def required_message(self, field: Frozen) -> str:
        """Return what to do when the field was left empty."""
        return _("Enter an answer to “%(question)s”.") % {"question": field["label"]}

    def describe(self, field: Frozen) -> dict[str, Any]:
        """Return the field's JSON Schema with its question and hint."""
        schema = {"title": field["label"], **self.json_schema(field)}
        if field.get("help_text"):
            schema["description"] = field["help_text"]
        return schema

    def _common(self, field: Frozen, **messages: str) -> dict[str, Any]:
        return {
            "label": field["label"],
            "help_text": field.get("help_text", ""),
            "required": bool(field.get("required")),
            "error_messages": {"required": self.required_message(field), **messages},
        }


class TextType(FieldType):
    """What the types have in common whose answer is words."""

    operators = ("is", "is_not", "contains", "contains_not", "answered", "unanswered")
    operand = "text"


FIELD_TYPES: dict[str, FieldType] = {}


def register(cls: type[FieldType]) -> type[FieldType]:
    """Add a field type to the registry; its order there is its order in the block picker."""
    FIELD_TYPES[cls.name] = cls()
    return cls


def field_type(field: Frozen) -> FieldType:
    """Return the type of a frozen field. Raises KeyError for a type that this version does not know."""
    return FIELD_TYPES[field["type"]]
