"""The blocks a form is edited in: steps, each with its fields."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError, StreamValue
from wagtail.blocks.struct_block import StructBlockValidationError

from forms.addresses import validate_addresses
from forms.definitions import freeze_step
from forms.fields import FIELD_TYPES
from forms.rules.block import CONFIRM, TELL, RuleBlock, RuledBlock
from forms.rules.problems import later_problems, problems


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


class StepBlock(RuledBlock):
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
        """Return the cleaned steps; raise errors where a form asks nothing at all, and at each rule that cannot work.

        A draft may still be unfinished; a form that patients see may not.
        """
        result = super().clean(value)
        if result and not self.is_deferred_validation:
            if not any(_asks(step.value) for step in result):
                nothing = ValidationError(_("Add a question: a form with nothing to answer cannot be published."))
                raise StreamBlockValidationError(
                    block_errors={0: StructBlockValidationError(block_errors={"fields": nothing})}
                )
            if errors := _rule_errors(result):
                raise StreamBlockValidationError(block_errors=errors)
        return result


def _rule_errors(steps: StreamValue) -> dict[int, ValidationError]:
    """Return what is wrong with the rules, in the shape of the stream: at the "rule" of its step or field."""
    frozen = [freeze_step(step.id, step.value) for step in steps]
    rules = {each.id: each.value.get("rule") for step in steps for each in (step, *step.value["fields"])}
    own: dict[int, list[str]] = defaultdict(list)
    of_fields: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems(frozen, rules):
        place = own[problem.step] if problem.field is None else of_fields[problem.step][problem.field]
        place.append(problem.message)
    errors: dict[int, ValidationError] = {}
    for number in own.keys() | of_fields.keys():
        parts: dict[str, ValidationError] = {"rule": ValidationError(own[number])} if own[number] else {}
        if of_fields[number]:
            parts["fields"] = StreamBlockValidationError(
                block_errors={
                    position: StructBlockValidationError(block_errors={"rule": ValidationError(messages)})
                    for position, messages in of_fields[number].items()
                }
            )
        errors[number] = StructBlockValidationError(block_errors=parts)
    return errors


def later_rule_errors(steps: StreamValue, stream: StreamValue) -> StreamBlockValidationError | None:
    """Return what is wrong with the rules of a ``stream`` that is looked at once a form is sent; None where nothing is.

    They may look at all questions of the form's ``steps``.
    """
    frozen = [freeze_step(step.id, step.value) for step in steps]
    errors = {}
    for position, part in enumerate(stream):
        if messages := later_problems(frozen, part.value.get("rule")):
            errors[position] = StructBlockValidationError(block_errors={"rule": ValidationError(messages)})
    return StreamBlockValidationError(block_errors=errors) if errors else None


def _asks(step: blocks.StructValue) -> bool:
    return any(field.block_type not in ("static_text", "hidden") for field in step["fields"])


class ConfirmationBlock(RuledBlock):
    """What a patient reads once the form is sent, if the answers are as its rule says."""

    purpose = CONFIRM
    rule = RuleBlock(CONFIRM)
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = blocks.RichTextBlock(required=False, features=settings.RICH_TEXT_LIST, label=_("Text"))

    class Meta:
        icon = "check"
        label = _("Confirmation")
        label_format = "{title}"
        description = _("Another title and text after sending, for patients who gave certain answers.")


class ConfirmationsBlock(blocks.StreamBlock):
    """The confirmations that depend on answers."""

    confirmation = ConfirmationBlock()


class NotificationRuleBlock(RuledBlock):
    """Staff who are told of a request if the answers are as its rule says."""

    purpose = TELL
    rule = RuleBlock(TELL)
    addresses = blocks.TextBlock(
        validators=[validate_addresses],
        label=_("E-mail addresses"),
        help_text=_("One per line. They get the reference number and a link, never an answer."),
    )

    class Meta:
        icon = "mail"
        label = _("Addresses")
        label_format = "{addresses}"
        description = _("Further staff to tell about requests with certain answers.")


class NotificationRulesBlock(blocks.StreamBlock):
    """The addresses that depend on answers."""

    addresses = NotificationRuleBlock()
