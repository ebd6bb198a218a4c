"""What every page shares, the site-wide page types, and the clinic's settings."""

from clinicsite.models.api_settings import ApiSettings
from clinicsite.models.base import ClinicPage
from clinicsite.models.content_state import ContentState
from clinicsite.models.images import ClinicImage, ClinicRendition
from clinicsite.models.locations import LocationPage, OpeningHours, OpeningHoursException
from clinicsite.models.pages import ContentPage, HomeFeaturedPage, HomePage, HomeStaffMember
from clinicsite.models.previews import PagePreview
from clinicsite.models.settings import ClinicSettings

__all__ = [
    "ApiSettings",
    "ClinicImage",
    "ClinicPage",
    "ClinicRendition",
    "ClinicSettings",
    "ContentPage",
    "ContentState",
    "HomeFeaturedPage",
    "HomePage",
    "HomeStaffMember",
    "LocationPage",
    "OpeningHours",
    "OpeningHoursException",
    "PagePreview",
]
