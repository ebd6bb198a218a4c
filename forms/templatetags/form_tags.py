"""What the form templates ask for."""

from typing import Any

from django import template

from forms.rendering import ShownStep, shown_steps

register = template.Library()


@register.simple_tag(takes_context=True)
def steps_of(context: dict[str, Any], embed: dict[str, Any]) -> list[ShownStep]:
    """Return the steps of an embedded form, with ids that no other form in the page has."""
    request = context.get("request")
    number = getattr(request, "forms_shown", 0) + 1
    if request is not None:
        request.forms_shown = number
    return shown_steps(embed["form"], prefix=f"f{number}-")
