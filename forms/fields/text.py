"""Fields a patient types into: text, e-mail address, phone number, number and date."""

import datetime as dt
from typing import Any
from urllib.parse import quote

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from clinicsite.templatetags.clinic_tags import tel
from forms.fields.base import FieldBlock, FieldType, Frozen, TextType, register

SINGLE_LINE_MAX = 200
MULTI_LINE_MAX = 5000
DEFAULT_REGION = "US"

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


def refuse_half_characters(text: str) -> None:
    """Raise ValidationError for half of a UTF-16 pair, which JSON can carry and no file or database can."""
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValidationError(_("This text has a broken character. Please type it again."))


class SingleLineBlock(FieldBlock):
    """A line of text."""

    autocomplete = blocks.ChoiceBlock(
        choices=AUTOCOMPLETE_CHOICES,
        required=False,
        label=gettext_lazy("The browser may fill in"),
        help_text=gettext_lazy("Patients who saved their details in the browser then need not type them."),
    )

    class Meta:
        icon = "pilcrow"
        label = gettext_lazy("Line of text")
        description = gettext_lazy("For a name or another short answer.")
        preview_value = {"label": gettext_lazy("Your name"), "autocomplete": "name", "required": True}


@register
class SingleLine(TextType):
    """A line of text."""

    name = "single_line"
    block_class = SingleLineBlock

    def form_field(self, field: Frozen) -> forms.Field:
        """Return a text input."""
        attrs = {"autocomplete": field["autocomplete"]} if field.get("autocomplete") else {}
        return forms.CharField(
            max_length=SINGLE_LINE_MAX,
            widget=forms.TextInput(attrs),
            validators=[refuse_half_characters],
            **self._common(field),
        )

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return a string of limited length."""
        return {"type": "string", "maxLength": SINGLE_LINE_MAX}


class MultiLineBlock(FieldBlock):
    """Several lines of text."""

    class Meta:
        icon = "doc-full"
        label = gettext_lazy("Several lines of text")
        description = gettext_lazy("For an answer in the patient's own words.")
        preview_value = {"label": gettext_lazy("What brings you to us?")}


@register
class MultiLine(TextType):
    """Several lines of text."""

    name = "multi_line"
    block_class = MultiLineBlock

    def form_field(self, field: Frozen) -> forms.Field:
        """Return a text area."""
        return forms.CharField(
            max_length=MULTI_LINE_MAX,
            widget=forms.Textarea(attrs={"rows": 5}),
            validators=[refuse_half_characters],
            **self._common(field),
        )

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return a string of limited length."""
        return {"type": "string", "maxLength": MULTI_LINE_MAX}


class EmailBlock(FieldBlock):
    """An e-mail address."""

    class Meta:
        icon = "mail"
        label = gettext_lazy("E-mail address")
        description = gettext_lazy("For the address we may write to. Its form is checked.")
        preview_value = {"label": gettext_lazy("Email address"), "required": True}


@register
class Email(TextType):
    """An e-mail address."""

    name = "email"
    block_class = EmailBlock

    def form_field(self, field: Frozen) -> forms.Field:
        """Return an e-mail input."""
        message = self.required_message(field)
        widget = forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})
        # RFC 3696 errata 1690: no address is longer.
        return forms.EmailField(max_length=254, widget=widget, **self._common(field, invalid=message))

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return a string in the form of an e-mail address."""
        return {"type": "string", "format": "email", "maxLength": 254}

    def link(self, answer: str) -> str:
        """Return the address that writes to the patient."""
        return f"mailto:{quote(answer, safe='@')}"

    def required_message(self, field: Frozen) -> str:
        """Return what to type, with an example."""
        return _("Enter your email address, such as name@example.com")


class PhoneBlock(FieldBlock):
    """A phone number."""

    class Meta:
        icon = "mobile-alt"
        label = gettext_lazy("Phone number")
        description = gettext_lazy("For the number we may call, typed in any way people write it.")
        preview_value = {"label": gettext_lazy("Phone number"), "required": True}


class PhoneField(forms.CharField):
    """Accepts a phone number however people write it, and keeps it as typed."""

    def validate(self, value: str) -> None:
        """Raise ValidationError unless the length and prefix could be a phone number's.

        "Possible", not "valid": number plans grow faster than the tables that list them, and a clinic would rather call
        an unusual number than turn a patient away.
        """
        super().validate(value)
        if value in self.empty_values:
            return
        try:
            number = phonenumbers.parse(value, DEFAULT_REGION)
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise ValidationError(self.error_messages["invalid"], code="invalid")


@register
class Phone(TextType):
    """A phone number."""

    name = "phone"
    block_class = PhoneBlock

    def form_field(self, field: Frozen) -> forms.Field:
        """Return a phone input."""
        message = self.required_message(field)
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
        return PhoneField(max_length=40, widget=widget, **self._common(field, invalid=message))

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return a string of limited length: JSON Schema has no format for phone numbers."""
        return {"type": "string", "maxLength": 40}

    def link(self, answer: str) -> str:
        """Return the address that calls the patient."""
        return tel(answer)

    def required_message(self, field: Frozen) -> str:
        """Return what to type, with an example."""
        return _("Enter your phone number, such as 206 555 0142")


class NumberBlock(FieldBlock):
    """A number between two others."""

    minimum = blocks.FloatBlock(required=False, label=gettext_lazy("Smallest"))
    maximum = blocks.FloatBlock(required=False, label=gettext_lazy("Largest"))
    whole = blocks.BooleanBlock(required=False, default=True, label=gettext_lazy("Whole numbers only"))

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
        return result


@register
class Number(FieldType):
    """A number."""

    name = "number"
    block_class = NumberBlock
    json_types = (int, float)
    operators = ("is", "is_not", "greater_than", "less_than", "answered", "unanswered")
    operand = "number"

    def form_field(self, field: Frozen) -> forms.Field:
        """Return a number input with the editor's limits."""
        limits = {"min_value": _plain(field.get("minimum")), "max_value": _plain(field.get("maximum"))}
        common = self._common(field, **self._messages(field))
        if field.get("whole"):
            return forms.IntegerField(widget=forms.NumberInput(attrs={"inputmode": "numeric"}), **limits, **common)
        widget = forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"})
        return forms.FloatField(widget=widget, **limits, **common)

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return a number or an integer with its limits."""
        schema: dict[str, Any] = {"type": "integer" if field.get("whole") else "number"}
        for keyword, option in (("minimum", "minimum"), ("maximum", "maximum")):
            if field.get(option) is not None:
                schema[keyword] = _plain(field[option])
        return schema

    def _messages(self, field: Frozen) -> dict[str, str]:
        low, high = _plain(field.get("minimum")), _plain(field.get("maximum"))
        invalid = _("Enter a whole number, such as 6") if field.get("whole") else _("Enter a number, such as 6.5")
        return {
            "invalid": invalid,
            "min_value": _("Enter %(limit)s or more.") % {"limit": low},
            "max_value": _("Enter %(limit)s or less.") % {"limit": high},
        }


def _plain(number: float | None) -> float | int | None:
    return int(number) if number is not None and float(number).is_integer() else number


class DateBlock(FieldBlock):
    """A date."""

    limit = blocks.ChoiceBlock(
        choices=[
            ("any", gettext_lazy("Any date")),
            ("future", gettext_lazy("Today or later")),
            ("past", gettext_lazy("Today or earlier")),
        ],
        default="any",
        label=gettext_lazy("Which dates fit"),
    )

    class Meta:
        icon = "date"
        label = gettext_lazy("Date")
        description = gettext_lazy("For a day, such as the day of an injury.")
        preview_value = {"label": gettext_lazy("When did it start?"), "limit": "past"}


class LimitedDateField(forms.DateField):
    """A date that may have to lie in the future or in the past; today is the clinic's today."""

    def __init__(self, *, limit: str, **kwargs: Any) -> None:
        self.limit = limit
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        """Return the date. Raises ValidationError for anything else, numbers and lists from JSON too."""
        return super().to_python(value if isinstance(value, str | None) else str(value))

    def validate(self, value: dt.date | None) -> None:
        """Raise ValidationError for a date on the wrong side of today."""
        super().validate(value)
        if value is None:
            return
        today = timezone.localdate()
        if self.limit == "future" and value < today:
            raise ValidationError(_("Enter today's date or a later one."), code="past")
        if self.limit == "past" and value > today:
            raise ValidationError(_("Enter today's date or an earlier one."), code="future")


@register
class Date(FieldType):
    """A date."""

    name = "date"
    block_class = DateBlock
    operators = ("is", "is_not", "before", "after", "answered", "unanswered")
    operand = "date"

    def form_field(self, field: Frozen) -> forms.Field:
        """Return a date input; where the browser has none, US and ISO dates are understood."""
        return LimitedDateField(
            limit=field.get("limit", "any"),
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            input_formats=["%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y"],
            **self._common(field, invalid=self.required_message(field)),
        )

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return a string in the form of an ISO 8601 date."""
        return {"type": "string", "format": "date"}

    def to_json(self, value: dt.date | None) -> str | None:
        """Return the date as ISO 8601."""
        return value.isoformat() if value else None

    def required_message(self, field: Frozen) -> str:
        """Return what to type, with an example."""
        return _("Enter a date, such as 3/27/2026")
