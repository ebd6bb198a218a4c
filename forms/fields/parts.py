"""What fields have in common whose answer has several parts, each with an input of its own: a name, an address, a date.

On the web the parts are sent as ``<field id>_<part>``; over the API, and when stored, they are one JSON object.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise

from forms.fields.base import Column, FieldType, Frozen
from forms.fields.text import refuse_half_characters


@dataclass(frozen=True)
class Part:
    """One input of several: its name, its words, and what to say when it is needed and empty."""

    name: str
    label: Promise | str
    autocomplete: str
    needed: Promise | str = ""
    max_length: int = 80
    css_class: str = ""
    inputmode: str = ""
    validators: tuple[Callable[[str], None], ...] = ()

    def form_field(self) -> forms.CharField:
        """Return what cleans this part; whether it is needed, the whole decides."""
        return forms.CharField(
            max_length=self.max_length,
            required=False,
            validators=[refuse_half_characters, *self.validators],
        )

    def widget(self) -> forms.TextInput:
        """Return the input of this part."""
        attrs = {"autocomplete": self.autocomplete, "maxlength": self.max_length, "inputmode": self.inputmode}
        return forms.TextInput({name: value for name, value in attrs.items() if value})


class PartsWidget(forms.MultiWidget):
    """An input for each part."""

    # Whether what is wrong stands once above all parts, and not at each.
    has_one_message = False

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        super().__init__({part.name: part.widget() for part in parts})

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        """Return the parts that were typed, or sent as one object."""
        if not isinstance(data, MultiValueDict):
            return self.decompress(data.get(name))
        return super().value_from_datadict(data, files, name)

    def decompress(self, value: Any) -> list[Any]:
        """Return the parts of a whole answer."""
        return [value.get(part.name) if isinstance(value, Mapping) else None for part in self.parts]

    def use_required_attribute(self, initial: Any) -> bool:
        """Return False: each part says for itself whether it is needed."""
        return False


class PartsField(forms.Field):
    """Cleans the parts and says what is wrong at each: the code of an error is the part's name."""

    def __init__(self, parts: Sequence[Part], **kwargs: Any) -> None:
        self.parts = parts
        super().__init__(widget=PartsWidget(parts), **kwargs)

    def clean(self, value: list[Any]) -> dict[str, str] | None:
        """Return the parts that were filled in; None where none were. Raises ValidationError."""
        cleaned: dict[str, str] = {}
        errors: list[ValidationError] = []
        is_begun = any(str(each or "").strip() for each in value)
        for part, typed in zip(self.parts, value, strict=True):
            try:
                text = part.form_field().clean(typed)
            except ValidationError as error:
                errors += [ValidationError(message, code=part.name) for message in error.messages]
                continue
            if text:
                cleaned[part.name] = text
            elif part.needed and (self.required or is_begun):
                errors.append(ValidationError(part.needed, code=part.name))
        if errors:
            raise ValidationError(errors)
        return cleaned or None


@dataclass(frozen=True)
class ShownPart:
    """One part in a page: its control, and what is wrong with it."""

    part: Part
    control: BoundWidget
    errors: list[str]
    is_required: bool

    @property
    def control_id(self) -> str:
        """The id of its input."""
        return self.control.data["attrs"]["id"]


@dataclass(frozen=True)
class ShownParts:
    """The parts of a field, and what is wrong with it that is no part's fault."""

    items: list[ShownPart]
    whole_errors: list[str]


def shown_parts(bound: BoundField) -> ShownParts:
    """Return the parts of a bound field as a template shows them, each with its own errors and ids."""
    widget = bound.field.widget
    context = widget.get_context(bound.html_name, bound.value(), {"id": bound.auto_id, **widget.attrs})
    errors = error_codes(bound)
    shown = []
    for part, data in zip(widget.parts, context["widget"]["subwidgets"], strict=True):
        own = [message for code, message in errors if part.name in code.split()]
        is_required = bool(part.needed and bound.field.required)
        attrs = data["attrs"]
        message_of = bound.auto_id if widget.has_one_message else attrs["id"]
        attrs |= {"aria-invalid": "true", "aria-describedby": f"{message_of}_error"} if own else {}
        attrs |= {"required": True} if is_required else {}
        shown.append(ShownPart(part, BoundWidget(widget, data, bound.form.renderer), own, is_required))
    names = {part.name for part in widget.parts}
    return ShownParts(shown, [message for code, message in errors if not names & set(code.split())])


def error_codes(bound: BoundField) -> list[tuple[str, str]]:
    """Return the errors of a bound field: each one's code, which names parts, and its message."""
    found = bound.errors.as_data() if bound.errors else []
    return [(error.code or "", message) for error in found for message in error.messages]


def error_controls(bound: BoundField) -> list[tuple[str, str]]:
    """Return for each error of a field with parts the id of the input it is about, the first of several, and itself."""
    names = [part.name for part in bound.field.widget.parts]
    positions = {name: f"{bound.auto_id}_{index}" for index, name in enumerate(names)}
    return [
        (next((positions[name] for name in code.split() if name in positions), f"{bound.auto_id}_0"), message)
        for code, message in error_codes(bound)
    ]


class PartsType(FieldType):
    """What the types have in common whose answer is an object of texts."""

    template = "forms/fields/parts.html"
    json_types = (dict,)

    def parts(self, field: Frozen) -> list[Part]:
        """Return the parts this field asks for."""
        raise NotImplementedError

    def form_field(self, field: Frozen) -> forms.Field:
        """Return a field with an input for each part."""
        return PartsField(self.parts(field), **self._common(field))

    def takes(self, value: Any) -> bool:
        """Return whether JSON brought an object of texts, or nothing."""
        if isinstance(value, dict):
            return all(isinstance(each, str | None) for each in value.values())
        return value is None or value == ""

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return an object with the parts."""
        parts = self.parts(field)
        return {
            "type": "object",
            "properties": {
                part.name: {"type": "string", "title": str(part.label), "maxLength": part.max_length} for part in parts
            },
            "required": [part.name for part in parts if part.needed],
            "additionalProperties": False,
        }

    def columns(self, field: Frozen) -> list[Column]:
        """Return a column for each part."""
        return [Column(part.name, str(part.label), _part_writer(part.name)) for part in self.parts(field)]

    def fhir_item(self, field: Frozen) -> dict[str, Any]:
        """Return a text with an item for each part."""
        items = [
            {"linkId": f"{field['id']}.{part.name}", "text": str(part.label), "type": "string"}
            for part in self.parts(field)
        ]
        return {"type": "string", "item": items}

    def fhir_answers(self, field: Frozen, answer: dict[str, str]) -> list[dict[str, Any]]:
        """Return the whole in words, and in it each part."""
        items = [
            {
                "linkId": f"{field['id']}.{part.name}",
                "text": str(part.label),
                "answer": [{"valueString": answer[part.name]}],
            }
            for part in self.parts(field)
            if answer.get(part.name)
        ]
        return [{"valueString": self.writer(field)(answer), "item": items}]


def _part_writer(name: str) -> Callable[[Any], str]:
    return lambda answer: answer.get(name) or ""
