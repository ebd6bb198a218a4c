"""What every field type answers for, and the registry that finds a type by its name.

A field lives twice: as a block while an editor works on it, and *frozen* in a definition once it is published.
Frozen, it is a plain JSON object: ``id`` (the block's UUID), ``type``, ``label``, ``help_text``, ``required`` and the
type's own options. Everything but the editor's block works on the frozen form, so that old definitions stay readable
for good.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal
from uuid import UUID

from django import forms
from django.core.validators import RegexValidator
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
    field that fills several; ``write`` writes a stored answer's text for it. With ``is_number`` that is a number's,
    and a spreadsheet can count with it.
    """

    part: str
    heading: str
    write: Callable[[Any], str]
    is_number: bool = False


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

    width = blocks.ChoiceBlock(
        choices=[("half", gettext_lazy("Half")), ("third", gettext_lazy("A third"))],
        required=False,
        label=gettext_lazy("Width"),
        help_text=gettext_lazy("On wide screens, beside its neighbors. Empty: all of the width. On phones always all."),
    )

    # What few questions need, folded away under the rest.
    more_parts: ClassVar[tuple[str, ...]] = ("width",)

    class Meta:
        label_format = "{label}"
        group = gettext_lazy("Questions")

    def get_form_layout(self) -> blocks.BlockGroup:
        """Return the parts of the block, those in ``more_parts`` folded away before the rule."""
        *parts, rule = super().get_form_layout().children
        more = blocks.BlockGroup(
            children=[name for name in parts if name in self.more_parts],
            heading=gettext_lazy("More options"),
            classname="collapsed",
            icon="cog",
        )
        return blocks.BlockGroup(children=[name for name in parts if name not in self.more_parts] + [more, rule])


def error_text_block() -> blocks.CharBlock:
    """Return the part of a block that holds the editor's own words for an answer outside of the limits."""
    return blocks.CharBlock(
        max_length=200,
        required=False,
        label=gettext_lazy("What to say when it does not fit"),
        help_text=gettext_lazy("Say what to do, with an example. Empty: a general sentence that names the limit."),
    )


class PrefilledBlock(FieldBlock):
    """A question whose answer a link to the form may bring along. Never one that asks who somebody is."""

    query_parameter = blocks.CharBlock(
        max_length=40,
        required=False,
        validators=[
            RegexValidator(r"^[A-Za-z0-9-]+\Z", gettext_lazy("Use letters, digits and hyphens only, such as campaign."))
        ],
        label=gettext_lazy("Filled in by links"),
        help_text=gettext_lazy(
            "A name such as “topic”: a link that ends in “?topic=…” opens the form with that answer filled in, to keep "
            "or change. Choices are named by their value for exports. Empty: links fill in nothing."
        ),
    )

    more_parts = ("width", "query_parameter")


class FieldType:
    """One type of field: the only place that knows how it is edited, asked, checked, stored and written as text."""

    name: ClassVar[str]
    block_class: ClassVar[type[blocks.StructBlock]]
    template: ClassVar[str] = "forms/fields/input.html"
    multiple: ClassVar[bool] = False
    # Whether what can be chosen depends on what is published at the time of asking.
    is_live: ClassVar[bool] = False
    json_types: ClassVar[tuple[type, ...]] = (str,)
    css_class: ClassVar[str] = ""
    control_class: ClassVar[str] = "field__control"
    # How a rule may look at an answer (forms.rules.OPERATORS), and what it compares it with.
    operators: ClassVar[tuple[str, ...]] = ("answered", "unanswered")
    operand: ClassVar[Literal["", "choice", "text", "number", "date"]] = ""

    # Parts of the block that are frozen only where they are set: a definition of old stays the same, byte for byte.
    when_set: ClassVar[tuple[str, ...]] = ("width", "query_parameter")
    # The parts of the block that hold its choices; a frozen field has them as ``choices``.
    choice_parts: ClassVar[tuple[str, ...]] = ()

    def freeze(self, field_id: str, value: blocks.StructValue) -> Frozen:
        """Return the field as a definition keeps it."""
        frozen = {"id": field_id, "type": self.name, **value.block.get_prep_value(value)}
        for name in self.when_set:
            if name in frozen and frozen[name] in (None, "", False, []):
                del frozen[name]
        rule = frozen.pop("rule", None)
        return frozen | rules.frozen_part(rule)

    def form_field(self, field: Frozen) -> forms.Field | None:
        """Return the Django form field that asks and cleans; None for a type that takes no answer."""
        raise NotImplementedError

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return the JSON Schema (2020-12) of an answer, without title and description."""
        return {"type": "string"}

    def takes(self, value: Any) -> bool:
        """Return whether a value that JSON brought is of the type that this question takes; nothing always is."""
        if value is None or value == "":
            return True
        if isinstance(value, bool):
            return bool in self.json_types
        if not isinstance(value, self.json_types):
            return False
        return not isinstance(value, list) or all(isinstance(item, str) for item in value)

    @property
    def keeps_elsewhere(self) -> bool:
        """Whether ``keep`` does anything for this type."""
        return type(self).keep is not FieldType.keep

    def keep(self, field: Frozen, form_field: forms.Field, value: Any, form_id: UUID | None) -> Any:
        """Store what of a cleaned value is kept elsewhere than in the answers, such as a file, and return the value.

        Called for a question that shows and has no error. Raises ValidationError where it cannot be stored.
        """
        return value

    def to_json(self, value: Any) -> Any:
        """Return a cleaned value as the answer that is stored."""
        return value

    def choices(self, field: Frozen) -> list[tuple[str, str]]:
        """Return what there is to choose from as ids and words; empty for a question without choices."""
        return [(choice["id"], choice["label"]) for choice in field.get("choices", [])]

    def editor_choices(self) -> list[dict[str, str]]:
        """Return the choices that a rule's editor cannot read from the block: ``id``, ``label``, and in ``part``
        the name of the part of the block that has other words for it.
        """
        return []

    def prefilled(self, field: Frozen, values: list[str]) -> Any:
        """Return what the ``values`` of a question's parameter in an address stand for; None where nothing does.

        Raises nothing: what does not fit is as if it were not there.
        """
        return None

    def writer(self, field: Frozen) -> Callable[[Any], str]:
        """Return the function that writes a stored answer as text, for the inbox and for exports."""
        return str

    def columns(self, field: Frozen) -> list[Column]:
        """Return the columns that an answer fills in an export: one, for most types."""
        return [Column("", "", self.writer(field))]

    def index_terms(self, field: Frozen, answer: Any) -> Iterable[tuple[str, str]]:
        """Return the kinds and values by which a stored answer can be found through a blind index.

        Kinds: "email" (trimmed, lower case), "phone" (E.164), "location" and "clinician" (page id), "patient_type"
        ("new" or "existing") and "choice:<field id>" (choice id).
        """
        return ()

    def fhir_item(self, field: Frozen) -> dict[str, Any]:
        """Return what of a FHIR R4B Questionnaire item depends on the type.

        That is ``type`` and, where they apply, ``answerOption``, ``repeats``, ``maxLength``, ``extension`` and the
        items for the parts of an answer, whose linkIds open with the field's id.
        https://hl7.org/fhir/R4B/questionnaire-definitions.html#Questionnaire.item.type
        """
        return {"type": "string"}

    def fhir_answers(self, field: Frozen, answer: Any) -> list[dict[str, Any]]:
        """Return a stored answer as the answers of a FHIR R4B QuestionnaireResponse item."""
        return [{"valueString": str(answer)}]

    def link(self, answer: Any) -> str:
        """Return the address that uses a stored answer, such as a phone number's; empty for most types."""
        return ""

    def files(self, answer: Any) -> list[dict[str, Any]]:
        """Return the files of a stored answer: ``id`` (of an Upload), ``name``, ``type`` and ``size``."""
        return []

    def is_required(self, field: Frozen) -> bool:
        """Return whether the question must be answered, where it shows."""
        return bool(field.get("required"))

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

    def prefilled(self, field: Frozen, values: list[str]) -> str:
        """Return the first of the values."""
        return values[0]


FIELD_TYPES: dict[str, FieldType] = {}


def register(cls: type[FieldType]) -> type[FieldType]:
    """Add a field type to the registry; its order there is its order in the block picker."""
    FIELD_TYPES[cls.name] = cls()
    return cls


def field_type(field: Frozen) -> FieldType:
    """Return the type of a frozen field. Raises KeyError for a type that this version does not know."""
    return FIELD_TYPES[field["type"]]
