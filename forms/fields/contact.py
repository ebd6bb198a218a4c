"""Fields that say how to reach a patient: e-mail address and phone number."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinicsite.templatetags.clinic_tags import tel
from forms.fields.base import FieldBlock, Frozen, TextType, register

DEFAULT_REGION = "US"
BETWEEN_DIGITS = dict.fromkeys(map(ord, " -.()"))


def normal_email(text: str) -> str:
    """Return an e-mail address as it is indexed and searched: trimmed, in lower case."""
    return text.strip().lower()


def national_number(text: str) -> str:
    """Return the ten digits of a number of the North American plan as nearly everybody types it; else nothing.

    What the library finds too, at a hundredth of its cost, which counts where every request has a number.
    """
    digits = text.translate(BETWEEN_DIGITS)
    return digits if len(digits) == 10 and digits.isascii() and digits.isdigit() and digits[0] not in "01" else ""


def normal_phone(text: str) -> str:
    """Return a phone number as it is indexed and searched, in E.164; empty for what is no number."""
    if national := national_number(text):
        return f"+1{national}"
    try:
        number = phonenumbers.parse(text, DEFAULT_REGION)
    except phonenumbers.NumberParseException:
        return ""
    number.extension = None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


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

    def index_terms(self, field: Frozen, answer: str) -> Iterable[tuple[str, str]]:
        """Return the address, by which a request is found."""
        return [("email", normal_email(answer))]

    def fhir_item(self, field: Frozen) -> dict[str, Any]:
        """Return a string of limited length."""
        return {"type": "string", "maxLength": 254}

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
        if value in self.empty_values or national_number(value):
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

    def index_terms(self, field: Frozen, answer: str) -> Iterable[tuple[str, str]]:
        """Return the number, by which a request is found."""
        number = normal_phone(answer)
        return [("phone", number)] if number else []

    def fhir_item(self, field: Frozen) -> dict[str, Any]:
        """Return a string of limited length."""
        return {"type": "string", "maxLength": 40}

    def link(self, answer: str) -> str:
        """Return the address that calls the patient."""
        return tel(answer)

    def required_message(self, field: Frozen) -> str:
        """Return what to type, with an example."""
        return _("Enter your phone number, such as 206 555 0142")
