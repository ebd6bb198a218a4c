"""Answers as HTTP wants them, and failures as problems."""

import json
from typing import Any

import pytest

from tests.api.conftest import ApiClient
from tests.conftest import Clinic

ADDRESSES = ["/api/v1/pages/", "/api/v1/site/", "/api/v1/body-regions/", "/api/v1/pages/by-path/?path=/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_may_be_cached_by_anyone(address: str, api: ApiClient, clinic: Clinic) -> None:
    response = api.response(address)
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["ETag"].startswith('"')
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_a_reader_who_has_the_answer_gets_304(api: ApiClient, clinic: Clinic) -> None:
    etag = api.response("/api/v1/pages/")["ETag"]
    response = api.response("/api/v1/pages/", **{"If-None-Match": etag})
    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == etag


def test_the_etag_changes_with_the_content(api: ApiClient, clinic: Clinic) -> None:
    before = api.response("/api/v1/pages/")["ETag"]
    clinic.home.title = "Another name"
    clinic.home.save_revision().publish()
    assert api.response("/api/v1/pages/", **{"If-None-Match": before}).status_code == 200


def test_head_is_get_without_the_body(api: ApiClient, clinic: Clinic) -> None:
    full = api.response("/api/v1/pages/")
    response = api.client.head("/api/v1/pages/")
    assert (response.status_code, response.content, response["ETag"]) == (200, b"", full["ETag"])
    assert int(response["Content-Length"]) == len(full.content)


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"regoin": "knee"}, ["regoin"]),
        ({"limit": "many"}, ["limit"]),
        ({"limit": 101}, ["limit"]),
        ({"limit": 0}, ["limit"]),
        ({"offset": -1}, ["offset"]),
        ({"type": "wagtailcore.Page"}, ["type"]),
        ({"parent": 2**63}, ["parent"]),
        ({"q": "a\x00b"}, ["q"]),
        ({"q": ""}, ["q"]),
    ],
)
def test_a_query_that_cannot_be_used_is_refused_at_its_field(
    query: dict[str, Any], fields: list[str], api: ApiClient, clinic: Clinic
) -> None:
    problem = api.get("/api/v1/pages/", query, status=422)
    assert [(error["location"], error["field"]) for error in problem["errors"]] == [("query", name) for name in fields]


@pytest.mark.parametrize("address", ["/api/v1/pages/999/", "/api/v1/nothing/", "/api/v2/pages/"])
def test_what_is_not_there_is_a_problem_too(address: str, api: ApiClient, clinic: Clinic) -> None:
    response = api.response(address)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert json.loads(response.content)["status"] == 404


def test_another_method_is_refused_with_those_that_work(api: ApiClient, clinic: Clinic) -> None:
    response = api.client.delete("/api/v1/pages/")
    assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
    assert "GET" in response["Allow"]


def test_a_failure_of_ours_is_a_problem_without_its_cause(
    api: ApiClient, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the cause")

    monkeypatch.setattr("clinicsite.api.site.SITE.write", fail)
    api.client.raise_request_exception = False
    response = api.response("/api/v1/site/")
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert b"the cause" not in response.content


def test_the_address_of_the_api_leads_to_its_docs(api: ApiClient, db: None) -> None:
    assert api.response("/api/")["Location"] == "/api/docs"


def test_the_docs_ask_no_other_host(api: ApiClient, db: None) -> None:
    response = api.response("/api/docs")
    page = response.content.decode()
    assert response.status_code == 200
    assert "http://" not in page
    assert "https://" not in page
    assert "<style" not in page
    assert "onload" not in page
