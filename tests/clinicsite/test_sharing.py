"""What search engines and shared links are told: the sitemap, the one address of a page, its picture."""

import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from clinicsite.models import ClinicImage, ClinicSettings
from tests.conftest import Clinic
from tests.factories import ContentPageFactory, ImageFactory, LocationPageFactory, StaffProfilePageFactory

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3" viewBox="0 0 4 3"><path d="M0 0h4"/></svg>'


@pytest.fixture(autouse=True)
def own_media(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Keep pictures apart from other tests'."""
    settings.MEDIA_ROOT = str(tmp_path)


def head(client: Client, page: Page) -> dict[str, str]:
    """Return the Open Graph properties of ``page``."""
    html = client.get(page.get_url()).content.decode()
    return dict(re.findall(r'<meta property="(og:[\w:]+)" content="([^"]*)">', html))


def addresses(client: Client) -> list[str]:
    """Return the addresses of the sitemap."""
    return re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())


def test_the_sitemap_names_every_public_page_and_no_other(clinic: Clinic, client: Client) -> None:
    ContentPageFactory(parent=clinic.home, title="Draft").unpublish()
    private = ContentPageFactory(parent=clinic.home, title="Private")
    ContentPageFactory(parent=private, title="Inside")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    ContentPageFactory(parent=clinic.home, title="Insurance")
    root = "http://localhost"
    assert sorted(addresses(client)) == [
        f"{root}/",
        f"{root}/conditions/",
        f"{root}/insurance/",
        f"{root}/our-staff/",
    ]


def test_a_page_names_its_one_address_whatever_the_query(clinic: Clinic, client: Client) -> None:
    html = client.get(f"{clinic.staff.url}?role=wizard").content.decode()
    assert re.findall(r'<link rel="canonical" href="([^"]*)">', html) == ["http://localhost/our-staff/"]
    assert head(client, clinic.staff)["og:url"] == "http://localhost/our-staff/"


def test_a_shared_page_shows_its_own_picture_first_then_its_cards_then_the_clinics(
    clinic: Clinic, client: Client
) -> None:
    own, card, clinics = (ImageFactory(title=name, file__filename=f"{name}.png") for name in ("own", "card", "clinic"))
    settings = ClinicSettings.for_site(clinic.site)
    page = LocationPageFactory(parent=clinic.home)
    assert "og:image" not in head(client, page)
    settings.social_image = clinics
    settings.save()
    assert "/clinic." in head(client, page)["og:image"]
    page.photo = card
    page.save()
    assert "/card." in head(client, page)["og:image"]
    page.social_image = own
    page.save()
    told = head(client, page)
    assert re.fullmatch(r"http://.+/own\..*\.jpg", told["og:image"])
    assert (told["og:image:width"], told["og:image:height"]) != ("", "")


def test_a_drawing_is_passed_over_for_the_clinics_picture(clinic: Clinic, client: Client) -> None:
    drawing = ClinicImage.objects.create(title="drawing", file=ContentFile(DRAWING, "drawing.svg"))
    settings = ClinicSettings.for_site(clinic.site)
    settings.social_image = ImageFactory(title="clinic", file__filename="clinic.png")
    settings.save()
    profile = StaffProfilePageFactory(parent=clinic.staff, photo=drawing)
    assert "/clinic." in head(client, profile)["og:image"]


def test_a_picture_whose_file_is_gone_is_not_shared(clinic: Clinic, client: Client) -> None:
    picture = ImageFactory(title="gone")
    page = ContentPageFactory(parent=clinic.home, social_image=picture)
    picture.file.storage.delete(picture.file.name)
    told = head(client, page)
    assert "og:image" not in told
    assert told["og:title"] == "Insurance"
