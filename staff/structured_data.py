"""schema.org JSON-LD of staff profiles."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from clinicsite.models import LocationPage
from clinicsite.structured_data import Node, clinic_reference, image_url, named, node, page_url, web_page

if TYPE_CHECKING:
    from staff.models import StaffProfilePage


def person_id(profile: "StaffProfilePage", request: HttpRequest | None) -> str:
    """Return the identity by which all pages name this person."""
    return f"{page_url(profile, request)}#person"


def person_reference(profile: "StaffProfilePage | None", request: HttpRequest | None) -> Node | None:
    """Return a person as other pages point at them; None where nobody is named."""
    if profile is None:
        return None
    return node(
        "Person",
        id_=person_id(profile, request),
        name=profile.title,
        honorificSuffix=profile.post_nominals,
        jobTitle=profile.role.name if profile.role else "",
        url=page_url(profile, request),
    )


def profile(page: "StaffProfilePage", request: HttpRequest | None) -> list[Node]:
    """Return the person, and the profile page about them."""
    person = node(
        "Person",
        id_=person_id(page, request),
        name=page.title,
        givenName=page.given_name,
        familyName=page.family_name,
        honorificSuffix=page.post_nominals,
        pronouns=page.pronouns,
        jobTitle=page.role.name if page.role else "",
        description=page.introduction,
        image=image_url(page.photo, page, request),
        url=page_url(page, request),
        worksFor=clinic_reference(page, request),
        workLocation=[_place(location, request) for location in page.public_locations],
        alumniOf=named("EducationalOrganization", dict.fromkeys(item.institution for item in page.education.all())),
        hasCredential=_credentials(page),
        knowsLanguage=[language.code for language in page.languages.all()],
        knowsAbout=[
            *(specialty.name for specialty in page.specialties.all()),
            *(condition.title for condition in page.public_conditions),
        ],
    )
    return [web_page(page, request, "ProfilePage", mainEntity=person)]


def _place(location: LocationPage, request: HttpRequest | None) -> Node:
    url = page_url(location, request)
    return node("MedicalClinic", id_=f"{url}#location", name=location.title, url=url)


def _credentials(page: "StaffProfilePage") -> list[Node]:
    """Return what has been earned; a certification in progress is none yet."""
    degrees = [
        node("EducationalOccupationalCredential", name=item.qualification, credentialCategory=item.kind)
        for item in page.education.all()
    ]
    certifications = [
        node(
            "EducationalOccupationalCredential",
            name=item.name,
            credentialCategory="certification",
            recognizedBy=node("Organization", name=item.awarded_by) if item.awarded_by else None,
        )
        for item in page.certifications.all()
        if not item.in_progress
    ]
    return degrees + certifications
