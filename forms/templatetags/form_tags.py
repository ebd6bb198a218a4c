"""What the form templates ask for."""

from typing import Any

from django import template
from django.forms import BoundField
from wagtail.blocks import BoundBlock

from forms import uploads
from forms.answer_form import AnswerForm
from forms.definitions import freeze_step
from forms.fields import FIELD_TYPES
from forms.fields.parts import ShownParts, shown_parts
from forms.prefill import prefilled
from forms.rendering import ShownField, ShownStep, shown_steps

register = template.Library()


@register.simple_tag(takes_context=True)
def place_of(context: dict[str, Any], embed: dict[str, Any]) -> str:
    """Return what no other form in the page has: the ids of this form's controls open with it."""
    if embed["place"]:
        return embed["place"]
    request = context.get("request")
    number = getattr(request, "forms_shown", 0) + 1
    if request is not None:
        request.forms_shown = number
    return f"f{number}"


@register.simple_tag(takes_context=True)
def steps_of(context: dict[str, Any], embed: dict[str, Any], place: str) -> list[ShownStep]:
    """Return the steps to see of a form at this place of the page, with what the page's address fills in."""
    form, request = embed["form"], context.get("request")
    if request is not None and not form.is_bound:
        form.initial |= prefilled(form.content, request.GET)
    return [step for step in shown_steps(form, prefix=f"{place}-") if step.is_seen]


@register.simple_tag
def parts_of(bound: BoundField) -> ShownParts:
    """Return the parts of a field that has several, each with its control and what is wrong with it."""
    return shown_parts(bound)


@register.simple_tag
def most_upload_bytes() -> int:
    """Return how large a patient's file may be."""
    return uploads.most_bytes()


@register.simple_tag
def upload_refusals() -> dict[str, str]:
    """Return what to say of a file that is not taken, by the reason; {name} stands where its name goes."""
    return uploads.refusals("{name}")


@register.simple_tag
def previewed_step(bound_block: BoundBlock) -> ShownStep:
    """Return a step as the block picker previews it."""
    step = freeze_step("step", bound_block.value)
    for number, field in enumerate(step["fields"]):
        field["id"] = f"field-{number}"
    return shown_steps(AnswerForm({"title": "", "steps": [step]}), prefix="preview-")[0]


@register.simple_tag
def previewed_field(bound_block: BoundBlock) -> ShownField:
    """Return a field as the block picker previews it."""
    kind = next(kind for kind in FIELD_TYPES.values() if isinstance(bound_block.block, kind.block_class))
    field = kind.freeze("field", bound_block.value)
    step = {"id": "step", "title": "", "introduction": "", "fields": [field]}
    return shown_steps(AnswerForm({"title": "", "steps": [step]}), prefix="preview-")[0].fields[0]
