"""A client that holds every answer of the API against the OpenAPI document, and a clinic with one page of each type."""

import json
import re
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from django.http import HttpResponse
from django.test import Client

from clinicsite.api.main import api as clinic_api
from tests.conftest import Clinic


@cache
def openapi_document() -> dict[str, Any]:
    """Return the API's OpenAPI document as readers get it."""
    return json.loads(json.dumps(clinic_api.get_openapi_schema()))


def _closed(schema: Any) -> Any:
    """Return ``schema`` that refuses any field it does not declare: readers may ignore one, our tests may not."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    if "properties" in closed:
        closed.setdefault("additionalProperties", False)
    return closed


@cache
def _closed_components() -> dict[str, Any]:
    return {"schemas": _closed(openapi_document()["components"]["schemas"])}


class ApiClient:
    """Asks the API as an anonymous reader does, and checks each answer against the document."""

    def __init__(self, client: Client) -> None:
        self.client = client
        document = openapi_document()
        self._paths = [
            (re.compile(re.sub(r"{\w+}", "[^/]+", path)), methods) for path, methods in document["paths"].items()
        ]
        self._components = _closed_components()

    def response(self, path: str, query: dict[str, Any] | None = None, **headers: Any) -> HttpResponse:
        """Return the response to GET, unchecked."""
        return self.client.get(path, query or {}, headers=headers or None)

    def get(self, path: str, query: dict[str, Any] | None = None, status: int = 200) -> Any:
        """Return the decoded answer to GET, which has ``status`` and fits its schema."""
        response = self.response(path, query)
        assert response.status_code == status, response.content.decode()
        return self.checked(path, "get", response)

    def post(self, path: str, data: Any, status: int = 201, **headers: Any) -> Any:
        """Return the decoded answer to POST, which has ``status`` and fits its schema."""
        response = self.client.post(path, data, content_type="application/json", headers=headers or None)
        assert response.status_code == status, response.content.decode()
        return self.checked(path, "post", response)

    def checked(self, path: str, method: str, response: HttpResponse) -> Any:
        """Return the decoded body of ``response`` once it fits the schema that the document gives for it."""
        responses = next(methods[method]["responses"] for pattern, methods in self._paths if pattern.fullmatch(path))
        content = responses[str(response.status_code)]["content"]
        schema = {**content[response["Content-Type"]]["schema"], "components": self._components}
        body = json.loads(response.content)
        jsonschema_rs.Draft202012Validator(schema).validate(body)
        return body


@pytest.fixture
def api(client: Client) -> ApiClient:
    """Return a client of the API for an anonymous reader."""
    return ApiClient(client)


@pytest.fixture
def clinic_pages(clinic: Clinic) -> dict[str, Any]:
    """Return a page of each type by its name, with every field filled in, as an editor would leave them."""
    from tests.api.clinic import build_pages

    return build_pages(clinic)
