"""The form in which an editor edits a form's page."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from forms.blocks import later_rule_errors


class FormPageForm(WagtailAdminPageForm):
    """Refuses, before publishing, rules of other parts of the page that name what the steps do not have."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "retention_days" not in self.fields:
            # An older version that an editor brings back must not bring back how long answers were kept then.
            newest = self.instance.latest_revision
            content = newest.content if newest else {}
            self.instance.retention_days = content.get("retention_days", self.instance.retention_days)

    def clean(self) -> dict[str, Any]:
        """Return the cleaned data; a draft may still be unfinished."""
        cleaned = super().clean()
        # Steps with errors of their own are told about first: which questions there will be is not known before.
        if not self.is_deferred_validation and "steps" in cleaned:
            for name in ("confirmations", "notification_rules"):
                if name in cleaned and (error := later_rule_errors(cleaned["steps"], cleaned[name])):
                    self.add_error(name, error)
        return cleaned
