"""Model fields shared by all page types."""

from typing import Any

from wagtail.fields import StreamField


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
