"""Where in a form something is, in the words of its editor: “Step 1 “About you”, question 2 “Your name””."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong, and where; of a whole file without a place. ``block`` is the id of the nearest block with one."""

    place: str
    message: str
    block: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


ITEMS = {
    "steps": gettext_lazy("Step %(number)s"),
    "fields": gettext_lazy("question %(number)s"),
    "choices": gettext_lazy("choice %(number)s"),
    "confirmations": gettext_lazy("Text after sending %(number)s"),
}


def place_of(parent: str, name: str, index: int, words: Any) -> str:
    """Return the place of an item of the list ``name`` in ``parent``, with its own ``words`` where it has some."""
    item = str(ITEMS.get(name, gettext_lazy("part %(number)s"))) % {"number": index + 1}
    if isinstance(words, str) and words.strip():
        item = _("%(item)s “%(words)s”") % {"item": item, "words": words.strip()[:60]}
    return _("%(outer)s, %(inner)s") % {"outer": parent, "inner": item} if parent else item


def part_of(parent: str, block: blocks.Block) -> str:
    """Return the place of a part of an item, by the label of its block."""
    return _("%(outer)s, “%(part)s”") % {"outer": parent, "part": block.label}


def flattened(error: ValidationError, block: blocks.Block, value: Any, name: str) -> list[Problem]:
    """Return the errors of a block and of all in it, each with its place. ``name`` is what the block is called."""
    return list(_walk(error, block, value, name, Problem("", "")))


def _walk(error: ValidationError, block: blocks.Block, value: Any, name: str, at: Problem) -> Iterator[Problem]:
    nested = getattr(error, "block_errors", None) or {}
    own = error if not hasattr(error, "block_errors") else getattr(error, "non_block_errors", [])
    messages = own.messages if isinstance(own, ValidationError) else [str(message) for message in own]
    yield from (Problem(at.place, message, at.block) for message in messages)
    for key, inner in _pairs(nested):
        if isinstance(block, blocks.BaseStructBlock):
            child, inner_value = block.child_blocks[key], value.get(key)
            is_list = isinstance(child, blocks.BaseStreamBlock | blocks.ListBlock)
            place = at.place if is_list else part_of(at.place, child)
            yield from _walk(inner, child, inner_value, key, Problem(place, "", at.block))
        else:
            item = value.bound_blocks[key] if isinstance(block, blocks.ListBlock) else value[key]
            place = place_of(at.place, name, key, words_of(item.value))
            # The choices of a question have no place of their own to go to.
            block_id = at.block if isinstance(block, blocks.ListBlock) else item.id
            yield from _walk(inner, item.block, item.value, "", Problem(place, "", block_id))


def _pairs(nested: Any) -> list[tuple[Any, ValidationError]]:
    pairs = nested.items() if isinstance(nested, dict) else enumerate(nested)
    return [(key, inner) for key, inner in pairs if inner]


def words_of(value: Any) -> str:
    """Return the words by which an editor knows a step, a question or a choice; empty where it has none."""
    return str(value.get("label") or value.get("title") or "") if hasattr(value, "get") else ""
