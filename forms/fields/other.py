"""Fields that ask nothing: a fixed value, and text between the questions."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy
from wagtail import blocks

from forms.fields.base import Column, FieldType, Frozen, register
from forms.rules.block import RuledBlock


@register
class Hidden(FieldType):
    """A fixed value that the editor set: stored with every submission, never asked and never taken from the request."""

    name = "hidden"
    template = "forms/fields/nothing.html"
    operators = ()

    class block_class(RuledBlock):
        """A fixed value."""

        label = blocks.CharBlock(
            max_length=200, label=gettext_lazy("Name"), help_text=gettext_lazy("Heads its column in the export.")
        )
        value = blocks.CharBlock(
            max_length=200,
            label=gettext_lazy("Value"),
            help_text=gettext_lazy("Stored with every request that this form brings. Anyone can read it."),
        )

        class Meta:
            icon = "tag"
            label = gettext_lazy("Fixed value")
            group = gettext_lazy("Other")
            label_format = "{label}: {value}"
            description = gettext_lazy("A value of yours stored with each request, such as a campaign. Not shown.")
            preview_value = {"label": gettext_lazy("Campaign"), "value": gettext_lazy("Spring 2027")}

    def form_field(self, field: Frozen) -> forms.Field:
        """Return a field that answers with the editor's value, whatever was sent."""
        return FixedField(field["value"], label=field["label"])

    def takes(self, value: Any) -> bool:
        """Return True: whatever was sent, the editor's value counts."""
        return True

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return the one value there is."""
        return {"const": field["value"]}

    def fhir_item(self, field: Frozen) -> dict[str, Any]:
        """Return a text that nobody changes."""
        return {"type": "string", "readOnly": True, "initial": [{"valueString": field["value"]}]}


class FixedField(forms.Field):
    """A form field whose value nobody can change."""

    def __init__(self, value: str, **kwargs: Any) -> None:
        self.value = value
        super().__init__(required=False, widget=forms.HiddenInput(), **kwargs)

    def clean(self, value: Any) -> str:
        """Return the editor's value."""
        return self.value


@register
class StaticText(FieldType):
    """Text between the questions: asks nothing, stores nothing."""

    name = "static_text"
    template = "forms/fields/static_text.html"
    operators = ()

    class block_class(RuledBlock):
        """Text between the questions."""

        text = blocks.RichTextBlock(features=["bold", "italic", "link", "ol", "ul"], label=gettext_lazy("Text"))

        class Meta:
            icon = "doc-full-inverse"
            label = gettext_lazy("Text between questions")
            group = gettext_lazy("Other")
            description = gettext_lazy("A few words to read before the next question.")
            preview_value = {"text": "<p>We call you back within one working day.</p>"}

    def form_field(self, field: Frozen) -> None:
        """Return None: there is nothing to answer."""
        return

    def writer(self, field: Frozen) -> Callable[[Any], str]:
        """Return a function that writes nothing."""
        return lambda _answer: ""

    def columns(self, field: Frozen) -> list[Column]:
        """Return no columns: nothing is stored."""
        return []

    def fhir_item(self, field: Frozen) -> dict[str, Any]:
        """Return words to read."""
        return {"type": "display"}

    def fhir_answers(self, field: Frozen, answer: Any) -> list[dict[str, Any]]:
        """Return no answers."""
        return []
