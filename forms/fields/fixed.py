"""Fields whose choices we know: days, times, areas of the body, and whether somebody is a new patient."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy
from wagtail import blocks

from forms.fields.base import FieldBlock, FieldType, Frozen, PrefilledBlock, register
from forms.fields.choices import ManyChoices, Radios

Known = tuple[tuple[str, Any], ...]


class FixedChoices(ManyChoices):
    """Checkboxes whose choices we know; the editor only says which of them to offer."""

    css_class = "choices--pills"
    choice_parts = ("offered",)
    known: Known = ()

    def freeze(self, field_id: str, value: blocks.StructValue) -> Frozen:
        """Return the field with the choices on offer, in their natural order."""
        frozen = FieldType.freeze(self, field_id, value)
        offered = frozen.pop("offered")
        return frozen | {"choices": [{"id": key, "label": str(label)} for key, label in self.known if key in offered]}


def offered_block(known: Known, default: list[str], **kwargs: Any) -> blocks.MultipleChoiceBlock:
    """Return the part of a block that says which of the ``known`` choices to offer."""
    return blocks.MultipleChoiceBlock(choices=known, default=default, widget=forms.CheckboxSelectMultiple, **kwargs)


DAYS = (
    ("monday", gettext_lazy("Monday")),
    ("tuesday", gettext_lazy("Tuesday")),
    ("wednesday", gettext_lazy("Wednesday")),
    ("thursday", gettext_lazy("Thursday")),
    ("friday", gettext_lazy("Friday")),
    ("saturday", gettext_lazy("Saturday")),
    ("sunday", gettext_lazy("Sunday")),
)
TIMES = (
    ("early_morning", gettext_lazy("Early morning (before 9)")),
    ("morning", gettext_lazy("Morning (9 to 12)")),
    ("afternoon", gettext_lazy("Afternoon (12 to 5)")),
    ("evening", gettext_lazy("Evening (after 5)")),
)


class DaysOfWeekBlock(FieldBlock):
    """Days of the week."""

    offered = offered_block(
        DAYS,
        [key for key, _label in DAYS[:5]],
        label=gettext_lazy("Days to choose from"),
        help_text=gettext_lazy("Leave out the days on which you are closed."),
    )

    class Meta:
        icon = "calendar"
        label = gettext_lazy("Days of the week")
        description = gettext_lazy("The days on which the patient is free.")
        preview_value = {"label": gettext_lazy("What days are you free?"), "offered": ["monday", "tuesday", "friday"]}


@register
class DaysOfWeek(FixedChoices):
    """Days of the week."""

    name = "days_of_week"
    block_class = DaysOfWeekBlock
    known = DAYS


class TimesOfDayBlock(FieldBlock):
    """Times of day."""

    offered = offered_block(
        TIMES,
        [key for key, _label in TIMES],
        label=gettext_lazy("Times to choose from"),
        help_text=gettext_lazy("Leave out the times at which you are closed."),
    )

    class Meta:
        icon = "time"
        label = gettext_lazy("Times of day")
        description = gettext_lazy("The times at which the patient is free.")
        preview_value = {"label": gettext_lazy("What times work best?"), "offered": ["morning", "afternoon", "evening"]}


@register
class TimesOfDay(FixedChoices):
    """Times of day."""

    name = "times_of_day"
    block_class = TimesOfDayBlock
    known = TIMES


# The areas that the drawing of the body in templates/components/body knows, from the head down.
BODY_AREAS = (
    ("head-jaw", gettext_lazy("Head and jaw")),
    ("neck", gettext_lazy("Neck")),
    ("shoulder", gettext_lazy("Shoulder")),
    ("elbow-wrist-hand", gettext_lazy("Elbow, wrist and hand")),
    ("upper-back", gettext_lazy("Upper back")),
    ("lower-back", gettext_lazy("Lower back")),
    ("hip", gettext_lazy("Hip")),
    ("knee", gettext_lazy("Knee")),
    ("ankle-foot", gettext_lazy("Ankle and foot")),
)


class BodyAreaBlock(PrefilledBlock):
    """Areas of the body."""

    offered = offered_block(
        BODY_AREAS,
        [key for key, _label in BODY_AREAS],
        label=gettext_lazy("Areas to choose from"),
        help_text=gettext_lazy("Shown as a list of boxes, with a drawing of the body beside it that can be clicked."),
    )

    class Meta:
        icon = "user"
        label = gettext_lazy("Area of the body")
        description = gettext_lazy("Where it hurts: boxes to tick beside a drawing of the body.")
        preview_value = {
            "label": gettext_lazy("Where does it hurt?"),
            "offered": [key for key, _label in BODY_AREAS],
        }


@register
class BodyArea(FixedChoices):
    """Areas of the body, as boxes to tick; the drawing mirrors them."""

    name = "body_area"
    block_class = BodyAreaBlock
    template = "forms/fields/body_area.html"
    known = BODY_AREAS


class PatientTypeBlock(PrefilledBlock):
    """Whether somebody is a new or an existing patient."""

    new_label = blocks.CharBlock(
        max_length=100, default=gettext_lazy("New patient"), label=gettext_lazy("Words for new patients")
    )
    existing_label = blocks.CharBlock(
        max_length=100, default=gettext_lazy("Existing patient"), label=gettext_lazy("Words for existing patients")
    )

    class Meta:
        icon = "group"
        label = gettext_lazy("New or existing patient")
        description = gettext_lazy("Tells requests of new patients apart, in the list of requests and in the report.")
        preview_value = {
            "label": gettext_lazy("Are you a new or an existing patient?"),
            "new_label": gettext_lazy("New patient"),
            "existing_label": gettext_lazy("Existing patient"),
        }


@register
class PatientType(Radios):
    """Whether somebody is a new or an existing patient: the ids never change, the words are the editor's."""

    name = "patient_type"
    block_class = PatientTypeBlock
    choice_parts = ("new_label", "existing_label")

    def freeze(self, field_id: str, value: blocks.StructValue) -> Frozen:
        """Return the field with its two choices."""
        frozen = FieldType.freeze(self, field_id, value)
        choices = [{"id": key, "label": frozen.pop(f"{key}_label")} for key in ("new", "existing")]
        return frozen | {"choices": choices}

    def editor_choices(self) -> list[dict[str, str]]:
        """Return the two choices and the parts of the block with their words."""
        return [
            {"id": "new", "label": str(gettext_lazy("New patient")), "part": "new_label"},
            {"id": "existing", "label": str(gettext_lazy("Existing patient")), "part": "existing_label"},
        ]

    def index_terms(self, field: Frozen, answer: Any) -> Iterable[tuple[str, str]]:
        """Return the choice, for this form and for all forms."""
        return [*super().index_terms(field, answer), ("patient_type", answer)]
