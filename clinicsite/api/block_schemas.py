"""StreamField blocks as typed objects, from their own definitions: a new block is typed without a second declaration.

Both halves walk the same definitions: ``annotation_of`` gives the type that the OpenAPI document shows, ``write`` the
value. The value is read from the raw data of the stream, not from Wagtail's block values: so what all streams of an
answer refer to is fetched together, instead of once for every chooser of every stream.
"""

import datetime
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union

from django.core.exceptions import ImproperlyConfigured
from pydantic import Field, create_model
from typing_extensions import TypeAliasType
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from clinicsite.api import registry
from clinicsite.api.references import References
from clinicsite.api.schemas import Document, Image, LocalTime, Out, PageLink
from clinicsite.blocks import bare_items

TEXT_BLOCKS = (
    blocks.CharBlock,
    blocks.TextBlock,
    blocks.URLBlock,
    blocks.EmailBlock,
    blocks.RegexBlock,
    blocks.BlockQuoteBlock,
    blocks.DecimalBlock,
)
NUMBER_BLOCKS = {
    blocks.IntegerBlock: int,
    blocks.FloatBlock: float,
    blocks.DateBlock: datetime.date,
    blocks.DateTimeBlock: datetime.datetime,
    blocks.TimeBlock: LocalTime,
}

# A stream of up to so many kinds of blocks is called by their names; a longer one is the vocabulary of page bodies.
MAX_SPELLED_OUT = 4

_components: dict[str, Any] = {}


class BlockWithoutSchema(ImproperlyConfigured):
    """A block that the API cannot type; its message says which, and what to do."""


def stream_annotation(block: blocks.StreamBlock) -> Any:
    """Return the type of a stream: a list of its blocks, told apart by ``type``."""
    items = [_item_model(name, child) for name, child in block.child_blocks.items()]
    if not items:
        raise BlockWithoutSchema(f"{block!r} has no blocks.")
    if len(items) == 1:
        return list[items[0]]  # type: ignore[valid-type]
    union = Annotated[Union[tuple(items)], Field(discriminator="type")]  # noqa: UP007 - made at run time
    name = f"{union_name(block)}Block"
    return list[component(name, tuple(item.__name__ for item in items), lambda: TypeAliasType(name, union))]


def write_stream(block: blocks.StreamBlock, value: StreamValue, refs: References) -> list[dict[str, Any]]:
    """Return the blocks of ``value`` that are still defined, as ``stream_annotation`` describes them."""
    return _write_items(block, value.raw_data if value else [], refs)


def annotation_of(block: blocks.Block) -> Any:
    """Return the type of ``block``'s value; raises BlockWithoutSchema for a block of an unknown kind."""
    if isinstance(block, ImageBlock | ImageChooserBlock):
        return Image | None
    if isinstance(block, blocks.PageChooserBlock):
        return PageLink | None
    if isinstance(block, DocumentChooserBlock):
        return Document | None
    if isinstance(block, SnippetChooserBlock):
        return registry.snippet_shape(block.target_model).schema | None
    if isinstance(block, TypedTableBlock):
        return _table_model(block)
    if isinstance(block, blocks.StructBlock):
        return _struct_model(block)
    if isinstance(block, blocks.StreamBlock):
        return stream_annotation(block)
    if isinstance(block, blocks.ListBlock):
        return list[annotation_of(block.child_block)]  # type: ignore[misc]
    return _plain_annotation(block)


def write(block: blocks.Block, raw: Any, refs: References) -> Any:
    """Return ``raw``, the stored value of ``block``, as ``annotation_of`` describes it."""
    if isinstance(block, ImageBlock):
        return _write_image(raw, refs)
    if isinstance(block, ImageChooserBlock):
        return refs.image(raw)
    if isinstance(block, blocks.PageChooserBlock):
        return refs.page(raw)
    if isinstance(block, DocumentChooserBlock):
        return refs.document(raw)
    if isinstance(block, SnippetChooserBlock):
        return refs.snippet(block.target_model, raw)
    if isinstance(block, TypedTableBlock):
        return _write_table(block, raw, refs)
    if isinstance(block, blocks.StructBlock):
        return {name: write(child, stored, refs) for name, child, stored in _struct_parts(block, raw)}
    if isinstance(block, blocks.StreamBlock):
        return _write_items(block, raw or [], refs)
    if isinstance(block, blocks.ListBlock):
        return [write(block.child_block, item, refs) for item in bare_items(raw or [])]
    return _write_plain(block, raw, refs)


def texts(block: blocks.Block, raw: Any) -> Iterator[str]:
    """Yield the texts in ``raw``, the stored value of ``block``: what people wrote, rich text as stored."""
    if isinstance(block, blocks.StructBlock) and not isinstance(block, ImageBlock):
        for _name, child, stored in _struct_parts(block, raw):
            yield from texts(child, stored)
    elif isinstance(block, blocks.StreamBlock):
        for item in raw or []:
            if item["type"] in block.child_blocks:
                yield from texts(block.child_blocks[item["type"]], item["value"])
    elif isinstance(block, blocks.ListBlock):
        for item in bare_items(raw or []):
            yield from texts(block.child_block, item)
    elif isinstance(block, (blocks.RichTextBlock, blocks.CharBlock, blocks.TextBlock, blocks.BlockQuoteBlock)) and raw:
        yield str(raw)


def _plain_annotation(block: blocks.Block) -> Any:
    if isinstance(block, (blocks.RichTextBlock, *TEXT_BLOCKS)):
        return str
    if isinstance(block, blocks.ChoiceBlock):
        choice: Any = Literal[tuple(choice_values(block))]
        return choice if _fallback_choice(block) else choice | None
    if isinstance(block, blocks.MultipleChoiceBlock):
        return list[Literal[tuple(choice_values(block))]]
    if isinstance(block, blocks.BooleanBlock):
        return bool
    for kind, annotation in NUMBER_BLOCKS.items():
        if isinstance(block, kind):
            return annotation | None
    raise BlockWithoutSchema(
        f"{type(block).__name__} (“{block.name}”) has no schema: teach clinicsite.api.block_schemas its kind."
    )


def _write_plain(block: blocks.Block, raw: Any, refs: References) -> Any:
    if isinstance(block, blocks.RichTextBlock):
        return refs.rich_text(raw)
    if isinstance(block, TEXT_BLOCKS):
        return "" if raw is None else str(raw)
    if isinstance(block, blocks.ChoiceBlock):
        return raw if raw in choice_values(block) else _fallback_choice(block)
    if isinstance(block, blocks.MultipleChoiceBlock):
        return [choice for choice in raw or [] if choice in choice_values(block)]
    if isinstance(block, blocks.BooleanBlock):
        return bool(raw)
    if isinstance(block, blocks.TimeBlock):
        return raw[: len("07:00")] if raw else None
    return raw


def choice_values(block: blocks.FieldBlock) -> list[str]:
    """Return the values that a choice block offers."""
    values: list[str] = []
    for value, label in block.field.choices:
        values += [part for part, _label in label] if isinstance(label, list | tuple) else [value]
    return [value for value in values if value not in ("", None)]


def _fallback_choice(block: blocks.ChoiceBlock) -> str | None:
    """Return what stands in for a stored choice that is no longer offered."""
    return block.get_default() or None


def _item_model(name: str, block: blocks.Block) -> type[Out]:
    is_struct = isinstance(block, blocks.StructBlock) and not isinstance(block, ImageBlock)
    title = f"{struct_name(block) if is_struct else camel(name)}Block"
    value = annotation_of(block)
    return component(
        title,
        (name, value),
        lambda: create_model(title, __base__=Out, type=(Literal[name], ...), id=(str, ...), value=(value, ...)),
    )


def _struct_model(block: blocks.StructBlock) -> type[Out]:
    name = f"{struct_name(block)}Value"
    parts = {child_name: annotation_of(child) for child_name, child in block.child_blocks.items()}
    return component(
        name,
        parts,
        lambda: create_model(name, __base__=Out, **{part: (annotation, ...) for part, annotation in parts.items()}),
    )


def _table_model(block: TypedTableBlock) -> type[Out]:
    name = "TypedTable"
    cells = Union[tuple(annotation_of(child) for child in block.child_blocks.values())]  # noqa: UP007 - made at run time
    kinds = tuple(block.child_blocks)

    def build() -> type[Out]:
        column = create_model("TypedTableColumn", __base__=Out, type=(Literal[kinds], ...), heading=(str, ...))
        return create_model(
            name, __base__=Out, caption=(str, ...), columns=(list[column], ...), rows=(list[list[cells]], ...)
        )

    return component(name, (kinds, cells), build)


def _write_table(block: TypedTableBlock, raw: Any, refs: References) -> dict[str, Any]:
    table = raw or {"columns": [], "rows": []}
    columns = [(index, column) for index, column in enumerate(table["columns"]) if column["type"] in block.child_blocks]
    return {
        "caption": table.get("caption") or "",
        "columns": [{"type": column["type"], "heading": column["heading"] or ""} for _index, column in columns],
        "rows": [
            [write(block.child_blocks[column["type"]], row["values"][index], refs) for index, column in columns]
            for row in table["rows"]
        ],
    }


def _write_image(raw: Any, refs: References) -> Any:
    if raw is None or isinstance(raw, int):
        return refs.image(raw)
    return refs.image(raw.get("image"), alt=raw.get("alt_text") or "", decorative=bool(raw.get("decorative")))


def _write_items(block: blocks.StreamBlock, raw: Any, refs: References) -> list[dict[str, Any]]:
    return [
        {
            "type": item["type"],
            "id": item.get("id") or "",
            "value": write(block.child_blocks[item["type"]], item["value"], refs),
        }
        for item in raw
        if item["type"] in block.child_blocks
    ]


def _struct_parts(block: blocks.StructBlock, raw: Any) -> Iterator[tuple[str, blocks.Block, Any]]:
    stored = raw or {}
    for name, child in block.child_blocks.items():
        yield name, child, stored[name] if name in stored else child.get_prep_value(child.get_default())


def struct_name(block: blocks.StructBlock) -> str:
    """Return the name of a struct block in the document, without an ending."""
    own_class = type(block)
    if own_class is blocks.StructBlock:
        return camel(block.name)
    return own_class.__name__.removesuffix("Block")


def union_name(block: blocks.StreamBlock) -> str:
    """Return the name of a stream block in the document, without an ending."""
    own_class = type(block)
    if own_class is not blocks.StreamBlock:
        return own_class.__name__.removesuffix("Block")
    if len(block.child_blocks) > MAX_SPELLED_OUT:
        return "Body"
    return "Or".join(camel(name) for name in block.child_blocks)


def camel(name: str) -> str:
    """Return ``some_name`` as SomeName."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def component(name: str, identity: Any, build: Any) -> Any:
    """Return the one component called ``name``; raises BlockWithoutSchema where two different blocks claim the name."""
    known = _components.setdefault(name, (identity, None))
    if known[0] != identity:
        raise BlockWithoutSchema(
            f"Two different blocks are both called {name} in the API. Rename one, or make it a class of its own."
        )
    if known[1] is None:
        _components[name] = (identity, build())
    return _components[name][1]
