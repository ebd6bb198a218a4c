"""Model fields shared by all page types."""

import threading
from typing import Any

from wagtail.blocks import Block, BlockField
from wagtail.fields import StreamField

# Saving a draft makes the fields of a block optional for as long as it is checked, for every thread: Wagtail keeps that
# in the block itself. What is published meanwhile would pass incomplete, and of two drafts at once the second could be
# refused.
_CHECKING = threading.RLock()


def clean_block(block: Block, value: Any, *, is_draft: bool = False) -> Any:
    """Return the checked value of a field's outermost block, one at a time. Raises ValidationError.

    Args:
        block: The block that a StreamField holds.
        value: A value of that block's own kind.
        is_draft: Whether what is required may be missing.
    """
    with _CHECKING:
        return block.clean_deferred(value) if is_draft else block.clean(value)


class ContentBlockField(BlockField):
    """A form's field for blocks that checks one value at a time."""

    def clean(self, value: Any) -> Any:
        """Return the checked value. Raises ValidationError."""
        return clean_block(self.block, value, is_draft=getattr(self, "is_deferred_validation", False))


class ContentStreamField(StreamField):
    """A StreamField whose block definitions stay out of migrations.

    A change of a help text or of a block then needs no migration; the price is that a data migration must bring its own
    block definitions (docs/decisions/0002-blocks-out-of-migrations.md).
    """

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        kwargs.pop("block_lookup", None)
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return the field as a migration writes it: with no blocks and nothing that depends on them."""
        name, path, _args, kwargs = super(StreamField, self).deconstruct()
        return name, path, [()], kwargs

    def formfield(self, **kwargs: Any) -> Any:
        """Return the field of an editor's form."""
        return super().formfield(**{"form_class": ContentBlockField} | kwargs)
