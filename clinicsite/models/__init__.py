"""What every page shares, the site-wide page types, and the clinic's settings."""

from clinicsite.models.base import ClinicPage
from clinicsite.models.images import ClinicImage, ClinicRendition
from clinicsite.models.locations import LocationPage, OpeningHours, OpeningHoursException
from clinicsite.models.pages import ContentPage, HomeFeaturedPage, HomePage, HomeStaffMember
from clinicsite.models.settings import ClinicSettings

__all__ = [
    "ClinicImage",
    "ClinicPage",
    "ClinicRendition",
    "ClinicSettings",
    "ContentPage",
    "HomeFeaturedPage",
    "HomePage",
    "HomeStaffMember",
    "LocationPage",
    "OpeningHours",
    "OpeningHoursException",
]
