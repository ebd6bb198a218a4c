"""What patients have and what helps: body regions, treatments, condition pages and the page that lists them."""

from conditions.models.condition import ConditionClinician, ConditionPage, OtherName, RelatedCondition
from conditions.models.index import ConditionIndexPage
from conditions.models.lists import BodyRegion, Treatment

__all__ = [
    "BodyRegion",
    "ConditionClinician",
    "ConditionIndexPage",
    "ConditionPage",
    "OtherName",
    "RelatedCondition",
    "Treatment",
]
