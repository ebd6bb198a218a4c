"""The part of a step or field that says when to show it, as the editor of a form sees it.

A rule is one value of one block, drawn by js/rule-editor.js: it lists the earlier questions of the page being edited,
saved or not, by the ids that Wagtail's editor gives to every block.
"""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter

from forms.rules import MATCHES, OPERATORS, Rule

CONDITION_KEYS = {"question", "operator", "value", "label"}


class RuleWidget(forms.HiddenInput):
    """A hidden input with the rule as JSON, which the editor's script draws."""

    # For Wagtail a hidden input has no label and no place in the form.
    input_type = "text"


class RuleField(forms.Field):
    """Takes the JSON that the editor's script writes."""

    widget = RuleWidget

    def prepare_value(self, value: Rule | str | None) -> str:
        """Return the rule as JSON; empty for none."""
        return value if isinstance(value, str) else json.dumps(value) if value else ""

    def to_python(self, value: Rule | str | None) -> Rule | None:
        """Return the rule; None for none. Raises ValidationError for what the script cannot have written."""
        rule = value
        if isinstance(value, str):
            try:
                rule = json.loads(value) if value else None
            except ValueError:
                rule = value
        if not rule:
            return None
        if not _is_rule(rule):
            raise ValidationError(_("This rule cannot be read. Remove its conditions and add them again."))
        return rule if rule["conditions"] else None


def _is_rule(rule: Any) -> bool:
    if not isinstance(rule, dict) or rule.get("match") not in MATCHES or not isinstance(rule.get("conditions"), list):
        return False
    return all(isinstance(each, dict) and each.keys() <= CONDITION_KEYS for each in rule["conditions"])


class RuleBlock(blocks.FieldBlock):
    """When to show a step or a field; None is always."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = gettext_lazy("Without a condition it is always shown. What is not shown is not kept either.")
        self.field = RuleField(required=False, help_text=help_text)
        super().__init__(**kwargs)

    def value_from_form(self, value: Rule | str | None) -> Rule | str | None:
        """Return the rule; unreadable text stays as it is, for ``clean`` to refuse."""
        try:
            return self.field.to_python(value)
        except ValidationError:
            return value

    class Meta:
        icon = "view"
        label = gettext_lazy("Conditions")


class RuledBlock(blocks.StructBlock):
    """A block with a rule, in a part of its own under its other parts."""

    rule = RuleBlock(required=False)

    def get_form_layout(self) -> blocks.BlockGroup:
        """Return the parts of the block with the rule folded away at their end."""
        others = [name for name in self.child_blocks if name != "rule"]
        rule = blocks.BlockGroup(
            children=["rule"],
            heading=gettext_lazy("Show this only when…"),
            classname="collapsed",
            icon="view",
            label_format="{rule}",
        )
        return blocks.BlockGroup(children=[*others, rule])


class RuleWidgetAdapter(WidgetAdapter):
    """Hands the editor's script what it needs to know of questions and operators."""

    js_constructor = "forms.RuleWidget"

    def js_args(self, widget: RuleWidget) -> list[Any]:
        """Return the operators, what each type of question can be compared by, and the script's words."""
        return [_config()]

    @cached_property
    def media(self) -> forms.Media:
        """The script and its styles."""
        return forms.Media(
            js=[versioned_static("wagtailadmin/js/telepath/widgets.js"), "js/rule-editor.js"],
            css={"all": ["css/rule-editor.css"]},
        )


register(RuleWidgetAdapter(), RuleWidget)


def _config() -> dict[str, Any]:
    from forms.fields import FIELD_TYPES  # They have rules themselves.

    return {
        "operators": {
            name: {"label": str(operator.label), "operand": operator.operand} for name, operator in OPERATORS.items()
        },
        "types": {
            name: {"operators": list(kind.operators), "operand": kind.operand, "choices": kind.editor_choices()}
            for name, kind in FIELD_TYPES.items()
        },
        "words": {
            "always": _("Always shown"),
            "all": _("All of these are true"),
            "any": _("Any of these is true"),
            "match": _("When to show it"),
            "condition": _("Condition {number}"),
            "question": _("Question"),
            "operator": _("How to compare"),
            "value": _("Answer"),
            "choose": _("Choose…"),
            "add": _("Add a condition"),
            "remove": _("Remove condition {number}"),
            "none_earlier": _("There is no question before this one that it could depend on."),
            "gone": _("{label} (removed, or no longer before this)"),
            "removed_question": _("A question"),
            "removed_choice": _("A choice that was removed"),
            "unnamed": _("Question without words"),
            "and": _("{first} and {second}"),
            "or": _("{first} or {second}"),
        },
    }
