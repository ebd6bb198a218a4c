"""304s that cost no page, compression, other origins, limits: what a reader's cache and browser rely on."""

import datetime as dt
import gzip
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from clinicsite.models import ApiSettings, ClinicSettings, ContentState
from clinicsite.origins import parsed_origins
from conditions.models import Treatment
from tests.api.clinic import block
from tests.api.conftest import ApiClient
from tests.conftest import Clinic
from tests.factories import ContentPageFactory

HOME = "/api/v1/pages/by-path/?path=/"
LIST = "/api/v1/pages/"
FRONT_END = "https://www.front.example"


@pytest.mark.parametrize("address", [HOME, LIST, "/api/v1/site/", "/api/v1/treatments/"])
def test_a_304_costs_one_query_and_no_page(address: str, api: ApiClient, clinic: Clinic) -> None:
    ContentState.touch()
    full = api.response(address)
    with CaptureQueriesContext(connection) as queries:
        again = api.response(address, **{"If-None-Match": f'"other", {full["ETag"]}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", full["ETag"])
    assert len(queries) == 1
    assert "contentstate" in queries[0]["sql"]


def test_a_304_of_a_form_costs_its_state_and_no_page(api: ApiClient, clinic_pages: dict[str, Any]) -> None:
    page = clinic_pages["FormPage"]
    wholes = f"{LIST}?type=FormPage&expand=page"
    for address in (f"/api/v1/forms/{page.pk}/", f"/api/v1/pages/{page.pk}/", wholes):
        for coding in ({}, {"Accept-Encoding": "gzip"}):
            etag = api.response(address, **coding)["ETag"]
            with CaptureQueriesContext(connection) as queries:
                again = api.response(address, **coding, **{"If-None-Match": f'"other", {etag}'})
            assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
            assert len(queries) == 2
            ContentState.touch()
            assert api.response(address, **coding, **{"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("told", ["", "1", "x-open", "99999999999999999999-open", "1-open.1-full", "²-open"])
def test_a_made_up_state_is_no_reason_for_a_304(told: str, api: ApiClient, clinic_pages: dict[str, Any]) -> None:
    address = f"/api/v1/forms/{clinic_pages['FormPage'].pk}/"
    content = api.response(address)["ETag"].strip('"').split(".")[0]
    assert api.response(address, **{"If-None-Match": f'"{content}.{told}"'}).status_code == 200


def test_a_tag_is_good_for_its_own_address_only(api: ApiClient, clinic: Clinic) -> None:
    etag = api.response(LIST)["ETag"]
    assert api.response(f"{LIST}?limit=1", **{"If-None-Match": etag}).status_code == 200
    assert api.response("/api/v1/pages/999/", **{"If-None-Match": etag}).status_code == 404


def _publish(clinic: Clinic) -> None:
    clinic.home.title = "Another name"
    clinic.home.save_revision().publish()


def _set(clinic: Clinic) -> None:
    ClinicSettings.objects.update_or_create(site=clinic.site, defaults={"tagline": "New words"})


CHANGES = {
    "publish": _publish,
    "unpublish": lambda clinic: clinic.staff.unpublish(),
    "move": lambda clinic: clinic.staff.move(clinic.conditions, pos="last-child"),
    "delete": lambda clinic: clinic.staff.delete(),
    "make private": lambda clinic: PageViewRestriction.objects.create(page=clinic.staff, restriction_type="login"),
    "setting": _set,
    "snippet": lambda clinic: Treatment.objects.create(name="Dry needling", locale=clinic.home.locale),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_the_public_can_read_changes_the_tag(change: str, api: ApiClient, clinic: Clinic) -> None:
    ContentState.touch()
    before = api.response(LIST)["ETag"]
    CHANGES[change](clinic)
    response = api.response(LIST, **{"If-None-Match": before})
    assert response.status_code == 200
    assert response["ETag"] != before


def test_a_draft_changes_no_tag(api: ApiClient, clinic: Clinic) -> None:
    ContentState.touch()
    before = api.response(LIST)["ETag"]
    clinic.home.title = "Not yet"
    clinic.home.save_revision()
    assert api.response(LIST, **{"If-None-Match": before}).status_code == 304


def test_the_next_day_has_another_tag(api: ApiClient, clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    ContentState.touch()
    before = api.response(LIST)["ETag"]
    tomorrow = timezone.localtime() + dt.timedelta(days=1)
    monkeypatch.setattr("clinicsite.api.conditional.timezone.localtime", lambda: tomorrow)
    assert api.response(LIST, **{"If-None-Match": before}).status_code == 200


def test_the_date_of_change_serves_a_reader_without_a_tag(api: ApiClient, clinic: Clinic) -> None:
    assert "Last-Modified" not in api.response(LIST), "within the second of a change there may be another"
    ContentState.objects.update(changed_at=ContentState.objects.get().changed_at - dt.timedelta(days=400))
    date = api.response(LIST)["Last-Modified"]
    assert api.response(LIST, **{"If-Modified-Since": date}).status_code == 304


def test_whether_a_form_is_open_is_never_answered_from_the_content_alone(
    api: ApiClient, clinic_pages: dict[str, Any]
) -> None:
    page = clinic_pages["FormPage"]
    for address in (f"/api/v1/forms/{page.pk}/", f"/api/v1/pages/{page.pk}/"):
        etag = api.response(address)["ETag"]
        type(page).objects.filter(pk=page.pk).update(max_submissions=0)
        response = api.response(address, **{"If-None-Match": etag})
        assert response.status_code == 200
        assert "Last-Modified" not in response
        type(page).objects.filter(pk=page.pk).update(max_submissions=None)


def test_a_long_answer_is_compressed_for_who_takes_it_under_a_tag_of_its_own(
    api: ApiClient, clinic_pages: dict[str, Any]
) -> None:
    plain = api.response(LIST)
    zipped = api.response(LIST, **{"Accept-Encoding": "br, gzip;q=0.8"})
    assert zipped["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in plain["Vary"]
    assert gzip.decompress(zipped.content) == plain.content
    assert len(zipped.content) * 3 < len(plain.content)
    assert zipped["ETag"] != plain["ETag"]
    assert not zipped["ETag"].startswith("W/")
    assert api.response(LIST, **{"If-None-Match": zipped["ETag"]}).status_code == 304
    for refused in ("identity", "gzip;q=0", "br"):
        assert "Content-Encoding" not in api.response(LIST, **{"Accept-Encoding": refused})


def test_an_answer_names_what_it_shows(api: ApiClient, clinic_pages: dict[str, Any]) -> None:
    condition = clinic_pages["ConditionPage"]
    keys = api.response(f"/api/v1/pages/{condition.pk}/")["Surrogate-Key"].split()
    assert f"page-{condition.pk}" in keys
    assert any(key.startswith("treatment-") for key in keys)


def keys_of(api: ApiClient, address: str) -> list[str]:
    return api.response(address)["Surrogate-Key"].split()


@pytest.mark.parametrize(
    ("address", "is_list"),
    [
        ("/api/v1/site/", False),
        ("/api/v1/treatments/", False),
        (LIST, True),
        (f"{LIST}?type=LocationPage", True),
        ("/api/v1/sitemap/", True),
        (HOME, True),
        ("/api/v1/pages/by-path/?path=/conditions/", True),
        ("/api/v1/pages/by-path/?path=/our-staff/", True),
        ("/api/v1/pages/by-path/?path=/plain/", False),
        ("/api/v1/pages/by-path/?path=/plain/&expand=children", True),
    ],
)
def test_what_many_answers_share_has_names_of_its_own(
    address: str, is_list: bool, api: ApiClient, clinic: Clinic
) -> None:
    ContentPageFactory(parent=clinic.home, slug="plain")
    keys = keys_of(api, address)
    assert keys[0] == f"site-{clinic.site.pk}"
    assert ("pages" in keys) == is_list


def test_an_answer_that_leaves_a_hidden_page_out_changes_when_it_comes(api: ApiClient, clinic: Clinic) -> None:
    hidden = ContentPageFactory(parent=clinic.home, title="Hidden", live=False)
    link = block("rich_text", f'<p><a linktype="page" id="{hidden.pk}">page</a></p>')
    linking = ContentPageFactory(parent=clinic.home, title="Linking", body=[link])
    below = ContentPageFactory(parent=hidden)
    for page in (linking, below):
        keys = keys_of(api, f"/api/v1/pages/{page.pk}/")
        assert keys == [f"site-{clinic.site.pk}", "pages", f"page-{clinic.home.pk}", f"page-{page.pk}"]


def test_a_browser_may_call_from_the_origins_of_the_site_alone(api: ApiClient, clinic: Clinic) -> None:
    assert "Access-Control-Allow-Origin" not in api.response(LIST, Origin=FRONT_END)
    ApiSettings.objects.update_or_create(site=clinic.site, defaults={"allowed_origins": FRONT_END})
    response = api.response(LIST, Origin=FRONT_END)
    assert response["Access-Control-Allow-Origin"] == FRONT_END
    assert "origin" in response["Vary"].lower()
    assert "Access-Control-Allow-Credentials" not in response
    asked = {"Origin": FRONT_END, "Access-Control-Request-Method": "POST"}
    preflight = api.client.options(LIST, headers=asked | {"Access-Control-Request-Headers": "content-type"})
    assert (preflight.status_code, preflight["Access-Control-Allow-Origin"]) == (200, FRONT_END)
    assert "Access-Control-Allow-Origin" not in api.response(LIST, Origin="https://other.example")
    assert "Access-Control-Allow-Origin" not in api.client.get("/", headers={"Origin": FRONT_END})


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("www.front.example", "not an address"),
        ("https://*.front.example", "not an address"),
        ("https://front.example/blog", "is a page"),
        ("http://front.example", "not encrypted"),
        ("https://front.example:port", "not an address"),
    ],
)
def test_a_line_that_is_no_origin_is_refused_in_words(line: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parsed_origins(line)


def test_origins_are_kept_as_browsers_send_them() -> None:
    assert parsed_origins("https://Front.Example:443/\nhttp://localhost:5173 https://front.example") == [
        "https://front.example",
        "http://localhost:5173",
    ]


def test_options_says_what_an_address_answers(api: ApiClient, clinic: Clinic) -> None:
    response = api.client.options(LIST)
    assert (response.status_code, response["Allow"]) == (204, "GET, HEAD, OPTIONS")


def test_a_token_that_is_not_valid_is_refused(api: ApiClient, clinic: Clinic) -> None:
    response = api.response(LIST, Authorization="Bearer made-up")
    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_a_request_has_an_id(api: ApiClient, clinic: Clinic) -> None:
    assert api.response(LIST, **{"X-Request-ID": "front-end.42-x"})["X-Request-ID"] == "front-end.42-x"
    made = api.response(LIST, **{"X-Request-ID": "<script>alert(1)</script>"})["X-Request-ID"]
    assert len(made) == 36


def test_an_address_may_ask_so_often_and_reads_how_often(client: Client, clinic: Clinic) -> None:
    with override_settings(API_RATE_LIMIT=2):
        address = {"REMOTE_ADDR": "192.0.2.77"}
        left = [client.get(LIST, **address)["RateLimit"] for _each in range(2)]
        refused = client.get(LIST, **address)
        other = client.get(LIST, REMOTE_ADDR="192.0.2.78")
    assert [text.split(";")[1] for text in left] == ["r=1", "r=0"]
    assert (refused.status_code, json.loads(refused.content)["status"]) == (429, 429)
    assert 0 < int(refused["Retry-After"]) <= 60
    assert other.status_code == 200
