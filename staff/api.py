"""Staff over the API: profiles, the list of staff, roles and specialties, and the filters they bring to lists."""

from typing import Any

from django.db.models import Q
from ninja import Router

from clinicsite.api.lists import add_snippet_list
from clinicsite.api.page_types import PageType
from clinicsite.api.params import ObjectId, Words
from clinicsite.api.references import References
from clinicsite.api.registry import PageFilter, register_page_filter, register_page_type, register_snippet_shape
from clinicsite.api.schemas import Out, PageLink
from clinicsite.api.shapes import Computed, Shape, list_of
from clinicsite.api.site_pages import HOME, LOCATION
from clinicsite.api.visibility import PublicSite
from clinicsite.children import chosen_ids
from clinicsite.models import LocationPage
from staff.filters import staffed_locations, treated_conditions
from staff.models import Certification, Education, Specialty, StaffIndexPage, StaffProfilePage, StaffRole


class Language(Out):
    """A language somebody speaks with patients, as a BCP 47 tag and by its name."""

    code: str
    name: str


ROLE = register_snippet_shape(Shape("StaffRole", StaffRole, ["id", "name", "slug", "is_clinician", "sort_order"]))
SPECIALTY = register_snippet_shape(Shape("Specialty", Specialty, ["id", "name"]))
EDUCATION = Shape("Education", Education, ["kind", "qualification", "institution", "place", "year"])
CERTIFICATION = Shape("Certification", Certification, ["name", "awarded_by", "in_progress", "year"])

NAME_WITH_CREDENTIALS = Computed(str, lambda page, _refs: page.name_with_credentials)


def _languages(page: StaffProfilePage, _refs: References) -> list[dict[str, Any]]:
    return [{"code": item.code, "name": item.get_code_display()} for item in page.languages.all()]


def _settle(page: StaffProfilePage, refs: References) -> None:
    page.public_locations = list(refs.shown(chosen_ids(page, "locations")).values())


PROFILE = register_page_type(
    PageType(
        StaffProfilePage,
        [
            "given_name",
            "family_name",
            "post_nominals",
            "pronouns",
            "role",
            "photo",
            "introduction",
            "biography",
            "accepting_new_patients",
            "interests",
        ],
        {
            "name_with_credentials": NAME_WITH_CREDENTIALS,
            "initials": Computed(str, lambda page, _refs: page.initials),
            "education": list_of(EDUCATION, "education"),
            "certifications": list_of(CERTIFICATION, "certifications"),
            "specialties": list_of(SPECIALTY, "specialties"),
            "languages": Computed(list[Language], _languages),
            "locations": Computed(
                list[LOCATION.card_schema], lambda page, refs: refs.cards(chosen_ids(page, "locations"))
            ),
        },
        card_image="photo",
        settle=_settle,
        card_fields={
            "name_with_credentials": NAME_WITH_CREDENTIALS,
            "post_nominals": Computed(str, lambda page, _refs: page.post_nominals),
            "initials": Computed(str, lambda page, _refs: page.initials),
            "role": Computed(str, lambda page, _refs: page.role.name if page.role else ""),
            "accepting_new_patients": Computed(bool, lambda page, _refs: page.accepting_new_patients),
        },
    )
)
PROFILES = list[PROFILE.card_schema]
PROFILE.contribute("colleagues", Computed(PROFILES, lambda page, refs: refs.cards_of(page.colleagues)))
LOCATION.contribute("staff", Computed(PROFILES, lambda page, refs: refs.cards_of(page.public_staff)))
HOME.contribute(
    "featured_staff",
    Computed(PROFILES, lambda page, refs: refs.cards(item.page_id for item in page.staff_members.all())),
)


class StaffFilters(Out):
    """What the list of staff can be narrowed by, each with somebody whom it fits."""

    roles: list[ROLE.schema]  # type: ignore[name-defined]
    locations: list[PageLink]
    conditions: list[PageLink]


def _filters(page: StaffIndexPage, refs: References) -> dict[str, Any]:
    refs.depends_on_pages()
    everybody = page.public_profiles
    roles = {profile.role.pk: profile.role for profile in everybody if profile.role}
    places, conditions = staffed_locations(everybody), treated_conditions(everybody)
    return {
        "roles": [ROLE.write(role, refs) for role in roles.values()],
        "locations": [refs.link(place) for place in dict.fromkeys(places.defer_streamfields())],
        "conditions": [refs.link(condition) for condition in dict.fromkeys(conditions.defer_streamfields())],
    }


register_page_type(
    PageType(
        StaffIndexPage,
        ["introduction"],
        {
            "profiles": Computed(PROFILES, lambda page, refs: refs.cards_of(page.public_profiles)),
            "filters": Computed(StaffFilters, _filters),
        },
    )
)


def _at_location(public: PublicSite, location_id: int) -> Q:
    location = public.pages(LocationPage).filter(pk=location_id)
    return Q(pk__in=StaffProfilePage.objects.filter(locations__in=location).values("pk"))


register_page_filter(
    PageFilter("location", ObjectId, "Only profiles of people who work at the location with this id.", _at_location)
)
register_page_filter(
    PageFilter(
        "role",
        Words,
        "Only profiles of people whose role has this slug.",
        lambda _public, slug: Q(pk__in=StaffProfilePage.objects.filter(role__slug=slug).values("pk")),
    )
)

router = Router(tags=["staff"])
add_snippet_list(router, "/staff-roles/", ROLE, "staff_roles")
add_snippet_list(router, "/specialties/", SPECIALTY, "specialties")
