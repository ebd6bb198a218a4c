"""The field types: one class per type, the only place that knows that type. See ``base`` for what each answers."""

from forms.fields import text, choices, other  # noqa: F401, I001 - registers the types, in the picker's order
from forms.fields.base import FIELD_TYPES, Column, FieldType, Frozen, field_type

__all__ = ["FIELD_TYPES", "Column", "FieldType", "Frozen", "field_type"]
