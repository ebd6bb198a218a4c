"""schema.org JSON-LD of condition pages (https://schema.org/docs/meddocs.html)."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from clinicsite.structured_data import Node, iso, named, node, stored, web_page
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
            citation=[_citation(source) for source in stored(page.sources)],
        )
    ]


def _medical_condition(page: "ConditionPage") -> Node:
    return node(
        "MedicalCondition",
        name=page.title,
        alternateName=[other.name for other in page.other_names.all()],
        description=page.summary,
        signOrSymptom=named("MedicalSymptom", (symptom["name"] for symptom in stored(page.symptoms))),
        cause=named("MedicalCause", (cause["name"] for cause in stored(page.causes))),
        possibleTreatment=named("MedicalTherapy", page.treatment_names),
        associatedAnatomy=named("AnatomicalStructure", (region.name for region in page.body_regions.all())),
    )


def _citation(source: dict[str, Any]) -> Node:
    year = source.get("year")
    return node(
        "CreativeWork",
        name=source["title"],
        url=source["url"],
        publisher=node("Organization", name=source["publisher"]),
        datePublished=str(year) if year else "",
    )
