"""What a patient sees where there is no page, and when something breaks."""

from unittest import mock

import pytest
from django.contrib.staticfiles import finders
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from clinicsite.models import ClinicSettings
from tests.conftest import Clinic
from tests.factories import ContentPageFactory


def test_a_missing_page_helps_the_patient_on(clinic: Clinic, client: Client) -> None:
    settings = ClinicSettings.for_site(clinic.site)
    settings.name, settings.phone = "Harbor", "206 555 0142"
    settings.save()
    response = client.get("/no-such-page/")
    html = response.content.decode()
    assert response.status_code == 404
    assert html.count("<h1") == 1
    assert "We cannot find that page" in html
    assert 'href="tel:+12065550142"' in html
    assert 'action="/search/"' in html
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html
    assert "Harbor</title>" in html


@pytest.mark.parametrize("address", ["/fees/", "/fees/more/", "/conditions/fees/"])
def test_an_unpublished_page_is_missing(clinic: Clinic, client: Client, address: str) -> None:
    ContentPageFactory(parent=clinic.home, title="Fees").unpublish()
    response = client.get(address)
    assert response.status_code == 404
    assert "Fees" not in response.content.decode()


def test_the_page_for_a_failure_asks_nothing_of_the_database() -> None:
    response = server_error(RequestFactory().get("/"))
    html = response.content.decode()
    assert response.status_code == 500
    assert html.count("<h1") == 1
    assert "911" in html
    assert '<meta name="robots" content="noindex">' in html


def test_a_patient_gets_that_page_while_the_database_is_gone(clinic: Clinic, client: Client) -> None:
    client.raise_request_exception = False
    with mock.patch.object(connection, "cursor", side_effect=OperationalError("the database is gone")):
        response = client.get("/")
    html = response.content.decode()
    assert response.status_code == 500
    assert "Something went wrong on our side" in html
    assert "the database is gone" not in html


def test_the_page_for_a_failure_uses_only_files_that_are_there() -> None:
    html = server_error(RequestFactory().get("/")).content.decode()
    assert 'href="/static/css/error.css"' in html
    assert finders.find("css/error.css")
