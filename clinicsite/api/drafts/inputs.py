"""What a draft is written in: each page type's fields as its editing form has them, blocks as Wagtail stores them.

Read and written alike, so that what was read can be sent back: pictures, pages and documents by their ids, rich text as
Wagtail keeps it (``<a linktype="page" id="3">``), and every block, list item and row with its id.
"""

import datetime
from functools import cache
from typing import Annotated, Any, Literal, Union

from django.db import models
from django.forms import BaseForm
from modelcluster.fields import ParentalManyToManyField
from pydantic import BaseModel, ConfigDict, Field, create_model
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from clinicsite.api.block_schemas import (
    NUMBER_BLOCKS,
    TEXT_BLOCKS,
    BlockWithoutSchema,
    camel,
    choice_values,
    component,
)
from clinicsite.api.page_types import PageType
from clinicsite.api.params import ObjectId
from clinicsite.api.schemas import LocalTime

CHOOSERS = (blocks.PageChooserBlock, DocumentChooserBlock, SnippetChooserBlock, ImageChooserBlock)
# Parts of the form that are of people at a screen, and when a page is published: that is not for programs to set.
LEFT_OUT = {"comment_notifications", "comments", "go_live_at", "expire_at"}
BlockId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
# No database holds a NUL.
Text = Annotated[str, Field(max_length=1_000_000, pattern=r"^[^\u0000]*$")]
NUMBERS: dict[type[models.Field], Any] = {
    models.BooleanField: bool,
    models.DecimalField: float | None,
    models.FloatField: float | None,
    models.IntegerField: int | None,
    models.DateTimeField: datetime.datetime | None,
    models.DateField: datetime.date | None,
    models.TimeField: LocalTime | None,
}

_own_blocks: dict[type[blocks.Block], Any] = {}


class In(BaseModel):
    """An object that is sent; one key too many is refused."""

    model_config = ConfigDict(extra="forbid")


class ChosenImage(In):
    """A picture from the library by its id, with words of its own for those who cannot see it."""

    image: ObjectId | None = None
    alt_text: Text | None = None
    decorative: bool | None = None


def register_block_input(block: type[blocks.Block], annotation: Any) -> None:
    """Say what the stored value of a block of an app's own kind looks like."""
    _own_blocks[block] = annotation


def input_of(block: blocks.Block) -> Any:
    """Return the type of the stored value of ``block``; raises BlockWithoutSchema for one of an unknown kind."""
    own = next((annotation for kind, annotation in _own_blocks.items() if isinstance(block, kind)), None)
    if own is not None:
        return own
    if isinstance(block, ImageBlock):
        return ChosenImage | None
    if isinstance(block, CHOOSERS):
        return ObjectId | None
    if isinstance(block, TypedTableBlock):
        return _table(block)
    if isinstance(block, blocks.StructBlock):
        return _struct(block)
    if isinstance(block, blocks.StreamBlock):
        return _stream(block)
    if isinstance(block, blocks.ListBlock):
        return _list(block)
    return _plain(block)


def _plain(block: blocks.Block) -> Any:
    if isinstance(block, (blocks.RichTextBlock, *TEXT_BLOCKS)):
        return Text | None
    if isinstance(block, blocks.field_block.BaseChoiceBlock) and callable(block.deconstruct()[2]["choices"]):
        # They depend on what is in the database: the block itself refuses others.
        return list[Text] | None if isinstance(block, blocks.MultipleChoiceBlock) else Text | None
    if isinstance(block, blocks.ChoiceBlock):
        # Nothing chosen is stored as no text, or as null.
        return Literal[("", *choice_values(block))] | None  # type: ignore[valid-type]
    if isinstance(block, blocks.MultipleChoiceBlock):
        return list[Literal[tuple(choice_values(block))]] | None
    if isinstance(block, blocks.BooleanBlock):
        return bool | None
    for kind, annotation in NUMBER_BLOCKS.items():
        if isinstance(block, kind):
            return annotation | None
    raise BlockWithoutSchema(
        f"{type(block).__name__} (“{block.name}”) cannot be written: enter its kind with register_block_input."
    )


def _named(block: blocks.Block) -> str:
    """Return the name of a block in the document: by its class, with its app where that is not the site's own."""
    kind = type(block)
    app = kind.__module__.partition(".")[0]
    is_named = app != "wagtail" and kind.__name__[0].isupper()
    name = kind.__name__.removesuffix("Block") if is_named else camel(block.name)
    return name if app in ("wagtail", "clinicsite") else f"{app.title()}{name}"


def _struct(block: blocks.StructBlock) -> type[In]:
    parts = {name: input_of(child) for name, child in block.child_blocks.items()}
    name = f"{_named(block)}DraftValue"
    return component(name, parts, lambda: create_model(name, __base__=In, **_optional(parts)))


def _stream(block: blocks.StreamBlock) -> Any:
    items = [_item(name, child) for name, child in block.child_blocks.items()]
    if len(items) == 1:
        return list[items[0]]  # type: ignore[valid-type]
    return list[Annotated[Union[tuple(items)], Field(discriminator="type")]]  # noqa: UP007 - made at run time


def _item(name: str, block: blocks.Block) -> type[In]:
    value = input_of(block)
    is_struct = isinstance(block, blocks.StructBlock) and not isinstance(block, ImageBlock)
    title = f"{_named(block) if is_struct else camel(name)}DraftBlock"
    kind: Any = Literal[name]
    return component(
        title,
        (name, value),
        lambda: create_model(title, __base__=In, type=(kind, ...), id=(BlockId | None, None), value=(value, ...)),
    )


def _list(block: blocks.ListBlock) -> Any:
    value = input_of(block.child_block)
    kind: Any = Literal["item"]
    parent = _named(block.child_block) if isinstance(block.child_block, blocks.StructBlock) else camel(block.name)
    title = f"{parent}DraftItem"
    item = component(
        title,
        value,
        lambda: create_model(title, __base__=In, type=(kind, "item"), id=(BlockId | None, None), value=(value, ...)),
    )
    return list[item]  # type: ignore[valid-type]


def _table(block: TypedTableBlock) -> type[In]:
    cells = Union[tuple(input_of(child) for child in block.child_blocks.values())]  # noqa: UP007 - made at run time
    kinds: Any = Literal[tuple(block.child_blocks)]

    def build() -> type[In]:
        column = create_model("DraftTableColumn", __base__=In, type=(kinds, ...), heading=(Text | None, None))
        row = create_model("DraftTableRow", __base__=In, values=(list[cells], ...))  # type: ignore[valid-type]
        return create_model(
            "DraftTable", __base__=In, caption=(Text | None, None), columns=(list[column], ...), rows=(list[row], ...)
        )

    return component("DraftTable", (kinds, cells), build)


def _optional(parts: dict[str, Any]) -> dict[str, Any]:
    return {name: (annotation, None) for name, annotation in parts.items()}


@cache
def form_class_of(model: type[Page]) -> type[BaseForm]:
    """Return the form in which editors write pages of ``model``."""
    return model.get_edit_handler().get_form_class()


@cache
def fields_model(page_type: PageType) -> type[In]:
    """Return the type of the fields of a page of ``page_type``: all that its form has. None of them has to be sent."""
    form = form_class_of(page_type.model)
    parts = _fields(page_type.model, form)
    for name, formset in form.formsets.items():
        if name not in LEFT_OUT:
            parts[name] = list[_row(page_type, name, formset)]  # type: ignore[misc]
    return create_model(
        f"{page_type.name}Fields",
        __base__=In,
        __doc__=f"The fields of a {page_type.name} as editors fill them in.",
        **_optional(parts),
    )


def _row(page_type: PageType, name: str, formset: Any) -> type[In]:
    parts = {"id": ObjectId | None, **_fields(formset.model, formset.form)}
    return create_model(f"{page_type.name}{camel(name)}Row", __base__=In, **_optional(parts))


def _fields(model: type[models.Model], form: type[BaseForm]) -> dict[str, Any]:
    names = [name for name in form.base_fields if name not in LEFT_OUT]
    return {name: _field(model._meta.get_field(name)) for name in names}


def _field(field: models.Field) -> Any:
    if isinstance(field, StreamField):
        return _stream(field.stream_block)
    if isinstance(field, ParentalManyToManyField):
        return list[ObjectId]
    if isinstance(field, models.ForeignKey):
        return ObjectId | None
    if field.choices and not isinstance(field, models.IntegerField):
        return Literal[("", *(value for value, _label in field.flatchoices if value != ""))]
    if isinstance(field, models.CharField | models.TextField):
        return Text
    found = next((annotation for kind, annotation in NUMBERS.items() if isinstance(field, kind)), None)
    if found is None:
        raise TypeError(f"{field} cannot be written: {type(field).__name__} has no type in {__name__}.")
    return found
