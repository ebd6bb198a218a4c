"""Screens for what is neither added, edited nor deleted in the admin: requests, and the e-mails about them."""

from typing import Any

from wagtail.admin.viewsets.model import ModelViewSet


class ReadOnlyViewSet(ModelViewSet):
    """Wagtail's screens of a model without those that write."""

    add_to_reference_index = False
    copy_view_enabled = False
    exclude_form_fields: tuple[str, ...] = ()

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Return the names of the addresses there are."""
        missing = dict.fromkeys(
            ("add_url_name", "edit_url_name", "delete_url_name", "history_url_name", "usage_url_name")
        )
        return super().get_common_view_kwargs(**{**missing, **kwargs})
