"""The admin carries the clinic's name, and one menu for its lists."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from clinicsite.models import ClinicSettings
from clinicsite.roles import MARKETING_EDITORS
from tests.conftest import Clinic


def test_the_admin_and_its_sign_in_carry_the_clinics_name(
    clinic: Clinic, client: Client, role_client: Callable[[str], Client]
) -> None:
    settings = ClinicSettings.for_site(clinic.site)
    settings.name = "Heronfield"
    settings.save()
    sign_in = client.get(reverse("wagtailadmin_login")).content.decode()
    assert "Sign in to Heronfield" in sign_in
    home = role_client(MARKETING_EDITORS).get(reverse("wagtailadmin_home")).content.decode()
    assert "- Heronfield</title>" in home
    assert "css/admin.css" in home
    assert "Clinic lists" in home


def test_an_editor_is_told_what_a_pictures_description_is_for(admin_client: Client) -> None:
    html = admin_client.get(reverse("wagtailimages:add")).content.decode()
    assert "What the picture shows, for people who cannot see it." in html


def test_the_account_page_offers_only_time_zones_that_browsers_know(admin_client: Client) -> None:
    html = admin_client.get(reverse("wagtailadmin_account")).content.decode()
    assert 'value="America/Los_Angeles"' in html
    assert 'value="localtime"' not in html
    assert 'value="Factory"' not in html
