"""An export as FHIR R4B, one resource per line: a Questionnaire per version of a form, then a response per submission.

https://hl7.org/fhir/R4B/questionnaire.html and questionnaireresponse.html. A form is known by its id as a URN, a
version by its number; linkIds are the ids of steps and fields, so that they stay what they are when words change.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from html import escape, unescape
from itertools import islice
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.html import strip_tags

from forms.exports import reading
from forms.exports.columns import as_text
from forms.exports.csvfile import moment_text
from forms.exports.fhir_rules import enabled_when
from forms.exports.rows import Reader
from forms.fields import FieldType, Frozen
from forms.fields.base import FIELD_TYPES
from forms.models import FormDefinition

Resource = dict[str, Any]

LINES_AT_ONCE = 200
FIELDS = ("definition_id", "key_id", "answers_encrypted", "erased_at", "reference", "created_at", "locale")
# Why a response has no answers: https://hl7.org/fhir/R4B/extension-data-absent-reason.html
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def ndjson(reader: Reader) -> Iterator[bytes]:
    """Yield the resources as lines of JSON, the questionnaires first."""
    definitions = reader.catalogue.definitions
    newest = {definition.form_id: definition.version for definition in definitions}
    yield _lines(questionnaire(each, is_newest=newest[each.form_id] == each.version) for each in definitions)
    by_key = {definition.pk: definition for definition in definitions}
    for records in reading.chunks(reader.submissions, FIELDS):
        found = iter(records)
        while portion := list(islice(found, LINES_AT_ONCE)):
            yield _lines(_response(reader, by_key, *record) for record in portion)
            reader.done += len(portion)


def _lines(resources: Iterator[Resource]) -> bytes:
    text = "".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) + "\n" for each in resources)
    return text.encode(errors="replace")


def canonical(definition: FormDefinition) -> str:
    """Return the name that a form has everywhere and for good."""
    return f"urn:uuid:{definition.form_id}"


def questionnaire(definition: FormDefinition, *, is_newest: bool = True) -> Resource:
    """Return a version of a form as a Questionnaire."""
    zone = timezone.get_current_timezone()
    return {
        "resourceType": "Questionnaire",
        "id": f"{definition.form_id}-{definition.version}",
        "url": canonical(definition),
        "version": str(definition.version),
        "title": definition.title,
        "status": "active" if is_newest else "retired",
        "subjectType": ["Patient"],
        "date": moment_text(definition.created_at, zone),
        "item": [_step(step, definition) for step in definition.steps],
    }


def _step(step: dict[str, Any], definition: FormDefinition) -> Resource:
    questions = {field["id"]: field for each in definition.steps for field in each["fields"]}
    items = [_item(field, questions) for field in step["fields"]]
    if introduction := plain_text(step.get("introduction", "")):
        items.insert(0, {"linkId": f"{step['id']}.introduction", "text": introduction, "type": "display"})
    return {
        "linkId": step["id"],
        "text": step["title"],
        # A group must have items: https://hl7.org/fhir/R4B/questionnaire.html#constraints, que-1.
        **({"type": "group", "item": items} if items else {"type": "display"}),
        **enabled_when(step.get("rule"), questions),
    }


def _item(field: Frozen, questions: dict[str, Frozen]) -> Resource:
    kind = FIELD_TYPES.get(field["type"])
    own = kind.fhir_item(field) if kind else {"type": "string"}
    text = plain_text(field.get("text", "")) if own["type"] == "display" else field["label"]
    rule = enabled_when(field.get("rule"), questions)
    extensions = [*own.pop("extension", []), *rule.pop("extension", [])]
    hint = _hint(field) if own["type"] != "display" else []
    item = {"linkId": field["id"], "text": text or "–", **own, **rule}
    if extensions:
        item["extension"] = extensions
    if field.get("required") and own["type"] != "display":
        item["required"] = True
    if hint:
        item["item"] = [*hint, *own.get("item", [])]
    return item


def _hint(field: Frozen) -> list[Resource]:
    """Return the hint as an item of its own, marked as help: https://hl7.org/fhir/R4B/codesystem-questionnaire-item-control.html"""
    if not field.get("help_text"):
        return []
    control = {"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "help"}
    extension = {
        "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
        "valueCodeableConcept": {"coding": [control]},
    }
    text = field["help_text"]
    return [{"linkId": f"{field['id']}.hint", "text": text, "type": "display", "extension": [extension]}]


def plain_text(source: str) -> str:
    """Return rich text without its tags."""
    return " ".join(unescape(strip_tags(source.replace("<", " <"))).split())


def _response(
    reader: Reader,
    definitions: dict[int, FormDefinition],
    _pk: int,
    uuid: bytes,
    definition_id: int,
    key_id: str,
    encrypted: bytes,
    erased_at: datetime | None,
    reference: str,
    created_at: datetime,
    locale: str,
) -> Resource:
    answers, note = reader.answers(uuid, key_id, encrypted, erased_at)
    definition = definitions[definition_id]
    resource = {
        "resourceType": "QuestionnaireResponse",
        "id": str(UUID(bytes=uuid)),
        "identifier": {"system": canonical(definition), "value": reference},
        "questionnaire": f"{canonical(definition)}|{definition.version}",
        "status": "completed",
        "authored": moment_text(created_at, timezone.get_current_timezone()),
    }
    if locale:
        resource["language"] = locale
    if note:
        div = f'<div xmlns="http://www.w3.org/1999/xhtml">{escape(note)}</div>'
        resource["text"] = {"status": "generated", "div": div}
        resource["extension"] = [{"url": ABSENT, "valueCode": "masked" if erased_at else "error"}]
    if items := _answered(definition, answers):
        resource["item"] = items
    return resource


def _answered(definition: FormDefinition, answers: dict[str, Any]) -> list[Resource]:
    found = []
    for step in definition.steps:
        items = [_answer(field, answers[field["id"]]) for field in step["fields"] if field["id"] in answers]
        if items:
            found.append({"linkId": step["id"], "text": step["title"], "item": items})
    return found


def _answer(field: Frozen, answer: Any) -> Resource:
    kind = FIELD_TYPES.get(field["type"])
    return {"linkId": field["id"], "text": field["label"], "answer": _values(kind, field, answer)}


def _values(kind: FieldType | None, field: Frozen, answer: Any) -> list[Resource]:
    try:
        if kind:
            return kind.fhir_answers(field, answer)
    except (TypeError, ValueError, KeyError, AttributeError, IndexError):
        pass  # An answer in a shape that its type no longer writes keeps its own words.
    return [{"valueString": as_text(answer)}]
