"""The next step is always at hand, and never leads a patient away from a form half filled in."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.views.defaults import permission_denied

from clinicsite.models import ClinicSettings
from forms.models import FormPage
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form

BAR = '<nav class="action-bar"'


@pytest.fixture
def appointment(clinic: Clinic) -> FormPage:
    """A clinic that can be called and asked for an appointment."""
    page = a_form(clinic.home, a_field("single_line"), slug="appointment")
    settings = ClinicSettings.for_site(clinic.site)
    settings.phone, settings.appointment_page = "206 555 0142", page
    settings.save()
    return page


def test_a_page_offers_an_appointment_and_a_call(clinic: Clinic, appointment: FormPage, client: Client) -> None:
    text = client.get(clinic.home.url).content.decode()
    bar = text[text.index(BAR) :]
    assert f'href="{appointment.url}"' in bar
    assert 'href="tel:+12065550142"' in bar


def test_the_form_offers_a_call_and_nothing_that_would_throw_answers_away(
    appointment: FormPage, client: Client
) -> None:
    text = client.get(appointment.url).content.decode()
    assert BAR not in text
    assert "site-header__appointment" not in text
    assert "Would you rather talk?" in text


def test_who_may_not_see_a_page_is_told_in_the_sites_look(clinic: Clinic, rf: RequestFactory) -> None:
    response = permission_denied(rf.get("/"), PermissionDenied())
    assert response.status_code == 403
    assert "This page is not open to you" in response.content.decode()
