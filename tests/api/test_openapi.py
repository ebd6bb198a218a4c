"""The OpenAPI document: valid, as committed, and kept by every answer, whatever is asked."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.apps import apps
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from wagtail import blocks

from clinicsite.api import registry
from clinicsite.api.block_schemas import BlockWithoutSchema, stream_annotation
from clinicsite.models import ClinicPage
from clinicsite.wsgi import application
from tests.api.conftest import ApiClient, openapi_document
from tests.api.test_pages import PAGE_TYPES

SNAPSHOTS = Path(__file__).parent / "snapshots"
UPDATE = os.environ.get("UPDATE_SNAPSHOTS") == "1"

# Fields of a page that no reader is to get, or gets in another form.
NOT_WRITTEN = {
    "FormPage": {
        *("form_id", "steps", "notification_recipients", "notification_rules", "notification_mode"),
        *("patient_email", "patient_email_text", "retention_days", "response_hours", "confirmations"),
        *("review_answers", "opens_at", "closes_at", "max_submissions", "closed_text", "proof_of_work"),
    },
}


def assert_matches_snapshot(name: str, content: Any) -> None:
    """Fail where ``content`` differs from the committed snapshot; with UPDATE_SNAPSHOTS=1, commit it anew."""
    path = SNAPSHOTS / f"{name}.json"
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    if UPDATE:
        path.write_text(text)
    hint = "The API's contract changed. Is it meant to? Then run UPDATE_SNAPSHOTS=1 pytest tests/api/test_openapi.py"
    assert json.loads(path.read_text()) == content, hint


def test_the_document_is_the_committed_one(db: None) -> None:
    assert_matches_snapshot("openapi", openapi_document())


def test_the_document_is_served_and_is_valid_openapi(api: ApiClient, db: None) -> None:
    document = json.loads(api.response("/api/openapi.json").content)
    assert document == openapi_document()
    assert document["openapi"].startswith("3.1")
    schemathesis.openapi.from_dict(document).validate()


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_a_whole_answer_is_the_committed_one(name: str, api: ApiClient, clinic_pages: dict[str, Any]) -> None:
    content = api.response(f"/api/v1/pages/{clinic_pages[name].pk}/").content.decode()
    assert_matches_snapshot(name, steady(json.loads(content)))


def steady(answer: dict[str, Any]) -> dict[str, Any]:
    """Return ``answer`` without what differs from run to run: ids the database gives, and names of stored files."""
    text = re.sub(r"/media/(\w+)/[^\"\\]+", r"/media/\1/file", json.dumps(answer))
    text = re.sub(r"/documents/(\d+)/[^\"\\]+", r"/documents/\1/file", text)
    # The fixture gives its own ids from a million on, which no sequence reaches.
    text = re.sub(r'"id": [1-9]\d{0,5}(?=[,}])', '"id": 0', text)
    return json.loads(text)


def test_every_field_of_every_page_type_is_written_or_left_out_on_purpose() -> None:
    for model in apps.get_models():
        if not issubclass(model, ClinicPage):
            continue
        written = set(registry.page_type_of(model).schema.model_fields)
        own = {field.name for field in model._meta.local_fields if not field.remote_field or not field.primary_key}
        missing = own - written - NOT_WRITTEN.get(model.__name__, set()) - {"page_ptr", "social_image"}
        assert not missing, f"{model.__name__}: {missing}"


def test_a_block_of_an_unknown_kind_is_refused_by_its_name() -> None:
    class ColourBlock(blocks.FieldBlock):
        pass

    with pytest.raises(BlockWithoutSchema, match="ColourBlock"):
        stream_annotation(blocks.StreamBlock([("colour", ColourBlock())]))


def test_two_different_blocks_of_one_name_are_refused() -> None:
    stream_annotation(blocks.StreamBlock([("motto", blocks.CharBlock())]))
    with pytest.raises(BlockWithoutSchema, match="MottoBlock"):
        stream_annotation(blocks.StreamBlock([("motto", blocks.BooleanBlock())]))


def _for_anybody() -> dict[str, Any]:
    """Return the document without what needs a token: to anybody else it answers 401, whatever is asked."""
    paths = {
        path: {method: operation for method, operation in methods.items() if "security" not in operation}
        for path, methods in openapi_document()["paths"].items()
    }
    return {**openapi_document(), "paths": {path: methods for path, methods in paths.items() if methods}}


served = schemathesis.openapi.from_dict(_for_anybody())
served.app = application


@pytest.mark.usefixtures("kept_connection")
@served.parametrize()
# The same requests each time: a failure is the fault of the change that is tested, and can be seen again.
@settings(max_examples=15, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_meets_an_error_of_ours_or_an_answer_the_document_does_not_know(
    case: schemathesis.Case, clinic_pages: dict[str, Any]
) -> None:
    # Its WSGI client, unlike every other, asks for compressed answers and does not open them.
    response = case.call(headers={"Accept-Encoding": "identity"})
    # Only the API makes cursors: no schema can say which it will take.
    excluded = [positive_data_acceptance] if "cursor" in (case.query or {}) and _refuses_paging(response) else []
    case.validate_response(response, excluded_checks=excluded)


def _refuses_paging(response: schemathesis.Response) -> bool:
    return response.status_code == 422 and {error["field"] for error in response.json()["errors"]} <= {
        "cursor",
        "offset",
    }
