"""What every page of the site shows around its own content: name, phones, navigation, banner, footer."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router

from clinicsite.api.http import answer
from clinicsite.api.references import References
from clinicsite.api.schemas import Out, Problem
from clinicsite.api.shapes import Computed, Shape
from clinicsite.api.visibility import PublicSite
from clinicsite.models import ClinicSettings
from clinicsite.models.settings import BannerLevel

router = Router(tags=["site"])


class Banner(Out):
    """A notice at the top of every page; ``text`` is HTML."""

    level: Literal[tuple(BannerLevel.values)]  # type: ignore[valid-type]
    text: str


def _banner(clinic: ClinicSettings, refs: References) -> dict[str, Any] | None:
    if not (clinic.banner_enabled and clinic.banner_text):
        return None
    return {"level": clinic.banner_level, "text": refs.rich_text(clinic.banner_text)}


SITE = Shape(
    "Site",
    ClinicSettings,
    [
        "name",
        "tagline",
        "logo",
        "phone",
        "phone_note",
        "fax",
        "email",
        "emergency_number",
        "appointment_page",
        "appointment_label",
        "appointment_promise",
        "navigation",
        "footer_text",
        "footer_columns",
        "social_links",
    ],
    {"banner": Computed(Banner | None, _banner)},
)


@router.get("/", response={200: SITE.schema, 404: Problem, 422: Problem})
def get_site(request: HttpRequest) -> HttpResponse:
    """The clinic's name, phones, navigation, banner and footer."""
    public = PublicSite.of(request)
    refs = References(public)
    return answer(request, SITE.write(public.memory.settings, refs), refs)
