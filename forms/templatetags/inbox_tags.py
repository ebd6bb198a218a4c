"""What the templates of the inbox ask for."""

from typing import Any

from django import template
from django.urls import reverse
from wagtail.admin.templatetags.wagtailadmin_tags import bulk_action_choices
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.admin.widgets.button import ButtonWithDropdown

from forms.inbox.access import has_permission

register = template.Library()


@register.inclusion_tag("wagtailadmin/shared/buttons.html", takes_context=True)
def allowed_bulk_actions(context: dict[str, Any], app_label: str, model_name: str) -> dict[str, Any]:
    """Return Wagtail's buttons for several requests, without those that this person would only be refused."""
    allowed = {
        reverse("wagtail_bulk_action", args=[app_label, model_name, action.action_type])
        for action in bulk_action_registry.get_bulk_actions_for_model(app_label, model_name)
        if has_permission(context["request"], action.needs)
    }
    buttons = []
    for button in bulk_action_choices(context, app_label, model_name)["buttons"]:
        if isinstance(button, ButtonWithDropdown):
            button.dropdown_buttons = [each for each in button.dropdown_buttons if each.url in allowed]
            buttons += [button] if button.dropdown_buttons else []
        elif button.url in allowed:
            buttons.append(button)
    return {"buttons": buttons}
