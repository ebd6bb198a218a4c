"""Conditions over the API: condition pages, body regions and treatments, and the filters they bring to lists."""

from typing import Any

from django.db.models import Q
from django.utils.html import strip_tags
from ninja import Router
from wagtail.blocks.stream_block import StreamValue

from clinicsite.api.lists import add_snippet_list
from clinicsite.api.page_types import PageType
from clinicsite.api.params import ObjectId, Words
from clinicsite.api.references import Ref, References
from clinicsite.api.registry import PageFilter, register_page_filter, register_page_type, register_snippet_shape
from clinicsite.api.schemas import Out, PageLink
from clinicsite.api.shapes import Computed, Shape, list_of
from clinicsite.api.site_pages import HOME
from clinicsite.api.visibility import PublicSite
from clinicsite.structured_data import stored
from conditions.models import BodyRegion, ConditionIndexPage, ConditionPage, Treatment
from conditions.models.index import by_region, from_a_to_z
from staff.api import PROFILE
from staff.models import StaffProfilePage

BODY_REGION = register_snippet_shape(
    Shape("BodyRegion", BodyRegion, ["id", "name", "slug", "description", "sort_order"])
)
TREATMENT = register_snippet_shape(Shape("Treatment", Treatment, ["id", "name", "description"]))


class Clinician(PROFILE.card_schema):  # type: ignore[name-defined]
    """Somebody who treats a condition: a card, and the biography that the foot of the condition's page shows."""

    biography: str


def _clinician_ids(page: ConditionPage) -> list[int]:
    return [item.profile_id for item in page.clinicians.all()]


def _clinicians(page: ConditionPage, refs: References) -> Ref:
    return refs.cards(_clinician_ids(page), lambda profile: {"biography": refs.rich_text(profile.biography)})


def _related(page: ConditionPage, refs: References) -> Ref:
    return refs.cards(item.condition_id for item in page.related_conditions.all() if item.condition_id != page.pk)


def _settle(page: ConditionPage, refs: References) -> None:
    page.public_people = refs.shown([*_clinician_ids(page), page.author_id, page.clinical_reviewer_id])
    treatments = [value.get("treatment") for value in stored(page.treatments)]
    names = {pk: treatment.name for pk, treatment in refs.public.snippets(Treatment, treatments).items()}
    page.treatment_names = [names.get(pk, "") for pk in treatments]


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
            "last_reviewed",
            "next_review",
        ],
        {
            "other_names": Computed(list[str], lambda page, _refs: [item.name for item in page.other_names.all()]),
            "body_regions": list_of(BODY_REGION, "body_regions"),
            "clinicians": Computed(list[Clinician], _clinicians),
            "author": Computed(PROFILE.card_schema | None, lambda page, refs: refs.card(page.author_id)),
            "clinical_reviewer": Computed(
                PROFILE.card_schema | None, lambda page, refs: refs.card(page.clinical_reviewer_id)
            ),
        },
        settle=_settle,
    )
)
CONDITIONS = list[CONDITION.card_schema]


CONDITION.contribute("related_conditions", Computed(CONDITIONS, _related))
PROFILE.contribute("conditions", Computed(CONDITIONS, lambda page, refs: refs.cards_of(page.public_conditions)))
HOME.contribute(
    "featured_conditions",
    Computed(CONDITIONS, lambda page, refs: refs.cards(item.page_id for item in page.featured_pages.all())),
)


class RegionConditions(Out):
    """A body region and the conditions that belong to it."""

    region: BODY_REGION.schema  # type: ignore[name-defined]
    conditions: CONDITIONS  # type: ignore[valid-type]


class AlphabetEntry(Out):
    """A line of the A to Z: a condition's own name, or another name that leads to it."""

    label: str
    is_other_name: bool
    condition: PageLink


class Letter(Out):
    """A first letter and the names that start with it."""

    letter: str
    entries: list[AlphabetEntry]


def _regions(page: ConditionIndexPage, refs: References) -> list[dict[str, Any]]:
    refs.depends_on_pages()
    return [
        {"region": BODY_REGION.write(region, refs), "conditions": refs.cards_of(conditions)}
        for region, conditions in by_region(page.public_conditions)
    ]


def _alphabet(page: ConditionIndexPage, refs: References) -> list[dict[str, Any]]:
    refs.depends_on_pages()
    return [
        {
            "letter": letter,
            "entries": [
                {"label": entry.label, "is_other_name": entry.is_other_name, "condition": refs.link(entry.page)}
                for entry in entries
            ],
        }
        for letter, entries in from_a_to_z(page.public_conditions)
    ]


register_page_type(
    PageType(
        ConditionIndexPage,
        ["introduction", "body"],
        {"regions": Computed(list[RegionConditions], _regions), "alphabet": Computed(list[Letter], _alphabet)},
    )
)


def _in_region(_public: PublicSite, slug: str) -> Q:
    return Q(pk__in=ConditionPage.objects.filter(body_regions__slug=slug).values("pk"))


def _treated_by(public: PublicSite, profile_id: int) -> Q:
    profile = public.pages(StaffProfilePage).filter(pk=profile_id)
    return Q(pk__in=ConditionPage.objects.filter(clinicians__profile__in=profile).values("pk"))


def _with_symptom(public: PublicSite, words: str) -> Q:
    """Match the symptoms' own words: a search of the stored JSON would also match its keys and ids."""
    wanted = words.casefold()
    pages = public.pages(ConditionPage).values_list("pk", "symptoms")
    return Q(pk__in=[pk for pk, symptoms in pages if any(wanted in text for text in _symptom_texts(symptoms))])


def _symptom_texts(symptoms: StreamValue) -> list[str]:
    values = [item["value"] for item in symptoms.raw_data if item["type"] == "symptom"]
    return [f"{value.get('name')} {strip_tags(value.get('detail') or '')}".casefold() for value in values]


def _treats(public: PublicSite, condition_id: int) -> Q:
    condition = public.pages(ConditionPage).filter(pk=condition_id)
    return Q(pk__in=StaffProfilePage.objects.filter(treated_conditions__condition__in=condition).values("pk"))


for page_filter in (
    PageFilter("region", Words, "Only conditions of the body region with this slug.", _in_region),
    PageFilter("clinician", ObjectId, "Only conditions that the clinician with this profile id treats.", _treated_by),
    PageFilter("symptom", Words, "Only conditions with a symptom of these words.", _with_symptom),
    PageFilter("condition", ObjectId, "Only profiles of people who treat the condition with this id.", _treats),
):
    register_page_filter(page_filter)

router = Router(tags=["conditions"])
add_snippet_list(router, "/body-regions/", BODY_REGION, "body_regions")
add_snippet_list(router, "/treatments/", TREATMENT, "treatments")
