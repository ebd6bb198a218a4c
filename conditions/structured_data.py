"""schema.org JSON-LD of condition pages (https://schema.org/docs/meddocs.html)."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from clinicsite.structured_data import Node, iso, named, node, web_page
from staff.structured_data import person_reference

if TYPE_CHECKING:
    from conditions.models import ConditionPage


def condition(page: "ConditionPage", request: HttpRequest | None) -> list[Node]:
    """Return the page as a medical one, with who wrote and who checked it, about the condition itself."""
    return [
        web_page(
            page,
            request,
            "MedicalWebPage",
            about=_medical_condition(page),
            audience=node("Patient"),
            lastReviewed=iso(page.last_reviewed),
            author=person_reference(page.public_author, request),
            reviewedBy=person_reference(page.public_reviewer, request),
            citation=[_citation(source.value) for source in page.sources],
        )
    ]


def _medical_condition(page: "ConditionPage") -> Node:
    return node(
        "MedicalCondition",
        name=page.title,
        alternateName=[other.name for other in page.other_names.all()],
        description=page.summary,
        signOrSymptom=named("MedicalSymptom", (child.value["name"] for child in page.symptoms)),
        cause=named("MedicalCause", (child.value["name"] for child in page.causes)),
        possibleTreatment=named("MedicalTherapy", (child.value.name for child in page.treatments)),
        associatedAnatomy=named("AnatomicalStructure", (region.name for region in page.body_regions.all())),
    )


def _citation(source: dict) -> Node:
    year = source.get("year")
    return node(
        "CreativeWork",
        name=source["title"],
        url=source["url"],
        publisher=node("Organization", name=source["publisher"]),
        datePublished=str(year) if year else "",
    )
