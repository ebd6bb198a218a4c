"""Fields a patient types words into: a line of text, and several."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from forms.fields import patterns
from forms.fields.base import FieldBlock, Frozen, PrefilledBlock, TextType, error_text_block, register

SINGLE_LINE_MAX = 200
MULTI_LINE_MAX = 5000

# https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill-field
AUTOCOMPLETE_CHOICES = [
    ("name", gettext_lazy("Full name")),
    ("given-name", gettext_lazy("First name")),
    ("family-name", gettext_lazy("Last name")),
    ("street-address", gettext_lazy("Street address")),
    ("address-level2", gettext_lazy("City")),
    ("address-level1", gettext_lazy("State")),
    ("postal-code", gettext_lazy("ZIP code")),
    ("organization", gettext_lazy("Company")),
]
LENGTH_OPTIONS = ("min_length", "max_length", "error_text")


def refuse_half_characters(text: str) -> None:
    """Raise ValidationError for half of a UTF-16 pair, which JSON can carry and no file or database can."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValidationError(_("This text has a broken character. Please type it again.")) from error


class LengthBlock(FieldBlock):
    """A text that may have to be of some length."""

    min_length = blocks.IntegerBlock(
        required=False, min_value=1, max_value=MULTI_LINE_MAX, label=gettext_lazy("Fewest characters")
    )
    max_length = blocks.IntegerBlock(
        required=False, min_value=1, max_value=MULTI_LINE_MAX, label=gettext_lazy("Most characters")
    )
    error_text = error_text_block()

    more_parts = ("width", *LENGTH_OPTIONS)

    def clean(self, value: Any) -> Any:
        """Return the cleaned value; raise an error at ``max_length`` where no text could ever fit."""
        result = super().clean(value)
        shortest, longest = result.get("min_length"), result.get("max_length")
        if shortest and longest and shortest > longest:
            error = ValidationError(gettext_lazy("The most is below the fewest: no text would fit."))
            raise StructBlockValidationError(block_errors={"max_length": error})
        return result


class LimitedTextField(forms.CharField):
    """A text of some length, of which a line's end is one character, as in the browser that counts along."""

    def to_python(self, value: Any) -> str | None:
        """Return the text with plain line feeds: a browser without scripts sends each with a carriage return."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if text else text

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Return no ``maxlength``: a browser cuts off what is pasted there, without a word."""
        limits = {"data-fewest": self.min_length, "data-most": self.max_length}
        return {name: limit for name, limit in limits.items() if limit is not None}


class LimitedText(TextType):
    """What the types have in common whose words may have to be of some length."""

    when_set = ("width", "query_parameter", *LENGTH_OPTIONS)
    longest: int

    def lengths(self, field: Frozen) -> dict[str, int | None]:
        """Return the limits as Django takes them."""
        return {
            "min_length": field.get("min_length"),
            "max_length": min(field.get("max_length") or self.longest, self.longest),
        }

    def messages(self, field: Frozen) -> dict[str, str]:
        """Return what to say of a text that is too short or too long: the editor's words, else ours."""
        limits, own = self.lengths(field), field.get("error_text")
        return {
            "min_length": own or _("Use at least %(limit)s characters.") % {"limit": limits["min_length"]},
            "max_length": own or _("Use at most %(limit)s characters.") % {"limit": limits["max_length"]},
        }

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return a string of limited length."""
        limits = self.lengths(field)
        shortest = {"minLength": limits["min_length"]} if limits["min_length"] else {}
        return {"type": "string", "maxLength": limits["max_length"], **shortest}


class SingleLineBlock(PrefilledBlock, LengthBlock):
    """A line of text."""

    autocomplete = blocks.ChoiceBlock(
        choices=AUTOCOMPLETE_CHOICES,
        required=False,
        label=gettext_lazy("The browser may fill in"),
        help_text=gettext_lazy("Patients who saved their details in the browser then need not type them."),
    )
    pattern = blocks.ChoiceBlock(
        choices=patterns.PATTERN_CHOICES,
        required=False,
        label=gettext_lazy("What it must consist of"),
        help_text=gettext_lazy("Empty: anything goes."),
    )
    mask = blocks.CharBlock(
        required=False,
        max_length=40,
        validators=[patterns.is_mask],
        label=gettext_lazy("Or a pattern of your own"),
        help_text=gettext_lazy("# is a digit, A a letter, * either: a member number such as AB-123456 is AA-######."),
    )

    more_parts = ("width", "pattern", "mask", *LENGTH_OPTIONS, "query_parameter")

    class Meta:
        icon = "pilcrow"
        label = gettext_lazy("Line of text")
        description = gettext_lazy("For a short answer, such as a member number.")
        preview_value = {"label": gettext_lazy("Member number"), "help_text": gettext_lazy("It is on your card.")}

    def clean(self, value: Any) -> Any:
        """Return the cleaned value; raise an error where two patterns are set."""
        result = super().clean(value)
        if errors := patterns.clean_parts(result.get("pattern"), result.get("mask") or ""):
            raise StructBlockValidationError(block_errors=errors)
        return result


@register
class SingleLine(LimitedText):
    """A line of text."""

    name = "single_line"
    block_class = SingleLineBlock
    when_set = (*LimitedText.when_set, "pattern", "mask")
    longest = SINGLE_LINE_MAX

    def form_field(self, field: Frozen) -> forms.Field:
        """Return a text input."""
        attrs = {"autocomplete": field["autocomplete"]} if field.get("autocomplete") else {}
        validators = [refuse_half_characters]
        messages = self.messages(field)
        if pattern := self.pattern(field):
            messages["invalid"] = field.get("error_text") or str(pattern.message)
            validators.append(pattern.validator(messages["invalid"]))
            attrs |= {"pattern": pattern.regex} | ({"inputmode": "numeric"} if pattern.digits_only else {})
        return LimitedTextField(
            widget=forms.TextInput(attrs),
            validators=validators,
            **self.lengths(field),
            **self._common(field, **messages),
        )

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return a string of limited length that fits the pattern."""
        pattern = self.pattern(field)
        return super().json_schema(field) | ({"pattern": f"^(?:{pattern.regex})$"} if pattern else {})

    def fhir_item(self, field: Frozen) -> dict[str, Any]:
        """Return a string of limited length."""
        return {"type": "string", "maxLength": self.lengths(field)["max_length"]}

    def pattern(self, field: Frozen) -> patterns.Pattern | None:
        """Return what the text must look like; None where anything goes."""
        if mask := field.get("mask"):
            return patterns.of_mask(mask)
        return patterns.PATTERNS.get(field.get("pattern") or "")


class MultiLineBlock(LengthBlock):
    """Several lines of text."""

    class Meta:
        icon = "doc-full"
        label = gettext_lazy("Several lines of text")
        description = gettext_lazy("For an answer in the patient's own words.")
        preview_value = {"label": gettext_lazy("What brings you to us?")}


@register
class MultiLine(LimitedText):
    """Several lines of text."""

    name = "multi_line"
    block_class = MultiLineBlock
    longest = MULTI_LINE_MAX

    def form_field(self, field: Frozen) -> forms.Field:
        """Return a text area."""
        return LimitedTextField(
            widget=forms.Textarea(attrs={"rows": 5}),
            validators=[refuse_half_characters],
            **self.lengths(field),
            **self._common(field, **self.messages(field)),
        )

    def fhir_item(self, field: Frozen) -> dict[str, Any]:
        """Return a text of limited length."""
        return {"type": "text", "maxLength": self.lengths(field)["max_length"]}
