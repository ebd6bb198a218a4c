"""What happens when a workflow has approved a page: the setting WAGTAIL_FINISH_WORKFLOW_ACTION names this function."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from wagtail.models import WorkflowState


def publish_reviewed(workflow_state: "WorkflowState", user: "AbstractUser | None" = None) -> None:
    """Date the clinical review on a condition page, then publish the page."""
    # Wagtail imports this module while its own models load, so ours must wait until it is called.
    from conditions.review import reviewed_revision

    revision = reviewed_revision(workflow_state, user)
    # The workflow has decided who may approve; clinicians have no permission to publish outside of it.
    revision.publish(user=user, skip_permission_checks=True)
