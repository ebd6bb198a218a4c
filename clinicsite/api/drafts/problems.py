"""What an editing form refuses, each at the very field or block."""

from collections.abc import Iterator

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm
from wagtail.blocks.struct_block import StructBlockValidationError

from clinicsite.api.drafts.form_data import Path, dotted
from clinicsite.api.errors import field_error


def form_errors(form: BaseForm, places: dict[str, list[int]]) -> Iterator[dict[str, str]]:
    """Yield what is wrong with ``form``; ``places`` says which row of what was sent each form of a formset is."""
    yield from _own_errors(form, ("fields",))
    for name, formset in form.formsets.items():
        for error in formset.non_form_errors().as_data():
            yield from _errors(error, ("fields", name))
        for place, row in zip(places.get(name, []), formset.forms, strict=False):
            # A row that is taken away may be as wrong as it likes.
            if place >= 0:
                yield from _own_errors(row, ("fields", name, place))


def _own_errors(form: BaseForm, path: Path) -> Iterator[dict[str, str]]:
    for name, errors in form.errors.as_data().items():
        for error in errors:
            yield from _errors(error, path if name == NON_FIELD_ERRORS else (*path, name))


def _errors(error: ValidationError, path: Path) -> Iterator[dict[str, str]]:
    within, table = getattr(error, "block_errors", None), getattr(error, "cell_errors", None)
    if within is None and table is None:
        for message in error.messages:
            yield field_error("body", dotted(path), message, getattr(error, "code", None) or "invalid")
        return
    for each in error.non_block_errors.as_data():
        yield from _errors(each, path)
    for key, each in (within or {}).items():
        # In a struct the key is a part of it, in a stream or a list the number of an item.
        yield from _errors(
            each, (*path, key) if isinstance(error, StructBlockValidationError) else (*path, key, "value")
        )
    for row, cells in (table or {}).items():
        for column, each in cells.items():
            yield from _errors(each, (*path, "rows", row, "values", column))
