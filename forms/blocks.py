"""The blocks a form is edited in: steps, each with its fields."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from forms.fields import FIELD_TYPES


class FieldsBlock(blocks.StreamBlock):
    """The fields of a step: one block per field type, from the registry."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        types = [
            (name, kind.block_class(preview_template="forms/previews/field.html")) for name, kind in FIELD_TYPES.items()
        ]
        super().__init__(types, **kwargs)

    class Meta:
        label = _("Fields")
        help_text = _("In the order shown. Without a field, a step has nothing to answer.")


class StepBlock(blocks.StructBlock):
    """A step: the fields a patient sees at one time."""

    title = blocks.CharBlock(
        max_length=120, label=_("Title"), help_text=_("Heads the step, and names it for screen readers.")
    )
    introduction = blocks.RichTextBlock(
        required=False,
        features=["bold", "italic", "link"],
        label=_("Introduction"),
        help_text=_("Shown under the title of the step. Empty: nothing is shown."),
    )
    fields = FieldsBlock()

    class Meta:
        icon = "form"
        label = _("Step")
        label_format = "{title}"
        description = _("A group of questions, shown one group at a time.")
        preview_template = "forms/previews/step.html"
        preview_value = {
            "title": _("About you"),
            "fields": [
                ("single_line", {"label": _("Your name"), "required": True}),
                ("phone", {"label": _("Phone number"), "help_text": _("We call you on this number.")}),
            ],
        }


class StepsBlock(blocks.StreamBlock):
    """The steps of a form, of which one at least asks something."""

    step = StepBlock()

    def clean(self, value: Any) -> Any:
        """Return the cleaned steps; raise an error at the first step of a form that asks nothing at all.

        A draft may still be without a question; a form that patients see may not.
        """
        result = super().clean(value)
        if result and not self.is_deferred_validation and not any(_asks(step.value) for step in result):
            nothing = ValidationError(_("Add a question: a form with nothing to answer cannot be published."))
            raise StreamBlockValidationError(
                block_errors={0: StructBlockValidationError(block_errors={"fields": nothing})}
            )
        return result


def _asks(step: blocks.StructValue) -> bool:
    return any(field.block_type not in ("static_text", "hidden") for field in step["fields"])
