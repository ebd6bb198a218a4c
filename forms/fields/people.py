"""Fields that say who a patient is and where they live: the parts of a name, and an address."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from forms.fields.base import FieldBlock, Frozen, register
from forms.fields.parts import Part, PartsType

NAME_PARTS = {
    part.name: part
    for part in (
        Part("prefix", gettext_lazy("Title"), "honorific-prefix", max_length=20, css_class="part--short"),
        Part("first", gettext_lazy("First name"), "given-name", gettext_lazy("Enter your first name")),
        Part("middle", gettext_lazy("Middle name"), "additional-name"),
        Part("last", gettext_lazy("Last name"), "family-name", gettext_lazy("Enter your last name")),
        Part("preferred", gettext_lazy("What we may call you"), "nickname"),
    )
}
ZIP = RegexValidator(r"^\d{5}(-\d{4})?\Z", gettext_lazy("Enter a ZIP code, such as 98107"))
ADDRESS_PARTS = (
    Part("street", gettext_lazy("Street address"), "address-line1", gettext_lazy("Enter your street address"), 120),
    Part("line2", gettext_lazy("Apartment, suite or unit (if you have one)"), "address-line2", max_length=120),
    Part("city", gettext_lazy("City"), "address-level2", gettext_lazy("Enter your city"), 80, "part--third part--wide"),
    Part("state", gettext_lazy("State"), "address-level1", gettext_lazy("Enter your state"), 40, "part--third"),
    Part(
        "zip",
        gettext_lazy("ZIP code"),
        "postal-code",
        gettext_lazy("Enter your ZIP code, such as 98107"),
        10,
        "part--third",
        "numeric",
        (ZIP,),
    ),
)


class NameBlock(FieldBlock):
    """The parts of a name."""

    parts = blocks.MultipleChoiceBlock(
        choices=[(name, part.label) for name, part in NAME_PARTS.items()],
        default=["first", "last"],
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Parts to ask for"),
        help_text=gettext_lazy("First and last name are needed where they are asked for; the others may stay empty."),
    )

    class Meta:
        icon = "user"
        label = gettext_lazy("Name")
        description = gettext_lazy("First and last name, each in its own box, which the browser can fill in.")
        preview_value = {"label": gettext_lazy("Your name"), "required": True, "parts": ["first", "last"]}

    def clean(self, value: Any) -> Any:
        """Return the cleaned value; raise an error at ``parts`` where nobody could be told from it."""
        result = super().clean(value)
        if not {"first", "last"} & set(result["parts"]):
            error = ValidationError(gettext_lazy("Ask for the first name, the last name, or both."))
            raise StructBlockValidationError(block_errors={"parts": error})
        return result


@register
class Name(PartsType):
    """A name in parts."""

    name = "name"
    block_class = NameBlock

    def parts(self, field: Frozen) -> list[Part]:
        """Return the parts the editor picked, in the order people say them."""
        return [part for name, part in NAME_PARTS.items() if name in field["parts"]]

    def writer(self, field: Frozen) -> Callable[[Any], str]:
        """Return a function that writes the name as people say it, the preferred one in brackets."""

        def write(answer: dict[str, str]) -> str:
            whole = " ".join(filter(None, (answer.get(name) for name in ("prefix", "first", "middle", "last"))))
            preferred = answer.get("preferred")
            return f"{whole} ({preferred})" if preferred else whole

        return write

    def required_message(self, field: Frozen) -> str:
        """Return what to type."""
        return _("Enter your name")


class AddressBlock(FieldBlock):
    """A postal address."""

    class Meta:
        icon = "home"
        label = gettext_lazy("Address")
        description = gettext_lazy(
            "Street, city, state and ZIP code, each in its own box, which the browser can fill in."
        )
        preview_value = {"label": gettext_lazy("Your address")}


@register
class Address(PartsType):
    """A postal address in the United States."""

    name = "address"
    block_class = AddressBlock

    def parts(self, field: Frozen) -> list[Part]:
        """Return all parts of an address."""
        return list(ADDRESS_PARTS)

    def writer(self, field: Frozen) -> Callable[[Any], str]:
        """Return a function that writes the address as on an envelope."""

        def write(answer: dict[str, str]) -> str:
            place = ", ".join(filter(None, (answer.get("city"), answer.get("state"))))
            lines = (answer.get("street"), answer.get("line2"), f"{place} {answer.get('zip', '')}".strip())
            return "\n".join(filter(None, lines))

        return write

    def required_message(self, field: Frozen) -> str:
        """Return what to type."""
        return _("Enter your address")
