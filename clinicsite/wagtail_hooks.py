"""What the whole admin gains: the clinic's colours, and links in rich text that respect what is public."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from clinicsite.links import PublicPageLinkHandler


@hooks.register("insert_global_admin_css")
def clinic_colours() -> str:
    """Return the link to the admin's colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


# After Wagtail's own registration, which it replaces.
@hooks.register("register_rich_text_features", order=100)
def link_to_public_pages_only(features: FeatureRegistry) -> None:
    """Let rich text link only to pages that anyone may read."""
    features.register_link_type(PublicPageLinkHandler)
