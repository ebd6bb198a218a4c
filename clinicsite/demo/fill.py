"""Puts the demo's data into pages, snippets and settings: one function per kind of thing."""

from dataclasses import dataclass
from typing import Self

from wagtail.models import Locale, Site

from clinicsite.demo import clinic
from clinicsite.demo.conditions import INDEX
from clinicsite.demo.markup import joined, named_items
from clinicsite.demo.people import INDEX_INTRODUCTION, PEOPLE
from clinicsite.demo.raw import Raw
from clinicsite.demo.vocabulary import Article, Block, Condition, Person, Place, Rich, form_embed
from clinicsite.models import (
    ClinicSettings,
    ContentPage,
    HomeFeaturedPage,
    HomePage,
    HomeStaffMember,
    LocationPage,
    OpeningHours,
    OpeningHoursException,
)
from conditions.models import (
    BodyRegion,
    ConditionClinician,
    ConditionIndexPage,
    ConditionPage,
    OtherName,
    RelatedCondition,
    Treatment,
)
from staff.models import (
    Certification,
    Education,
    Specialty,
    SpokenLanguage,
    StaffIndexPage,
    StaffProfilePage,
    StaffRole,
)


@dataclass
class Snippets:
    """The demo's snippets by their keys."""

    regions: dict[str, BodyRegion]
    roles: dict[str, StaffRole]
    treatments: dict[str, Treatment]
    specialties: dict[str, Specialty]

    @classmethod
    def create(cls, raw: Raw, locale: Locale) -> Self:
        """Store all snippets; return them by key."""
        names = sorted({name for person in PEOPLE for name in person.specialties})
        return cls(
            regions={
                slug: BodyRegion.objects.create(
                    locale=locale, slug=slug, name=name, description=description, sort_order=10 * order
                )
                for order, (slug, (name, description)) in enumerate(clinic.REGIONS.items(), start=1)
            },
            roles={
                slug: StaffRole.objects.create(
                    locale=locale, slug=slug, name=name, is_clinician=is_clinician, sort_order=10 * order
                )
                for order, (slug, (name, is_clinician)) in enumerate(clinic.ROLES.items(), start=1)
            },
            treatments={
                key: Treatment.objects.create(locale=locale, name=name, description=raw.rich(description))
                for key, (name, description) in clinic.TREATMENTS.items()
            },
            specialties={name: Specialty.objects.create(locale=locale, name=name) for name in names},
        )


def location(page: LocationPage, place: Place) -> LocationPage:
    """Return ``page`` with the fields it cannot be saved without."""
    page.street_address, page.address_extra = place.street_address, place.address_extra
    page.city, page.region, page.postal_code = "Seattle", "WA", place.postal_code
    page.phone = place.phone
    return page


def location_details(page: LocationPage, place: Place, raw: Raw) -> None:
    """Fill in a location: words, picture, hours and exceptions."""
    page.introduction = joined(place.introduction)
    page.search_description = joined(place.search_description)
    page.photo_id = raw.picture_ids[place.picture]
    page.latitude, page.longitude, page.email = place.latitude, place.longitude, place.email
    page.directions, page.accessibility_notes = raw.rich(place.directions), raw.rich(place.accessibility_notes)
    page.body = raw.stream(place.body)
    page.opening_hours = [OpeningHours(day=day, opens=opens, closes=closes) for day, opens, closes in place.hours]
    page.opening_hours_exceptions = [OpeningHoursException(locale=page.locale, **item) for item in place.exceptions]


def staff_index(page: StaffIndexPage) -> None:
    """Fill in the list of staff."""
    page.introduction = joined(INDEX_INTRODUCTION)
    page.search_description = joined(INDEX_INTRODUCTION)


def profile(page: StaffProfilePage, person: Person, raw: Raw, snippets: Snippets) -> None:
    """Fill in a staff profile."""
    page.post_nominals, page.pronouns = person.post_nominals, person.pronouns
    page.role = snippets.roles[person.role]
    page.photo_id = raw.picture_ids[person.portrait]
    page.introduction = page.search_description = joined(person.introduction)
    page.biography, page.interests = raw.rich(person.biography), raw.rich(person.interests)
    page.accepting_new_patients = person.accepting
    page.specialties = [snippets.specialties[name] for name in person.specialties]
    page.locations = [LocationPage.objects.get(pk=raw.page_ids[key]) for key in person.locations]
    page.languages = [SpokenLanguage(code=code) for code in person.languages]
    page.education = [Education(locale=page.locale, **vars(item)) for item in person.education]
    page.certifications = [
        Certification(locale=page.locale, in_progress=item.year is None, **vars(item)) for item in person.certifications
    ]


def article(page: ContentPage, data: Article, raw: Raw) -> None:
    """Fill in a content page."""
    page.introduction, page.search_description = joined(data.introduction), joined(data.search_description)
    page.body, page.call_to_action = raw.stream(data.body), raw.stream(data.call_to_action)


def condition_index(page: ConditionIndexPage, raw: Raw) -> None:
    """Fill in the list of conditions."""
    page.introduction, page.search_description = joined(INDEX["introduction"]), joined(INDEX["search_description"])
    page.body = raw.stream(INDEX["body"])


def condition(page: ConditionPage, data: Condition, raw: Raw, snippets: Snippets) -> None:
    """Fill in a condition page: every field that the page type has."""
    page.search_description = joined(data.search_description)
    page.body_regions = [snippets.regions[slug] for slug in data.regions]
    page.other_names = [OtherName(locale=page.locale, name=name) for name in data.other_names]
    for name in ("causes_introduction", "symptoms_introduction", "treatment_introduction", "prevention"):
        setattr(page, name, raw.rich(getattr(data, name)))
    page.care_emergency, page.care_urgent = raw.rich(data.emergency), raw.rich(data.urgent)
    page.care_routine, page.symptom_pattern = raw.rich(data.routine), raw.rich(data.pattern)
    page.treatment_outlook = raw.rich(data.outlook)
    page.causes = raw.stream(_named("cause", data.causes))
    page.symptoms = raw.stream(_named("symptom", data.symptoms))
    page.treatments = raw.stream(
        Block("treatment", {"treatment": snippets.treatments[key].pk, "description": Rich(own)})
        for key, own in data.treatments.items()
    )
    page.self_care, page.body = raw.stream(data.self_care), raw.stream(data.body)
    page.faqs = raw.stream(
        Block("faq", {"question": question, "answer": Rich(answer)}) for question, answer in named_items(data.faqs)
    )
    page.sources = raw.stream(Block("source", vars(source)) for source in data.sources)
    page.call_to_action = raw.stream([form_embed(f"Get help with {data.short_name}")])
    _governance(page, data, raw)


def _named(kind: str, text: str) -> list[Block]:
    return [Block(kind, {"name": name, "detail": Rich(detail)}) for name, detail in named_items(text)]


def _governance(page: ConditionPage, data: Condition, raw: Raw) -> None:
    """Say who treats it, who wrote and checked the page, and what else to read."""
    page.clinicians = [ConditionClinician(profile_id=raw.page_ids[slug]) for slug in data.clinicians]
    page.related_conditions = [RelatedCondition(condition_id=raw.page_ids[slug]) for slug in data.related]
    page.author_id, page.clinical_reviewer_id = raw.page_ids[data.author], raw.page_ids[data.reviewer]
    page.last_reviewed, page.next_review = data.reviewed, data.reviewed + data.review_every


def home(page: HomePage, raw: Raw) -> None:
    """Fill in the home page."""
    for name in ("seo_title", "search_description", "hero_heading", "hero_text", "featured_heading"):
        setattr(page, name, joined(clinic.HOME[name]))
    for name in ("why_us_heading", "staff_heading", "locations_heading"):
        setattr(page, name, clinic.HOME[name])
    page.staff_text = raw.rich(clinic.HOME["staff_text"])
    page.hero_image_id = raw.picture_ids["hero"]
    page.why_us, page.trust_facts = raw.stream(clinic.REASONS), raw.stream(clinic.TRUST_FACTS)
    page.body = raw.stream(clinic.HOME_BODY)
    page.featured_pages = [HomeFeaturedPage(page_id=raw.page_ids[slug]) for slug in clinic.FEATURED_CONDITIONS]
    page.staff_members = [HomeStaffMember(page_id=raw.page_ids[slug]) for slug in clinic.FEATURED_STAFF]


def settings(site: Site, raw: Raw) -> None:
    """Fill in what the clinic says about itself on every page."""
    row = ClinicSettings.for_site(site)
    for name, value in clinic.SETTINGS.items():
        setattr(row, name, value)
    row.logo_id, row.social_image_id = raw.picture_ids["logo"], raw.picture_ids["social"]
    row.appointment_page_id = raw.page_ids["appointment"]
    row.banner_text, row.footer_text = raw.rich(clinic.BANNER_TEXT), raw.rich(clinic.FOOTER_TEXT)
    row.navigation, row.footer_columns = raw.stream(clinic.NAVIGATION), raw.stream(clinic.FOOTER_COLUMNS)
    row.social_links = raw.stream(clinic.SOCIAL_LINKS)
    row.full_clean()
    row.save()
