"""Fields whose answer is a number: typed, or chosen on a scale."""

from math import ceil, floor
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from forms.fields.base import Column, FieldType, Frozen, PrefilledBlock, error_text_block, register


def plain(number: float | None) -> float | int | None:
    """Return a whole number without its decimal point, as people write it."""
    return int(number) if number is not None and float(number).is_integer() else number


class NumberType(FieldType):
    """What the types have in common whose answer is a number."""

    json_types = (int, float)
    operators = ("is", "is_not", "greater_than", "less_than", "answered", "unanswered")
    operand = "number"

    def columns(self, field: Frozen) -> list[Column]:
        """Return one column of numbers."""
        return [Column("", "", self.writer(field), is_number=True)]

    def prefilled(self, field: Frozen, values: list[str]) -> str:
        """Return the first of the values."""
        return values[0]


class NumberBlock(PrefilledBlock):
    """A number between two others."""

    minimum = blocks.FloatBlock(required=False, label=gettext_lazy("Smallest"))
    maximum = blocks.FloatBlock(required=False, label=gettext_lazy("Largest"))
    whole = blocks.BooleanBlock(required=False, default=True, label=gettext_lazy("Whole numbers only"))
    error_text = error_text_block()

    more_parts = ("width", "error_text", "query_parameter")

    class Meta:
        icon = "order"
        label = gettext_lazy("Number")
        description = gettext_lazy("For a count or a measure; you can set the smallest and the largest.")
        preview_value = {"label": gettext_lazy("How many weeks have you had this?"), "minimum": 0, "whole": True}

    def clean(self, value: Any) -> Any:
        """Return the cleaned value; raise an error at ``maximum`` where no number could ever fit."""
        result = super().clean(value)
        low, high = result.get("minimum"), result.get("maximum")
        if low is not None and high is not None and low > high:
            error = ValidationError(gettext_lazy("The largest is below the smallest: no number would fit."))
            raise StructBlockValidationError(block_errors={"maximum": error})
        if result.get("whole"):
            # A browser counts its steps from the smallest: from 0.5, it would take no whole number at all.
            parts = {name: result.get(name) for name in ("minimum", "maximum")}
            error = ValidationError(gettext_lazy("Enter a whole number here, or allow others."))
            errors = {name: error for name, limit in parts.items() if limit is not None and not limit.is_integer()}
            if errors:
                raise StructBlockValidationError(block_errors=errors)
        return result


@register
class Number(NumberType):
    """A number."""

    name = "number"
    block_class = NumberBlock
    when_set = (*NumberType.when_set, "error_text")

    def form_field(self, field: Frozen) -> forms.Field:
        """Return a number input with the editor's limits."""
        low, high = field.get("minimum"), field.get("maximum")
        common = self._common(field, **self._messages(field))
        if field.get("whole"):
            # Definitions of old may have limits between whole numbers.
            limits = {
                "min_value": low if low is None else ceil(low),
                "max_value": high if high is None else floor(high),
            }
            return forms.IntegerField(widget=forms.NumberInput(attrs={"inputmode": "numeric"}), **limits, **common)
        limits = {"min_value": plain(low), "max_value": plain(high)}
        widget = forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"})
        return forms.FloatField(widget=widget, **limits, **common)

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return a number or an integer with its limits."""
        schema: dict[str, Any] = {"type": "integer" if field.get("whole") else "number"}
        return schema | {
            option: plain(field[option]) for option in ("minimum", "maximum") if field.get(option) is not None
        }

    def fhir_item(self, field: Frozen) -> dict[str, Any]:
        """Return an integer or a decimal with its limits."""
        whole = bool(field.get("whole"))
        return {"type": "integer" if whole else "decimal"} | fhir_limits(
            field.get("minimum"), field.get("maximum"), whole=whole
        )

    def fhir_answers(self, field: Frozen, answer: float) -> list[dict[str, Any]]:
        """Return the number."""
        return [{"valueInteger" if field.get("whole") else "valueDecimal": answer}]

    def _messages(self, field: Frozen) -> dict[str, str]:
        low, high, own = plain(field.get("minimum")), plain(field.get("maximum")), field.get("error_text")
        invalid = _("Enter a whole number, such as 6") if field.get("whole") else _("Enter a number, such as 6.5")
        messages = {"invalid": invalid}
        if low is not None:
            messages["min_value"] = own or _("Enter %(limit)s or more.") % {"limit": low}
        if high is not None:
            messages["max_value"] = own or _("Enter %(limit)s or less.") % {"limit": high}
        return messages


def fhir_limits(low: float | None, high: float | None, *, whole: bool) -> dict[str, Any]:
    """Return the extensions that tell the smallest and largest number of an item.

    https://hl7.org/fhir/R4B/extension-minvalue.html; a limit between whole numbers is not told of an integer.
    """
    limits = [
        {
            "url": f"http://hl7.org/fhir/StructureDefinition/{name}",
            "valueInteger" if whole else "valueDecimal": int(limit) if whole else limit,
        }
        for name, limit in (("minValue", low), ("maxValue", high))
        if limit is not None and (not whole or float(limit).is_integer())
    ]
    return {"extension": limits} if limits else {}


class ScaleBlock(PrefilledBlock):
    """A scale, such as that of pain from 0 to 10."""

    low_label = blocks.CharBlock(
        max_length=60, default=gettext_lazy("No pain"), label=gettext_lazy("Words at the low end")
    )
    high_label = blocks.CharBlock(
        max_length=60, default=gettext_lazy("Worst pain you can imagine"), label=gettext_lazy("Words at the high end")
    )
    lowest = blocks.IntegerBlock(min_value=0, max_value=1, default=0, label=gettext_lazy("Lowest number"))
    highest = blocks.IntegerBlock(min_value=3, max_value=10, default=10, label=gettext_lazy("Highest number"))

    more_parts = ("width", "lowest", "highest", "query_parameter")

    class Meta:
        icon = "order"
        label = gettext_lazy("Scale from 0 to 10")
        description = gettext_lazy("For pain or satisfaction: one number of a row, with words at both ends.")
        preview_value = {
            "label": gettext_lazy("How bad is your pain today?"),
            "low_label": gettext_lazy("No pain"),
            "high_label": gettext_lazy("Worst pain you can imagine"),
            "lowest": 0,
            "highest": 10,
        }


@register
class Scale(NumberType):
    """A number on a scale, chosen by radio buttons."""

    name = "scale"
    block_class = ScaleBlock
    template = "forms/fields/scale.html"
    control_class = "scale__input"
    json_types = (int,)

    def form_field(self, field: Frozen) -> forms.Field:
        """Return radio buttons, one for each number."""
        return forms.TypedChoiceField(
            choices=[(number, str(number)) for number in self._numbers(field)],
            coerce=int,
            empty_value=None,
            widget=forms.RadioSelect,
            **self._common(field, invalid_choice=self.required_message(field)),
        )

    def required_message(self, field: Frozen) -> str:
        """Return what to do when no number was chosen."""
        return _("Choose a number for “%(question)s”.") % {"question": field["label"]}

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return a whole number between the ends."""
        numbers = self._numbers(field)
        return {"type": "integer", "minimum": numbers[0], "maximum": numbers[-1]}

    def fhir_item(self, field: Frozen) -> dict[str, Any]:
        """Return an integer between the ends."""
        numbers = self._numbers(field)
        return {"type": "integer"} | fhir_limits(numbers[0], numbers[-1], whole=True)

    def fhir_answers(self, field: Frozen, answer: int) -> list[dict[str, Any]]:
        """Return the number."""
        return [{"valueInteger": answer}]

    def _numbers(self, field: Frozen) -> range:
        return range(field.get("lowest") or 0, (field.get("highest") or 10) + 1)
