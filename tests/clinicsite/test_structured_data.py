"""What search engines are told: valid schema.org, true to the page, safe inside its script element."""

import datetime
import json
import re
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from clinicsite.models import ClinicSettings, LocationPage
from conditions.models import ConditionPage
from staff.models import StaffProfilePage
from tests.clinicsite.vocabulary import problems
from tests.conftest import Clinic
from tests.factories import (
    BodyRegionFactory,
    ConditionPageFactory,
    ContentPageFactory,
    FormPageFactory,
    ImageFactory,
    LocationPageFactory,
    SpecialtyFactory,
    StaffProfilePageFactory,
    StaffRoleFactory,
    TreatmentFactory,
)

TAG = Template("{% load clinic_tags %}{% structured_data page %}")


def told(page: Any) -> list[dict[str, Any]]:
    """Return the objects in the page's script element, read back as a search engine reads them."""
    html = TAG.render(Context({"page": page, "request": RequestFactory().get("/")}))
    found = re.fullmatch(r'<script type="application/ld\+json">(.*)</script>', html, re.DOTALL)
    assert found, html
    document = json.loads(found[1])
    assert document["@context"] == "https://schema.org"
    return document["@graph"]


def of_type(objects: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """Return the one object of that type."""
    (found,) = [item for item in objects if item["@type"] == name]
    return found


@pytest.fixture
def location(clinic: Clinic) -> LocationPage:
    """Return a location open on Monday in two spans, closed for a holiday, short on another day."""
    page = LocationPageFactory(
        parent=clinic.home, title="Alder Street", latitude="47.61", longitude="-122.33", email="alder@example.com"
    )
    page.opening_hours.create(day=0, opens=datetime.time(13), closes=datetime.time(18))
    page.opening_hours.create(day=0, opens=datetime.time(7), closes=datetime.time(12))
    today = timezone.localdate()
    add = page.opening_hours_exceptions.create
    add(date=today, last_date=today + datetime.timedelta(1), note="Holiday", locale=page.locale)
    add(date=today + datetime.timedelta(5), opens=datetime.time(9), closes=datetime.time(12), locale=page.locale)
    add(date=today - datetime.timedelta(5), note="Over", locale=page.locale)
    page.save()
    return page


@pytest.fixture
def therapist(clinic: Clinic, location: LocationPage) -> StaffProfilePage:
    """Return a profile with everything filled in."""
    page = StaffProfilePageFactory(
        parent=clinic.staff,
        title="Amara Okafor",
        role=StaffRoleFactory(),
        photo=ImageFactory(),
        pronouns="she/her",
        locations=[location],
        specialties=[SpecialtyFactory()],
    )
    page.education.create(qualification="Doctor of Physical Therapy", institution="Northfield", locale=page.locale)
    page.certifications.create(name="Orthopedic specialist", awarded_by="ABPTS", locale=page.locale)
    page.certifications.create(name="Vestibular rehabilitation", in_progress=True, locale=page.locale)
    page.languages.create(code="es")
    page.save()
    return page


@pytest.fixture
def condition(clinic: Clinic, therapist: StaffProfilePage) -> ConditionPage:
    """Return a condition page with everything a machine may want to know."""
    page = ConditionPageFactory(
        parent=clinic.conditions,
        title="Upper back pain",
        author=therapist,
        clinical_reviewer=therapist,
        last_reviewed=datetime.date(2026, 11, 1),
        body_regions=[BodyRegionFactory()],
        symptoms=[("symptom", {"name": "Stiffness"})],
        causes=[("cause", {"name": "Poor posture"})],
        treatments=[("treatment", {"treatment": TreatmentFactory()})],
        faqs=[("faq", {"question": "Do I need a referral?", "answer": "<p>No. <b>Book</b> directly.</p>"})],
        body=[("faq", {"heading": "", "items": [{"question": "How long?", "answer": "<p>An hour.</p>"}]})],
        sources=[
            ("source", {"title": "Back Pain", "publisher": "NIAMS", "url": "https://www.niams.nih.gov/", "year": 2023})
        ],
    )
    page.other_names.create(name="Thoracic pain", locale=page.locale)
    page.clinicians.create(profile=therapist)
    page.save()
    return page


@pytest.fixture
def clinic_settings(clinic: Clinic) -> ClinicSettings:
    """Return the clinic's settings, filled in."""
    settings = ClinicSettings.for_site(clinic.site)
    settings.name, settings.tagline, settings.phone, settings.fax = (
        "Harbor",
        "Move well",
        "206 555 0142",
        "206 555 0143",
    )
    settings.email, settings.logo, settings.social_image = "hello@example.com", ImageFactory(), ImageFactory()
    settings.social_links = [("profile", {"network": "facebook", "url": "https://www.facebook.com/harbor"})]
    settings.save()
    return settings


@pytest.mark.parametrize("kind", ["home", "conditions", "condition", "staff", "profile", "location", "content", "form"])
def test_every_kind_of_page_tells_only_what_the_vocabulary_has(
    clinic: Clinic,
    condition: ConditionPage,
    therapist: StaffProfilePage,
    location: LocationPage,
    clinic_settings: ClinicSettings,
    kind: str,
) -> None:
    pages = {
        "home": clinic.home,
        "conditions": clinic.conditions,
        "condition": condition,
        "staff": clinic.staff,
        "profile": therapist,
        "location": location,
        "content": ContentPageFactory(parent=clinic.home),
        "form": FormPageFactory(parent=clinic.home),
    }
    objects = told(pages[kind])
    assert problems(objects) == []
    assert of_type(objects, "MedicalClinic" if kind != "location" else "WebPage")
    assert ("BreadcrumbList" in [item["@type"] for item in objects]) == (kind != "home")


def test_the_vocabulary_check_finds_faults() -> None:
    wrong = [
        {"@type": "MedicalClinik"},
        {"@type": "Person", "opens": "07:00"},
        {"@type": "Person", "favourite": "tea"},
        {"@type": "MedicalCondition", "cause": [{"@type": "Person"}]},
        {"@type": "MedicalCondition", "cause": "posture"},
        {"@type": "MedicalClinic", "medicalSpecialty": "https://schema.org/Monday"},
    ]
    assert [len(problems(item)) for item in wrong] == [1] * len(wrong)


def test_a_condition_names_its_symptoms_causes_treatments_people_and_sources(condition: ConditionPage) -> None:
    page = of_type(told(condition), "MedicalWebPage")
    about = page["about"]
    assert [
        about[name][0]["name"] for name in ("signOrSymptom", "cause", "possibleTreatment", "associatedAnatomy")
    ] == [
        "Stiffness",
        "Poor posture",
        "Manual therapy",
        "Upper back",
    ]
    assert about["alternateName"] == ["Thoracic pain"]
    assert page["lastReviewed"] == "2026-11-01"
    assert page["reviewedBy"]["name"] == page["author"]["name"] == "Amara Okafor"
    assert page["citation"][0]["datePublished"] == "2023"


def test_questions_of_the_list_and_of_the_body_make_one_faq_in_plain_words(condition: ConditionPage) -> None:
    faq = of_type(told(condition), "FAQPage")
    assert [(item["name"], item["acceptedAnswer"]["text"]) for item in faq["mainEntity"]] == [
        ("Do I need a referral?", "No. Book directly."),
        ("How long?", "An hour."),
    ]


def test_an_unpublished_reviewer_and_author_are_not_named(
    condition: ConditionPage, therapist: StaffProfilePage
) -> None:
    therapist.unpublish()
    page = ConditionPage.objects.get(pk=condition.pk)
    assert "Amara" not in json.dumps(told(page))


def test_a_location_tells_its_hours_in_order_and_its_coming_exceptions(location: LocationPage) -> None:
    place = next(item for item in told(location) if item.get("@id", "").endswith("#location"))
    assert [(day["dayOfWeek"], day["opens"], day["closes"]) for day in place["openingHoursSpecification"]] == [
        ("https://schema.org/Monday", "07:00", "12:00"),
        ("https://schema.org/Monday", "13:00", "18:00"),
    ]
    assert [(day["opens"], day["closes"]) for day in place["specialOpeningHoursSpecification"]] == [
        ("00:00", "00:00"),
        ("09:00", "12:00"),
    ]
    assert place["geo"] == {"@type": "GeoCoordinates", "latitude": 47.61, "longitude": -122.33}


def test_a_certification_in_progress_is_not_claimed(therapist: StaffProfilePage) -> None:
    person = of_type(told(therapist), "ProfilePage")["mainEntity"]
    assert [item["name"] for item in person["hasCredential"]] == ["Doctor of Physical Therapy", "Orthopedic specialist"]
    assert person["alumniOf"] == [{"@type": "EducationalOrganization", "name": "Northfield"}]
    assert person["knowsLanguage"] == ["es"]


def test_no_text_of_a_page_ends_the_script_element(clinic: Clinic) -> None:
    title = "</script><script>alert(1)</script> & <!-- 'quotes\" \u2028"
    page = ContentPageFactory(parent=clinic.home, title=title, slug="bad")
    html = TAG.render(Context({"page": page, "request": RequestFactory().get("/")}))
    assert html.count("<") == 2
    assert of_type(told(page), "WebPage")["name"] == title


def test_a_picture_whose_file_is_gone_is_left_out(therapist: StaffProfilePage) -> None:
    therapist.photo.file.storage.delete(therapist.photo.file.name)
    page = StaffProfilePage.objects.get(pk=therapist.pk)
    assert "image" not in of_type(told(page), "ProfilePage")["mainEntity"]
