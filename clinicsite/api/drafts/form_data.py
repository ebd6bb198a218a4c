"""A draft's fields as its editing form has them on the page, and back: what a browser would send.

Wagtail's preview of an API (``wagtail.api.v3.form_data``) does the same, but drops the ids of list items, on which the
choices of a form hang, and knows neither tables nor boxes to tick.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.forms import BaseForm, Field
from django.utils.datastructures import MultiValueDict
from wagtail import blocks
from wagtail.admin.rich_text.converters.db_html import DbHTMLConverter
from wagtail.blocks.base import BlockField
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

from clinicsite.api.drafts.inputs import CHOOSERS, LEFT_OUT
from clinicsite.api.errors import field_error

Path = tuple[str | int, ...]
# As the editor sends it.
EMPTY_RICH_TEXT = "null"


def fields_of(page: models.Model, form: BaseForm) -> dict[str, Any]:
    """Return what ``form`` shows of ``page``: only what its user may change."""
    shown = {name: _stored(page, name) for name in form.fields if name not in LEFT_OUT}
    for name, formset in form.formsets.items():
        if name not in LEFT_OUT:
            shown[name] = [_stored_row(row, formset) for row in getattr(page, name).all()]
    return shown


def _stored_row(row: models.Model, formset: Any) -> dict[str, Any]:
    return {part: _stored(row, part) for part in ("id", *type(formset).form.base_fields)}


def _stored(instance: models.Model, name: str) -> Any:
    model_field = instance._meta.get_field(name)
    if isinstance(model_field, models.ManyToManyField):
        return [each.pk for each in getattr(instance, name).all()]
    value = getattr(instance, model_field.attname)
    if stream_block := getattr(model_field, "stream_block", None):
        # Blocks that nobody has looked at are left as they were stored once, without what was added to them since.
        list(value)
        return stream_block.get_prep_value(value)
    if isinstance(model_field, models.TimeField):
        return value.isoformat("minutes") if value else None
    return "" if value is None and model_field.empty_strings_allowed and not model_field.null else value


@dataclass
class FormData:
    """What to bind a form with.

    ``errors`` are those that the form itself would pass over, ``warnings`` say what was taken out of rich text, and
    ``places`` which row of what was sent each form of a formset is.
    """

    data: MultiValueDict = field(default_factory=MultiValueDict)
    errors: list[dict[str, str]] = field(default_factory=list)
    warnings: list[dict[str, str]] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, form: BaseForm, fields: dict[str, Any], page: models.Model) -> "FormData":
        """Return the data that fills ``form`` with ``fields``; rows are matched with those of ``page`` by their ids."""
        made = cls()
        for name, form_field in form.fields.items():
            if name in fields:
                made._put_field(form_field, name, fields[name], ("fields", name))
        for name, formset in form.formsets.items():
            if name in fields:
                made._put_rows(formset, name, fields[name], page)
        return made

    def _refuse(self, path: Path, message: str, code: str) -> None:
        self.errors.append(field_error("body", dotted(path), message, code))

    def _put_rows(self, formset: Any, name: str, rows: list[dict[str, Any]], page: models.Model) -> None:
        """Fill in the rows: one with an id changes the one of that id, others are new, what is not sent is removed."""
        now = {row.pk: _stored_row(row, formset) for row in getattr(page, name).all() if row.pk is not None}
        stored = list(now)
        places: dict[int, int] = {}
        new: list[int] = []
        for place, row in enumerate(rows):
            if row.get("id") is None:
                new.append(place)
            elif row["id"] in stored and row["id"] not in places:
                places[row["id"]] = place
            else:
                self._refuse(("fields", name, place, "id"), "There is no such row, or it is named twice.", "unknown")
        self.places[name] = [places.get(pk, -1) for pk in stored] + new
        self.data[f"{name}-INITIAL_FORMS"] = str(len(stored))
        self.data[f"{name}-TOTAL_FORMS"] = str(len(self.places[name]))
        for index, place in enumerate(self.places[name]):
            prefix = f"{name}-{index}"
            self.data[f"{prefix}-id"] = stored[index] if index < len(stored) else ""
            if place < 0:
                self.data[f"{prefix}-DELETE"] = "on"
                continue
            if formset.can_order:
                self.data[f"{prefix}-ORDER"] = str(place + 1)
            row = now.get(rows[place].get("id"), {}) | rows[place]
            for part, form_field in type(formset).form.base_fields.items():
                if part in row:
                    self._put_field(form_field, f"{prefix}-{part}", row[part], ("fields", name, place, part))

    def _put_field(self, form_field: Field, key: str, value: Any, path: Path) -> None:
        if isinstance(form_field, BlockField):
            self._put_block(form_field.block, value, key, path)
        elif getattr(form_field.widget, "allow_multiple_selected", False):
            self.data.setlist(key, value or [])
        elif hasattr(form_field.widget, "converter"):
            self._put_rich_text(form_field.widget, value, key, path)
        else:
            self.data[key] = value

    def _put_rich_text(self, widget: Any, value: str | None, key: str, path: Path) -> None:
        """Fill in rich text, without what its editor could not have written."""
        html = value or ""
        cleaned, removals = DbHTMLConverter(widget.features).clean(html)
        for removal in removals:
            words = f"<{removal.tag}> is not offered here: it was left out."
            self.warnings.append(field_error("body", dotted(path), words, removal.reason))
        # What is clean keeps the keys of its paragraphs, by which comments know their place; the cleaned has none. The
        # editor's own conversion, which follows, drops every attribute that it does not know.
        self.data[key] = widget.format_value(cleaned if removals else html) if html else EMPTY_RICH_TEXT

    def _put_block(self, block: blocks.Block, value: Any, key: str, path: Path) -> None:
        if isinstance(block, blocks.StreamBlock | blocks.ListBlock):
            self._put_items(block, value or [], key, path)
        elif isinstance(block, TypedTableBlock):
            self._put_table(block, value, key, path)
        elif isinstance(block, blocks.StructBlock):
            self._put_struct(block, value or {}, key, path)
        elif isinstance(block, blocks.RichTextBlock):
            self._put_rich_text(block.field.widget, value, key, path)
        else:
            self._put_plain(block, value, key, path)

    def _put_items(self, block: Any, items: list[dict[str, Any]], key: str, path: Path) -> None:
        self.data[f"{key}-count"] = str(len(items))
        for index, item in enumerate(items):
            prefix = f"{key}-{index}"
            self.data.update(
                {f"{prefix}-deleted": "", f"{prefix}-order": str(index), f"{prefix}-type": item.get("type")}
            )
            if item.get("id"):
                self.data[f"{prefix}-id"] = item["id"]
            child = block.child_block if isinstance(block, blocks.ListBlock) else block.child_blocks[item["type"]]
            self._put_block(child, item["value"], f"{prefix}-value", (*path, index, "value"))

    def _put_struct(self, block: blocks.StructBlock, value: dict[str, Any], key: str, path: Path) -> None:
        for name, child in block.child_blocks.items():
            # An image block's own default is a picture, and its parts have none.
            default = None if isinstance(block, ImageBlock) else child.get_prep_value(child.get_default())
            self._put_block(child, value.get(name, default), f"{key}-{name}", (*path, name))

    def _put_table(self, block: TypedTableBlock, value: dict[str, Any] | None, key: str, path: Path) -> None:
        table = value or {"columns": [], "rows": []}
        columns, rows = table["columns"], table["rows"]
        self.data.update({f"{key}-caption": table.get("caption") or "", f"{key}-column-count": str(len(columns))})
        self.data[f"{key}-row-count"] = str(len(rows))
        for index, column in enumerate(columns):
            prefix = f"{key}-column-{index}"
            self.data.update({f"{prefix}-type": column["type"], f"{prefix}-heading": column.get("heading") or ""})
            self.data.update({f"{prefix}-order": str(index), f"{prefix}-deleted": ""})
        for index, row in enumerate(rows):
            prefix = f"{key}-row-{index}"
            self.data.update({f"{prefix}-order": str(index), f"{prefix}-deleted": ""})
            if len(row["values"]) != len(columns):
                self._refuse((*path, "rows", index, "values"), "A row has one value for each column.", "invalid")
                continue
            for number, (column, cell) in enumerate(zip(columns, row["values"], strict=True)):
                place = (*path, "rows", index, "values", number)
                self._put_block(block.child_blocks[column["type"]], cell, f"{key}-cell-{index}-{number}", place)

    def _put_plain(self, block: Any, value: Any, key: str, path: Path) -> None:
        native = block.to_python(value) if value is not None else None
        if isinstance(block, CHOOSERS) and value is not None and native is None:
            # Wagtail leaves the place empty without a word.
            self._refuse(path, "There is nothing with this id.", "unknown")
        elif getattr(block.field.widget, "allow_multiple_selected", False):
            self.data.setlist(key, native or [])
        else:
            self.data[key] = block.value_for_form(native) if native is not None else ""


def dotted(path: Path) -> str:
    """Return a path as problems name it."""
    return ".".join(str(part) for part in path)
