"""Agreement to the exact words shown."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from forms.fields.base import FieldBlock, FieldType, Frozen, register


class ConsentBlock(FieldBlock):
    """A box to tick under the exact words agreed to."""

    required = blocks.BooleanBlock(
        required=False,
        default=True,
        label=gettext_lazy("Must be agreed to"),
        help_text=gettext_lazy("The form cannot be sent until the box is ticked."),
    )
    statement = blocks.TextBlock(
        max_length=2000,
        label=gettext_lazy("The words agreed to"),
        help_text=gettext_lazy("Shown beside the box, and kept word for word with each request."),
    )

    class Meta:
        icon = "check"
        label = gettext_lazy("Consent")
        description = gettext_lazy(
            "A box to tick beside the words the patient agrees to. They are kept with the answer."
        )
        preview_value = {
            "label": gettext_lazy("Consent"),
            "statement": gettext_lazy("I agree that you may contact me about this request."),
            "required": True,
        }


@register
class Consent(FieldType):
    """A box to tick. The definition keeps the exact words that were agreed to."""

    name = "consent"
    block_class = ConsentBlock
    template = "forms/fields/consent.html"
    control_class = "choice__input"
    json_types = (bool,)
    operators = ("ticked", "unticked")

    def form_field(self, field: Frozen) -> forms.Field:
        """Return a checkbox."""
        return forms.BooleanField(**self._common(field))

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return true where agreement is needed, else either; the description holds the words agreed to."""
        schema: dict[str, Any] = {"const": True} if field.get("required") else {"type": "boolean"}
        return schema | {"description": field["statement"]}

    def writer(self, field: Frozen) -> Callable[[Any], str]:
        """Return a function that writes what was agreed to."""
        agreed = _("Agreed: %(statement)s") % {"statement": field["statement"]}
        return lambda answer: agreed if answer else ""

    def fhir_item(self, field: Frozen) -> dict[str, Any]:
        """Return a yes or no, with the words agreed to."""
        words = {"linkId": f"{field['id']}.statement", "text": field["statement"], "type": "display"}
        return {"type": "boolean", "item": [words]}

    def fhir_answers(self, field: Frozen, answer: bool) -> list[dict[str, Any]]:
        """Return whether the box was ticked."""
        return [{"valueBoolean": answer}]

    def required_message(self, field: Frozen) -> str:
        """Return what to do when the box was not ticked."""
        return _("Check the box under “%(question)s” to go on.") % {"question": field["label"]}

    def describe(self, field: Frozen) -> dict[str, Any]:
        """Return the schema; the words agreed to stay its description, before any hint."""
        return super().describe(field) | {"description": field["statement"]}
