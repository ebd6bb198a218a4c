"""The API object: every app's router under ``/api/v1/``, its OpenAPI document and its docs."""

import json
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import AuthenticationError
from ninja.openapi.docs import DocsBase
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

import conditions.api
import forms.api
import forms.submissions_api
import staff.api
from clinicsite.api import pages, preview, redirects, site, sitemap, token
from clinicsite.api.auth import NotAllowedError, refuse_not_allowed, refuse_without_token
from clinicsite.api.drafts.routes import build_router as build_drafts_router
from clinicsite.api.errors import PROBLEM_JSON, register_exception_handlers
from clinicsite.api.http import with_head
from clinicsite.api.params import refuse_unknown_parameters
from clinicsite.api.selection import PARTIAL, PARTIAL_JSON

VERSION_PREFIX = "/v1"
REFERENCE = re.compile(r"#/components/schemas/(\w+)")


class LocalDocs(DocsBase):
    """Swagger UI from our own static files: nothing is asked of another host."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Return the docs page."""
        settings = {
            "url": self.get_openapi_url(api, kwargs),
            "layout": "BaseLayout",
            "deepLinking": True,
            # Swagger UI otherwise sends the document's address to a validator on the internet.
            "validatorUrl": None,
        }
        return render(request, "api/docs.html", {"api": api, "settings": settings})


def redirect_to_docs(request: HttpRequest) -> HttpResponse:
    """Lead a reader who knows only the API's address to its docs."""
    return redirect("api:openapi-view")


class ClinicAPI(NinjaAPI):
    """A NinjaAPI whose answers speak HTTP in full (HEAD, problems) and whose document says so."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the operation's name: the view function's, which is stable wherever its module moves."""
        return operation.view_func.__name__

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """Return the OpenAPI 3.1 document."""
        document = super().get_openapi_schema(**kwargs)
        for methods in document["paths"].values():
            for operation in methods.values():
                _complete(operation)
        document["components"]["schemas"] = _in_use(document)
        return document

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        urls = super()._get_urls()
        for url in urls:
            url.callback = with_head(url.callback)
        # The address of the API itself, at which ninja only says that nothing is there.
        urls[-1].callback = redirect_to_docs
        return urls


def _complete(operation: dict[str, Any]) -> None:
    """Put right what ninja cannot know of an operation: what a parameter takes, how problems and answers are sent."""
    for parameter in operation["parameters"]:
        parameter["schema"] = _without_null(parameter["schema"])
        if parameter["schema"].get("type") == "array":
            # With commas between: ?fields=title,card
            parameter |= {"style": "form", "explode": False}
    if body := operation.get("requestBody", {}).get("content", {}).get("multipart/form-data"):
        body["schema"]["additionalProperties"] = False
        for part in body["schema"]["properties"].values():
            if part.get("format") == "binary":
                part["minLength"] = 1  # A file with nothing in it is none.
    if some_fields := operation["responses"].pop(PARTIAL, None):
        schema = some_fields["content"]["application/json"]
        operation["responses"][200]["content"][PARTIAL_JSON] = schema
    problem = operation["responses"].get(422) or operation["responses"].get("422")
    if "security" in operation:
        # Of what ninja says of any token and a route of its scope, the second.
        operation["security"] = operation["security"][-1:]
    failures = {401: "A token that is not valid", 429: "Too many requests"}
    if any(scopes for way in operation.get("security", []) for scopes in way.values()):
        failures[403] = "A token without the scope, or whose user may not do this"
    for status, words in failures.items():
        operation["responses"].setdefault(status, {**problem, "description": words})
    for status, response in operation["responses"].items():
        if int(status) >= 400 and "application/json" in response["content"]:
            response["content"] = {PROBLEM_JSON: response["content"]["application/json"]}
        elif int(status) == 200 and "security" not in operation:
            response["headers"] = {
                "ETag": {"schema": {"type": "string"}, "description": "Send it back as If-None-Match to get a 304."},
                "Cache-Control": {"schema": {"type": "string"}},
            }


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter without null: a parameter is left out, an address cannot say null."""
    kinds = [kind for kind in schema.get("anyOf", []) if kind != {"type": "null"}]
    if len(kinds) != 1:
        return schema
    return {**kinds[0], **{key: value for key, value in schema.items() if key != "anyOf"}}


def _in_use(document: dict[str, Any]) -> dict[str, Any]:
    """Return the components that answers and parameters refer to, by name; ninja also adds those it has inlined."""
    schemas = document["components"]["schemas"]
    used: set[str] = set()
    found = set(REFERENCE.findall(json.dumps(document["paths"])))
    while found - used:
        used |= found
        found = {name for used_name in used for name in REFERENCE.findall(json.dumps(schemas[used_name]))}
    return {name: schemas[name] for name in sorted(used)}


def build_api() -> ClinicAPI:
    """Return the API with the routers of all apps."""
    api = ClinicAPI(
        title="Clinic API",
        version="1.0.0",
        description=(
            "All that is public on the site, typed, and the forms to send: no key is needed. Drafts and requests need "
            "a token. Public answers carry an ETag; failures are application/problem+json; an unknown query parameter "
            "is refused."
        ),
        docs=LocalDocs(),
        urls_namespace="api",
    )
    register_exception_handlers(api)
    api.add_exception_handler(AuthenticationError, refuse_without_token)
    api.add_exception_handler(NotAllowedError, refuse_not_allowed)
    api.add_decorator(refuse_unknown_parameters)
    routers: list[tuple[str, Any]] = [
        ("/pages", pages.build_router()),
        ("/redirects", redirects.router),
        ("/site", site.router),
        ("/sitemap", sitemap.router),
        ("", conditions.api.router),
        ("", staff.api.router),
        ("/forms", forms.api.router),
        ("/preview", preview.build_router()),
        ("/drafts", build_drafts_router()),
        ("/submissions", forms.submissions_api.router),
        ("/token", token.router),
    ]
    for prefix, router in routers:
        api.add_router(VERSION_PREFIX + prefix, router)
    return api


api = build_api()
