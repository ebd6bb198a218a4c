"""One page of each type with every field filled in, always with the same ids."""

import datetime
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.search import index

from clinicsite.models import ClinicImage, ClinicSettings, OpeningHours, OpeningHoursException
from conditions.models import ConditionClinician, OtherName, RelatedCondition
from staff.models import Certification, Education, SpokenLanguage
from tests import factories
from tests.conftest import Clinic

PUBLISHED = datetime.datetime(2026, 11, 2, 17, 0, tzinfo=datetime.UTC)


def block(kind: str, value: Any) -> dict[str, Any]:
    """Return the raw data of a block, with an id that its kind gives."""
    return {"type": kind, "value": value, "id": f"block-{kind}"}


def a_picture(pk: int, **fields: Any) -> ClinicImage:
    """Return a picture with the id ``pk``, large enough for several widths."""
    options = {"file__width": 700, "file__height": 500, "title": f"Picture {pk}", "description": "A stretch"} | fields
    return factories.ImageFactory(pk=pk, **options)


def a_document(pk: int) -> Any:
    """Return a document with the id ``pk``."""
    return get_document_model().objects.create(
        pk=pk, title="Your first visit", file=ContentFile(b"%PDF-", name="visit.pdf")
    )


def every_body_block(page: Page, picture: ClinicImage, document: Any, form: Page) -> list[dict[str, Any]]:
    """Return a body that uses every block of the vocabulary."""
    image = {"image": picture.pk, "alt_text": "A shoulder stretch", "decorative": False}
    text = (
        f'<p>See <a linktype="page" id="{page.pk}">our page</a> '
        f'and <a linktype="document" id="{document.pk}">this</a>.</p>'
    )
    table = {
        "caption": "Visits",
        "columns": [{"type": "text", "heading": "Week"}, {"type": "rich_text", "heading": "What we do"}],
        "rows": [{"values": ["1", "<p>Evaluation</p>"]}],
    }
    return [
        block("heading", {"text": "Your first visit", "level": "h2"}),
        block("rich_text", text),
        block("bullet_list", {"style": "tick", "items": ["<p>Comfortable clothes</p>", "<p>Your card</p>"]}),
        block("quote", {"text": "I can lift again.", "attribution": "Maria", "role": "Patient"}),
        block("table", {"table": table, "first_column_is_header": True}),
        block("figure", {"image": image, "caption": "<p>Stretching</p>"}),
        block("callout", {"title": "Good to know", "text": "<p>No referral needed.</p>"}),
        block("warning", {"level": "urgent", "title": "Call today if", "text": "<ul><li>numb arm</li></ul>"}),
        block("exercise", {"name": "Squeeze", "steps": ["<p>Sit tall.</p>"], "image": image, "dose": "10 times"}),
        block("faq", {"heading": "Questions", "items": [{"question": "How long?", "answer": "<p>One hour.</p>"}]}),
        block("cta", {"heading": "Move better", "text": "", "link": {"text": "Read more", "page": page.pk}}),
        block("form_embed", {"heading": "", "form": form.pk}),
    ]


def build_pages(clinic: Clinic) -> dict[str, Any]:
    """Fill ``clinic`` with one page of each type and return them by the name of their type."""
    picture, document = (
        a_picture(1_000_501, focal_point_x=350, focal_point_y=125, focal_point_width=10, focal_point_height=10),
        a_document(601),
    )
    region = factories.BodyRegionFactory(pk=1_000_701)
    treatment = factories.TreatmentFactory(pk=1_000_711)
    role, specialty = factories.StaffRoleFactory(pk=1_000_721), factories.SpecialtyFactory(pk=731)
    form = _form(clinic)
    content = factories.ContentPageFactory(
        pk=1_000_902, parent=clinic.home, introduction="What we take.", social_image=picture
    )
    location = _location(clinic, picture)
    profile = _profile(clinic, picture, role, specialty, location)
    factories.StaffProfilePageFactory(
        pk=1_000_907, parent=clinic.staff, given_name="Noor", family_name="Haddad", role=role, title="Noor Haddad"
    )
    body = every_body_block(content, picture, document, form)
    content.body, content.call_to_action = body, [block("form_embed", {"heading": "Ask us", "form": form.pk})]
    content.save_revision().publish()
    condition = _condition(clinic, profile, region, treatment, body)
    home = _home(clinic, picture, condition, profile, content)
    _settings(clinic, picture, content, form)
    pages = [home, clinic.conditions, condition, clinic.staff, profile, location, content, form]
    Page.objects.all().update(first_published_at=PUBLISHED, last_published_at=PUBLISHED)
    for page in Page.objects.specific():
        index.insert_or_update_object(page)
    return {type(page).__name__: type(page).objects.get(pk=page.pk) for page in pages}


def _form(clinic: Clinic) -> Any:
    choices = [{"type": "item", "id": f"choice-{word}", "value": {"label": word.title()}} for word in ("new", "known")]
    fields = [
        block("radios", {"label": "New or known?", "required": True, "choices": choices}),
        block("email", {"label": "Email address", "help_text": "We answer there.", "required": True}),
        block("days_of_week", {"label": "Days", "offered": ["monday", "friday"]}),
        block("static_text", {"text": "<p>We call back.</p>"}),
    ]
    step = block("step", {"title": "Your visit", "introduction": "<p>Two questions.</p>", "fields": fields})
    return factories.FormPageFactory(
        pk=1_000_901, parent=clinic.home, steps=[step], notification_recipients="desk@harbor.example"
    )


def _location(clinic: Clinic, picture: ClinicImage) -> Any:
    location = factories.LocationPageFactory(
        pk=1_000_903,
        parent=clinic.home,
        title="Alder Street",
        photo=picture,
        directions="<p>Bus 10.</p>",
        latitude="47.6",
    )
    location.opening_hours.add(OpeningHours(day=0, opens=datetime.time(7), closes=datetime.time(19)))
    location.opening_hours_exceptions.add(
        OpeningHoursException(date=datetime.date(2100, 11, 25), note="Thanksgiving", locale=location.locale)
    )
    location.save()
    return location


def _profile(clinic: Clinic, picture: ClinicImage, role: Any, specialty: Any, location: Any) -> Any:
    profile = factories.StaffProfilePageFactory(
        pk=1_000_904,
        parent=clinic.staff,
        title="Amara Okafor",
        family_name="Okafor",
        role=role,
        photo=picture,
        introduction="Helps people lift again.",
        biography="<p>From Boston.</p>",
        accepting_new_patients=False,
    )
    profile.education.add(Education(qualification="DPT", institution="Northeastern", year=2016, locale=profile.locale))
    profile.certifications.add(Certification(name="OCS", in_progress=True, locale=profile.locale))
    profile.languages.add(SpokenLanguage(code="ig"))
    profile.specialties.add(specialty)
    profile.locations.add(location)
    profile.save()
    return profile


def _condition(clinic: Clinic, profile: Any, region: Any, treatment: Any, body: list[dict[str, Any]]) -> Any:
    related = factories.ConditionPageFactory(
        pk=1_000_906, parent=clinic.conditions, title="Neck pain", slug="neck-pain"
    )
    condition = factories.ConditionPageFactory(
        pk=1_000_905,
        parent=clinic.conditions,
        title="Upper back pain",
        causes=[block("cause", {"name": "Posture", "detail": "<p>Long hours.</p>"})],
        symptoms=[block("symptom", {"name": "Stiffness", "detail": "<p>On waking.</p>"})],
        care_emergency="<p>Call 911.</p>",
        treatments=[block("treatment", {"treatment": treatment.pk, "description": ""})],
        self_care=body,
        faqs=[block("faq", {"question": "Is it serious?", "answer": "<p>Rarely.</p>"})],
        sources=[block("source", {"title": "Back Pain", "publisher": "NIAMS", "url": "https://www.niams.nih.gov/"})],
        author=profile,
        clinical_reviewer=profile,
        last_reviewed=datetime.date(2026, 6, 1),
        next_review=datetime.date(2100, 6, 1),
    )
    condition.other_names.add(OtherName(name="Thoracic pain", locale=condition.locale))
    condition.clinicians.add(ConditionClinician(profile=profile))
    condition.related_conditions.add(RelatedCondition(condition=related))
    condition.body_regions.add(region)
    condition.save()
    return condition


def _home(clinic: Clinic, picture: ClinicImage, condition: Any, profile: Any, content: Any) -> Any:
    from clinicsite.models import HomeFeaturedPage, HomeStaffMember

    home = clinic.home
    home.hero_image, home.hero_cta_page = picture, content
    home.why_us = [block("reason", {"title": "One hour", "text": "<p>With one therapist.</p>"})]
    home.trust_facts = [block("fact", {"figure": "2 days", "label": "to your first visit", "source": ""})]
    home.featured_pages.add(HomeFeaturedPage(page=condition))
    home.staff_members.add(HomeStaffMember(page=profile))
    home.save()
    return home


def _settings(clinic: Clinic, picture: ClinicImage, content: Any, form: Any) -> None:
    settings = ClinicSettings.for_site(clinic.site)
    settings.name, settings.phone, settings.logo, settings.appointment_page = "Harbor", "206 555 0142", picture, form
    settings.banner_enabled, settings.banner_text = True, f'<a linktype="page" id="{content.pk}">Closed today</a>'
    settings.navigation = [block("link", {"text": "", "page": content.pk})]
    settings.footer_columns = [block("column", {"heading": "Care", "links": [{"text": "", "page": content.pk}]})]
    settings.social_links = [block("profile", {"network": "youtube", "url": "https://www.youtube.com/@harbor"})]
    settings.save()
