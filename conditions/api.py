"""Conditions over the API: condition pages, body regions and treatments, and the filters they bring to lists."""

from typing import Any

from django.db.models import Q
from django.utils.html import strip_tags
from ninja import Router

from clinicsite.api.lists import add_snippet_list
from clinicsite.api.page_types import PageType
from clinicsite.api.params import ObjectId, Words
from clinicsite.api.references import References
from clinicsite.api.registry import PageFilter, register_page_filter, register_page_type, register_snippet_shape
from clinicsite.api.schemas import Out
from clinicsite.api.shapes import Computed, Shape, list_of
from clinicsite.api.visibility import PublicSite
from conditions.models import BodyRegion, ConditionIndexPage, ConditionPage, Treatment
from staff.api import PROFILE
from staff.models import StaffProfilePage

BODY_REGION = register_snippet_shape(
    Shape("BodyRegion", BodyRegion, ["id", "name", "slug", "description", "sort_order"])
)
TREATMENT = register_snippet_shape(Shape("Treatment", Treatment, ["id", "name", "description"]))

CONDITION = register_page_type(
    PageType(
        ConditionPage,
        [
            "summary",
            "causes_introduction",
            "causes",
            "symptoms_introduction",
            "symptoms",
            "symptom_pattern",
            "care_routine",
            "care_urgent",
            "care_emergency",
            "treatment_introduction",
            "treatments",
            "treatment_outlook",
            "self_care",
            "prevention",
            "faqs",
            "body",
            "call_to_action",
            "sources",
            "author",
            "clinical_reviewer",
            "last_reviewed",
            "next_review",
        ],
        {
            "other_names": Computed(list[str], lambda page, _refs: [item.name for item in page.other_names.all()]),
            "body_regions": list_of(BODY_REGION, "body_regions"),
            "clinicians": Computed(
                list[PROFILE.card_schema],  # type: ignore[name-defined]
                lambda page, refs: refs.cards(item.profile_id for item in page.clinicians.all()),
            ),
        },
    )
)
