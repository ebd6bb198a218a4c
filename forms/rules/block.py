"""The part of a step or field that says when to show it, as the editor of a form sees it.

A rule is one value of one block, drawn by js/rule-editor.js: it lists the earlier questions of the page being edited,
saved or not, by the ids that Wagtail's editor gives to every block.
"""

import json
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter

from forms.rules import MATCHES, OPERATORS, Condition, Rule, is_group

CONDITION_KEYS = {"question", "operator", "value", "label"}
GROUP_KEYS = {"match", "conditions"}


@dataclass(frozen=True)
class Purpose:
    """What a rule decides, in the words of the editor: over the rule, on it, without conditions, and below it."""

    heading: Promise
    match: Promise
    always: Promise
    help_text: Promise


SHOW = Purpose(
    heading=gettext_lazy("Show this only when…"),
    match=gettext_lazy("When to show it"),
    always=gettext_lazy("Always shown"),
    help_text=gettext_lazy("Without a condition it is always shown. What is not shown is not kept either."),
)
CONFIRM = Purpose(
    heading=gettext_lazy("Show this only when…"),
    match=gettext_lazy("When to show it"),
    always=gettext_lazy("Always shown"),
    help_text=gettext_lazy("Without a condition everybody is shown this, and none of the texts after it."),
)
TELL = Purpose(
    heading=gettext_lazy("Tell them only when…"),
    match=gettext_lazy("When to tell them"),
    always=gettext_lazy("Always told"),
    help_text=gettext_lazy("Without a condition they are told of every request."),
)


class RuleWidget(forms.HiddenInput):
    """A hidden input with the rule as JSON, which the editor's script draws."""

    # For Wagtail a hidden input has no label and no place in the form.
    input_type = "text"
    purpose = SHOW


class RuleField(forms.Field):
    """Takes the JSON that the editor's script writes."""

    widget = RuleWidget

    def __init__(self, purpose: Purpose = SHOW, **kwargs: Any) -> None:
        super().__init__(help_text=purpose.help_text, **kwargs)
        self.widget.purpose = purpose

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


def _is_rule(rule: Any, *, is_group_allowed: bool = True) -> bool:
    if not isinstance(rule, dict) or rule.get("match") not in MATCHES or not isinstance(rule.get("conditions"), list):
        return False
    return all(isinstance(part, dict) and _is_part(part, is_group_allowed) for part in rule["conditions"])


def _is_part(part: Condition | Rule, is_group_allowed: bool) -> bool:
    if is_group(part):
        return is_group_allowed and part.keys() <= GROUP_KEYS and _is_rule(part, is_group_allowed=False)
    return part.keys() <= CONDITION_KEYS


class RuleBlock(blocks.FieldBlock):
    """When to show a step or a field, or do something else; None is always."""

    def __init__(self, purpose: Purpose = SHOW, required: bool = False, **kwargs: Any) -> None:
        self.field = RuleField(purpose, required=required)
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

    purpose: ClassVar[Purpose] = SHOW
    rule = RuleBlock()

    def get_form_layout(self) -> blocks.BlockGroup:
        """Return the parts of the block with the rule folded away at their end."""
        others = [name for name in self.child_blocks if name != "rule"]
        rule = blocks.BlockGroup(
            children=["rule"],
            heading=self.purpose.heading,
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
        return [_config(widget.purpose)]

    @cached_property
    def media(self) -> forms.Media:
        """The script and its styles."""
        return forms.Media(
            js=[
                versioned_static("wagtailadmin/js/telepath/widgets.js"),
                "js/rule-questions.js",
                "js/rule-editor.js",
            ],
            css={"all": ["css/rule-editor.css"]},
        )


register(RuleWidgetAdapter(), RuleWidget)


def _config(purpose: Purpose) -> dict[str, Any]:
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
            "always": str(purpose.always),
            "all": _("All of these are true"),
            "any": _("Any of these is true"),
            "match": str(purpose.match),
            "condition": _("Condition {number}"),
            "group": _("Group {number}"),
            "match_group": _("When group {number} is true"),
            "question": _("Question"),
            "operator": _("How to compare"),
            "value": _("Answer"),
            "choose": _("Choose…"),
            "add": _("Add a condition"),
            "add_group": _("Add a group of conditions"),
            "remove": _("Remove condition {number}"),
            "remove_group": _("Remove group {number}"),
            "grouped": _("({conditions})"),
            "none_earlier": _("There is no earlier question that it could depend on."),
            "gone": _("{label} (removed, or no longer before this)"),
            "removed_question": _("A question"),
            "removed_choice": _("A choice that was removed"),
            "unnamed": _("Question without words"),
            "and": _("{first} and {second}"),
            "or": _("{first} or {second}"),
        },
    }
