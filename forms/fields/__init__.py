"""The field types: one class per type, the only place that knows that type. See ``base`` for what each answers."""

# Registers the types, in the order of the block picker.
from forms.fields import text, people, contact, dates, numbers, choices, fixed, pickers, upload, consent, other  # noqa: F401, I001
from forms.fields.base import FIELD_TYPES, Column, FieldType, Frozen, field_type

__all__ = ["FIELD_TYPES", "Column", "FieldType", "Frozen", "field_type"]
