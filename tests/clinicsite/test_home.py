"""The home page and the clinic's settings when what they chose is gone or hidden: they name nothing nobody may read."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from clinicsite.models import ClinicSettings
from tests.conftest import Clinic
from tests.factories import (
    ConditionPageFactory,
    ContentPageFactory,
    FormPageFactory,
    ImageFactory,
    LocationPageFactory,
    StaffProfilePageFactory,
    StaffRoleFactory,
)

PAGES = ["hero", "featured", "colleague", "location", "appointment", "navigation", "footer"]


@pytest.fixture
def chosen(clinic: Clinic, settings: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Any]:
    """Return one of everything that the home page and the settings choose, each known by the word Heron."""
    settings.MEDIA_ROOT = str(tmp_path)
    found = {
        "hero": ContentPageFactory(parent=clinic.home, title="Heron hero"),
        "featured": ConditionPageFactory(parent=clinic.conditions, title="Heron featured"),
        "colleague": StaffProfilePageFactory(
            parent=clinic.staff,
            title="Heron colleague",
            role=StaffRoleFactory(),
            photo=ImageFactory(file__filename="hface.png"),
        ),
        "location": LocationPageFactory(parent=clinic.home, title="Heron location"),
        "appointment": FormPageFactory(parent=clinic.home, title="Heron appointment"),
        "navigation": ContentPageFactory(parent=clinic.home, title="Heron navigation"),
        "footer": ContentPageFactory(parent=clinic.home, title="Heron footer"),
        "logo": ImageFactory(title="Heron logo", file__filename="hlogo.png"),
        "picture": ImageFactory(title="Heron picture", file__filename="hpict.png"),
    }
    home, clinic_settings = clinic.home, ClinicSettings.for_site(clinic.site)
    home.hero_cta_page, home.hero_image, home.hero_cta_label = found["hero"], found["picture"], "Begin here"
    home.featured_pages.create(page=found["featured"])
    home.staff_members.create(page=found["colleague"])
    home.save()
    clinic_settings.logo, clinic_settings.appointment_page = found["logo"], found["appointment"]
    clinic_settings.navigation = [("link", {"page": found["navigation"]})]
    clinic_settings.footer_columns = [("column", {"heading": "More", "links": [{"page": found["footer"]}]})]
    clinic_settings.save()
    return found


def read(client: Client) -> str:
    """Return the home page's HTML."""
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_home_page_leads_to_all_it_chooses(client: Client, chosen: dict[str, Any]) -> None:
    html = read(client)
    for name in ("featured", "colleague", "location", "navigation", "footer"):
        assert f"Heron {name}" in html
    for slug in ("heron-hero", "heron-appointment"):
        assert f'href="/{slug}/"' in html
    for file in ("hlogo", "hpict", "hface"):
        assert file in html


@pytest.mark.parametrize("change", ["unpublish", "hide", "delete"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_is_gone_or_hidden_is_named_nowhere(
    client: Client, chosen: dict[str, Any], name: str, change: str
) -> None:
    gone: Page = chosen[name]
    if change == "hide":
        PageViewRestriction.objects.create(page=gone, restriction_type=PageViewRestriction.LOGIN)
    else:
        getattr(gone, change)()
    html = read(client)
    assert f"Heron {name}" not in html
    assert f"heron-{name}" not in html


def test_the_opening_button_leads_to_the_appointment_page_once_its_own_target_is_gone(
    client: Client, chosen: dict[str, Any]
) -> None:
    opening = 'href="{}">Begin here</a>'
    assert opening.format("/heron-hero/") in read(client)
    chosen["hero"].unpublish()
    assert opening.format("/heron-appointment/") in read(client)


@pytest.mark.parametrize(("name", "file"), [("logo", "hlogo"), ("picture", "hpict")])
@pytest.mark.parametrize("change", ["picture", "file"])
def test_a_deleted_picture_leaves_a_whole_page(
    client: Client, chosen: dict[str, Any], name: str, file: str, change: str
) -> None:
    picture = chosen[name]
    if change == "picture":
        picture.delete()
    else:
        picture.file.storage.delete(picture.file.name)
    html = read(client)
    assert file not in html
    assert '<span class="brand__name">' in html
    assert html.count("<h1") == 1


def test_the_banner_is_shown_only_while_it_is_switched_on_and_says_something(clinic: Clinic, client: Client) -> None:
    settings = ClinicSettings.for_site(clinic.site)
    shown = []
    for enabled, text in ((False, "<p>Snow day</p>"), (True, ""), (True, "<p>Snow day</p>")):
        settings.banner_enabled, settings.banner_text, settings.banner_level = enabled, text, "urgent"
        settings.save()
        shown.append("banner--urgent" in read(client))
    assert shown == [False, False, True]
    assert "Snow day" in read(client)
