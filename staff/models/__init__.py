"""The people of the clinic: their roles and specialties, their profiles, and the page that lists them."""

from staff.models.index import StaffIndexPage
from staff.models.lists import Specialty, StaffRole
from staff.models.profile import StaffProfilePage
from staff.models.qualifications import Certification, Education, EducationKind, SpokenLanguage

__all__ = [
    "Certification",
    "Education",
    "EducationKind",
    "Specialty",
    "SpokenLanguage",
    "StaffIndexPage",
    "StaffProfilePage",
    "StaffRole",
]
