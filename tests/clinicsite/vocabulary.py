"""The schema.org vocabulary, to hold structured data against."""

import json
from pathlib import Path
from typing import Any

VOCABULARY = json.loads((Path(__file__).parent / "data" / "schemaorg.json").read_text())
SCHEMA = "https://schema.org/"
LITERALS = {"Text", "URL", "Date", "DateTime", "Time", "Boolean", "Number", "Integer", "Float", "CssSelectorType"}


def ancestry(type_name: str) -> set[str]:
    """Return the type and all types above it; raises KeyError for one the vocabulary does not have."""
    found = {type_name}
    for parent in VOCABULARY["types"][type_name]:
        found |= ancestry(parent)
    return found


def problems(value: Any, place: str = "") -> list[str]:
    """Return what the vocabulary does not allow in ``value``: unknown types, misplaced properties, wrong objects."""
    found: list[str] = []
    if isinstance(value, list):
        for item in value:
            found += problems(item, place)
    if not isinstance(value, dict) or set(value) == {"@id"}:
        return found
    type_name = value["@type"]
    if type_name not in VOCABULARY["types"]:
        return [f"{place}{type_name}: no such type"]
    for name, held in value.items():
        if not name.startswith("@"):
            found += _property_problems(type_name, name, held, f"{place}{type_name}.{name}")
    return found


def _property_problems(type_name: str, name: str, held: Any, place: str) -> list[str]:
    definition = VOCABULARY["properties"].get(name)
    if definition is None:
        return [f"{place}: no such property"]
    if not ancestry(type_name) & set(definition["on"]):
        return [f"{place}: not on this type"]
    takes = set(definition["takes"])
    found = problems(held, f"{place} > ")
    for item in held if isinstance(held, list) else [held]:
        if isinstance(item, dict) and "@type" in item and not ancestry(item["@type"]) & takes:
            found.append(f"{place}: takes no {item['@type']}")
        if isinstance(item, str) and not takes & LITERALS and not _is_member_or_address(item, takes):
            found.append(f"{place}: takes no text")
    return found


def _is_member_or_address(text: str, takes: set[str]) -> bool:
    if text.startswith(SCHEMA):
        return bool(set(VOCABULARY["members"].get(text.removeprefix(SCHEMA), ())) & takes)
    return text.startswith(("http://", "https://"))
