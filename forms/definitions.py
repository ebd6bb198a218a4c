"""From the form an editor works on to the frozen form a patient answers: plain JSON with stable ids."""

import hashlib
import json
import uuid
from collections.abc import Iterator
from typing import Any

from forms import rules
from forms.fields import FIELD_TYPES, Frozen, field_type
from forms.fields.pickers import of_form
from forms.rules.schema import requirements

Content = dict[str, Any]


def with_stable_ids(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return raw stream data in which every step, field and choice has an id.

    The admin's editor gives ids itself; data from code may come without, and would get new ones on every load.
    """
    return [
        _identified(step)
        | {"value": step["value"] | {"fields": [_identified_field(field) for field in step["value"].get("fields", [])]}}
        for step in steps
    ]


def _identified(item: dict[str, Any]) -> dict[str, Any]:
    return item | {"id": item.get("id") or str(uuid.uuid4())}


def _identified_field(field: dict[str, Any]) -> dict[str, Any]:
    value = field["value"]
    if isinstance(value, dict) and "choices" in value:
        value = value | {"choices": [_identified_choice(choice) for choice in value["choices"]]}
    return _identified(field) | {"value": value}


def _identified_choice(choice: Any) -> dict[str, Any]:
    if not (isinstance(choice, dict) and choice.get("type") == "item"):
        choice = {"type": "item", "value": choice if isinstance(choice, dict) else {"label": choice}}
    return _identified(choice)


def freeze(page: Any) -> Content:
    """Return the form of ``page`` as a definition keeps it: its title, and its steps with their fields."""
    steps = [freeze_step(step.id, step.value) for step in page.steps]
    for step in steps:
        step["fields"] = [of_form(field, page.form_id) for field in step["fields"]]
    return {"title": page.title, "steps": steps}


def freeze_step(step_id: str, value: Any) -> dict[str, Any]:
    """Return a step as a definition keeps it, from the value of its block."""
    introduction = value.get("introduction")
    return {
        "id": step_id,
        "title": value["title"],
        "introduction": introduction.source if introduction else "",
        "fields": [FIELD_TYPES[field.block_type].freeze(field.id, field.value) for field in value["fields"]],
        **rules.frozen_part(value.get("rule")),
    }


def content_hash(content: Content) -> str:
    """Return the SHA-256 of a definition's content, the same for the same content."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def fields_of(content: Content) -> Iterator[Frozen]:
    """Yield the fields of all steps, in order."""
    for step in content["steps"]:
        yield from step["fields"]


def questions_of(content: Content) -> Iterator[Frozen]:
    """Yield the fields that take an answer, in order."""
    for field in fields_of(content):
        if field["type"] != "static_text":
            yield field


def _ruled_ids(content: Content) -> set[str]:
    return {field["id"] for step in content["steps"] for field in step["fields"] if "rule" in step or "rule" in field}


def json_schema(content: Content, schema_id: str = "") -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a submission's answers, an object keyed by field id.

    What a rule may hide is required by ``if`` and ``then`` (see forms.rules.schema).
    """
    questions = list(questions_of(content))
    ruled = _ruled_ids(content)
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": content["title"],
        "type": "object",
        "properties": {
            field["id"]: _describe(field | {"required": False} if field["id"] in ruled else field)
            for field in questions
        },
        "required": [field["id"] for field in questions if field["id"] not in ruled and _is_required(field)],
        "additionalProperties": False,
    }
    if conditional := requirements(content, _describe, _is_required):
        schema["allOf"] = conditional
    return {"$id": schema_id, **schema} if schema_id else schema


def _describe(field: Frozen) -> dict[str, Any]:
    return field_type(field).describe(field)


def _is_required(field: Frozen) -> bool:
    return field_type(field).is_required(field)
