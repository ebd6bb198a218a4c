"""What goes away says so in its answers (RFC 9745, RFC 8594)."""

import datetime as dt
import itertools

import pytest
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.testing import TestClient

from clinicsite.api.deprecation import deprecated

SINCE, SUNSET = dt.date(2027, 1, 1), dt.date(2027, 7, 1)
HEADERS = {"Deprecation": "@1798761600", "Sunset": "Thu, 01 Jul 2027 00:00:00 GMT"}
numbers = itertools.count()


def _api(parameter: str | None = None) -> NinjaAPI:
    api = NinjaAPI(urls_namespace=f"deprecation-{next(numbers)}")

    @api.get("/old", deprecated=True)
    @deprecated(SINCE, SUNSET, parameter=parameter, see="https://www.clinic.example/changes")
    def old(request: HttpRequest, page: int = 0) -> HttpResponse:
        return HttpResponse(str(page))

    return api


def test_every_answer_of_an_operation_that_goes_away_says_when() -> None:
    response = TestClient(_api()).get("/old?page=3")
    assert response.content == b"3"
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert response.headers["Link"] == '<https://www.clinic.example/changes>; rel="deprecation"; type="text/html"'


def test_a_parameter_that_goes_away_is_told_of_where_it_is_used() -> None:
    client = TestClient(_api("page"))
    assert "Deprecation" not in client.get("/old").headers
    assert client.get("/old?page=3").headers["Sunset"] == HEADERS["Sunset"]


def test_a_notice_shorter_than_promised_is_refused() -> None:
    with pytest.raises(ValueError, match="180 days"):
        deprecated(SINCE, SINCE + dt.timedelta(days=179))
