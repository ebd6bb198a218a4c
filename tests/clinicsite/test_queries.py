"""How many queries a page costs a patient: the figure stated, and no more of them for a larger clinic."""

import datetime
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from clinicsite.models import ClinicSettings
from tests import factories
from tests.conftest import Clinic

# With settings, navigation and footer in use. Lower a figure when the code gets better; raise one only for a reason.
QUERIES = {
    "home": 22,
    "conditions": 17,
    "condition": 26,
    "staff": 17,
    "profile": 25,
    "location": 17,
    "content": 16,
    "form": 15,
}

Grow = Callable[[], None]


@pytest.fixture
def pages(clinic: Clinic) -> dict[str, Page]:
    """Return one page of every kind, not yet naming anything."""
    return {
        "home": clinic.home,
        "conditions": clinic.conditions,
        "condition": factories.ConditionPageFactory(parent=clinic.conditions, title="Back pain"),
        "staff": clinic.staff,
        "profile": factories.StaffProfilePageFactory(
            parent=clinic.staff, title="Amara Okafor", role=factories.StaffRoleFactory(), photo=factories.ImageFactory()
        ),
        "location": factories.LocationPageFactory(parent=clinic.home, title="Alder Street"),
        "content": factories.ContentPageFactory(parent=clinic.home, title="Insurance"),
        "form": factories.FormPageFactory(parent=clinic.home, title="Appointment"),
    }


@pytest.fixture
def grow(clinic: Clinic, pages: dict[str, Page]) -> Grow:
    """Return a function that gives every page two more of all that it names."""
    numbers = count()

    def more() -> None:
        for number in (next(numbers), next(numbers)):
            picture = factories.ImageFactory(title=f"Picture {number}")
            role = factories.StaffRoleFactory(name=f"Role {number}")
            colleague = factories.StaffProfilePageFactory(parent=clinic.staff, role=role, photo=picture)
            condition = factories.ConditionPageFactory(
                parent=clinic.conditions, body_regions=[factories.BodyRegionFactory(name=f"Region {number}")]
            )
            _add_to_condition(pages["condition"], number, colleague, condition, pages["form"], picture)
            _add_to_profile(pages["profile"], number, condition, pages["location"])
            _add_to_location(pages["location"], number, colleague)
            _add_to_home(clinic, pages, colleague, condition)
            _add_to_body(pages["content"], picture, condition)
            _add_to_settings(clinic, condition, picture, pages["form"])

    return more


def _link(page: Page) -> str:
    return f'<p><a linktype="page" id="{page.pk}">there</a></p>'


def _add_to_condition(page: Any, number: int, colleague: Any, condition: Any, form: Page, picture: Any) -> None:
    page.author = page.clinical_reviewer = colleague
    page.last_reviewed = datetime.date(2026, 11, 1)
    page.other_names.create(name=f"Name {number}", locale=page.locale)
    page.clinicians.create(profile=colleague)
    page.related_conditions.create(condition=condition)
    page.body_regions.add(*condition.body_regions.all())
    page.treatments.append(("treatment", {"treatment": factories.TreatmentFactory(name=f"Treatment {number}")}))
    page.prevention = (page.prevention or "") + _link(condition)
    page.call_to_action = [("form_embed", {"heading": "", "form": form})]
    _add_to_body(page, picture, condition)


def _add_to_body(page: Any, picture: Any, linked: Page) -> None:
    figure = {"image": {"image": picture.pk, "decorative": False, "alt_text": "A walk"}, "caption": ""}
    cta = {"heading": "Next", "text": "", "link": {"text": "", "page": linked.pk}}
    added = [{"type": "figure", "value": figure}, {"type": "cta", "value": cta}]
    page.body = page._meta.get_field("body").to_python([*page.body.get_prep_value(), *added])
    page.save()


def _add_to_profile(page: Any, number: int, condition: Any, location: Page) -> None:
    page.education.create(qualification="Doctor", institution=f"College {number}", locale=page.locale)
    page.certifications.create(name=f"Certificate {number}", locale=page.locale)
    page.languages.create(code=("es", "fr", "de", "it")[number])
    page.specialties.add(factories.SpecialtyFactory(name=f"Specialty {number}"))
    page.locations.add(location)
    page.save()
    condition.clinicians.create(profile=page)
    condition.save()


def _add_to_location(page: Any, number: int, colleague: Any) -> None:
    page.opening_hours.create(day=number, opens=datetime.time(7), closes=datetime.time(18))
    page.opening_hours_exceptions.create(date=datetime.date(2100, 1, 1 + number), locale=page.locale)
    page.save()
    colleague.locations.add(page)
    colleague.save()


def _add_to_home(clinic: Clinic, pages: dict[str, Page], colleague: Page, condition: Page) -> None:
    clinic.home.hero_cta_page = pages["form"]
    clinic.home.featured_pages.create(page=condition)
    clinic.home.staff_members.create(page=colleague)
    clinic.home.save()


def _add_to_settings(clinic: Clinic, linked: Page, picture: Any, form: Page) -> None:
    settings = ClinicSettings.for_site(clinic.site)
    settings.logo = settings.social_image = picture
    settings.phone, settings.appointment_page = "206 555 0142", form
    settings.navigation.append(("link", {"page": linked}))
    settings.footer_columns.append(("column", {"heading": "More", "links": [{"page": linked}, {"page": form}]}))
    settings.save()


def queries_of(client: Client, page: Page) -> int:
    """Return the number of queries of ``page`` once its pictures are cut."""
    client.get(page.get_url())
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page.get_url()).status_code == 200
    return len(queries)


def test_every_kind_of_page_costs_the_queries_stated(client: Client, pages: dict[str, Page], grow: Grow) -> None:
    grow()
    assert {kind: queries_of(client, page) for kind, page in pages.items()} == QUERIES


def test_twice_as_much_of_everything_costs_no_query_more(client: Client, pages: dict[str, Page], grow: Grow) -> None:
    grow()
    before = {kind: queries_of(client, page) for kind, page in pages.items()}
    grow()
    assert {kind: queries_of(client, page) for kind, page in pages.items()} == before
