"""What the whole admin gains: colours, links in rich text to what is public, and word of what is changed in bulk."""

from collections.abc import Sequence

from django.db.models import Model
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.log_actions import LogActionRegistry
from wagtail.rich_text.feature_registry import FeatureRegistry

from clinicsite.content_changes import is_public_model
from clinicsite.links import PublicPageLinkHandler
from clinicsite.models import ContentState


@hooks.register("insert_global_admin_css")
def clinic_colours() -> str:
    """Return the link to the admin's colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


# After Wagtail's own registration, which it replaces.
@hooks.register("register_rich_text_features", order=100)
def link_to_public_pages_only(features: FeatureRegistry) -> None:
    """Let rich text link only to pages that anyone may read."""
    features.register_link_type(PublicPageLinkHandler)


@hooks.register("after_bulk_action")
def note_bulk_change(request: HttpRequest, action_type: str, objects: Sequence[Model], action: BulkAction) -> None:
    """Note, in the same transaction, what was changed in bulk: Wagtail writes some of it past Django's signals."""
    if any(is_public_model(model) for model in action.models):
        ContentState.touch()


# After all actions have been entered.
@hooks.register("register_log_actions", order=1000)
def say_which_token_wrote(actions: LogActionRegistry) -> None:
    """Let histories name the token with which a page was written over the API."""
    # The API knows every app, and is read once they are there.
    from clinicsite.api.drafts.history import name_tokens

    name_tokens(actions)
