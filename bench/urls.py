"""The site's addresses with Wagtail's API v2 beside them, as https://docs.wagtail.org/en/stable/advanced_topics/api/v2/."""

from typing import Any

from django.urls import path
from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet

from clinicsite.urls import urlpatterns as site_urlpatterns
from conditions.models import ConditionPage

# What ours answers of a condition page, as far as v2 can: it writes no block, link or picture out.
OWN_FIELDS = [
    *("summary", "body_regions", "other_names", "clinicians", "related_conditions", "author", "clinical_reviewer"),
    *("causes_introduction", "causes", "symptoms_introduction", "symptoms", "symptom_pattern"),
    *("care_routine", "care_urgent", "care_emergency", "treatment_introduction", "treatments", "treatment_outlook"),
    *("self_care", "prevention", "faqs", "body", "call_to_action", "sources", "last_reviewed", "next_review"),
    *("social_image", "last_published_at"),
]


def router() -> Any:
    """Return v2's addresses."""
    ConditionPage.api_fields = [APIField(name) for name in OWN_FIELDS]
    api = WagtailAPIRouter("bench_v2")
    api.register_endpoint("pages", PagesAPIViewSet)
    api.register_endpoint("images", ImagesAPIViewSet)
    api.register_endpoint("documents", DocumentsAPIViewSet)
    return api.urls


# Before the site's own, which take whatever begins with api/.
urlpatterns = [path("api/v2/", router()), *site_urlpatterns]
