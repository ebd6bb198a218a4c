"""From a form's page to its file."""

from typing import TYPE_CHECKING, Any

from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue

from forms.building.files.parts import (
    FORMAT,
    OF_THIS_SITE,
    PLAIN,
    RICH_TEXTS,
    is_default,
    travelling,
    without_block_keys,
)
from forms.rules import Rule, is_group
from forms.rules.block import RuleBlock

if TYPE_CHECKING:
    from forms.models import FormPage


def write(page: "FormPage") -> dict[str, Any]:
    """Return the file of a form as JSON data. Parts that are as they are by default are left out."""
    data: dict[str, Any] = {"format": FORMAT, "title": page.title}
    for name in (*RICH_TEXTS, *PLAIN):
        value, default = getattr(page, name), page._meta.get_field(name).get_default()
        if not is_default(value, default):
            data[name] = _rich_text(value) if name in RICH_TEXTS else value
    data["steps"] = [{"id": step.id, **_struct(step)} for step in page.steps]
    if page.confirmations:
        data["confirmations"] = [_struct(confirmation) for confirmation in page.confirmations]
    return data


def _struct(bound: blocks.BoundBlock) -> dict[str, Any]:
    written = {}
    for name, child in bound.block.child_blocks.items():
        if name in OF_THIS_SITE:
            continue
        value = bound.value.get(name)
        stored = child.get_prep_value(value)
        if not is_default(stored, child.get_prep_value(child.get_default())):
            written[name] = _part(child, value)
    return written


def _part(block: blocks.Block, value: Any) -> Any:
    if isinstance(value, StreamValue):
        return [{"id": item.id, "type": item.block_type, **_struct(item)} for item in value]
    if isinstance(block, blocks.ListBlock):
        return [{"id": item.id, **_struct(item)} for item in value.bound_blocks]
    if isinstance(block, blocks.RichTextBlock):
        return _rich_text(value.source)
    if isinstance(block, RuleBlock):
        return _rule(value)
    stored = block.get_prep_value(value)
    return stored.isoformat() if hasattr(stored, "isoformat") else stored


def _rich_text(html: str) -> str:
    return without_block_keys(travelling(html))


def _rule(rule: Rule) -> Rule:
    """Return a rule without the words of its questions, which it remembers for messages only."""
    parts = [
        _rule(part) if is_group(part) else {name: part.get(name) for name in ("question", "operator", "value")}
        for part in rule["conditions"]
    ]
    return {"match": rule["match"], "conditions": parts}
